import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aws } from "../../constructs/clouds/aws";
import { environment } from "../../constructs/environment";
import { ingressNginx } from "../../constructs/kubernetes/routing/controllers";
import { ingress } from "../../constructs/kubernetes/routing/ingress";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { http } from "../../constructs/model/workload";
import { mysql } from "../../constructs/services/mysql";
import { createStacks } from "../../stacks";
import { warn } from "../../stacks/program";
import { AWS_PROPS } from "../support/aws-environment";
import { shop } from "../support/input";
import { named, type StackJson } from "../support/reference";

/* Several applications share an environment and its cluster, and nothing else. */

const billing = application({
  name: "billing",
  owner: "team-billing",
  services: { db: mysql({ database: "billing" }) },
  workloads: { api: http({ image: "registry.example.com/billing:v1", needs: ["db"] }) },
});

const environments = loadEnvironments([
  environment({
    name: "staging",
    cloud: aws(AWS_PROPS),
    routing: ingress({ controller: ingressNginx() }),
    profile: "small",
    contact: "ops@example.com",
    costCenter: "shared",
    applications: [
      { application: shop(), hosts: { api: "api.staging.example.com", web: "staging.example.com" } },
      { application: billing },
    ],
  }),
]);

const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
const app = new App({ outdir, stackTraces: false });
createStacks(app, environments);
app.synth();
const read = (stack: string) =>
  JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as StackJson;
const first = read("staging");
const second = read("billing-staging");

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

test("the first one's stack bears the environment's name, the second's both names", () => {
  expect(first.terraform).toHaveProperty("backend.s3.key", "staging.tfstate");
  expect(second.terraform).toHaveProperty("backend.s3.key", "billing-staging.tfstate");
});

test("each has its own namespace, key and database, under names of its own", () => {
  expect(named(first, "kubernetes_namespace_v1", "shop-staging")).toBeDefined();
  expect(named(second, "kubernetes_namespace_v1", "billing-staging")).toBeDefined();
  const identifiers = [first, second].map((json) =>
    Object.values(json.resource.aws_db_instance ?? {}).map(({ identifier }) => identifier),
  );
  expect(identifiers).toEqual([["staging-shop-db"], ["staging-billing-db"]]);
  for (const json of [first, second]) expect(Object.keys(json.resource.aws_kms_key ?? {})).toHaveLength(1);
});

test("no name of a cloud object is in both stacks", () => {
  const names = (json: StackJson): string[] =>
    Object.entries(json.resource)
      .filter(([type]) => type.startsWith("aws_"))
      .flatMap(([, blocks]) => Object.values(blocks))
      .flatMap((block) =>
        ["name", "identifier", "bucket", "replication_group_id", "broker_name", "user_id"].map((key) => block[key]),
      )
      .filter((name): name is string => typeof name === "string" && !name.startsWith("${"));
  expect(names(first).length).toBeGreaterThan(15);
  expect(names(second).filter((name) => names(first).includes(name))).toEqual([]);
});

test("an environment whose controller gets no security fixes says so when it is rendered", () => {
  const said: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  warn(environments);
  write.mockRestore();
  expect(said).toEqual([
    expect.stringMatching(/^warning: environments\.staging\.routing: .*March 2026.*traefik\(\).*\n$/s),
  ]);
});
