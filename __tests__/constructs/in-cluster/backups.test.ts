import { LOG_MINUTES, lostAtMost, resolveBackups } from "../../../constructs/model/backups";
import { longestPause } from "../../../constructs/model/cron-times";
import { holdingsOf, promisable } from "../../../constructs/model/holdings";
import { loadEnvironments } from "../../../constructs/model/load";
import type { Recovery } from "../../../constructs/model/recovery";
import type { ResolvedSizing } from "../../../constructs/model/service";
import { withoutTerraform } from "../../../constructs/rendering/render-environment";
import { local } from "../../../environments/local";
import { staging } from "../../../environments/staging";
import { mysqlForm } from "../../support/in-cluster";
import { problemsOf } from "../../support/input";
import { facts, find, resolvedApplication } from "../../support/resolved";

/* Copies of a database in the cluster: what is made for them, and what an environment says of them. */

const BACKUPS = { schedule: "20 1 * * *", logMinutes: 3, keepDays: 14, storage: "400Gi" } as const;

const made = (sizing: Partial<ResolvedSizing> = { backups: BACKUPS }) => mysqlForm({ sizing }).objects(facts);
const objects = made();
const WHOLE = "my-app-orders-db-backup";
const LOG = "my-app-orders-db-log";
const podOf = (name: string) => find(objects, "CronJob", name).spec.jobTemplate.spec.template;
const variablesOf = (name: string) =>
  Object.fromEntries(
    (podOf(name).spec.containers[0]?.env ?? []).map((one) => [one.name, "value" in one ? one.value : one]),
  );

test("without the word nothing is copied, and the server keeps no log", () => {
  const plain = made({});
  expect(plain.some(({ kind }) => kind === "CronJob")).toBe(false);
  expect(plain.filter(({ kind }) => kind === "PersistentVolumeClaim")).toHaveLength(1);
  expect(find(plain, "ConfigMap", "my-app-orders-db").data["server.cnf"]).toContain("disable_log_bin\n");
  expect(find(objects, "ConfigMap", "my-app-orders-db").data["server.cnf"]).toMatch(/^log_bin = binlog$/m);
  expect(find(objects, "ConfigMap", "my-app-orders-db").data["server.cnf"]).not.toContain("disable_log_bin");
});

test("a whole copy by its schedule, the log every few minutes, never two of one at a time", () => {
  expect(find(objects, "CronJob", WHOLE).spec).toMatchObject({
    ...{ schedule: "20 1 * * *", timeZone: "Etc/UTC", concurrencyPolicy: "Forbid" },
  });
  expect(find(objects, "CronJob", LOG).spec).toMatchObject({ schedule: "*/3 * * * *", concurrencyPolicy: "Forbid" });
  expect(variablesOf(WHOLE)).toMatchObject({ TASK: "whole", AT: "", LOSE: "", DATABASE: "app_db", KEEP_DAYS: "14" });
  expect(variablesOf(LOG)).toMatchObject({ TASK: "log" });
});

test("no schedule has a longer pause than it says, and a run is over before the promise is", () => {
  for (const minutes of LOG_MINUTES) expect(longestPause(`*/${minutes} * * * *`)).toBe(minutes * 60);
  const { spec } = find(objects, "CronJob", LOG);
  const [, work] = /in_time (\d+) /.exec(find(objects, "ConfigMap", WHOLE).data["backup.sh"] ?? "") ?? [];
  expect(longestPause(spec.schedule) + Number(work)).toBe(lostAtMost(BACKUPS));
  // What comes before the work has time of its own.
  expect(spec.jobTemplate.spec.activeDeadlineSeconds).toBeGreaterThanOrEqual(Number(work) + 480);
  expect(lostAtMost(BACKUPS)).toBe(300);
});

test("copies are on a volume of their own, which no other pod than theirs has", () => {
  const claims = objects
    .filter((object) => object.kind === "PersistentVolumeClaim")
    .map(({ metadata }) => metadata.name);
  expect(claims).toEqual(["my-app-orders-db.data", "my-app-orders-db.copies"]);
  expect(find(objects, "PersistentVolumeClaim", "my-app-orders-db.copies").spec).toMatchObject({
    accessModes: ["ReadWriteMany"],
    storageClassName: facts.storageClasses.ReadWriteMany,
    resources: { requests: { storage: "400Gi" } },
  });
  const server = find(objects, "StatefulSet", "my-app-orders-db").spec.template.spec;
  expect(JSON.stringify(server)).not.toContain("copies");
});

test("nothing deletes the copies of a protected environment before they are dropped, by a word of their own", () => {
  const application = (drops: readonly string[]) => {
    const [db] = resolvedApplication().services.filter(({ name }) => name === "orders-db");
    if (db === undefined) throw new Error("no database");
    const services = [{ ...db, sizing: { ...db.sizing, backups: BACKUPS } }];
    return resolvedApplication({ drops, services });
  };
  const label = (...drops: string[]) =>
    ["data", "copies"].map(
      (part) =>
        find(
          mysqlForm({ application: application(drops), sizing: { backups: BACKUPS } }).objects(facts),
          "PersistentVolumeClaim",
          `my-app-orders-db.${part}`,
        ).metadata.labels["goldenpath/protected"],
    );
  expect(label()).toEqual(["true", "true"]);
  expect(label("orders-db")).toEqual([undefined, "true"]);
  expect(label("orders-db/copies")).toEqual(["true", undefined]);
  // The plan that would delete them stops by what is recorded of them, and nobody promises the copies of copies.
  expect(holdingsOf(application([]))).toContainEqual({ name: "orders-db/copies", kind: "volume" });
  expect(promisable(application([]))).not.toContain("orders-db/copies");
  expect(promisable(application([]))).toContain("orders-db");
});

