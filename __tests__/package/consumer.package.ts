import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Consumer, ON_AWS, ON_AZURE, ON_GOOGLE, ON_THIS_MACHINE } from "./support/consumers";
import { Home, PEERS, type Ran } from "./support/home";
import { packedFiles, packedIn, readManifest, ROOT } from "./support/packed";

/*
 * Another team's program, in another folder: it installs the packed package and the bindings of one cloud, imports both
 * by name, and puts an application with a MySQL edge on a cluster it only looks up. No source file of this repository is
 * in reach, and no other cloud's bindings.
 */

const CONSUMERS: readonly Consumer[] = [ON_AWS, ON_GOOGLE, ON_AZURE, ON_THIS_MACHINE];

const bindingsOf = ({ bindings }: Consumer): string[] => bindings.map((name) => `@cdktf/provider-${name}`);

const program = ({ imports, expression }: Consumer): string => `
import { App } from "cdktf";
import { application, Application, environment, FastStack, http, ingress, loadEnvironments, mysql } from "goldenpath";
${imports}

const billing = application({
  name: "billing",
  owner: "team-billing",
  services: { ledger: mysql({ database: "ledger" }) },
  workloads: { api: http({ image: "registry.example.com/billing:v4", needs: ["ledger"] }) },
});

const [staging] = loadEnvironments([
  environment({
    name: "staging",
    cloud: ${expression},
    routing: ingress(),
    profile: "small",
    contact: "billing@example.com",
    costCenter: "billing",
    applications: [{ application: billing }],
  }),
]);
if (staging === undefined) throw new Error("no environment");

const app = new App();
const stack = new FastStack(app, "billing-staging");
staging.cloud.configure(stack, staging);
const cluster = staging.cloud.connect(stack, staging);
for (const each of staging.applications) new Application(stack, each.name, { environment: staging, application: each, cluster });
app.synth();

const bindings = Object.keys(require.cache).flatMap((file) => /@cdktf\\/provider-(\\w+)/.exec(file)?.[1] ?? []);
console.log(JSON.stringify([...new Set(bindings)].sort()));
`;

