import { cpSync } from "node:fs";
import { join } from "node:path";
import { catalogProblems } from "../support/catalog/entities";
import { Home, type Ran } from "./support/home";
import { readManifest, ROOT } from "./support/packed";

/* A kind of service of another team's program, written by the packed package alone, in everything that reads an environment. */

const EXAMPLE = join(ROOT, "examples", "own-kind");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

let home: Home;

beforeAll(() => {
  const { dependencies, devDependencies } = readManifest(EXAMPLE) as unknown as Manifest;
  const bindings = Object.keys(dependencies).filter((one) => /provider-(?:aws|google|random|time)$/.test(one));
  home = new Home([...bindings, ...Object.keys(devDependencies)]);
  cpSync(EXAMPLE, home.folder, { recursive: true, filter: (path) => !/node_modules|cdktf\.out/.test(path) });
});

afterAll(() => {
  home.remove();
});

const run = (...args: string[]): Ran => home.run("goldenpath", ...args);

/** Edits one file, and puts it back afterwards. */
function edited(file: string, edit: (text: string) => string, then: () => void): void {
  const before = home.read(file);
  const after = edit(before);
  expect(after).not.toBe(before);
  home.write({ [file]: after });
  try {
    then();
  } finally {
    home.write({ [file]: before });
  }
}

const withoutQueue = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !line.includes("queue"))
    .join("\n")
    .replaceAll(', needs: ["jobs"]', "");

test("the compiler asks for each place that the program imports, and takes a reason", () => {
  edited(
    "queue/index.ts",
    (text) => text.replace(/^ {4}(?:google|"in-cluster"): .*\n/gm, ""),
    () => {
      const { status, stdout } = home.run("tsc", "-p", ".");
      expect(status).not.toBe(0);
      expect(stdout).toMatch(/^queue\/index\.ts\(\d+,3\): error TS\d+: /);
      expect(stdout).toMatch(/ is missing the following properties from .*: "in-cluster", google$/m);
      // Azure is nowhere imported.
      expect(stdout).not.toContain("azure");
    },
  );
});

test("a move says why it is not to be had there", () => {
  const said = home.must("goldenpath", "portability", "staging");
  expect(said).toContain("queue has no provisioner for Google Cloud and none for its cluster: Google Cloud has no SQS");
  expect(said).toContain("; in the cluster: ElasticMQ keeps its messages in memory");
});

test("Compose, the chart, the runbook and the catalog have it", async () => {
  expect(run("render")).toMatchObject({ status: 0, stderr: "" });
  const compose = home.read("compose.yaml");
  expect(compose).toContain("QUEUE_URL: http://elasticmq:9324/000000000000/jobs\n");
  expect(compose).toContain("- ./compose/elasticmq/jobs.conf:/opt/elasticmq.conf:ro\n");
  expect(home.read("compose/elasticmq/jobs.conf")).toContain('{ name = "jobs-dead-letters", maxReceiveCount = 3 }');
  // Of Terraform: the chart's pods read the same ConfigMap, which has the variables.
  expect(home.read("helm/shop/templates/deployment.yaml")).toContain("connections");
  const page = home.read(join("docs", "runbooks", "staging", "shop", "QueueHasDeadLetters.md"));
  expect(page).toContain("What these messages ask for is not done");
  expect(page).toContain('aws sqs start-message-move-task --source-arn "$ARN"');
  const catalog = home.read("catalog-info.yaml");
  expect(await catalogProblems(catalog)).toEqual([]);
  expect(catalog).toMatch(/name: shop-jobs\n {2}description: Amazon SQS \(staging\)\n/);
  expect(run("render", "--check")).toMatchObject({ status: 0, stderr: "" });
});

test("parity has a name for everything in which it differs", () => {
  const { status, stdout, stderr } = run("parity");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("api: variable QUEUE_URL:");
});

test("its stack has the queue by the application's key, and rights of whoever needs it, and no password", () => {
  home.must("goldenpath", "synth", "--quiet");
  const { resource } = home.stack("staging");
  expect(Object.values(resource["aws_sqs_queue"] ?? {})).toMatchObject([
    { name: "staging-shop-jobs", lifecycle: { prevent_destroy: true } },
    { name: "staging-shop-jobs-dead-letters", message_retention_seconds: 1_209_600 },
  ]);
  const text = JSON.stringify(resource);
  expect(text).toMatch(/"kms_master_key_id":"\$\{aws_kms_key\.shop_DataKey_\w+\.arn\}"/);
  const policies = Object.entries(resource["aws_iam_role_policy"] ?? {}).filter(([, one]) =>
    JSON.stringify(one).includes("sqs:SendMessage"),
  );
  expect(policies.map(([name]) => name.split("_")[2]).sort()).toEqual(["api", "mailer"]);
  expect(text).toContain("jobs of shop in staging has messages that no worker could handle");
  expect(text).not.toMatch(/QUEUE_SECRET_ACCESS_KEY/);
});

test("what holds data is in the ledger, and an edit that would lose it is stopped until drops names it", () => {
  home.must("goldenpath", "ledger", "--write", "data.json");
  const { staging } = JSON.parse(home.read("data.json")) as {
    staging: { addresses: Readonly<Record<string, string>> };
  };
  expect(Object.values(staging.addresses)).toEqual(["application", "application", "jobs", "jobs"]);
  edited("environments/applications.ts", withoutQueue, () => {
    const { status, stdout, stderr } = run("ledger", "--check", "data.json");
    expect(status).toBe(1);
    expect(stdout + stderr).toContain('name "jobs" in drops, deploy that, and take it out then');
    edited(
      "environments/index.ts",
      (text) => text.replace("{ application: shop,", '{ application: shop, drops: ["jobs"],'),
      () => {
        const { stdout: may, stderr: said } = run("ledger", "--check", "data.json");
        expect(may + said).toContain("held data, and may go: drops names jobs");
        expect(may + said).not.toContain("a plan would delete it");
      },
    );
  });
});

test("a comparison says what is lost with it and who needs it, and a rehearsal what a destroy meets", () => {
  home.must("goldenpath", "synth", "--quiet");
  cpSync(join(home.folder, "cdktf.out"), join(home.folder, "before"), { recursive: true });
  edited("environments/applications.ts", withoutQueue, () => {
    home.must("goldenpath", "synth", "--quiet");
    const { stdout } = run("compare", "before", "cdktf.out");
    expect(stdout).toContain(
      "**shop / jobs** its sqs queue is deleted; lost with it: messages that wait in it; api and mailer need it (and by them web)",
    );
    expect(stdout).not.toContain("nothing is known here of its type");
  });
  const { stdout } = run("rehearse", "destroy", "staging");
  expect(stdout).toContain("shop / jobs: Terraform refuses the plan (prevent_destroy), 2 times");
  expect(stdout).not.toContain("is not known here");
});