test("where the cluster shares a disk within a node, so is this one", () => {
  const shared = mysqlForm({ sizing: { backups: BACKUPS } }).objects({ ...facts, sharedVolumesAs: "ReadWriteOnce" });
  expect(find(shared, "PersistentVolumeClaim", "my-app-orders-db.copies").spec.accessModes).toEqual(["ReadWriteOnce"]);
});

test("the pods can do nothing in the cluster, reach the server alone, and show no password", () => {
  for (const name of [WHOLE, LOG]) {
    const { spec, metadata } = podOf(name);
    expect(spec).toMatchObject({ automountServiceAccountToken: false, serviceAccountName: WHOLE });
    expect(spec.containers[0]?.securityContext).toMatchObject({ readOnlyRootFilesystem: true });
    expect(find(objects, "NetworkPolicy", name).spec).toEqual({
      podSelector: { matchLabels: { app: metadata.labels["app"] } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "my-app-prod" } },
              podSelector: { matchLabels: { app: "my-app-orders-db" } },
            },
          ],
          ports: [{ port: 3306, protocol: "TCP" }],
        },
      ],
    });
    expect(Object.values(variablesOf(name)).every((value) => typeof value === "string")).toBe(true);
  }
  const [rule] = find(objects, "NetworkPolicy", "my-app-orders-db").spec.ingress ?? [];
  expect(rule?.from).toEqual(
    expect.arrayContaining([WHOLE, LOG].map((app) => ({ podSelector: { matchLabels: { app } } }))),
  );
});

describe("an environment that says so", () => {
  type Sizing = NonNullable<(typeof local.applications)[number]["services"]>[string];
  const environment = (backups: Sizing["backups"], recovery?: Recovery) => ({
    ...local,
    applications: local.applications.map((overlay) => ({
      ...overlay,
      ...(recovery && { recovery: { "orders-db": recovery } }),
      services: { "orders-db": { ...(backups && { backups }) } },
    })),
  });
  const OF = "environments.local.applications.my-app";

  test("takes what the promise leaves, and a quarter of an hour where there is none", () => {
    expect(resolveBackups({}, undefined, "20Gi", "log")).toEqual({ ...BACKUPS, logMinutes: 15, storage: "80Gi" });
    expect(resolveBackups({}, { rpoSeconds: 300 }, "20Gi", "log").logMinutes).toBe(3);
    expect(resolveBackups({}, { rpoSeconds: 3600 }, "20Gi", "log").logMinutes).toBe(30);
    // Less than it can do: the promise is refused. A shorter pause would lose more, as a run may take longer than that.
    expect(resolveBackups({}, { rpoSeconds: 60 }, "20Gi", "log").logMinutes).toBe(2);
    expect([1, 2].map((logMinutes) => lostAtMost({ logMinutes, schedule: BACKUPS.schedule }))).toEqual([300, 240]);
    expect(resolveBackups({ logMinutes: 10 }, { rpoSeconds: 300 }, "20Gi", "log").logMinutes).toBe(10);
  });

  test("keeps its promise by them, and is told so where it does not", () => {
    const promise: Recovery = { rpo: "5m", rto: "1h" };
    expect(problemsOf(environment(undefined, promise))).toEqual([
      expect.stringMatching(
        /recovery\.orders-db\.rpo: got "5m", my-app \/ orders-db: the data are on one disk, so that nothing brings it back; say backups: \{\} of it, or/,
      ),
    ]);
    expect(problemsOf(environment({}, promise))).toEqual([]);
    expect(problemsOf(environment({ logMinutes: 15 }, promise))).toEqual([
      expect.stringMatching(
        /every 15 minutes can lose the last 17m; say a smaller logMinutes of its backups, or promise "17m"/,
      ),
    ]);
    expect(problemsOf(environment({}, { ...promise, rpo: "2m" }))).toEqual([
      expect.stringMatching(/every 2 minutes can lose the last 4m; promise "4m"/),
    ]);
  });

  test.each<[string, Sizing["backups"], string]>([
    [
      "no schedule",
      { schedule: "at night" },
      `${OF}.services.orders-db.backups.schedule: got "at night"; use minute, hour`,
    ],
    [
      "no part of an hour",
      { logMinutes: 7 },
      `${OF}.services.orders-db.backups.logMinutes: got 7; use a part of an hour: 1, 2`,
    ],
    ["no days", { keepDays: 0 }, `${OF}.services.orders-db.backups.keepDays: got 0; use at least 1`],
  ])("is refused: %s", (_, backups, line) => {
    expect(problemsOf(environment(backups))).toEqual([expect.stringContaining(line)]);
  });

  test("of what has none of them is refused", () => {
    const services = { uploads: { placement: "managed", backups: {} } } as const;
    const applications = staging.applications.map((overlay) => ({ ...overlay, services }));
    expect(problemsOf({ ...staging, applications })).toEqual([
      expect.stringMatching(
        /^environments\.staging\.applications\.my-app\.services\.uploads\.backups: got \{\}, .*; remove it/,
      ),
    ]);
  });

  test("has room for them, and for a restore beside each", () => {
    const quota = (backups: Sizing["backups"]) => {
      const [one] = loadEnvironments([environment(backups)]);
      const [application] = one?.applications ?? [];
      if (one === undefined || application === undefined) throw new Error("no application");
      const { prepared } = withoutTerraform(one, application);
      const [found] = prepared.filter((object) => object.kind === "ResourceQuota");
      return found?.spec.hard ?? {};
    };
    const [before, after] = [quota(undefined), quota({})];
    expect(Number(after["pods"]) - Number(before["pods"])).toBe(4);
    expect(Number(after["persistentvolumeclaims"]) - Number(before["persistentvolumeclaims"])).toBe(1);
  });
});
