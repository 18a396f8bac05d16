import { stringify } from "yaml";
import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { google } from "../../constructs/clouds/google";
import { local } from "../../constructs/clouds/local";
import { environment, type EnvironmentSpec } from "../../constructs/environment";
import { application, type ApplicationSpec, external } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { http, worker } from "../../constructs/model/workload";
import { composeDocument } from "../../constructs/outputs/compose/compose";
import { gatewayApi } from "../../constructs/routing/gateway-api";
import { ingress } from "../../constructs/routing/ingress";
import { bucket } from "../../constructs/services/bucket";
import { mysql } from "../../constructs/services/mysql";
import { rabbitmq } from "../../constructs/services/rabbitmq";
import { redis } from "../../constructs/services/redis";
import { myApp } from "../../environments/my-app";
import { AWS_PROPS } from "../support/aws-environment";
import { ADMINISTRATOR, AZURE_PROPS, DEPLOYER, PLANNER, VIEWER } from "../support/azure-environment";
import { GOOGLE_PROPS } from "../support/google-environment";
import { applicationChart } from "../support/outputs";
import { synthesizeEnvironments } from "../support/reference";

/*
 * No name, address, state key, key of a secret, port or priority comes of a place in a list or a record: whatever order
 * the input is written in, the stacks, the chart and Compose's file say the same.
 */

const image = "registry.example.com/billing:v1";

/** Two services of each kind, and edges to all of them. */
const several: ApplicationSpec = application({
  ...myApp,
  defaultServices: ["orders-db", "cache", "events", "uploads"],
  services: {
    ...myApp.services,
    "reports-db": mysql({ database: "reports" }),
    sessions: redis(),
    mails: rabbitmq(),
    exports: bucket(),
  },
  externals: {
    ...myApp.externals,
    paypal: external({ host: "api.paypal.com", cidrs: ["198.51.100.0/24", "192.0.2.0/24"] }),
  },
  secrets: { ...myApp.secrets, "paypal-key": { variable: "PAYPAL_KEY", description: "Secret of the PayPal account" } },
  workloads: {
    ...myApp.workloads,
    reports: worker({
      image,
      replicas: 2,
      secrets: ["paypal-key", "stripe-key"],
      needs: [
        "orders-db",
        { to: "reports-db", prefix: "REPORTS_" },
        { to: "sessions", prefix: "SESSIONS_" },
        { to: "mails", prefix: "MAILS_" },
        { to: "exports", prefix: "EXPORTS_" },
        "paypal",
        "backend",
      ],
      volumes: { cache: { mountPath: "/cache", size: "1Gi" }, work: { mountPath: "/work", size: "2Gi" } },
    }),
  },
  routes: [...(myApp.routes ?? []), { host: "api", path: "/v2", to: "frontend" }],
});

const billing = application({
  name: "billing",
  owner: "team-billing",
  services: { db: mysql(), files: bucket() },
  workloads: { api: http({ image, replicas: 2, needs: ["db", "files"] }) },
  routes: [{ host: "billing", to: "api" }],
});

const ZONES = ["a.example.com", "b.example.com", "example.com"];

/** Each cloud with as much as it can be told. */
const CLOUDS: readonly (readonly [name: string, make: (order: Order) => Cloud])[] = [
  [
    "AWS",
    (order) =>
      aws(
        order({
          ...AWS_PROPS,
          access: {
            deployers: ["arn:aws:iam::123456789012:role/a", "arn:aws:iam::123456789012:role/b"],
            administrators: ["arn:aws:iam::123456789012:role/c", "arn:aws:iam::123456789012:role/d"],
            viewers: ["arn:aws:iam::123456789012:role/e", "arn:aws:iam::123456789012:role/f"],
            planners: ["arn:aws:iam::123456789012:role/g", "arn:aws:iam::123456789012:role/h"],
          },
          nodes: {
            karpenter: false,
            groups: {
              one: { instanceTypes: ["m7i.large"], min: 1, max: 2 },
              two: { instanceTypes: ["m7i.xlarge"], min: 1, max: 3 },
            },
          },
          dns: { zones: ZONES.map((name, index) => ({ name, id: `Z0EXAMPLE${index}` })) },
        }),
      ),
  ],
  [
    "Google Cloud",
    (order) =>
      google(
        order({
          ...GOOGLE_PROPS,
          access: {
            deployers: ["user:a@example.com", "user:b@example.com"],
            administrators: ["group:c@example.com", "group:d@example.com"],
            viewers: ["group:e@example.com", "group:f@example.com"],
            planners: ["group:g@example.com", "group:h@example.com"],
          },
          nodes: {
            pools: {
              one: { machineType: "n2-standard-4", min: 1, max: 2 },
              two: { machineType: "n2-standard-8", min: 1, max: 3 },
            },
          },
          dns: { zones: ZONES.map((domain, index) => ({ domain, name: `zone-${index}` })) },
        }),
      ),
  ],
  [
    "Azure",
    (order) =>
      azure(
        order({
          ...AZURE_PROPS,
          access: {
            deployers: [DEPLOYER, VIEWER],
            administrators: [ADMINISTRATOR],
            planners: [PLANNER, "eeeeeeee-0000-4000-8000-eeeeeeeeeeee"],
          },
          nodes: {
            pools: {
              one: { vmSize: "Standard_D4s_v5", min: 1, max: 2 },
              two: { vmSize: "Standard_D8s_v5", min: 1, max: 3 },
            },
          },
          dns: { zones: ZONES.map((name) => ({ name, resourceGroup: "dns" })) },
        }),
      ),
  ],
];

