import { aws } from "../../../constructs/clouds/aws";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { postgresql } from "../../../constructs/kinds/postgresql";
import type { ApplicationSpec } from "../../../constructs/model/application";
import type { Service } from "../../../constructs/model/service";
import { levelOf, type Report } from "../../../constructs/report/report";
import { mysql } from "../../../constructs/services/mysql";
import { redis } from "../../../constructs/services/redis";
import { gkeStaging } from "../../../environments/gke-staging";
import { myApp } from "../../../environments/my-app";
import { production } from "../../../environments/production";
import { staging } from "../../../environments/staging";
import { reportBetween, type Synthesis, synthesisOf } from "./support/syntheses";

/*
 * Edits of the reference environments, each synthesized before and after, and what a comparison tells of them: which risks, and what changes in
 * the words of the model.
 */

/** An environment with its application otherwise. */
const withApp = (
  environment: EnvironmentSpec,
  edit: (app: ApplicationSpec) => Partial<ApplicationSpec>,
  overlay: object = {},
): EnvironmentSpec => ({
  ...environment,
  applications: environment.applications.map((one) => ({
    ...one,
    ...overlay,
    application: { ...myApp, ...edit(myApp) },
  })),
});

const workload = (name: string, fields: object) => (app: ApplicationSpec) =>
  ({ workloads: { ...app.workloads, [name]: { ...app.workloads[name], ...fields } } }) as Partial<ApplicationSpec>;

const place = (fields: object): EnvironmentSpec["cloud"] =>
  aws({
    accountId: "111111111111",
    region: "eu-central-1",
    network: { cidr: "10.10.0.0/16" },
    endpoint: { access: "allow-list", cidrs: ["203.0.113.0/24"] },
    access: {
      deployers: ["arn:aws:iam::111111111111:role/goldenpath-deployer"],
      administrators: ["arn:aws:iam::111111111111:role/platform-administrator"],
    },
    dns: { zones: [{ name: "staging.example.com", id: "Z0EXAMPLESTAGING" }] },
    ...fields,
  });

const known = new Map<EnvironmentSpec, Synthesis>();

/** What a synthesis of it writes: each is made once. */
const written = (environment: EnvironmentSpec): Synthesis => {
  const made = known.get(environment) ?? synthesisOf([environment]);
  known.set(environment, made);
  return made;
};

const told = (base: EnvironmentSpec, head: EnvironmentSpec): Report => reportBetween(written(base), written(head));

/** Risks above medium by class and element, each once. */
const severe = ({ risks }: Report): string[] =>
  [
    ...new Set(
      risks
        .filter(({ level }) => levelOf(level) > levelOf("medium"))
        .map(({ level, class: kind, element }) => `${level} ${kind}: ${element}`),
    ),
  ].sort();

/** What changes in the words of the model. */
const words = ({ elements }: Report): string[] =>
  elements.flatMap(({ name, changes }) => changes.map(({ says }) => `${name} ${says}`));

const needs = (name: string, without: string) =>
  workload(name, { needs: (myApp.workloads[name]?.needs ?? []).filter((need) => need !== without) });

/** Without a service, and without the needs of it. */
const without = (service: string) => (app: ApplicationSpec) => ({
  services: Object.fromEntries(Object.entries(app.services ?? {}).filter(([name]) => name !== service)),
  workloads: Object.fromEntries(
    Object.entries(app.workloads).map(([name, one]) => [
      name,
      { ...one, needs: one.needs?.filter((need) => need !== service) },
    ]),
  ) as ApplicationSpec["workloads"],
});

/** Staging whose database is this one, in the cluster. */
const inCluster = (database: Service): EnvironmentSpec =>
  withApp(staging, (app) => ({ services: { ...app.services, "orders-db": database } }), {
    services: { "orders-db": { placement: "in-cluster", size: "medium" } },
  });

test("the same edit twice is no change", () => {
  const { outcome, risks } = told(
    staging,
    withApp(staging, () => ({})),
  );
  expect([outcome, risks]).toEqual(["nothing", []]);
});

interface Story {
  readonly head: EnvironmentSpec;
  readonly base?: EnvironmentSpec;
  readonly severe: readonly string[];
  readonly words: readonly string[];
}

