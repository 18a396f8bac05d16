import type { EnvironmentSpec } from "../../../constructs/environment";
import { environmentDocument } from "../../../constructs/model-json/document";
import { application } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import { objectPatch } from "../../../constructs/model/patch";
import { type Owner, team } from "../../../constructs/model/team";
import { cron, http, phpFpm, type PhpFpmSpec, worker } from "../../../constructs/model/workload";
import { APPLICATION_RULES } from "../../../constructs/scorecard/application-rules";
import type { Judgement } from "../../../constructs/scorecard/rule";
import { type Scorecard, scorecardOf } from "../../../constructs/scorecard/score";
import { SERVICE_RULES } from "../../../constructs/scorecard/service-rules";
import type { TemplateOrigin } from "../../../constructs/scorecard/template-origin";
import { WORKLOAD_RULES } from "../../../constructs/scorecard/workload-rules";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import type { Day } from "../../../constructs/services/pinned-version";
import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { environments } from "../../../environments";
import { aksStaging } from "../../../environments/aks-staging";
import { gkeStaging } from "../../../environments/gke-staging";
import { production } from "../../../environments/production";
import { scorecards } from "../../../stacks/scorecards";

/*
 * Each rule with what misses it and, at the path that it names, what it asks to write: then it is met. A rule that nobody can meet, or
 * whose path mends nothing, fails here.
 */

interface Said {
  readonly owner?: Owner;
  readonly backend?: Partial<PhpFpmSpec>;
  readonly worker?: Partial<Parameters<typeof worker>[0]>;
  readonly cron?: Partial<Parameters<typeof cron>[0]>;
  readonly overlay?: Partial<EnvironmentSpec["applications"][number]>;
  readonly environment?: Partial<EnvironmentSpec>;
  readonly origin?: TemplateOrigin | "none";
}

const IMAGE = "registry.example.com/shop:v1";

function environmentOf(said: Said): EnvironmentSpec {
  const shop = application({
    name: "shop",
    owner: said.owner ?? "team-shop",
    services: { db: mysql(), events: rabbitmq(), uploads: bucket() },
    workloads: {
      backend: phpFpm({ image: IMAGE, replicas: 2, needs: ["db", "uploads"], ...said.backend }),
      rpc: http({ image: IMAGE, protocol: "grpc", replicas: 2 }),
      consumer: worker({ image: IMAGE, needs: ["events"], ...said.worker }),
      nightly: cron({ image: IMAGE, schedule: "0 3 * * *", ...said.cron }),
    },
  });
  return {
    ...production,
    observability: "off",
    defaultApplication: "shop",
    applications: [{ application: shop, ...said.overlay }],
    ...said.environment,
  };
}

/** By the document alone, as a report has it; with a day, by what a synthesis names too. */
function cardOf(said: Said, on?: Day): Scorecard | undefined {
  if (on !== undefined) return scorecards({ environments: [environmentOf(said)], names: [], on })[0];
  const [environment] = loadEnvironments([environmentOf(said)]);
  return environment && scorecardOf("production", environmentDocument(environment, []), "shop", said);
}

function judged(said: Said, part: string, rule: string, on?: Day): Judgement {
  const card = cardOf(said, on);
  const of = card?.parts.find(({ name }) => (name ?? "shop") === part);
  const found = of?.judged.find((one) => one.rule === rule);
  if (found === undefined) throw new Error(`${part} is not asked ${rule}`);
  return found.judgement;
}

const ORIGIN: TemplateOrigin = {
  ...{ template: "node-api", version: 3, newest: 3, record: ".goldenpath.json" },
  ...{ ejected: [], conflicts: [] },
};
const from = (more: Partial<TemplateOrigin>): Said => ({ origin: { ...ORIGIN, ...more } });

const VOLUME = { volumes: { files: { mountPath: "/app/var", size: "1Gi" } } } as const;
const REASON = "needs to see every object of the account for its report";
const WIDE = { actions: ["s3:ListAllMyBuckets"], resources: ["*"], reason: REASON };

