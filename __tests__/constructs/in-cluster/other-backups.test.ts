import { lostAtMost, resolveBackups } from "../../../constructs/model/backups";
import type { Recovery } from "../../../constructs/model/recovery";
import { RCLONE } from "../../../constructs/services/bucket/backups";
import { redis } from "../../../constructs/services/redis";
import { local } from "../../../environments/local";
import { gatewayForm, rabbitmqForm, redisForm, s3Form } from "../../support/in-cluster";
import { problemsOf } from "../../support/input";
import { facts, find } from "../../support/resolved";

/* Copies of a cache, of a broker's definitions and of objects in the cluster: what is made for them, and what an environment says of them. */

const BACKUPS = { schedule: "20 * * * *", keepDays: 14, storage: "80Gi" } as const;
const cache = redisForm({ sizing: { backups: BACKUPS } }).objects(facts);
const events = rabbitmqForm({ sizing: { backups: BACKUPS } }).objects(facts);
const uploads = s3Form({ sizing: { backups: BACKUPS } }).objects(facts);

test.each([
  ["cache", redisForm().objects(facts), cache, "whole"],
  ["events", rabbitmqForm().objects(facts), events, "definitions"],
  ["uploads", s3Form().objects(facts), uploads, "objects"],
] as const)("%s is copied whole by its schedule, and not at all without the word", (name, plain, copied, what) => {
  expect(plain.some(({ kind }) => kind === "CronJob")).toBe(false);
  expect(JSON.stringify(plain)).not.toContain("backup");
  const names = copied.filter(({ kind }) => kind === "CronJob").map(({ metadata }) => metadata.name);
  expect(names).toEqual([`my-app-${name}-backup`]);
  const { spec } = find(copied, "CronJob", `my-app-${name}-backup`);
  expect(spec).toMatchObject({ schedule: "20 * * * *", timeZone: "Etc/UTC", concurrencyPolicy: "Forbid" });
  // The program gives up before its Job does.
  const [, work] =
    /in_time (\d+) /.exec(find(copied, "ConfigMap", `my-app-${name}-backup`).data["backup.sh"] ?? "") ?? [];
  expect(spec.jobTemplate.spec.activeDeadlineSeconds).toBeGreaterThanOrEqual(Number(work) + 480);
  // A weekend and more: what a run said is asked on Monday.
  expect(spec.jobTemplate.spec.ttlSecondsAfterFinished).toBe(3 * 86_400);
  expect(3600 + Number(work)).toBe(lostAtMost(BACKUPS, what));
  expect(find(copied, "PersistentVolumeClaim", `my-app-${name}.copies`).spec).toMatchObject({
    ...{ accessModes: ["ReadWriteMany"], storageClassName: facts.storageClasses.ReadWriteMany },
    resources: { requests: { storage: "80Gi" } },
  });
});

test("the cache is copied by a user of its own, whose password alone its pods have", () => {
  const { spec } = find(cache, "CronJob", "my-app-cache-backup").spec.jobTemplate.spec.template;
  const login = spec.volumes.find(({ name }) => name === "login");
  expect(login?.projected?.sources).toEqual([
    { secret: { name: "my-app-cache.login", items: [{ key: "copying", path: "password" }] } },
  ]);
  const [container] = spec.containers;
  expect(container?.env).toContainEqual({ name: "USERNAME", value: "backup" });
  const secret = JSON.stringify(cache.filter(({ kind }) => kind === "ExternalSecret"));
  expect(secret).toContain("user backup reset on >");
  expect(secret).toContain("-@all +ping +psync +replconf +sync");
  expect(JSON.stringify(spec)).not.toContain(".data");
});

test.each([
  [false, "1"],
  [true, "3"],
])(
  "a restore of a broker (high availability: %s) knows how many nodes there are to wait for",
  (highAvailability, nodes) => {
    const { spec } = find(
      rabbitmqForm({ sizing: { backups: BACKUPS, highAvailability } }).objects(facts),
      "CronJob",
      "my-app-events-backup",
    ).spec.jobTemplate.spec.template;
    expect(spec.containers[0]?.env).toContainEqual({ name: "NODES", value: nodes });
  },
);

