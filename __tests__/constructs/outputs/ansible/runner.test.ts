import { parse } from "yaml";
import { loadEnvironments } from "../../../../constructs/model/load";
import { InvalidInput } from "../../../../constructs/model/problem";
import { ansible, type Files, type RunnerLabels, runnersOf, workflows } from "../../../../constructs/outputs/outputs";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { environments } from "../../../../environments";
import { CHART, PLAYBOOKS, WORKFLOWS } from "../../../../environments/outputs";
import { ansibleVariants } from "../../../../scripts/ansible/variants";

const ROLE = "ansible/playbooks/roles/runner";
const variants = ansibleVariants();
const rendered = renderEnvironments(
  loadEnvironments(environments.filter(({ name }) => name === "staging" || name === "production")),
);

interface Group {
  readonly vars: {
    readonly runner_kind: string;
    readonly runner_labels: readonly string[];
    readonly runner_never: readonly string[];
    readonly runner_programs: readonly string[];
    readonly runner_metadata: readonly string[];
    readonly runner_resolvers: readonly string[];
  };
}

const groupsOf = (files: Files, environment: string): Readonly<Record<string, Group>> =>
  (
    parse(files[`ansible/inventory/${environment}.yml`] ?? "") as {
      readonly runners?: { readonly children: Readonly<Record<string, Group>> };
    }
  ).runners?.children ?? {};

const render = (runners: RunnerLabels): Files =>
  ansible.render(rendered, { application: "my-app", chart: CHART, runners });