/** Rule, part, what misses it, its path, and what meets it. */
const STORIES: readonly (readonly [rule: string, part: string, misses: Said, write: string, meets: Said])[] = [
  [
    "image-stays",
    "backend",
    { environment: { images: "any", profile: "small" } },
    "applications.shop.workloads.backend.image",
    { environment: { images: "immutable-tags" } },
  ],
  ["measured", "backend", {}, "applications.shop.workloads.backend.metrics", { backend: { metrics: {} } }],
  [
    "promised",
    "backend",
    {},
    "applications.shop.workloads.backend.objectives",
    { backend: { metrics: {}, objectives: { availability: 99.9 } } },
  ],
  [
    "asked-for-life",
    "consumer",
    {},
    "applications.shop.workloads.consumer.healthCommand",
    { worker: { healthCommand: ["php", "bin/alive"] } },
  ],
  [
    "restricted",
    "backend",
    { backend: { security: { profile: "baseline", reason: "binds a port of the host for its protocol" } } },
    "applications.shop.workloads.backend.security.profile",
    {},
  ],
  [
    "narrow-rights",
    "backend",
    { backend: { permissions: { aws: { buckets: WIDE } } } },
    "applications.shop.workloads.backend.permissions.aws.buckets",
    {},
  ],
  [
    "one-at-a-time",
    "nightly",
    { cron: { concurrency: "Allow" } },
    "applications.shop.workloads.nightly.concurrency",
    { cron: { concurrency: "Forbid" } },
  ],
  [
    "volumes-promised",
    "backend",
    { backend: VOLUME },
    "environments.production.applications.shop.recovery",
    { backend: VOLUME, overlay: { recovery: { "backend/files": { rpo: "32h", rto: "12h" } } } },
  ],
  [
    "scales",
    "consumer",
    {},
    "applications.shop.workloads.consumer.autoscaling",
    { worker: { autoscaling: { min: 2, max: 4, cpu: 70 } } },
  ],
  ["traced", "backend", {}, "applications.shop.workloads.backend.tracing", { backend: { tracing: true } }],
  [
    "read-only",
    "backend",
    { backend: { security: { readOnlyRootFilesystem: false } } },
    "applications.shop.workloads.backend.security.readOnlyRootFilesystem",
    {},
  ],
  [
    "copied",
    "db",
    { overlay: { services: { db: { placement: "in-cluster", highAvailability: false } } } },
    "environments.production.applications.shop.services.db.backups",
    { overlay: { services: { db: { placement: "in-cluster", highAvailability: false, backups: {} } } } },
  ],
  ["kept", "db", { environment: { protect: false } }, "environments.production.protect", {}],
  ["kept", "db", { overlay: { drops: ["db"] } }, "environments.production.applications.shop.drops", {}],
  [
    "recovery-promised",
    "db",
    {},
    "environments.production.applications.shop.recovery",
    { overlay: { recovery: { db: { rpo: "1h", rto: "4h" } } } },
  ],
  [
    "standby",
    "db",
    { overlay: { services: { db: { highAvailability: false } } } },
    "environments.production.applications.shop.services.db.highAvailability",
    {},
  ],
  [
    "standby",
    "db",
    { overlay: { services: { db: { placement: "in-cluster", highAvailability: false } } } },
    "environments.production.applications.shop.services.db.placement",
    { overlay: { services: { db: { placement: "managed" } } } },
  ],
  [
    "owned",
    "shop",
    { owner: team({ name: "team-shop", email: "shop@example.com" }) },
    "applications.shop.owner",
    { owner: team({ name: "team-shop", members: [{ name: "ada" }] }) },
  ],
  [
    "reachable",
    "shop",
    { owner: team({ name: "team-shop", members: [{ name: "ada" }] }) },
    "applications.shop.owner",
    { owner: team({ name: "team-shop", email: "shop@example.com" }) },
  ],
  [
    "watched",
    "shop",
    {},
    "environments.production.observability",
    { environment: { observability: production.observability } },
  ],
  ["nothing-let-go", "shop", { overlay: { drops: ["db"] } }, "environments.production.applications.shop.drops", {}],
  [
    "in-another-region",
    "shop",
    {},
    "environments.production.backups",
    { environment: { backups: { region: "eu-west-1", without: ["shop/events"] } } },
  ],
  [
    "in-the-model",
    "shop",
    {
      overlay: {
        patches: {
          slower: objectPatch({
            ...{ reason: "its pods are slow to warm their cache", of: "backend", kind: "Deployment" },
            replace: { "spec.minReadySeconds": 30 },
          }),
        },
      },
    },
    "applications.shop",
    {},
  ],
  ["newest-template", "shop", from({ newest: 4 }), ".goldenpath.json", from({ version: 4, newest: 4 })],
  ["newest-template", "shop", from({ conflicts: ["main.ts"] }), ".goldenpath.json", from({})],
  [
    "nothing-ejected",
    "shop",
    from({ ejected: [{ file: "docker/node/Dockerfile", reason: "our base image has no shell" }] }),
    ".goldenpath.json",
    from({}),
  ],
];

