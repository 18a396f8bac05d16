import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Testing } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { aws, type AwsProvisioner } from "../../constructs/clouds/aws";
import { google } from "../../constructs/clouds/google";
import { local } from "../../constructs/clouds/local";
import {
  Application,
  application,
  defineService,
  environment,
  type EnvironmentSpec,
  FastStack,
  http,
  type ImageVersion,
  ingress,
  InvalidInput,
  loadEnvironments,
  mysql,
  type Provisioner,
  type Service,
  type ServiceOf,
} from "../../constructs/goldenpath";
import {
  authorityBundle,
  clientPeers,
  DATA_VOLUME,
  type InClusterPlace,
  inClusterRequest,
  piece,
  SERVER_MOUNTS,
  serverHost,
  serverObjects,
  serverPods,
  serverPolicy,
  serverProvisioner,
  serverResources,
  singleServer,
} from "../../constructs/in-cluster";
import {
  composeDocument,
  type ComposePlace,
  containerProvisioner,
  dataVolume,
  onNetwork,
  serverHealth,
} from "../../constructs/outputs/compose";
import { helmChart, renderEnvironments } from "../../constructs/outputs/outputs";
import { AWS_PROPS } from "../support/aws-environment";
import { GOOGLE_PROPS } from "../support/google-environment";

/*
 * A kind of service as another program brings it: a queue, which AWS sells, a server in the cluster speaks too, and a
 * container stands for on a laptop. Only what the package exports is imported; nothing below `constructs/` knows of it.
 */

interface QueueSpec {
  /** Days that a message waits for somebody to take it, 1 to 14. */
  readonly keepDays: number;
}

type Queue = ServiceOf<"queue", QueueSpec>;

const PORT = 9324;

const SERVER: ImageVersion = {
  product: "ElasticMQ",
  version: "1.6",
  endOfSupport: undefined,
  source: "https://github.com/softwaremill/elasticmq/releases",
  read: "2026-11-23",
  image: "docker.io/softwaremill/elasticmq-native:1.6.12",
};

/** By the identity of the workload: there is no password. */
const queueOnAws: AwsProvisioner<Queue> = {
  describe: ({ name, application: owner, environment: of }) => ({
    placement: "managed",
    product: "Amazon SQS",
    version: undefined,
    port: 443,
    tls: "system",
    signIn: "identity",
    optionalParts: [],
    compute: undefined,
    disk: undefined,
    backups: undefined,
    passwords: undefined,
    name: `${of}-${owner}-${name}`,
    inState: [],
    notes: [],
  }),
  provide: ({ scope, name, application: owner, environment: of, service, keyArn, lookup, tags }) => {
    const queue = new SqsQueue(scope, "Default", {
      name: `${of}-${owner}-${name}`,
      messageRetentionSeconds: service.spec.keepDays * 86_400,
      kmsMasterKeyId: keyArn,
      tags,
    });
    return {
      connection: () => ({
        parts: { url: { value: queue.url }, region: { value: lookup.region } },
        tls: true,
        endpoints: [{ cidrs: ["0.0.0.0/0"], hosts: [`sqs.${lookup.region}.amazonaws.com`], port: 443 }],
      }),
      grants: [{ Effect: "Allow", Action: ["sqs:SendMessage", "sqs:ReceiveMessage"], Resource: queue.arn }],
    };
  },
};

const queueInCluster: Provisioner<Queue, InClusterPlace> = serverProvisioner<Queue>({
  product: "ElasticMQ in a StatefulSet",
  versions: [SERVER],
  runs: () => SERVER,
  oldPassword: "dropped",
  notes: [],
  server: (given) => {
    const request = inClusterRequest(given);
    const secretAccessKey = given.password(given.name);
    return {
      connection: {
        parts: {
          url: { value: `https://${serverHost(request)}/queue` },
          region: { value: "elasticmq" },
          accessKeyId: { value: given.name },
          secretAccessKey,
        },
        tls: true,
        caBundle: authorityBundle(given.application),
        endpoints: [{ pods: serverPods(request), port: PORT }],
      },
      objects: (facts) =>
        serverObjects(request, {
          policies: [serverPolicy(request, clientPeers(request), PORT)],
          login: [["key", [piece("secretAccessKey", secretAccessKey)]]],
          port: 443,
          targetPort: PORT,
          pods: singleServer(
            request,
            {
              user: 1001,
              graceSeconds: 30,
              readsPasswords: true,
              checksum: "none",
              containers: [
                {
                  name: "elasticmq",
                  image: SERVER.image,
                  ports: [{ name: "server", containerPort: PORT, protocol: "TCP" }],
                  resources: serverResources("100m", "1", "512Mi"),
                  volumeMounts: [...SERVER_MOUNTS, { name: DATA_VOLUME, mountPath: "/data" }],
                },
              ],
            },
            facts,
          ),
        }),
    };
  },
});

