import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aws } from "../../constructs/clouds/aws";
import { environment } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { http, release } from "../../constructs/model/workload";
import { ingressNginx } from "../../constructs/routing/controllers";
import { ingress } from "../../constructs/routing/ingress";
import { bucket } from "../../constructs/services/bucket";
import { mysql } from "../../constructs/services/mysql";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { redis } from "../../constructs/services/redis";
import { createStacks } from "../../stacks";
import { warn } from "../../stacks/program";
import { AWS_PROPS } from "../support/aws-environment";
import { shop } from "../support/input";
import { podsOf, policiesOf } from "../support/policies";
import { reaches } from "../support/reachability";
import { type Block, named, type StackJson } from "../support/reference";
import { unrevised } from "../support/revision";

/* Several applications share an environment and its cluster, and nothing else. */

const image = "registry.example.com/billing:v1";
const services = () => ({ db: mysql({ database: "billing" }), cache: redis(), events: rabbitmq(), files: bucket() });
const secrets = { "stripe-key": { variable: "STRIPE_KEY", description: "API key" } };

/** With services, a secret and workloads that are called as those of the first one are. */
const billing = application({
  name: "billing",
  owner: "team-billing",
  services: services(),
  secrets,
  workloads: {
    api: http({ image, needs: ["db", "cache", "events", "files"], secrets: ["stripe-key"] }),
    migrate: release({ image, needs: ["db"] }),
  },
});

/** Its `web` and `api` are `shop-eu-web` and `shop-eu-api`, and so are the shop's `eu-web` and `eu-api`. */
const shopEu = application({
  name: "shop-eu",
  owner: "team-eu",
  services: services(),
  secrets,
  workloads: {
    api: http({ image, needs: ["db", "files"], secrets: ["stripe-key"] }),
    web: http({ image, needs: ["api"] }),
  },
  routes: [{ host: "api", to: "api" }],
});

const first = shop();
const environments = loadEnvironments([
  environment({
    name: "staging",
    cloud: aws(AWS_PROPS),
    routing: ingress({ controller: ingressNginx() }),
    profile: "small",
    contact: "ops@example.com",
    costCenter: "shared",
    defaultApplication: "shop",
    applications: [
      {
        application: {
          ...first,
          workloads: {
            ...first.workloads,
            "eu-api": http({ image, needs: ["db", "files"], secrets: ["stripe-key"] }),
            "eu-web": http({ image, needs: ["eu-api"] }),
          },
        },
        hosts: { api: "api.staging.example.com", web: "staging.example.com" },
      },
      { application: billing },
      { application: shopEu, hosts: { api: "api.eu.staging.example.com" } },
    ],
  }),
]);

const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
const app = new App({ outdir, stackTraces: false });
createStacks(app, environments);
app.synth();
const read = (stack: string) =>
  JSON.parse(readFileSync(join(outdir, "stacks", stack, "cdk.tf.json"), "utf8")) as StackJson;

/** By the application's name. */
const STACKS: Readonly<Record<string, StackJson>> = {
  shop: read("staging"),
  billing: read("billing-staging"),
  "shop-eu": read("shop-eu-staging"),
};
const EACH = Object.entries(STACKS);
const PAIRS = EACH.flatMap(([one]) => EACH.filter(([other]) => other !== one).map(([other]) => [one, other] as const));
const of = (name: string): StackJson => STACKS[name] ?? { terraform: {}, provider: {}, resource: {} };
const blocks = (json: StackJson, type: string): Block[] => Object.values(json.resource[type] ?? {});

afterAll(() => {
  rmSync(outdir, { recursive: true });
});

test("the default one's stack bears the environment's name, a further one's both names", () => {
  expect(EACH.map(([, { terraform }]) => (terraform.backend as { s3: { key: string } }).s3.key)).toEqual([
    "staging.tfstate",
    "billing-staging.tfstate",
    "shop-eu-staging.tfstate",
  ]);
});

test.each(EACH)("%s has its own key, database and broker, under names of its own", (name, json) => {
  expect(blocks(json, "aws_kms_alias").map((alias) => alias.name)).toEqual([`alias/staging/${name}`]);
  expect(blocks(json, "aws_db_instance").map(({ identifier }) => identifier)).toEqual([`staging-${name}-db`]);
  expect(blocks(json, "aws_mq_broker").map(({ broker_name }) => broker_name)).toEqual([`staging_${name}_events`]);
  const [key, ...others] = Object.keys(json.resource.aws_kms_key ?? {});
  expect(others).toEqual([]);
  const encrypted = Object.values(json.resource).flatMap((all) =>
    Object.values(all).flatMap(({ kms_key_id }) => (kms_key_id === undefined ? [] : [kms_key_id])),
  );
  expect(encrypted.length).toBeGreaterThan(5);
  expect(new Set(encrypted)).toEqual(new Set([`\${aws_kms_key.${key ?? ""}.arn}`]));
});