/** What is said of labels that are wrong, line by line. */
function said(runners: RunnerLabels): string[] {
  try {
    render(runners);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
  return [];
}

test("machines have the labels that jobs of the rendered workflows ask for, kind by kind", () => {
  const [text = ""] = Object.entries(workflows.render(rendered, WORKFLOWS)).flatMap(([file, one]) =>
    file.endsWith("infrastructure.yml") ? [one] : [],
  );
  const { jobs } = parse(text) as { readonly jobs: Readonly<Record<string, { readonly "runs-on": unknown }>> };
  const files = ansible.render(rendered, PLAYBOOKS);
  for (const environment of ["staging", "production"]) {
    for (const kind of ["plan", "apply"]) {
      const labels = groupsOf(files, environment)[`runners_${environment}_${kind}`]?.vars.runner_labels;
      expect(labels).toEqual(jobs[`${kind}-${environment}-platform`]?.["runs-on"]);
    }
  }
});

test("a machine never has a label that jobs of others ask for, in any environment", () => {
  const all = ["staging", "production", "gke-staging", "aks-staging"].flatMap((name) =>
    Object.values(groupsOf(variants.helm, name)),
  );
  expect(all).toHaveLength(8);
  for (const { vars } of all) {
    const others = new Set(all.flatMap((other) => other.vars.runner_labels));
    expect([...vars.runner_never, ...vars.runner_labels].sort()).toEqual([...others].sort());
    expect(vars.runner_labels.filter((label) => vars.runner_never.includes(label))).toEqual([]);
  }
});

test("what GitHub's machines run is none of one's own", () => {
  const deploys = WORKFLOWS.deploys.map((one) => ({ ...one, runners: { plan: "ubuntu-24.04", apply: ["own"] } }));
  expect(runnersOf({ deploys })).toEqual({ staging: { apply: ["own"] }, production: { apply: ["own"] } });
  expect(runnersOf({ deploys: deploys.map((one) => ({ ...one, runners: { plan: "ubuntu-24.04", apply: "ubuntu-24.04" } })) })).toEqual({});
});

test("wrong labels are refused, all at once", () => {
  expect(
    said({
      stagin: { plan: "a" },
      staging: { plan: ["self-hosted", "x"], apply: ["self-hosted", "x", "y"] },
      production: { plan: "ubuntu-24.04", apply: "self-hosted" },
    }),
  ).toEqual([
    expect.stringMatching(/^ansible\.runners\.stagin: there is no such environment among these; use "/),
    expect.stringMatching(/^ansible\.runners\.staging\.apply: got .*runs? the code of pull requests; give it a label/),
    expect.stringMatching(/^ansible\.runners\.production\.plan: got "ubuntu-24\.04", is a machine of GitHub's/),
    expect.stringMatching(/^ansible\.runners\.production\.apply: got "self-hosted".*code of pull requests/),
  ]);
  expect(said({ staging: { plan: "{{ x }}" } })).toEqual([expect.stringMatching(/^ansible\.runners\.staging\.plan/)]);
});

test("without labels there is no playbook, role or group of machines", () => {
  const files = render({});
  expect(Object.keys(files).filter((file) => file.includes("runner"))).toEqual([]);
  expect(groupsOf(files, "staging")).toEqual({});
});

test("programs are those that jobs of the cloud start, and kubectl where Helm releases", () => {
  const programs = (files: Files, name: string, kind: string): unknown =>
    groupsOf(files, name)[`runners_${name.replaceAll("-", "_")}_${kind}`]?.vars.runner_programs;
  expect(programs(variants.terraform, "staging", "apply")).toEqual(["gh", "aws-cli"]);
  expect(programs(variants.helm, "staging", "plan")).toEqual(["gh", "aws-cli"]);
  expect(programs(variants.helm, "staging", "apply")).toEqual(["gh", "kubectl", "aws-cli"]);
  expect(programs(variants.helm, "gke-staging", "apply")).toEqual(["gh", "kubectl"]);
  expect(programs(variants.helm, "aks-staging", "apply")).toEqual(["gh", "kubectl", "azure-cli"]);
  expect([`${ROLE}/tasks/azure_cli.yml` in variants.helm, `${ROLE}/tasks/azure_cli.yml` in variants.terraform]).toEqual(
    [true, false],
  );
});

test("every program is by a sum for each processor", () => {
  const { runner_pinned: pinned, runner_actions_runner: runner } = parse(
    variants.helm[`${ROLE}/vars/main.yml`] ?? "",
  ) as Readonly<Record<string, Readonly<Record<string, { readonly archives: unknown }>>>> & {
    readonly runner_actions_runner: { readonly archives: unknown };
  };
  const archives = [runner, ...Object.values(pinned ?? {})].map((one) => one.archives);
  expect(archives).toHaveLength(4);
  for (const each of archives) {
    expect(each).toEqual({
      x86_64: expect.objectContaining({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }) as object,
      aarch64: expect.objectContaining({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string }) as object,
    });
  }
});

test("no command is told a token or a registration, and tasks that have one show nothing", () => {
  interface Task {
    readonly name: string;
    readonly no_log?: boolean;
    readonly block?: readonly Task[];
    readonly always?: readonly Task[];
    readonly [module: string]: unknown;
  }
  const flat = (tasks: readonly Task[]): Task[] =>
    tasks.flatMap((task) => (task.block === undefined ? [task] : flat([...task.block, ...(task.always ?? [])])));
  const tasks = Object.entries(variants.helm)
    .filter(([file]) => file.startsWith(`${ROLE}/tasks/`))
    .flatMap(([, text]) => flat(parse(text) as readonly Task[]));
  const secret = tasks.filter((task) =>
    /runner_token \}\}|encoded_jit_config/.test(JSON.stringify(task)),
  );
  expect(secret.map(({ name, no_log: hidden, ...task }) => [name, hidden, "ansible.builtin.command" in task])).toEqual([
    ["Take the registration before away", true, false],
    ["Register the machine for one job", true, false],
    ["Give the registration to the machine", true, false],
    ["Wait until GitHub sees it", true, false],
  ]);
  const { argument_specs: specs } = parse(variants.helm[`${ROLE}/meta/argument_specs.yml`] ?? "") as {
    readonly argument_specs: { readonly main: { readonly options: Readonly<Record<string, object>> } };
  };
  expect(specs.main.options.runner_token).toMatchObject({ type: "str", no_log: true });
});

test("the unit keeps jobs from the machine, and is not started at boot", () => {
  const unit = variants.helm[`${ROLE}/templates/goldenpath-runner.service.j2`] ?? "";
  for (const line of [
    "User=goldenpath-runner",
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "PrivateTmp=yes",
    "CapabilityBoundingSet=",
    "KillMode=mixed",
  ]) {
    expect(unit.split("\n")).toContain(line);
  }
  expect(unit).not.toMatch(/\[Install\]|--jitconfig|runner_token/);
});

test("what is written has its lists in their own order: that of a set is another in each run, and registers a machine again", () => {
  const texts = Object.entries(variants.helm).filter(([file]) => /\/roles\/runner\/(?:templates|files)\//.test(file));
  expect(texts).toHaveLength(7);
  expect(texts.filter(([, text]) => /\b(?:difference|intersect|union|unique|symmetric_difference)\b/.test(text))).toEqual([]);
});