const queueInCompose: Provisioner<Queue, ComposePlace> = containerProvisioner<Queue>({
  container: "elasticmq",
  versions: [SERVER],
  service: ({ host }) => ({
    image: SERVER.image,
    mem_limit: "256m",
    restart: "unless-stopped",
    volumes: [`${dataVolume(host)}:/data`],
    ...onNetwork(),
    healthcheck: serverHealth(["CMD-SHELL", `wget -q -O /dev/null http://127.0.0.1:${PORT}/health`]),
    security_opt: ["no-new-privileges:true"],
  }),
  parts: ({ host }) => ({ url: `http://${host}:${PORT}/queue`, region: "elasticmq", accessKeyId: "app" }),
  secrets: { secretAccessKey: "secret" },
});

const DEFINITION = {
  contract: {
    defaultPort: 443,
    parts: {
      url: { secret: false },
      region: { secret: false },
      accessKeyId: { secret: false, optional: true },
      secretAccessKey: { secret: true, optional: true },
    },
    variables: {
      QUEUE_URL: { template: [{ part: "url", raw: true }] },
      QUEUE_REGION: { template: [{ part: "region", raw: true }] },
      QUEUE_ACCESS_KEY_ID: { template: [{ part: "accessKeyId", raw: true }] },
      QUEUE_SECRET_ACCESS_KEY: { template: [{ part: "secretAccessKey", raw: true }] },
      QUEUE_SSL_CA: { file: "caBundle" },
    },
  },
  fields: { keepDays: z.int().min(1).max(14) },
  defaults: { keepDays: 4 },
  sizes: { managed: [], "in-cluster": ["size", "storage", "passwords"] },
  moving: (name: string) => ({ out: `let consumers empty ${name}`, back: "send what was put aside" }),
} as const;

const queue = defineService<"queue", QueueSpec>({
  ...DEFINITION,
  kind: "queue",
  provisioners: {
    aws: queueOnAws,
    google: { notHere: "Google Cloud has no SQS" },
    azure: { notHere: "Azure has no SQS" },
    "in-cluster": queueInCluster,
    compose: queueInCompose,
  },
});

const SAID = {
  google: { notHere: "Google Cloud has no SQS" },
  azure: { notHere: "Azure has no SQS" },
  "in-cluster": { notHere: "a queue in pods would lose messages" },
  compose: { notHere: "nothing on a laptop speaks SQS" },
};

/** Where AWS alone has it. */
const ON_AWS_ALONE = { ...SAID, aws: queueOnAws };

/** Of a queue that AWS alone runs. */
const queueOfAws = defineService<"queue", QueueSpec>({
  ...DEFINITION,
  kind: "queue",
  provisioners: ON_AWS_ALONE,
});

const shop = (jobs: Service) =>
  application({
    name: "shop",
    owner: "team-shop",
    services: { jobs, db: mysql() },
    workloads: {
      api: http({ image: "registry.example.com/api:v1", needs: ["jobs", "db"] }),
      web: http({ image: "registry.example.com/web:v1" }),
    },
  });

const staging = (cloud: EnvironmentSpec["cloud"], jobs: Service = queue()): EnvironmentSpec =>
  environment({
    name: "staging",
    cloud,
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    applications: [{ application: shop(jobs) }],
  });