test("each server lets those in who copy it, where they ask it", () => {
  const [clients] = find(cache, "NetworkPolicy", "my-app-cache").spec.ingress ?? [];
  expect(clients?.from).toContainEqual({ podSelector: { matchLabels: { app: "my-app-cache-backup" } } });
  const asked = find(events, "NetworkPolicy", "my-app-events").spec.ingress?.filter(({ from }) =>
    JSON.stringify(from).includes("my-app-events-backup"),
  );
  expect(asked).toEqual([expect.objectContaining({ ports: [{ port: 15_671, protocol: "TCP" }] })]);
  for (const [objects, name, port] of [
    [cache, "cache", 6379] as const,
    [events, "events", 15_671] as const,
    [uploads, "uploads", 8443] as const,
  ]) {
    const { egress } = find(objects, "NetworkPolicy", `my-app-${name}-backup`).spec;
    expect(egress).toEqual([expect.objectContaining({ ports: [{ port, protocol: "TCP" }] })]);
  }
});

test("objects are copied as the one who signs in, from where the Service is, by the program that reads them", () => {
  const { spec } = find(uploads, "CronJob", "my-app-uploads-backup").spec.jobTemplate.spec.template;
  const [container] = spec.containers;
  expect(container?.image).toBe(RCLONE.image);
  expect(Object.fromEntries((container?.env ?? []).map((one) => [one.name, "value" in one ? one.value : one]))).toEqual(
    expect.objectContaining({
      ...{ HOST: "my-app-uploads.my-app-prod.svc", PORT: "443", REGION: "us-east-1", BUCKET: "uploads" },
      ...{ USERNAME: "uploads", AT: "", PREFIX: "", REPLACE: "" },
    }),
  );
  expect(spec.volumes.find(({ name }) => name === "login")?.projected?.sources).toEqual([
    { secret: { name: "my-app-uploads.login", items: [{ key: "secret-access-key", path: "password" }] } },
  ]);
  const [clients] = find(uploads, "NetworkPolicy", "my-app-uploads").spec.ingress ?? [];
  expect(clients?.from).toContainEqual({ podSelector: { matchLabels: { app: "my-app-uploads-backup" } } });
  // Who has the word already gets no other pods by it.
  expect(find(uploads, "StatefulSet", "my-app-uploads")).toEqual(
    find(s3Form().objects(facts), "StatefulSet", "my-app-uploads"),
  );
  // Blobs of a cloud are kept by the cloud.
  expect(JSON.stringify(gatewayForm(2, { sizing: { backups: BACKUPS } }).objects(facts))).not.toContain("CronJob");
});

test("a run that may take longer than its pause makes the next one late, and what is lost is more", () => {
  const lost = (schedule: string, what: "objects" | "whole") => lostAtMost({ schedule }, what) / 60;
  expect(lost("20 * * * *", "objects")).toBe(120);
  expect(lost("*/30 * * * *", "objects")).toBe(150);
  expect(lost("*/15 * * * *", "whole")).toBe(30);
  expect(lost("*/5 * * * *", "whole")).toBe(35);
});