/** Arguments by which something is known in an account, a VPC or the world. */
const NAMES = [
  ...["name", "identifier", "bucket", "replication_group_id", "broker_name", "user_id", "user_group_id"],
  "final_snapshot_identifier",
];

function cloudNames(json: StackJson): string[] {
  return Object.entries(json.resource)
    .filter(([type]) => type.startsWith("aws_"))
    .flatMap(([, all]) => Object.values(all).flatMap((block) => NAMES.map((key) => block[key])))
    .filter((name): name is string => typeof name === "string" && !name.startsWith("${"));
}

test.each(PAIRS)("no name of a cloud object is in %s and in %s", (one, other) => {
  expect(cloudNames(of(one)).length).toBeGreaterThan(20);
  const taken = new Set(cloudNames(of(one)));
  expect(cloudNames(of(other)).filter((name) => taken.has(name))).toEqual([]);
});

test.each(EACH)(
  "%s reads of others no more than the cluster and its subnets: no state, no secret of theirs",
  (name, json) => {
    const {
      aws_secretsmanager_secrets: lists,
      kubernetes_resource: rollouts,
      kubernetes_resources: volumes,
      ...lookups
    } = json.data ?? {};
    expect(Object.keys(lookups).sort()).toEqual(["aws_eks_cluster", "aws_subnets"]);
    expect(Object.values(lists ?? {}).map(({ filter }) => filter)).toEqual([
      [{ name: "name", values: [`staging/${name}/stripe-key`] }],
    ]);
    // Deployments of its own, once they are changed.
    const own = blocks(json, "kubernetes_deployment_v1").map(({ metadata }) => metadata as Block);
    expect(Object.values(rollouts ?? {}).map(({ metadata }) => metadata)).toEqual(
      own.map(({ name: one, namespace }) => ({ name: one, namespace })),
    );
    // Claims of its own namespace, where it has any.
    const claims = blocks(json, "kubernetes_persistent_volume_claim_v1").map(({ metadata }) => metadata as Block);
    const namespaces = [...new Set(claims.map(({ namespace }) => namespace))];
    expect(Object.values(volumes ?? {}).map(({ kind, namespace }) => ({ kind, namespace }))).toEqual(
      namespaces.map((namespace) => ({ kind: "PersistentVolumeClaim", namespace })),
    );
  },
);

describe.each(EACH)("the secrets of %s", (name, json) => {
  test("are all under its name", () => {
    const names = blocks(json, "aws_secretsmanager_secret").map((secret) => String(secret.name));
    expect(names.length).toBeGreaterThan(2);
    for (const secret of names) expect(secret).toMatch(new RegExp(`^staging/${name}/`));
  });

  test("are what its cluster objects read, and nothing else is", () => {
    const keys = blocks(json, "kubernetes_manifest").flatMap(({ manifest }) => {
      const { kind, spec } = manifest as { kind: string; spec: { data?: readonly { remoteRef: { key: string } }[] } };
      return kind === "ExternalSecret" ? (spec.data ?? []).map(({ remoteRef }) => remoteRef.key) : [];
    });
    // A reference can only be to the stack's own resources.
    expect([...new Set(keys.filter((key) => !key.startsWith("${")))]).toEqual([`staging/${name}/stripe-key`]);
  });
});

test.each(EACH)("only workloads of %s can take its roles", (name, json) => {
  const roles = blocks(json, "aws_iam_role").filter((role) => String(role.name).startsWith("staging.workload."));
  expect(roles.length).toBeGreaterThan(0);
  for (const role of roles) {
    const [, workload = ""] = new RegExp(`^staging\\.workload\\.${name}\\.([a-z-]+)$`).exec(String(role.name)) ?? [];
    const { Statement } = JSON.parse(String(role.assume_role_policy)) as { Statement: unknown };
    expect(Statement).toMatchObject([
      {
        Condition: {
          StringEquals: {
            "aws:RequestTag/kubernetes-namespace": `${name}-staging`,
            "aws:RequestTag/kubernetes-service-account": `${name}-${workload}`,
          },
        },
      },
    ]);
  }
});

test("workloads that come to one name in the cluster have two roles, by the namespaces they are in", () => {
  const taking = ["shop", "shop-eu"].map((name) =>
    blocks(of(name), "aws_eks_pod_identity_association")
      .filter(({ service_account }) => service_account === "shop-eu-api")
      .map(({ namespace }) => namespace),
  );
  expect(taking).toEqual([["shop-staging"], ["shop-eu-staging"]]);
  const names = ["shop", "shop-eu"].map((name) => blocks(of(name), "aws_iam_role").map((role) => role.name));
  expect(names[0]).toContain("staging.workload.shop.eu-api");
  expect(names[1]).toContain("staging.workload.shop-eu.api");
});