test("the package has what is imported, and nothing of this program's own environments and tests", () => {
  const files = packedFiles();
  expect(files).toContain("dist/constructs/goldenpath.d.ts");
  expect(files.filter((path) => /^(__tests__|environments|main|scripts|cli\/.*\.ts)/.test(path))).toEqual([]);
  // What programs that write code are told leads to what is there.
  const llms = readFileSync(join(packedIn(), "package", "llms.txt"), "utf8");
  const links = [...llms.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, path = ""]) => path);
  expect(links.length).toBeGreaterThan(80);
  expect(links.filter((path) => !files.some((file) => file === path || file.startsWith(`${path}/`)))).toEqual([]);
  expect(files).toContain("CHANGELOG.md");
  expect(files.filter((path) => /node_modules|cdktf\.out|\.cache/.test(path))).toEqual([]);
  const targets = Object.values(readManifest(ROOT).exports).flatMap((target) =>
    typeof target === "string" ? target : Object.values(target),
  );
  expect(targets.length).toBeGreaterThan(10);
  expect(files).toEqual(expect.arrayContaining(targets.map((path) => path.replace(/^\.\//, ""))));
});

test.each(CONSUMERS.map((consumer) => [consumer.cloud, consumer] as const))(
  "a program with the bindings of %s alone is type-checked and deploys onto a cluster it looks up",
  (_cloud, consumer) => {
    const compilerOptions = { strict: true, target: "ES2022", module: "Node16", skipLibCheck: true, types: ["node"] };
    const home = new Home([...bindingsOf(consumer), "@types/node", "typescript"], {
      "main.ts": program(consumer),
      "tsconfig.json": JSON.stringify({ compilerOptions }),
    });
    home.must("tsc", "-p", ".");
    const loaded = home.must("node", "main.js");

    const stack = home.stack("billing-staging");
    const types = Object.keys(stack.resource);
    const everywhere = ["kubernetes_namespace_v1", "kubernetes_deployment_v1", "kubernetes_manifest"];
    expect(types).toEqual(expect.arrayContaining([...consumer.creates, ...everywhere]));
    expect(types).not.toContain(consumer.cluster);
    expect(Object.keys(stack.data ?? {})).toContain(consumer.cluster);
    // None of a cloud but its own, and all that it was told to install.
    expect(JSON.parse(loaded)).toEqual([...consumer.bindings, "helm", "kubernetes"].sort());
    home.remove();
  },
);

describe("the program of the package, in a repository that has it installed", () => {
  const home = new Home(bindingsOf(ON_THIS_MACHINE));
  const goldenpath = (...args: string[]): Ran => home.run("goldenpath", ...args);

  afterAll(() => {
    home.remove();
  });

  function imageOrigin(): string | undefined {
    const { origins } = JSON.parse(home.read("cdktf.out/model.json")) as { origins: Readonly<Record<string, string>> };
    return origins["/environments/staging/applications/billing/workloads/api/image"];
  }

  test("help, and a wrong command line, need nothing", () => {
    expect(goldenpath("--help")).toMatchObject({ status: 0, stderr: "" });
    expect(goldenpath("synth", "--help")).toMatchObject({ status: 0, stderr: "" });
    expect(goldenpath("synht")).toMatchObject({ status: 2, stdout: "" });
    const { status, stderr } = goldenpath("synth");
    expect(status).toBe(1);
    expect(stderr).toBe(
      `${home.folder}/environments/index.ts: no such file; make it, or name another file in goldenpath.environments in ${home.folder}/package.json\n`,
    );
  });

  test("synth writes the stacks of its environments, with the charts of the package, on an edit anew", () => {
    const spec = program(ON_THIS_MACHINE);
    const environments = spec
      .slice(0, spec.indexOf("const [staging]"))
      .concat(
        "export const environments = [",
        spec.slice(spec.indexOf("environment({"), spec.indexOf("]);\nif")),
        "];\n",
      );
    const file = "environments/index.ts";
    home.write({ [file]: environments });
    const { status, stdout, stderr } = goldenpath("synth", "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({
      outdir: join(home.folder, "cdktf.out"),
      environments: [{ name: "staging", stacks: [{ name: "staging-platform" }, { name: "staging" }] }],
    });
    const stack = (): string => home.read("cdktf.out/stacks/staging/cdk.tf.json");
    expect(stack()).toContain("registry.example.com/billing:v4");
    home.write({ [file]: environments.replace("billing:v4", "billing:v5") });
    expect(goldenpath("synth", "--quiet")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(stack()).toContain("registry.example.com/billing:v5");
    // Where the image is written, by TypeScript's parser; without that package, where its application() is called.
    const lines = environments.split("\n");
    const lineOf = (text: string): number => lines.findIndex((line) => line.includes(text)) + 1;
    expect(imageOrigin()).toBe(`environments/index.ts:${lineOf("application({")}`);
    home.link("typescript");
    expect(goldenpath("synth", "--quiet")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(imageOrigin()).toBe(`environments/index.ts:${lineOf("billing:v4")}`);
  });

  test("what it has no file for is said", () => {
    const { status, stdout, stderr } = goldenpath("render");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain('has no "outputs"; name a file in "goldenpath": { "outputs": "…" }');
    expect(goldenpath("portability", "staging")).toEqual({
      status: 1,
      stdout: "",
      stderr: "staging: no environment is on another cloud; add one to compare with\n",
    });
  });
});

test("what it must have installed is what every program imports; a cloud's bindings are its own choice", () => {
  const manifest = readManifest(ROOT);
  const { peerDependencies, peerDependenciesMeta } = manifest;
  const optional = Object.keys(peerDependenciesMeta).filter((name) => peerDependenciesMeta[name]?.optional === true);
  const required = Object.keys(peerDependencies).filter((name) => !optional.includes(name));
  expect(required.sort()).toEqual([...PEERS].sort());
  for (const { provider, bindings, imports } of CONSUMERS) {
    for (const name of bindings) expect(optional).toContain(`@cdktf/provider-${name}`);
    expect(bindings).toContain(provider);
    const [, path = ""] = /from "goldenpath(\/\w+)"/.exec(imports) ?? [];
    expect(manifest.exports).toHaveProperty([`.${path}`]);
  }
});

test.each(CONSUMERS.map((consumer) => [consumer.cloud, consumer] as const))(
  "the guide says what a program on %s installs",
  (cloud, { bindings, imports }) => {
    const [, path = ""] = /from "(goldenpath\/\w+)"/.exec(imports) ?? [];
    const row = [cloud, `\`${path}\``, bindings.map((name) => `\`${name}\``).join(", ")];
    const guide = readFileSync(join(ROOT, "docs", "guide", "use-from-another-repository.md"), "utf8");
    expect(guide.replace(/ +/g, " ")).toContain(`| ${row.join(" | ")} |`);
  },
);
