import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parse } from "yaml";
import { loadEnvironments } from "../../../../constructs/model/load";
import { ansible, type Files } from "../../../../constructs/outputs/outputs";
import { duration, upgradeSeconds } from "../../../../constructs/releases/time-outs";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { environments } from "../../../../environments";
import { CHART, PLAYBOOKS, WORKFLOWS } from "../../../../environments/outputs";
import { ansibleVariants } from "../../../../scripts/ansible/variants";

const variants = ansibleVariants();
const ROLE = "ansible/playbooks/roles/release";

interface Argument {
  readonly type: string;
  readonly required?: boolean;
  readonly default?: unknown;
}
type Arguments = Readonly<Record<string, Readonly<Record<string, Argument>>>>;

const read = (files: Files, file: string): unknown => parse(files[file] ?? "");
const argumentsIn = (files: Files): Arguments => {
  const { argument_specs: specs } = read(files, `${ROLE}/meta/argument_specs.yml`) as {
    readonly argument_specs: Readonly<Record<string, { readonly options: Arguments[string] }>>;
  };
  return Object.fromEntries(Object.entries(specs).map(([entry, { options }]) => [entry, options]));
};
const varsOf = (files: Files, environment: string): Readonly<Record<string, unknown>> => {
  const inventory = read(files, `ansible/inventory/${environment}.yml`) as {
    readonly releases: { readonly vars: Readonly<Record<string, unknown>> };
  };
  return inventory.releases.vars;
};
const taskFiles = (files: Files): string[] =>
  Object.keys(files)
    .filter((file) => file.startsWith(`${ROLE}/tasks/`))
    .map((file) => posix.basename(file, ".yml"));

describe.each(Object.entries(variants))("%s", (_, files) => {
  test("each task file has its arguments, and each is given by inventories or has the default that is said", () => {
    const specs = argumentsIn(files);
    expect(Object.keys(specs).sort()).toEqual(taskFiles(files).sort());
    const defaults = read(files, `${ROLE}/defaults/main.yml`) as Readonly<Record<string, unknown>>;
    for (const environment of ["aks-staging", "gke-staging", "production", "staging"]) {
      const vars = varsOf(files, environment);
      for (const verb of ["deploy", "rollback"]) {
        const spec = specs[`${String(vars.release_tool)}_${verb}`] ?? {};
        const wanted = Object.entries(spec).filter(([, { required = false }]) => required);
        expect(wanted.map(([name]) => name).filter((name) => !(name in vars))).toEqual(
          vars.release_tool === "helm" && verb === "deploy" ? ["release_tag"] : [],
        );
        const others = Object.entries(spec).filter(([, { required = false }]) => !required);
        expect(others.map(([name, one]) => [name, one.default])).toEqual(
          others.map(([name]) => [name, defaults[name]]),
        );
      }
    }
  });

  test("a task reads nothing that no inventory, default or task of the role gives", () => {
    const texts = Object.entries(files);
    const known = new Set([
      ...Object.keys(read(files, `${ROLE}/defaults/main.yml`) as object),
      ...Object.keys((read(files, `${ROLE}/vars/main.yml`) ?? {})),
      ...Object.values(argumentsIn(files)).flatMap((one) => Object.keys(one)),
      // Arguments of the module itself.
      ...["release_namespace", "release_state", "release_values"],
    ]);
    for (const [file, text] of texts.filter(([name]) => name.startsWith(`${ROLE}/tasks/`))) {
      const made = [...text.matchAll(/^ *(?:register: (release_\w+)|(release_\w+): )/gm)].map(([, a, b]) => a ?? b);
      const used = new Set([...text.matchAll(/\brelease_\w+/g)].map(([name]) => name));
      expect([file, [...used].filter((name) => !known.has(name) && !made.includes(name))]).toEqual([file, []]);
    }
  });
});

test("a tool that releases nowhere has no task, and Helm's collection is wanted where it releases", () => {
  const { terraform, helm, both } = variants;
  expect(JSON.stringify(terraform)).not.toMatch(/\bhelm\b/i);
  expect(taskFiles(helm)).toEqual(["helm_deploy", "helm_rollback"]);
  expect(JSON.stringify(helm)).not.toContain("terraform_");
  expect(taskFiles(both)).toHaveLength(4);
  expect([terraform, helm, both].map((files) => "ansible/requirements.yml" in files)).toEqual([false, true, true]);
});