describe("an environment that says so", () => {
  type Sizing = NonNullable<(typeof local.applications)[number]["services"]>[string];
  const OF = "environments.local.applications.my-app";
  const environment = (name: string, sizing: Sizing, recovery?: Recovery) => ({
    ...local,
    applications: local.applications.map((overlay) => ({
      ...overlay,
      ...(recovery && { recovery: { [name]: recovery } }),
      services: { [name]: sizing },
    })),
  });

  test("copies as often as the promise asks for, and each night where there is none", () => {
    const schedule = (rpoSeconds?: number): string =>
      resolveBackups({}, rpoSeconds === undefined ? undefined : { rpoSeconds }, "20Gi", "whole").schedule;
    expect(schedule()).toBe("20 1 * * *");
    expect(schedule(2 * 86_400)).toBe("20 1 * * *");
    expect(schedule(86_400)).toBe("20 */12 * * *");
    expect(schedule(2 * 3600)).toBe("20 * * * *");
    expect(schedule(3600)).toBe("*/30 * * * *");
    // Less than it can do: the promise is refused.
    expect(schedule(60)).toBe("*/15 * * * *");
    expect(resolveBackups({}, undefined, "20Gi", "whole")).toEqual({ ...BACKUPS, schedule: "20 1 * * *" });
    expect(resolveBackups({}, undefined, "20Gi", "definitions").storage).toBe("1Gi");
    const ofObjects = (rpoSeconds: number) => resolveBackups({}, { rpoSeconds }, "20Gi", "objects").schedule;
    expect(ofObjects(2 * 86_400)).toBe("20 1 * * *");
    expect(ofObjects(4 * 3600)).toBe("20 */2 * * *");
    expect(ofObjects(60)).toBe("20 * * * *");
  });

  test("keeps a cache's promise by them, and is told so where it does not", () => {
    const promise: Recovery = { rpo: "2h", rto: "1h" };
    expect(problemsOf(environment("cache", {}, promise))).toEqual([
      expect.stringMatching(
        /my-app \/ cache: the keys are on one disk, so that nothing brings it back; say backups: \{\} of it, or/,
      ),
    ]);
    expect(problemsOf(environment("cache", { backups: {} }, promise))).toEqual([]);
    expect(problemsOf(environment("cache", { backups: { schedule: "0 3 * * *" } }, promise))).toEqual([
      expect.stringMatching(
        /copies by "0 3 \* \* \*" can lose the last .*say a schedule of its backups that comes more often/,
      ),
    ]);
  });

  test("keeps a promise of objects by them, and is told so where it does not", () => {
    const promise: Recovery = { rpo: "4h", rto: "1h" };
    expect(problemsOf(environment("uploads", {}, promise))).toEqual([
      expect.stringMatching(
        /my-app \/ uploads: objects and their old versions are on one disk, so that nothing brings it back; say backups: \{\} of it, or/,
      ),
    ]);
    expect(problemsOf(environment("uploads", { backups: {} }, promise))).toEqual([]);
    expect(problemsOf(environment("uploads", { backups: {} }, { ...promise, rpo: "1h" }))).toEqual([
      expect.stringMatching(/copies by "20 \* \* \* \*" can lose the last 2h; .*promise "2h"/),
    ]);
  });

  test("keeps no promise of messages by a broker's definitions", () => {
    expect(problemsOf(environment("events", { backups: {} }))).toEqual([]);
    expect(problemsOf(environment("events", { backups: {} }, { rpo: "1d", rto: "1h" }))).toEqual([
      expect.stringMatching(/my-app \/ events: RabbitMQ keeps no copy of messages, so that nothing brings it back/),
    ]);
  });

  test("a pause of a log that there is not is refused", () => {
    for (const [name, kind] of [
      ["cache", "redis"] as const,
      ["events", "rabbitmq"] as const,
      ["uploads", "bucket"] as const,
    ]) {
      expect(problemsOf(environment(name, { backups: { logMinutes: 5 } }))).toEqual([
        expect.stringContaining(
          `${OF}.services.${name}.backups.logMinutes: got 5, a ${kind} has no log of its changes that could be copied; remove it, and say in schedule when it is copied whole`,
        ),
      ]);
    }
  });

  test("copies of what may evict any key are refused", () => {
    const given = environment("cache", { backups: {} });
    const applications = given.applications.map((overlay) => ({
      ...overlay,
      application: {
        ...overlay.application,
        services: { ...overlay.application.services, cache: redis({ eviction: "allkeys-lru" }) },
      },
    }));
    expect(problemsOf({ ...given, applications })).toEqual([
      expect.stringContaining(
        `${OF}.services.cache.backups: with eviction "allkeys-lru" any key may be gone at any time`,
      ),
    ]);
  });
});