describe.each(EACH)("in the cluster %s", (name, json) => {
  const namespace = `${name}-staging`;
  const objects = Object.entries(json.resource)
    .filter(([type]) => type.startsWith("kubernetes_"))
    .flatMap(([type, all]) =>
      Object.values(all).map((block) => ({
        type,
        metadata: ((block.manifest ?? block) as { metadata: { name: string; namespace?: string } }).metadata,
      })),
    );

  test("has its own namespace, and every object in it", () => {
    expect(named(json, "kubernetes_namespace_v1", namespace)).toMatchObject({
      metadata: { labels: { "goldenpath/application": name } },
    });
    const others = objects.filter(({ type }) => type !== "kubernetes_namespace_v1");
    expect(others.length).toBeGreaterThan(15);
    expect(new Set(others.map(({ metadata }) => metadata.namespace))).toEqual(new Set([namespace]));
  });

  test("has a quota of its own size and a denial of everything of its own", () => {
    expect(blocks(json, "kubernetes_resource_quota_v1")).toHaveLength(1);
    expect(named(json, "kubernetes_network_policy_v1", "default-deny")).toMatchObject({
      spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"] },
    });
  });

  test("makes users in its own services, by Jobs and Secrets of its own", () => {
    const jobs = blocks(json, "kubernetes_job_v1").map(({ metadata }) => unrevised(metadata as { name: string }));
    const users = [`${name}-db-users`, `${name}-events-users`];
    const retired = [`${name}-db-retire`, `${name}-events-retire`];
    expect(jobs.sort()).toEqual([...users, ...retired, ...(name === "billing" ? ["billing-migrate"] : [])].sort());
    const secretNames = objects.flatMap(({ type, metadata }) =>
      type === "kubernetes_manifest" ? [metadata.name] : [],
    );
    for (const job of users) {
      expect(secretNames.filter((secret) => secret.startsWith(`${job}-`))).toEqual([
        expect.stringMatching(new RegExp(`^${job}-[0-9a-f]{8}$`)),
      ]);
    }
  });
});

test("each quota is of its own application's size", () => {
  const pods = EACH.map(([, json]) =>
    blocks(json, "kubernetes_resource_quota_v1").map(({ spec }) => (spec as { hard: { pods: string } }).hard.pods),
  );
  // Two services with two Jobs for users each. Maxima with their surge and as many that are stopping: 10 + 3 + 10, and 3 + 1 + 3 for each
  // that says nothing; a run of the cron, a release; a solver for each host.
  expect(pods).toEqual([[`${4 + 23 + 4 * 7 + 1 + 2}`], [`${4 + 7 + 1}`], [`${4 + 2 * 7 + 1}`]]);
});

describe("in the network", () => {
  const policies = [...EACH.flatMap(([, json]) => policiesOf(json)), ...policiesOf(read("staging-platform"))];
  const PORTS = [22, 53, 80, 443, 3000, 3306, 5671, 6379, 8080, 8089, 9000, 9001, 10254];
  const controller = environments[0]?.routing.controllerPods ?? { namespace: "", labels: {} };

  test.each(PAIRS)("no pod of %s reaches one of %s, on any port", (one, other) => {
    const [from, to] = [podsOf(of(one)), podsOf(of(other))].map((pods) => Object.entries(pods));
    expect([from, to].map((pods = []) => pods.length > 2)).toEqual([true, true]);
    const open = (from ?? []).flatMap(([caller, pod]) =>
      (to ?? []).flatMap(([target, end]) =>
        PORTS.flatMap((port) =>
          (["TCP", "UDP"] as const)
            .filter((protocol) => reaches(policies, { from: pod, to: end, port, protocol }))
            .map((protocol) => `${caller} → ${target}:${port}/${protocol}`),
        ),
      ),
    );
    expect(open).toEqual([]);
  });

  test("an edge leads to the pods of its own application, though another's have the same names", () => {
    for (const name of ["shop", "shop-eu"]) {
      const { "shop-eu-web": from, "shop-eu-api": to } = podsOf(of(name));
      if (from === undefined || to === undefined) throw new Error(`${name} has no such pods`);
      expect(PORTS.filter((port) => reaches(policies, { from, to, port }))).toEqual([3000]);
    }
  });

  test("pods of one name in two namespaces have each the policy of their own application", () => {
    const open = ["shop", "shop-eu"].map((name) => {
      const to = podsOf(of(name))["shop-eu-api"] ?? controller;
      expect(to.namespace).toBe(`${name}-staging`);
      return PORTS.filter((port) => reaches(policies, { from: controller, to, port }));
    });
    // The route is to the one, and not to the other.
    expect(open).toEqual([[], [3000]]);
  });
});

test("an environment whose controller gets no security fixes says so when it is rendered, and whose hosts get no record", () => {
  const said: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => said.push(String(text)) > 0);
  warn(environments);
  write.mockRestore();
  expect(said).toEqual([
    expect.stringMatching(/^warning: environments\.staging\.routing: .*March 2026.*traefik\(\).*\n$/s),
    ...["shop.hosts.api", "shop.hosts.web", "shop-eu.hosts.api"].map((host): unknown =>
      expect.stringMatching(
        new RegExp(
          `^warning: environments\\.staging\\.applications\\.${host}: .* has no DNS zone, so its record is yours`,
        ),
      ),
    ),
  ]);
});
