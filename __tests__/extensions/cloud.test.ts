import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { LocalBackend, Testing } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  answerNeeds,
  type Cloud,
  type CloudFacts,
  clusterServices,
  EphemeralPassword,
  type GuaranteeName,
  type Guarantees,
  GUARANTEES,
  type InClusterAsked,
  type PasswordGenerator,
  type PermissionTable,
  provideApplication,
  providerId,
} from "../../constructs/clouds";
import { aws } from "../../constructs/clouds/aws";
import {
  application,
  environment,
  type EnvironmentSpec,
  http,
  ingress,
  InvalidInput,
  loadEnvironments,
  mysql,
  redis,
  type Registries,
} from "../../constructs/goldenpath";
import { compose, helmChart, renderEnvironments } from "../../constructs/outputs/outputs";
// What `goldenpath portability` calls.
import { movesOf } from "../../constructs/portability/moves";
import { createStacks } from "../../stacks";
import { AWS_PROPS } from "../support/aws-environment";
import { all, type StackJson } from "../support/cloud-environment";

/*
 * A cloud as another program writes it: machines in a rack, with a cluster that somebody made on them. Every service runs in the
 * cluster, and Secrets of one namespace are the secret store. Only what the package exports is imported to write it.
 */

const STORE = "vault";

const PERMISSIONS: PermissionTable<undefined, never> = {
  "dns-records": () => ({ grants: [], values: {} }),
  "read-secrets": () => ({ grants: [], values: {} }),
};

const guarantees = Object.fromEntries(
  Object.keys(GUARANTEES).map((name) => [name, { missing: "nobody runs it in the rack" }]),
) as Record<GuaranteeName, Guarantees[GuaranteeName]>;

const facts: CloudFacts = {
  identityEndpoints: [],
  privateCidrs: ["10.0.0.0/8"],
  storageClasses: { ReadWriteMany: "nfs", ReadWriteOnce: "disk" },
};

const secretPlace = (names: readonly string[]): string => names.join(".");

const asked: InClusterAsked = () => ({ facts: () => facts, secretPlace });

/** Passwords in the store, in no plan and no state. */
const passwords =
  (...names: readonly string[]): PasswordGenerator =>
  (scope, { workload = "administrator", username, generation }) => {
    const { result } = new EphemeralPassword(scope, `${workload}-password`, { length: 40 });
    const { metadata } = new SecretV1(scope, `${workload}-secret`, {
      metadata: { name: secretPlace([...names, workload, `v${generation}`]), namespace: STORE },
      dataWo: { username, password: result },
      dataWoRevision: 1,
    });
    return { secret: { key: metadata.name, property: "password" } };
  };

const rack = ({ name }: { readonly name: string }): Cloud => ({
  title: "Rack",
  guarantees,
  ...clusterServices.option,
  secretPlace,
  secretProperty: "value",
  problems: (path) => (/^[a-z]+$/.test(name) ? [] : [{ path: [...path, "name"], got: name, fix: "use small letters" }]),
  applicationProblems: (given, path) => clusterServices.problems(given, asked, path),
  facts: () => facts,
  place: () => ["rack", name],
  pipeline: () => ({ none: "its machines are reached from their room" }),
  describe: () => ({
    place: `rack ${name}`,
    cluster: "k3s",
    clusterName: name,
    kubernetesVersion: undefined,
    nodes: "the machines of the rack",
    state: "a file",
    credentials: "the kubeconfig",
    secretStore: `Secrets of namespace ${STORE}`,
  }),
  describeService: (given, service) => clusterServices.describe(given, service, asked),
  configure: (stack) => {
    new LocalBackend(stack, { path: `${stack.node.id}.tfstate` });
  },
  connect: (scope) => {
    const config = { configPath: `/etc/rack/${name}.yaml` };
    new KubernetesProvider(scope, providerId("kubernetes"), config);
    return {
      platform: () => {
        new HelmProvider(scope, providerId("helm"), { kubernetes: config });
      },
      allow: (_, __, needs) => ({
        identity: { annotations: {} },
        values: answerNeeds(PERMISSIONS, needs, undefined).values,
      }),
      secretStoreProvider: () => ({ kubernetes: { remoteNamespace: STORE } }),
      provide: (stack, given) =>
        provideApplication<never>(stack, given, {
          services: () => ({
            provide: ({ service }) => {
              throw new Error(`nobody runs ${service.kind} for the rack`);
            },
            passwords: (request) => passwords(request.environment, request.application, request.name),
          }),
          identity: () => undefined,
        }),
    };
  },
});

const shop = application({
  name: "shop",
  owner: "team-shop",
  services: { db: mysql(), cache: redis() },
  workloads: {
    web: http({ image: "registry.example.com/web:v1", needs: ["db", "cache"] }),
    docs: http({ image: "registry.example.com/docs:v1" }),
  },
  routes: [{ host: "web", to: "web" }],
});