type Order = <T>(value: T) => T;

/** Lists in which the order is what is meant: words of a command; zones, whose order the state records. */
const MEANT = ["command", "args", "healthCommand", "zones"];

/** The same value with every other list and record in another order. Services and workloads are plain data. */
function shuffle(random: () => number): Order {
  const mix = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => [random(), item] as const)
      .sort(([a], [b]) => a - b)
      .map(([, item]) => item);
  const order = (value: unknown, key = ""): unknown => {
    if (Array.isArray(value)) {
      const isMeant = MEANT.includes(key) && typeof value[0] === "string";
      return isMeant ? value : mix(value).map((item) => order(item));
    }
    if (typeof value !== "object" || value === null || "contract" in value || "problems" in value) return value;
    return Object.fromEntries(mix(Object.entries(value)).map(([name, inner]) => [name, order(inner, name)]));
  };
  return <T>(value: T): T => order(value) as T;
}

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the numbers of Numerical Recipes. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const PLACED: EnvironmentSpec["applications"] = [
  {
    application: several,
    hosts: { api: "api.example.com", web: "example.com" },
    services: { "orders-db": { storage: "200Gi" }, "reports-db": { size: "large" } },
    drops: ["mails", "reports/work"],
  },
  { application: billing, hosts: { billing: "billing.example.com" } },
];

function spec(cloud: Cloud, order: Order, routing = ingress()): EnvironmentSpec {
  return environment({
    ...order({
      name: "production",
      profile: cloud.profiles?.[0] ?? ("production" as const),
      contact: "platform@example.com",
      costCenter: "orders",
      images: "immutable-tags" as const,
      defaultApplication: "my-app",
      applications: PLACED,
    }),
    cloud,
    routing,
  });
}

/** With records by their keys and lists by what is in them, texts that are JSON included. */
function canonical(value: unknown): unknown {
  if (typeof value === "string") return canonicalText(value);
  if (Array.isArray(value))
    return value
      .map(canonical)
      .map((item) => JSON.stringify(item))
      .sort();
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, canonical(inner)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function canonicalText(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    // A revision may be all digits.
    return typeof parsed === "object" ? canonical(parsed) : canonicalWords(text);
  } catch {
    return canonicalWords(text);
  }
}

const canonicalWords = (text: string): string =>
  text
    .replace(REVISION, "")
    .split(/[\s,]+/)
    .sort()
    .join(" ");

const stacks = (input: EnvironmentSpec): unknown => canonical(synthesizeEnvironments([input]).stacks);

/**
 * A Job or Secret that is made again when what is in it changes has a hash of that in its name, and in another order it is
 * another text: what runs again may run twice.
 */
const REVISION = /(?<=-(?:users|retire|migrate)-)[0-9a-f]{8}\b|^[0-9a-f]{8}$/g;

const unshuffled: Order = (value) => value;

describe.each(CLOUDS)("an environment on %s", (_name, make) => {
  const expected = stacks(spec(make(unshuffled), unshuffled));

  test.each([1, 2, 3])("has the same stacks in whatever order it is written: %i", (seed) => {
    const order = shuffle(seeded(seed));
    expect(stacks(spec(make(order), order))).toEqual(expected);
  });

  test("has the same stacks by the Gateway API", () => {
    const order = shuffle(seeded(4));
    const [one, other] = [unshuffled, order].map((by) => stacks(spec(make(by), by, gatewayApi())));
    expect(one).toEqual(other);
  });
});

test("a shuffled input is another text, so that the tests above compare two", () => {
  const order = shuffle(seeded(1));
  expect(stringify(order(several.workloads))).not.toBe(stringify(several.workloads));
});

describe("outputs beside Terraform", () => {
  const load = (order: Order) => loadEnvironments([spec(local(), order)]);
  const orders = [unshuffled, shuffle(seeded(1)), shuffle(seeded(2))];

  test("Compose has the same containers, volumes and ports in whatever order the model is written", () => {
    const [first, ...others] = orders.map((order) => {
      const found = load(order)[0]?.applications.find(({ name }) => name === "my-app");
      if (found === undefined) throw new Error("no application");
      return canonical(composeDocument({ application: found }));
    });
    for (const other of others) expect(other).toEqual(first);
  });

  test("the Helm chart has the same files with the same lines", () => {
    const [first, ...others] = orders.map((order) =>
      canonical(applicationChart({ application: "my-app", environments: load(order) })),
    );
    for (const other of others) expect(other).toEqual(first);
  });
});