describe("each rule is missed, and met by what it asks to write", () => {
  test.each(STORIES)("%s of %s", (rule, part, misses, write, meets) => {
    const before = judged(misses, part, rule);
    expect(before).toMatchObject({ is: "unmet", write });
    expect(judged(meets, part, rule)).toMatchObject({ is: "met" });
  });
});

test("a database that goes with the region is no copy that outlives it", () => {
  const overlay = { services: { db: { placement: "in-cluster", highAvailability: false } } } as const;
  const environment = { backups: { region: "eu-west-1", without: ["shop/db", "shop/events"] } };
  expect(judged({ overlay, environment }, "shop", "in-another-region")).toMatchObject({
    is: "unmet",
    write: "environments.production.backups",
  });
});

test("what support has ended or ends soon is told of the day", () => {
  for (const rule of ["supported", "supported-for-longer"]) {
    expect(judged({}, "shop", rule)).toEqual({ is: "unknown" });
    expect(judged({}, "shop", rule, "2026-11-30")).toMatchObject({ is: "met", fact: "on 2026-11-30" });
  }
  expect(judged({}, "shop", "supported", "2040-01-01")).toMatchObject({
    is: "unmet",
    fact: expect.stringMatching(/^past its end: .*MySQL 8\.4 \(\d{4}-\d\d/) as string,
  });
  expect(judged({}, "shop", "supported-for-longer", "2032-03-01")).toMatchObject({ is: "unmet" });
});

test("no rule is without its story", () => {
  const dated = ["supported", "supported-for-longer", "restore-rehearsed", "volumes-rehearsed"];
  const told = new Set<string>([...STORIES.map(([rule]) => rule), ...dated]);
  const rules = [...WORKLOAD_RULES, ...SERVICE_RULES, ...APPLICATION_RULES].map(({ id }) => id);
  expect(new Set(rules).size).toBe(rules.length);
  expect(rules.filter((id) => !told.has(id))).toEqual([]);
});

test("who was written by no template is asked for none, and who was not looked at, or is of another package's template, is not judged", () => {
  for (const rule of ["newest-template", "nothing-ejected"]) {
    expect(judged({ origin: "none" }, "shop", rule)).toEqual({ is: "aside", why: "no template wrote it" });
    expect(judged({}, "shop", rule)).toEqual({ is: "unknown" });
  }
  const unknown: TemplateOrigin = { template: "other", version: 3, record: "", ejected: [], conflicts: [] };
  expect(judged({ origin: unknown }, "shop", "newest-template")).toEqual({ is: "unknown" });
  expect(judged(from({ newest: 5 }), "shop", "newest-template")).toMatchObject({ fact: "node-api 3, and there is 5" });
});

/** The same on another cloud, in production. */
const on = (environment: EnvironmentSpec, more: Said): Said => ({
  ...more,
  environment: { cloud: environment.cloud, ...more.environment },
});

const DISK = {
  volumes: { disk: { mountPath: "/var/disk", size: "1Gi", access: "ReadWriteOnce" } },
  replicas: 1,
} as const;
const IN_CLUSTER = { placement: "in-cluster", highAvailability: false } as const;

describe.each([
  ["Google", gkeStaging],
  ["Azure", aksStaging],
])("on %s, advice that is followed is taken", (_, there) => {
  const events = (more: object): Said => on(there, { overlay: { services: { events: { ...IN_CLUSTER, ...more } } } });

  test("a broker in the cluster is asked for three nodes, and not for a broker that the cloud has not", () => {
    expect(judged(events({}), "events", "standby")).toMatchObject({
      is: "unmet",
      write: "environments.production.applications.shop.services.events.highAvailability",
    });
    expect(judged(events({ highAvailability: true }), "events", "standby")).toMatchObject({ is: "met" });
  });

  test("a broker is asked for copies of what it can copy, and for no promise that is refused", () => {
    expect(judged(events({}), "events", "recovery-promised")).toMatchObject({
      is: "unmet",
      write: "environments.production.applications.shop.services.events.backups",
    });
    expect(judged(events({ backups: {} }), "events", "copied")).toMatchObject({ is: "met" });
    expect(judged(events({ backups: {} }), "events", "recovery-promised")).toEqual({
      is: "aside",
      why: "RabbitMQ keeps no copy of messages",
    });
  });

  test("a database in the cluster is copied before anything is promised of it", () => {
    const db = (more: object, recovery: NonNullable<Said["overlay"]>["recovery"] = {}): Said =>
      on(there, { overlay: { services: { db: { ...IN_CLUSTER, ...more } }, recovery } });
    expect(judged(db({}), "db", "recovery-promised")).toMatchObject({
      is: "unmet",
      fact: "nothing is promised of its data: the data are on one disk",
      write: "environments.production.applications.shop.services.db.backups",
    });
    expect(judged(db({ backups: {} }), "db", "recovery-promised")).toMatchObject({
      is: "unmet",
      write: "environments.production.applications.shop.recovery",
      todo: 'say rpo and rto of "db"',
    });
    const promised = db({ backups: {} }, { db: { rpo: "1h", rto: "4h" } });
    expect(judged(promised, "db", "recovery-promised")).toMatchObject({ is: "met" });
  });

  test("copies in another region are asked where the cloud keeps any", () => {
    expect(judged(on(there, {}), "shop", "in-another-region")).toMatchObject({ is: "aside" });
  });

  test("a disk is asked for copies of the cluster, and then for its promise", () => {
    const disk = (more: Partial<EnvironmentSpec>, overlay: Said["overlay"] = {}): Said =>
      on(there, { worker: DISK, environment: more, overlay });
    expect(judged(disk({}), "consumer", "volumes-promised")).toMatchObject({
      is: "unmet",
      write: "environments.production.clusterBackups",
    });
    expect(judged(disk({ clusterBackups: {} }), "consumer", "volumes-promised")).toMatchObject({
      is: "unmet",
      write: "environments.production.applications.shop.recovery",
      todo: 'say rpo and rto of "consumer/disk"',
    });
    const promised = disk({ clusterBackups: {} }, { recovery: { "consumer/disk": { rpo: "32h", rto: "12h" } } });
    expect(judged(promised, "consumer", "volumes-promised")).toMatchObject({ is: "met" });
  });
});

test("a share that nothing on Azure copies is asked for no promise", () => {
  expect(judged(on(aksStaging, { backend: VOLUME }), "backend", "volumes-promised")).toEqual({
    is: "aside",
    why: "Azure Backup takes no NFS share",
  });
});

test("who holds no data of its own is asked for no copies in another region", () => {
  const none = { ...environmentOf({}), defaultApplication: "idle" };
  const idle = application({
    name: "idle",
    owner: "team-shop",
    workloads: { web: http({ image: IMAGE, replicas: 2 }) },
  });
  const [environment] = loadEnvironments([{ ...none, applications: [{ application: idle }] }]);
  const card = environment && scorecardOf("production", environmentDocument(environment, []), "idle");
  const [own] = card?.parts ?? [];
  expect(own?.judged.find(({ rule }) => rule === "in-another-region")?.judgement).toEqual({
    is: "aside",
    why: "it holds no data",
  });
});

describe("nothing is asked that nobody can write", () => {
  test.each([
    ["promised", "rpc", "nobody counts requests of gRPC yet"],
    ["promised", "consumer", "it answers no requests"],
    ["scales", "nightly", "it runs to its end"],
    ["standby", "uploads", "it is no machine"],
    ["copied", "events", "Amazon MQ for RabbitMQ copies nothing that it holds"],
    ["recovery-promised", "events", "no copy could keep a promise"],
  ])("%s of %s", (rule, part, why) => {
    expect(judged({}, part, rule)).toEqual({ is: "aside", why });
  });

  test("a pod with a disk is asked for no second one, which the check of the input refuses", () => {
    expect(judged({ worker: DISK }, "consumer", "scales")).toEqual({
      is: "aside",
      why: "its disk is in one pod at a time",
    });
  });

  test("an environment of profile small is not asked what only production has", () => {
    const said: Said = { environment: { profile: "small", images: "any" } };
    for (const [rule, part] of [
      ["kept", "db"],
      ["copied", "db"],
      ["standby", "db"],
      ["recovery-promised", "db"],
      ["in-another-region", "shop"],
    ] as const) {
      expect(judged(said, part, rule)).toMatchObject({ is: "aside" });
    }
  });
});

test("of what this release writes every rule finds something out", () => {
  const cards = scorecards({ environments, names: environments.map(({ name }) => name), on: "2026-11-30" });
  expect(cards.map(({ environment, grade }) => [environment, grade])).toEqual([
    ["local", "none"],
    ["staging", "bronze"],
    ["gke-staging", "bronze"],
    ["aks-staging", "bronze"],
    ["production", "bronze"],
  ]);
  const judgements = cards.flatMap(({ parts }) => parts.flatMap((part) => part.judged));
  expect(judgements.filter(({ judgement }) => judgement.is === "unknown")).toEqual([]);
});

describe("a restore that was rehearsed", () => {
  const ON = "2026-11-30";
  const promised = (rehearsed?: string): Said => ({
    overlay: { recovery: { db: { rpo: "5m", rto: "1h", ...(rehearsed !== undefined && { rehearsed }) } } },
    environment: {},
  });
  const of = (rehearsed?: string, on: Day | undefined = ON): Judgement =>
    judged(promised(rehearsed), "db", "restore-rehearsed", on);

  test("counts for half a year, and says the day", () => {
    expect(of("2026-11-30")).toEqual({ is: "met", fact: "on 2026-11-30" });
    expect(of("2026-06-03")).toMatchObject({ is: "met" });
    expect(of("2026-06-02")).toMatchObject({ is: "unmet", fact: "db was last rehearsed 181 days ago" });
  });

  test("is asked for where a promise is, at the place where the promise is written", () => {
    expect(of()).toMatchObject({
      ...{ is: "unmet", fact: "nobody has brought db back on purpose" },
      write: "environments.production.applications.shop.recovery",
      todo: 'bring "db" back by its runbook, and say the day as "rehearsed"',
    });
    expect(judged({}, "events", "restore-rehearsed", ON)).toMatchObject({ is: "aside" });
  });

  test("a day that is to come is none", () => {
    expect(of("2026-12-01")).toMatchObject({ is: "unmet", fact: "db is to be rehearsed on 2026-12-01" });
  });

  test("of each volume that something is promised of, and the first that lacks it is named", () => {
    const said = (rehearsed: Readonly<Record<string, string>>): Said => ({
      backend: {
        volumes: { files: { mountPath: "/app/files", size: "1Gi" }, more: { mountPath: "/app/more", size: "1Gi" } },
      },
      overlay: {
        recovery: Object.fromEntries(
          ["files", "more"].map((name) => {
            const day = rehearsed[name];
            return [`backend/${name}`, { rpo: "2d", rto: "8h", ...(day !== undefined && { rehearsed: day }) }] as const;
          }),
        ),
      },
    });
    const volumes = (days: Readonly<Record<string, string>>) => judged(said(days), "backend", "volumes-rehearsed", ON);
    expect(volumes({ files: "2026-11-01" })).toMatchObject({ fact: "nobody has brought backend/more back on purpose" });
    expect(volumes({ files: "2026-11-01", more: "2026-10-01" })).toEqual({
      ...{ is: "met", fact: "backend/files on 2026-11-01, backend/more on 2026-10-01" },
    });
    expect(judged({}, "backend", "volumes-rehearsed", ON)).toMatchObject({ is: "aside" });
  });

  test("by documents alone, which have no day, nobody judges it", () => {
    expect(judged(promised("2020-01-01"), "db", "restore-rehearsed")).toEqual({ is: "unknown" });
  });
});