test("versions are those that the playbooks are tried with, and an image is made where somebody names one", () => {
  const pinned = readFileSync(join(__dirname, "../../../../scripts/ansible/pinned/requirements.in"), "utf8");
  const { collections } = read(variants.helm, "ansible/requirements.yml") as {
    readonly collections: readonly { readonly name: string; readonly version: string }[];
  };
  expect(collections).toEqual([{ name: "kubernetes.core", version: "6.6.0" }]);
  const image = read(variants.helm, "ansible/execution-environment.yml") as {
    readonly images: unknown;
    readonly dependencies: { readonly ansible_core: { readonly package_pip: string } };
  };
  expect(image.images).toEqual({ base_image: { name: "registry.example.com/helm:4.3.1" } });
  expect(pinned.split("\n")).toContain(image.dependencies.ansible_core.package_pip);
  expect("ansible/execution-environment.yml" in variants.both).toBe(false);
});

test("the chart and the program are found from the inventory, wherever it is put", () => {
  const rendered = renderEnvironments(
    loadEnvironments(
      environments
        .filter(({ name }) => name === "staging" || name === "production")
        .map((one) => ({ ...one, release: one.name === "staging" ? ("helm" as const) : ("terraform" as const) })),
    ),
  );
  const files = ansible.render(rendered, { ...PLAYBOOKS, folder: "ops/playbooks" });
  const at = (environment: string, variable: string): string => {
    const inventory = read(files, `ops/playbooks/inventory/${environment}.yml`) as {
      readonly releases: { readonly vars: Readonly<Record<string, string>> };
    };
    const said = inventory.releases.vars[variable] ?? "";
    return posix.normalize(said.replace("{{ inventory_dir }}", "/program/ops/playbooks/inventory"));
  };
  expect(at("staging", "release_chart")).toBe(`/program/${CHART}`);
  expect(at("production", "release_root").replace(/\/$/, "")).toBe("/program");
  expect(Object.keys(files).every((file) => file.startsWith("ops/playbooks/"))).toBe(true);
});

test("what has to answer is what the workflows ask, and hosts of routes where nobody says", () => {
  for (const { environment, smoke } of WORKFLOWS.deploys) {
    expect(varsOf(variants.helm, environment).release_smoke_addresses).toEqual(smoke);
  }
  const [first] = varsOf(variants.helm, "gke-staging").release_smoke_addresses as readonly string[];
  expect(first).toMatch(/^https:\/\/[a-z0-9.-]+$/);
});

test("Helm waits as long as a rollout may take by the model", () => {
  const places = renderEnvironments(
    loadEnvironments(environments.map((one) => ({ ...one, release: "helm" as const }))),
  );
  const staging = places.find(({ name }) => name === "staging")?.applications[0];
  if (staging === undefined) throw new Error("no staging");
  expect(varsOf(variants.helm, "staging").release_timeout).toBe(duration(upgradeSeconds(staging.released)));
});

describe("AWX", () => {
  interface Question {
    readonly variable: string;
    readonly type: string;
    readonly required: boolean;
    readonly default: string;
    readonly choices?: readonly string[];
  }
  interface Awx {
    readonly inventory_sources: readonly {
      readonly inventory: string;
      readonly source_path: string;
    }[];
    readonly job_templates: readonly {
      readonly name: string;
      readonly inventory: string;
      readonly playbook: string;
      readonly survey_spec: { readonly spec: readonly Question[] };
    }[];
  }
  const awx = (files: Files): Awx => read(files, "ansible/awx/job_templates.yml") as Awx;

  test("each environment that Helm releases has two templates, and no other has any", () => {
    expect(awx(variants.both).job_templates.map(({ name }) => name)).toEqual([
      "my-app: release to production",
      "my-app: go back in production",
    ]);
    expect(awx(variants.helm).job_templates).toHaveLength(8);
    expect("ansible/awx/job_templates.yml" in variants.terraform).toBe(false);
  });

  test("a template's playbook and inventory are rendered, and a survey asks what the role is told", () => {
    const files = variants.helm;
    const { inventory_sources: sources, job_templates: templates } = awx(files);
    const inventories = sources.map(({ inventory }) => inventory);
    expect(sources.filter(({ source_path: path }) => !(path in files))).toEqual([]);
    for (const { playbook, inventory, survey_spec: survey } of templates) {
      expect([playbook in files, inventories.includes(inventory)]).toEqual([true, true]);
      const spec = argumentsIn(files)[`helm_${posix.basename(playbook, ".yml")}`] ?? {};
      for (const { variable, type, choices, default: answer, required } of survey.spec) {
        const { type: taken, required: wanted = false } = spec[variable] ?? { type: `no ${variable}` };
        expect([type, taken]).toEqual(type === "multiplechoice" ? [type, "bool"] : ["text", "str"]);
        if (choices !== undefined) expect(choices).toContain(answer);
        if (wanted) expect(required).toBe(true);
      }
    }
  });
});