const staging = (name: string, cloud: Cloud, more?: Partial<EnvironmentSpec>): EnvironmentSpec =>
  environment({
    name,
    cloud,
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    applications: [{ application: shop, hosts: { web: `${name}.example.com` } }],
    ...more,
  });

function refusals(spec: EnvironmentSpec): string[] {
  try {
    loadEnvironments([spec]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
}

const ON_RACK = staging("rack", rack({ name: "basement" }));

describe("an application on it", () => {
  const app = Testing.app();
  createStacks(app, loadEnvironments([ON_RACK]));
  app.synth();
  const stack = (name: string): StackJson =>
    JSON.parse(readFileSync(join(app.outdir, "stacks", name, "cdk.tf.json"), "utf8")) as StackJson;

  test("has a platform and a stack of its own, and no cluster or state that nobody asked for", () => {
    expect(Object.keys(app.manifest.stacks).sort()).toEqual(["rack", "rack-platform"]);
    expect(stack("rack").terraform).toMatchObject({ backend: { local: { path: "rack.tfstate" } } });
    const releases = all(stack("rack-platform"), "helm_release").map(({ name }) => name);
    expect(releases).toEqual(expect.arrayContaining(["cert-manager", "external-secrets", "traefik"]));
  });

  test("has its workloads, its servers on the cloud's disks, and passwords in its store", () => {
    const { resource } = stack("rack");
    expect(Object.keys(resource.kubernetes_deployment_v1 ?? {})).toHaveLength(2);
    expect(Object.keys(resource.kubernetes_stateful_set_v1 ?? {})).toHaveLength(2);
    expect(JSON.stringify(resource.kubernetes_persistent_volume_claim_v1)).toContain('"storage_class_name":"disk"');
    const names = Object.values(resource.kubernetes_secret_v1 ?? {}).map((secret) => JSON.stringify(secret));
    expect(names.some((text) => text.includes("rack.shop.db.web.v1") && text.includes(STORE))).toBe(true);
  });
});

describe("outputs of it", () => {
  const rendered = renderEnvironments(loadEnvironments([ON_RACK]));

  test("the chart has its workloads, with their variables", () => {
    const files = helmChart.render(rendered, { application: "shop" });
    expect(Object.values(files).join("\n")).toContain("DATABASE_URL");
    expect(Object.keys(files)).toContain("Chart.yaml");
  });

  test("Compose has them beside local containers", () => {
    const text = Object.values(compose.render(rendered, { application: "shop" })).join("\n");
    expect(text).toContain("DATABASE_URL");
    expect(text).toContain("mysql");
  });
});

test("portability compares it in both directions, and says what it lacks", () => {
  const onAws = staging("staging", aws(AWS_PROPS));
  const [there] = movesOf(onAws, [onAws, ON_RACK]);
  expect(there).toMatchObject({ from: "AWS", to: "Rack", like: "rack" });
  expect(there?.rows).toContainEqual(expect.objectContaining({ to: "rack basement" }));
  expect(there?.services.map(({ kind }) => kind)).toEqual(["mysql", "redis"]);
  expect(there?.missing).toHaveLength(Object.keys(GUARANTEES).length);
  expect(movesOf(ON_RACK, [onAws, ON_RACK]).map(({ to }) => to)).toEqual(["AWS"]);
});

describe("is refused", () => {
  const AT = "environments.rack";

  test("what it cannot serve: a managed service, nodes with an identity", () => {
    const registries: Registries = { byIdentity: ["registry.example.com"] };
    expect(refusals(staging("rack", rack({ name: "basement" }), { registries }))).toEqual([
      expect.stringContaining(`${AT}.registries.byIdentity`),
    ]);
    const managed = {
      application: shop,
      hosts: { web: "a.example.com" },
      services: { db: { placement: "managed" } },
    } as const;
    expect(refusals(staging("rack", rack({ name: "basement" }), { applications: [managed] }))).toEqual([
      expect.stringContaining(`${AT}.applications.shop.services.db.placement: got "managed"`),
    ]);
  });

  test("what it says of its own fields", () => {
    expect(refusals(staging("rack", rack({ name: "B 1" })))).toEqual([
      `${AT}.cloud.name: got "B 1"; use small letters`,
    ]);
  });

  test("one that leaves an answer out, by the compiler", () => {
    // @ts-expect-error every permission of add-ons is answered
    const permissions: PermissionTable<undefined, never> = { "dns-records": () => ({ grants: [], values: {} }) };
    // @ts-expect-error every guarantee is answered
    const answers: Guarantees = { "private-network": { missing: "it has one network" } };
    const silent: Omit<Cloud, "describe"> = rack({ name: "basement" });
    // @ts-expect-error what people compare is part of the contract
    const cloud: Cloud = silent;
    expect([permissions, answers, cloud].every((value) => typeof value === "object")).toBe(true);
  });
});

test("all that was imported is exported", () => {
  const { exports } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8")) as {
    exports: Record<string, unknown>;
  };
  expect(Object.keys(exports)).toEqual(expect.arrayContaining([".", "./addons", "./clouds", "./outputs", "./stacks"]));
});