type Blocks = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** The resources of the application's stack, by type. */
function synthesized(spec: EnvironmentSpec): Blocks {
  const [loaded] = loadEnvironments([spec]);
  const [one] = loaded?.applications ?? [];
  if (loaded === undefined || one === undefined) throw new Error("no application");
  const stack = new FastStack(Testing.app(), one.stackName);
  loaded.cloud.configure(stack, loaded);
  const cluster = loaded.cloud.connect(stack, loaded);
  new Application(stack, one.name, { environment: loaded, application: one, cluster });
  return (JSON.parse(Testing.synth(stack)) as { readonly resource: Blocks }).resource;
}

/** The resource of a type with this id in the construct tree, as text. */
function textOf(resources: Blocks, type: string, id: string): string {
  const of = resources[type] ?? {};
  const [name] = Object.keys(of).filter((key) => key.includes(`_${id}_`));
  if (name === undefined) throw new Error(`no ${type} ${id} in ${Object.keys(of).join(", ")}`);
  return JSON.stringify(of[name]);
}

function refusals(spec: EnvironmentSpec): string[] {
  try {
    loadEnvironments([spec]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
}

describe("on a cloud that it has a provisioner for", () => {
  const resources = synthesized(staging(aws(AWS_PROPS)));

  test("its own resources are made, and the workload's role may use them", () => {
    expect(Object.values(resources["aws_sqs_queue"] ?? {})).toMatchObject([
      { name: "staging-shop-jobs", message_retention_seconds: 345_600 },
    ]);
    const policies = JSON.stringify(resources["aws_iam_role_policy"]);
    expect(policies).toContain("sqs:SendMessage");
  });

  test("its variables arrive in the workload that needs it, and in no other", () => {
    expect(textOf(resources, "kubernetes_config_map_v1", "config-map-shop-apiconnections")).toContain("QUEUE_URL");
    expect(textOf(resources, "kubernetes_deployment_v1", "deployment-shop-api")).toContain("shop-api.connections");
    expect(textOf(resources, "kubernetes_deployment_v1", "deployment-shop-web")).not.toContain("connections");
  });

  test("the network opens to it", () => {
    const open = (workload: string): string =>
      textOf(resources, "kubernetes_network_policy_v1", `network-policy-shop-${workload}`);
    expect(open("api")).toContain('"port":"443"');
    expect(open("web")).not.toContain('"port":"443"');
  });
});

describe("in the cluster", () => {
  const resources = synthesized(staging(local({ storageClass: "local-path" })));

  test("it has its server, which comes after its disk", () => {
    const server = textOf(resources, "kubernetes_stateful_set_v1", "stateful-set-shop-jobs");
    expect(server).toContain(SERVER.image);
    expect(server).toMatch(/"depends_on":\[[^\]]*persistent-volume-claim-shop-jobsdata/);
  });

  test("the network opens from the workload that needs it, on both sides", () => {
    const policy = (name: string): string =>
      textOf(resources, "kubernetes_network_policy_v1", `network-policy-shop-${name}`);
    expect(policy("jobs")).toContain('"app":"shop-api"');
    expect(policy("jobs")).not.toContain('"app":"shop-web"');
    expect(policy("api")).toContain(`"port":"${PORT}"`);
    expect(policy("web")).not.toContain(`"port":"${PORT}"`);
  });

  test("its password arrives in that workload alone", () => {
    const variable = "QUEUE_SECRET_ACCESS_KEY";
    expect(textOf(resources, "kubernetes_deployment_v1", "deployment-shop-api")).toContain(variable);
    expect(textOf(resources, "kubernetes_deployment_v1", "deployment-shop-web")).not.toContain(variable);
  });
});

test("the chart's workloads have what Terraform's have", () => {
  const environments = loadEnvironments([staging(local({ storageClass: "local-path" }))]);
  const files = Object.values(helmChart.render(renderEnvironments(environments), { application: "shop" })).join("\n");
  expect(files).toContain("QUEUE_SECRET_ACCESS_KEY");
});

test("Compose has its container, and the workload its variables", () => {
  const inCompose = (spec: EnvironmentSpec) => {
    const [one] = loadEnvironments([spec]).flatMap(({ applications }) => applications);
    if (one === undefined) throw new Error("no application");
    return composeDocument({ application: one }).services;
  };
  expect(inCompose(staging(local({ storageClass: "local-path" })))).toMatchObject({
    elasticmq: { image: SERVER.image, volumes: ["elasticmq-data:/data"] },
    api: {
      environment: { QUEUE_URL: "http://elasticmq:9324/queue", QUEUE_SECRET_ACCESS_KEY: "secret" },
      depends_on: { elasticmq: { condition: "service_healthy" } },
    },
  });
  expect(() => inCompose(staging(aws(AWS_PROPS), queueOfAws()))).toThrow(
    'applications.shop.services.jobs: got "queue", nothing on a laptop speaks SQS; give defineService() a provisioner "compose", ' +
      "or leave its application out of Compose",
  );
});

describe("is refused", () => {
  const AT = "environments.staging.applications.shop.services.jobs";

  test("on a cloud that it has none for, with those that it has", () => {
    expect(refusals(staging(google(GOOGLE_PROPS), queueOfAws()))).toEqual([
      `${AT}: got "queue", queue has no provisioner for Google Cloud and none for its cluster: Google Cloud has no SQS; in the ` +
        "cluster: a queue in pods would lose messages; give defineService() one, or use another service or cloud; it has one for aws",
    ]);
    const inCluster = staging(aws(AWS_PROPS), queueOfAws());
    const [placed] = inCluster.applications;
    if (placed === undefined) throw new Error("no application");
    expect(
      refusals({ ...inCluster, applications: [{ ...placed, services: { jobs: { placement: "in-cluster" } } }] }),
    ).toEqual([
      `${AT}.placement: got "in-cluster", AWS has no in-cluster queue: a queue in pods would lose messages; use "managed"`,
    ]);
    // The cluster runs it there.
    expect(refusals(staging(google(GOOGLE_PROPS)))).toEqual([]);
  });

  test("never by a provisioner behind a getter, which its place alone asks", () => {
    const asked: string[] = [];
    const lazy = defineService<"queue", QueueSpec>({
      ...DEFINITION,
      kind: "queue",
      provisioners: {
        ...SAID,
        get aws() {
          asked.push("aws");
          return queueOnAws;
        },
      },
    });
    expect(refusals(staging(google(GOOGLE_PROPS), lazy()))).toEqual([expect.stringContaining("it has one for aws")]);
    expect(asked).toEqual([]);
    expect(refusals(staging(aws(AWS_PROPS), lazy()))).toEqual([]);
    expect(asked).not.toEqual([]);
  });

  test("under a name that this package has, or that is none", () => {
    const named = (kind: string) =>
      defineService<string, QueueSpec>({
        ...DEFINITION,
        kind,
        provisioners: { ...ON_AWS_ALONE, aws: { ...queueOnAws } },
      })();
    expect(refusals(staging(aws(AWS_PROPS), named("mysql")))).toContain(
      'applications.shop.services.jobs: got "mysql", goldenpath has a kind of this name; give defineService() another kind',
    );
    expect(refusals(staging(aws(AWS_PROPS), named("volume")))).toHaveLength(1);
    expect(refusals(staging(aws(AWS_PROPS), named("My Queue")))).toContain(
      'applications.shop.services.jobs: got "My Queue", no name of a kind; use up to 30 small letters, digits and hyphens, ' +
        "a letter first",
    );
  });

  test("with a default that its own form refuses, a mistake of the definition", () => {
    const odd = defineService<"queue", QueueSpec>({
      ...DEFINITION,
      kind: "queue",
      defaults: { keepDays: 90 },
      provisioners: ON_AWS_ALONE,
    });
    expect(refusals(staging(aws(AWS_PROPS), odd()))).toContain(
      "applications.shop.services.jobs.keepDays: got 90; use at most 14",
    );
  });

  test("with a field that is wrong, by its path", () => {
    expect(refusals(staging(aws(AWS_PROPS), queue({ keepDays: 90 })))).toEqual([
      "applications.shop.services.jobs.keepDays: got 90; use at most 14",
    ]);
  });
});

test("all that was imported is exported", () => {
  const { exports } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
    exports: Record<string, unknown>;
  };
  expect(Object.keys(exports)).toEqual(
    expect.arrayContaining([".", "./aws", "./google", "./local", "./in-cluster", "./compose", "./outputs"]),
  );
});