const STORIES: Readonly<Record<string, Story>> = {
  "another image": {
    head: withApp(staging, workload("notifications", { image: "registry.example.com/notifications:v1.2.4" })),
    severe: [],
    words: [expect.stringMatching(/^my-app \/ notifications image .*v1\.2\.3 → .*v1\.2\.4$/)],
  },
  "more pods": {
    head: withApp(staging, workload("notifications", { replicas: 3, autoscaling: { min: 3, max: 6, cpu: 70 } })),
    severe: [],
    words: ["my-app / notifications fewest pods 2 → 3", "my-app / notifications most pods 4 → 6"],
  },
  "more storage": {
    head: withApp(staging, () => ({}), { services: { "orders-db": { storage: "40Gi" } } }),
    severe: [],
    words: ["my-app / orders-db storage 20Gi → 40Gi"],
  },
  "another name of the database, for which RDS makes a server anew": {
    head: withApp(staging, (app) => ({ services: { ...app.services, "orders-db": mysql({ database: "shop" }) } })),
    severe: ["critical data loss: my-app / orders-db"],
    words: ["my-app / orders-db database app_db → shop"],
  },
  "another kind of database under the same name": {
    head: withApp(staging, (app) => ({ services: { ...app.services, "orders-db": postgresql() } })),
    severe: ["critical data loss: my-app / orders-db"],
    words: ["my-app / orders-db kind mysql → postgresql"],
  },
  "another name of the database in the cluster, where the server stays": {
    base: inCluster(mysql()),
    head: inCluster(mysql({ database: "shop" })),
    severe: ["critical data loss: my-app / orders-db"],
    words: ["my-app / orders-db database app_db → shop"],
  },
  "another major version in the cluster, on files of the one before": {
    base: inCluster(postgresql({ version: "17" })),
    head: inCluster(postgresql({ version: "18" })),
    severe: ["critical data loss: my-app / orders-db"],
    words: ["my-app / orders-db version 17 → 18"],
  },
  "a bucket that is taken out": {
    head: withApp(staging, without("uploads")),
    severe: ["critical data loss: my-app / uploads"],
    words: ["my-app / uploads is taken out"],
  },
  "a cache by another name": {
    head: withApp(staging, (app) => {
      const services = Object.entries(app.services ?? {}).filter(([name]) => name !== "cache");
      const workloads = Object.entries(app.workloads).map(([name, one]) => [
        name,
        { ...one, needs: one.needs?.map((need) => (need === "cache" ? "store" : need)) },
      ]);
      return {
        services: { ...Object.fromEntries(services), store: redis() },
        workloads: Object.fromEntries(workloads) as typeof app.workloads,
      };
    }),
    severe: ["critical data loss: my-app / cache"],
    words: ["my-app / cache is taken out", "my-app / store is new"],
  },
  "a database that moves into the cluster": {
    head: withApp(staging, () => ({}), { services: { "orders-db": { placement: "in-cluster" } } }),
    severe: ["critical data loss: my-app / orders-db"],
    words: ["my-app / orders-db placement managed → in-cluster"],
  },
  "protection that is taken off": {
    base: production,
    head: { ...production, protect: false },
    severe: ["high protection: my-app / orders-db", "high protection: environment production"],
    words: ["environment production protect on → off"],
  },
  "an edge more": {
    head: withApp(staging, (app) =>
      workload("notifications", { needs: [...(app.workloads.notifications?.needs ?? []), "events"] })(app),
    ),
    severe: [],
    words: ["my-app / notifications may now use events"],
  },
  "another region": {
    base: { ...staging, cloud: place({}) },
    head: { ...staging, cloud: place({ region: "eu-west-1" }) },
    severe: ["critical unknown: staging", "critical unknown: staging-cluster", "critical unknown: staging-platform"],
    words: [],
  },
  "another namespace, in which claims are others": {
    head: { ...staging, namespaceSuffix: "trial" },
    severe: ["critical data loss: my-app / backend"],
    words: [],
  },
};

test.each(Object.entries(STORIES))("%s", (_, { base = staging, head, severe: risks, words: said }) => {
  const report = told(base, head);
  expect(report.of).toBe("stacks");
  if (risks.length === 0) expect(severe(report)).toEqual([]);
  else expect(severe(report)).toEqual(expect.arrayContaining([...risks]));
  expect(words(report)).toEqual(expect.arrayContaining([...said]));
  expect(report.outcome).toBe("changes");
});

test("an API that lets more addresses in", () => {
  const cidrs = ["203.0.113.0/24", "198.51.100.0/24"];
  const { risks } = told(
    { ...staging, cloud: place({}) },
    { ...staging, cloud: place({ endpoint: { access: "allow-list", cidrs } }) },
  );
  const found = risks.filter((risk) => risk.class === "exposure");
  expect(found.map(({ level, says }) => `${level}: ${says}`)).toEqual([
    "medium: lets addresses of the internet in: 198.51.100.0/24",
  ]);
});

describe("an environment", () => {
  test("that comes is made as a whole, and nothing of it is lost", () => {
    const base = written(staging);
    const other = written(gkeStaging);
    const head = {
      stacks: { ...base.stacks, ...other.stacks },
      model: { ...base.model, environments: { ...base.model.environments, ...other.model.environments } },
    };
    const report = reportBetween(base, head);
    expect(report.risks.filter((risk) => risk.class === "data loss")).toEqual([]);
    const { counts, notes } = report.stacks.find(({ name }) => name === "gke-staging") ?? {};
    expect([Object.keys(counts ?? {}), notes]).toEqual([
      ["create"],
      ["is a stack that was not there: all of it is made"],
    ]);
  });

  test("that goes from the program goes on existing, with its data, as no plan of it is made", () => {
    const base = written(gkeStaging);
    const report = reportBetween(base, { stacks: {}, model: base.model });
    expect(report.risks.filter((risk) => risk.class === "data loss")).toEqual([]);
    expect(severe(report)).toEqual(expect.arrayContaining(["high unmanaged: my-app / orders-db"]));
  });
});

test("nothing that a comparison tells is a digest that somebody could take for that of a plan", () => {
  expect(told(staging, withApp(staging, needs("consumer", "events")))).not.toHaveProperty("digest");
});
