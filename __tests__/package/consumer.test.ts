import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { StackJson } from "../support/reference";

/*
 * Another team's program, in another folder: it installs the packed package, imports it by name, and puts an
 * application with a MySQL edge on a cluster it only looks up. No source file of this repository is in reach.
 */

const ROOT = join(__dirname, "..", "..");

/** What a consumer on AWS installs beside the package; linked, because the bindings weigh hundreds of megabytes. */
const PEERS = [
  "cdktf",
  "constructs",
  "@cdktf/provider-aws",
  "@cdktf/provider-helm",
  "@cdktf/provider-kubernetes",
  "@cdktf/provider-random",
  "@cdktf/provider-time",
  "@types/node",
];

const PROGRAM = `
import { App } from "cdktf";
import { application, Application, environment, FastStack, http, ingress, loadEnvironments, mysql } from "goldenpath";
import { existingAws } from "goldenpath/aws";

const billing = application({
  name: "billing",
  owner: "team-billing",
  services: { ledger: mysql({ database: "ledger" }) },
  workloads: { api: http({ image: "registry.example.com/billing:v4", needs: ["ledger"] }) },
});

const [staging] = loadEnvironments([
  environment({
    name: "staging",
    cloud: existingAws({
      accountId: "111111111111",
      region: "eu-central-1",
      dataCidrs: ["10.10.144.0/22", "10.10.148.0/22", "10.10.152.0/22"],
      stateBucket: "billing-tfstate-111111111111",
    }),
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

const clouds = Object.keys(require.cache).flatMap((file) => /provider-(aws|google|azurerm)/.exec(file)?.[1] ?? []);
console.log(JSON.stringify([...new Set(clouds)]));
`;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "goldenpath-consumer-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", ["--loglevel=error", "--no-audit", "--no-fund", ...args], { cwd, encoding: "utf8" });
}

test("another program installs the packed package and deploys onto a cluster it looks up", () => {
  const [packed] = JSON.parse(npm(ROOT, "pack", "--json", "--pack-destination", folder)) as [
    { filename: string; files: { path: string }[] },
  ];
  const files = packed.files.map(({ path }) => path);
  expect(files).toContain("dist/constructs/goldenpath.d.ts");
  expect(files.filter((path) => /^(__tests__|environments|main|scripts)/.test(path))).toEqual([]);

  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "billing", private: true }));
  npm(folder, "install", "--prefer-offline", "--legacy-peer-deps", join(folder, packed.filename));
  for (const peer of PEERS) {
    const link = join(folder, "node_modules", peer);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", peer), link);
  }
  writeFileSync(join(folder, "main.ts"), PROGRAM);
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: { strict: true, target: "ES2022", module: "Node16", skipLibCheck: true, types: ["node"] },
    }),
  );
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  execFileSync(process.execPath, [tsc, "-p", "."], { cwd: folder, stdio: "inherit" });
  const loaded = execFileSync(process.execPath, ["main.js"], { cwd: folder, encoding: "utf8" });

  const stack = JSON.parse(
    readFileSync(join(folder, "cdktf.out", "stacks", "billing-staging", "cdk.tf.json"), "utf8"),
  ) as StackJson;
  expect(Object.keys(stack.resource)).toEqual(
    expect.arrayContaining([
      "aws_db_instance",
      "kubernetes_namespace_v1",
      "kubernetes_deployment_v1",
      "kubernetes_manifest",
    ]),
  );
  expect(Object.keys(stack.resource)).not.toContain("aws_eks_cluster");
  expect(Object.keys(stack.data ?? {})).toContain("aws_eks_cluster");
  expect(JSON.parse(loaded)).toEqual(["aws"]);
}, 180_000);
