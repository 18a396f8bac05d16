import type { SynthesizedStack } from "../../../constructs/export/exported-stack";
import { outside } from "../../../constructs/export/outside";
import { partOf } from "../../../constructs/export/part-of";
import { stackReadme } from "../../../constructs/export/readme";
import { stackFiles } from "../../../constructs/export/stack-files";

const stackOf = (written: object, more: Partial<SynthesizedStack> = {}): SynthesizedStack => ({
  ...{ name: "staging", after: [], elements: {}, beside: {} },
  written: { terraform: { backend: { local: { path: "../../../terraform.staging.tfstate" } } }, ...written },
  ...more,
});

const parsed = (stack: SynthesizedStack): Record<string, unknown> =>
  Object.fromEntries(Object.entries(stackFiles(stack)).map(([file, text]) => [file, JSON.parse(text) as unknown]));

describe("a file", () => {
  const metadata = (path: string): object => ({ "//": { metadata: { path, uniqueId: "x" } } });

  test("has the blocks of an element; what a block is stands first, and what it waits for last", () => {
    const block = { ...metadata("staging/my-app/x"), depends_on: ["a.b"], arn: "x", lifecycle: {}, for_each: "${y}" };
    const elements = { "aws_x.y": { file: "service-db", says: "service db: key" } };
    const files = stackFiles(stackOf({ resource: { aws_x: { y: block } } }, { elements }));
    expect(Object.keys(files)).toEqual(["terraform.tf.json", "service-db.tf.json"]);
    const { resource } = JSON.parse(files["service-db.tf.json"] ?? "") as { resource: { aws_x: { y: object } } };
    expect(Object.entries(resource.aws_x.y)).toEqual([
      ["//", "service db: key"],
      ["for_each", "${y}"],
      ["arn", "x"],
      ["lifecycle", {}],
      ["depends_on", ["a.b"]],
    ]);
  });

  test("of an element that is called as a section, or as what Terraform takes for an override, has another name", () => {
    const elements = Object.fromEntries(
      ["terraform", "providers", "override"].map((file) => [`aws_x.${file}`, { file, says: file }]),
    );
    const blocks = { terraform: {}, providers: {}, override: {} };
    expect(
      Object.keys(stackFiles(stackOf({ resource: { aws_x: blocks }, provider: { aws: [{}] } }, { elements }))),
    ).toEqual([
      "providers.tf.json",
      "terraform.tf.json",
      "override-resources.tf.json",
      "providers-resources.tf.json",
      "terraform-resources.tf.json",
    ]);
  });

  test("keeps a key // that is somebody's", () => {
    const value = { ...metadata("staging/x"), data: { "//": "ours" } };
    const files = parsed(stackOf({ resource: { kubernetes_config_map_v1: { x: value } } }));
    expect(files["main.tf.json"]).toEqual({
      resource: { kubernetes_config_map_v1: { x: { data: { "//": "ours" } } } },
    });
  });

  test("has what is ephemeral or looked up, where all of the construct around it is in one file", () => {
    const block = (path: string): object => metadata(`staging/my-app/${path}`);
    const written = {
      resource: { aws_x: { db: block("Services/db/Default"), cache: block("Services/cache/Default") } },
      ephemeral: { random_password: { own: block("Services/db/Users/api/Password") } },
      data: { aws_y: { shared: block("Services/Subnets"), other: metadata("staging/Lookup/Cluster") } },
    };
    const elements = {
      "aws_x.db": { file: "service-db", says: "db" },
      "aws_x.cache": { file: "service-cache", says: "cache" },
    };
    const files = parsed(stackOf(written, { elements }));
    expect(files["service-db.tf.json"]).toHaveProperty(["ephemeral", "random_password", "own"]);
    expect(files["lookups.tf.json"]).toEqual({ data: { aws_y: { shared: {}, other: {} } } });
  });

  test("has any section that Terraform has, blocks that move in one", () => {
    const moved = [{ from: "a.b", to: "a.c" }];
    const files = parsed(
      stackOf({ moved, removed: [{ from: "a.d" }], check: { up: { assert: {} } }, locals: { a: 1 } }),
    );
    expect(files).toMatchObject({
      "moved.tf.json": { moved, removed: [{ from: "a.d" }] },
      "check.tf.json": { check: { up: { assert: {} } } },
      "locals.tf.json": { locals: { a: 1 } },
    });
  });
});

test("a state that is a file is in the stack's folder, and one that somebody chose a place for stays there", () => {
  const backendOf = (local: object): unknown =>
    parsed(stackOf({ terraform: { backend: { local } } }))["terraform.tf.json"];
  expect(backendOf({ path: "../../../terraform.x.tfstate" })).toEqual({
    terraform: { backend: { local: { path: "terraform.x.tfstate" } } },
  });
  expect(backendOf({ path: "/var/states/x" })).toEqual({
    terraform: { backend: { local: { path: "/var/states/x" } } },
  });
  const moved = stackReadme(stackOf({}), {});
  expect(moved).toContain("mv ../path/to/the/program/terraform.staging.tfstate staging/\n");
  const s3 = { terraform: { backend: { s3: { bucket: "b", key: "k", region: "r" } } } };
  const inBucket = stackReadme(stackOf(s3), {});
  expect(inBucket).toContain("in the S3 bucket `b`, under the key `k`, in the region `r`");
  expect(inBucket).not.toContain("mv ");
});

test("a path that leads to what is not in the folder is refused, and a text of somebody's is none", () => {
  const resource = {
    helm_release: {
      out: { chart: "../charts/x", values: ["../text"] },
      gone: { chart: "./assets/x/1" },
      in: { chart: "./assets/y/2" },
    },
    aws_s3_object: { file: { source: "../../x.zip" } },
    kubernetes_config_map_v1: { own: { data: { PREFIX: "../static" } } },
  };
  const module = { ours: { source: "../modules/x" }, theirs: { source: "terraform-aws-modules/vpc/aws" } };
  const beside = { "assets/y/2/Chart.yaml": { content: "" } };
  expect(outside(stackOf({ resource, module }, { beside })).map(({ path, got, why }) => [path[2], got, why])).toEqual([
    ["module.ours", "../modules/x", "leads out of the folder of its stack"],
    ["helm_release.out", "../charts/x", "leads out of the folder of its stack"],
    ["helm_release.gone", "./assets/x/1", "is not beside its stack"],
    ["aws_s3_object.file", "../../x.zip", "leads out of the folder of its stack"],
  ]);
});

test.each([
  [
    "/environments/staging/applications/my-app/workloads/backend",
    "Deployment",
    "workload-backend",
    "workload backend: Deployment",
  ],
  ["/environments/staging/applications/my-app/objects/a~1b", "Job", "objects-a-b", "objects a/b: Job"],
  ["/environments/staging/applications/my-app/routes", "Ingress", "routes", "routes: Ingress"],
  ["/environments/staging/applications/my-app", "Namespace", "application", "application: Namespace"],
  ["/environments/staging", "cluster / FlowLogs: log group", "flow-logs", "FlowLogs: log group"],
  ["/environments/staging", "platform / Store-loki: bucket", "store-loki", "Store-loki: bucket"],
])("%s, %s is in %s", (of, part, file, says) => {
  expect(partOf({ of, part })).toEqual({ file, says });
});
