import { applicationProblems } from "../../../../constructs/clouds/google/application-problems";
import { formatProblem } from "../../../../constructs/model/problem";
import type { Bytes } from "../../../../constructs/model/quantity";
import { resolveEnvironment } from "../../../../constructs/model/resolve";
import type { ResolvedApplication } from "../../../../constructs/model/resolved";
import type { Scheduling } from "../../../../constructs/model/scheduling";
import { bucket } from "../../../../constructs/services/bucket";
import { mysql } from "../../../../constructs/services/mysql";
import { GOOGLE, PLACE } from "../../../support/google-application";
import { draft, type Draft, problemsOf, production, staging } from "../../../support/input";
import { backend, resolvedApplication } from "../../../support/resolved";

const HERE = "environments.production.applications.shop";

/** The whole report on an environment on Google. */
function lines(change: (input: Draft) => void): string[] {
  const input = draft();
  change(input);
  return problemsOf({ ...input.environment, cloud: GOOGLE });
}

const sized = (services: Record<string, object>) => (input: Draft) => {
  input.overlay.services = services;
};

/** A bucket under this name in place of `files`. */
const called = (name: string) => (input: Draft) => {
  delete input.services["files"];
  Object.assign(input.services, { [name]: bucket() });
  input.workload("api").needs = ["db", "cache", "events", name];
};

const secretCalled = (name: string) => (input: Draft) => {
  input.app.secrets = { [name]: { variable: "LICENCE", description: "key" } };
  input.workload("api").secrets = [name];
};

test("what is valid has no problems", () => {
  expect(lines(() => undefined)).toEqual([]);
  expect(problemsOf({ ...staging(), cloud: GOOGLE })).toEqual([]);
  expect(lines(sized({ db: { storage: "10Gi", backupDays: 35, passwords: 7, size: "xlarge" } }))).toEqual([]);
  expect(lines(sized({ db: { storage: "64Ti", backupDays: 1 }, cache: { size: "large" } }))).toEqual([]);
});

test.each<[string, (input: Draft) => void, string]>([
  [
    "a disk too small",
    sized({ db: { storage: "9Gi" } }),
    `${HERE}.services.db.storage: got "9Gi", not a size of a disk of Cloud SQL; use 10Gi to 64Ti`,
  ],
  [
    "a disk too small in another unit",
    sized({ db: { storage: "512Mi" } }),
    `${HERE}.services.db.storage: got "512Mi", not a size of a disk of Cloud SQL; use 10Gi to 64Ti`,
  ],
  [
    "a disk too large",
    sized({ db: { storage: "65Ti" } }),
    `${HERE}.services.db.storage: got "65Ti"; use a number with Ki, Mi, Gi or Ti, up to 64Ti`,
  ],
  [
    "a new password of Memorystore",
    sized({ cache: { passwords: 2 } }),
    `${HERE}.services.cache.passwords: got 2, Memorystore makes the password itself and takes no other from Terraform; ` +
      'remove it, or use placement: "in-cluster"',
  ],
  [
    "a week of snapshots",
    sized({ cache: { backupDays: 7 } }),
    `${HERE}.services.cache.backupDays: got 7, Memorystore for Redis keeps the last snapshot alone, to restart from; remove it`,
  ],
  ["a profile's own days of them", sized({ cache: { backupDays: 14 } }), `${HERE}.services.cache.backupDays: got 14,`],
  ["one day of snapshots", sized({ cache: { backupDays: 1 } }), `${HERE}.services.cache.backupDays: got 1,`],
  ["the most days there are", sized({ cache: { backupDays: 35 } }), `${HERE}.services.cache.backupDays: got 35,`],
  [
    "more days than there are",
    sized({ db: { backupDays: 36 } }),
    `${HERE}.services.db.backupDays: got 36; use at most 35`,
  ],
  ["no backups at all", sized({ db: { backupDays: 0 } }), `${HERE}.services.db.backupDays: got 0; use at least 1`],
  [
    "a disk for a cache",
    sized({ cache: { storage: "20Gi" } }),
    `${HERE}.services.cache.storage: got "20Gi", a redis has no`,
  ],
  [
    "a size for a bucket",
    sized({ files: { size: "large" } }),
    `${HERE}.services.files.size: got "large", a bucket has no`,
  ],
  [
    "a machine type of Google's",
    sized({ db: { size: "db-custom-2-8192" } }),
    `${HERE}.services.db.size: got "db-custom-2-8192"; use "small", "medium", "large" or "xlarge"`,
  ],
  [
    "a bucket with Google's name in it",
    called("google-files"),
    `${HERE}.services.google-files: Cloud Storage has no bucket "production-shop-google-files-orders-prod": a name with ` +
      '"google" in it, or "goog" first, is Google\'s; rename the service, its application or the environment',
  ],
  [
    "a secret with the name of the database",
    secretCalled("db"),
    `${HERE}.services.db: a secret of the application has this name, and both would be one secret in Secret Manager; ` +
      "rename one of them",
  ],
  [
    "a secret with the name of the bucket",
    secretCalled("files"),
    `${HERE}.services.files: a secret of the application`,
  ],
  [
    "a secret with the name of a service in the cluster",
    secretCalled("events"),
    `${HERE}.services.events: a secret of the application`,
  ],
  [
    "a version that Cloud SQL ended",
    ({ services }) => {
      Object.assign(services, { db: mysql({ version: "5.7" as "8.0" }) });
    },
    'applications.shop.services.db.version: got "5.7"; use "8.4" or "8.0"',
  ],
  [
    "versions kept for ever",
    ({ services }) => {
      Object.assign(services, { files: bucket({ keepVersionsDays: 4000 }) });
    },
    "applications.shop.services.files.keepVersionsDays: got 4000; use at most 3650",
  ],
  [
    "more buckets than a service account has keys",
    ({ app, services, workload }) => {
      app.defaultServices = ["files"];
      const names = Array.from({ length: 11 }, (_, index) => `files-${index}`);
      for (const name of names) Object.assign(services, { [name]: bucket() });
      workload("web").needs = names.map((to, index) => ({ to, prefix: `F${index}_` }));
    },
    `${HERE}.workloads.web: needs 11 buckets, and a service account has 10 keys for S3 clients at most; take prefixes of ` +
      "one bucket, or divide the workload",
  ],
])("refuses %s", (_, change, expected) => {
  const found = lines(change);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(expected);
});

test("an environment whose name begins as Google's buckets do is refused by its bucket", () => {
  const { environment } = draft();
  environment.name = "goog-eu";
  expect(problemsOf({ ...environment, cloud: GOOGLE })).toEqual([
    expect.stringContaining(
      'environments.goog-eu.applications.shop.services.files: Cloud Storage has no bucket "goog-eu-',
    ),
  ]);
});

test("bodies that need more disk than Autopilot gives a pod are refused there, and nowhere else", () => {
  const of = (maxBodySize: Bytes, autopilot: boolean): string[] => {
    const application = resolvedApplication({ services: [], workloads: [backend({ maxBodySize })] });
    return applicationProblems({ ...PLACE, autopilot }, application, ["here"]).map(formatProblem);
  };
  expect(of("256Mi", true)).toEqual([]);
  expect(of("1Gi", false)).toEqual([]);
  expect(of("1Gi", true)).toEqual([
    'here.workloads.backend.maxBodySize: got "1Gi", takes 33024Mi of a node\'s disk for bodies that arrive, and Autopilot ' +
      'gives a pod 10Gi; use at most "256Mi"; larger files belong into a bucket, by a URL that the workload signs',
  ]);
});

test("every problem is told at once", () => {
  expect(lines(sized({ db: { storage: "1Gi" }, cache: { passwords: 2, backupDays: 7 } }))).toHaveLength(3);
});

test("what runs in the cluster is not measured by what Google offers", () => {
  const { environment, overlay } = draft(production());
  overlay.services = { cache: { passwords: 2, backupDays: 7 }, db: { storage: "1Gi" } };
  const [application] = resolveEnvironment({ ...environment, cloud: GOOGLE }).applications;
  const moved = (given: ResolvedApplication): ResolvedApplication => ({
    ...given,
    services: given.services.map((service) => ({
      ...service,
      sizing: { ...service.sizing, placement: "in-cluster" },
    })),
  });
  if (application === undefined) throw new Error("no application");
  expect(applicationProblems(PLACE, application, ["here"]).map(formatProblem)).toHaveLength(2);
  expect(applicationProblems(PLACE, moved(application), ["here"])).toEqual([]);
});

describe("nodes that a workload selects", () => {
  const of = (scheduling: Scheduling, autopilot = true): string[] => {
    const application = resolvedApplication({ services: [], workloads: [backend({ scheduling })] });
    return applicationProblems({ ...PLACE, autopilot }, application, ["here"]).map(formatProblem);
  };
  const own = { nodeSelector: { "example.com/own": "web" } };

  test("are those that Autopilot makes, or its own by a label and a taint", () => {
    expect(of({ nodeSelector: { "cloud.google.com/gke-spot": "true", "kubernetes.io/arch": "arm64" } })).toEqual([]);
    expect(of({ ...own, tolerations: [{ key: "example.com/own", value: "web", effect: "NoSchedule" }] })).toEqual([]);
    expect(of(own, false)).toEqual([]);
  });

  test.each([
    [[]],
    [[{ key: "example.com/own", operator: "Exists" } as const]],
    [[{ key: "example.com/own", value: "x" }]],
  ])("wait for ever without the toleration: %j", (tolerations) => {
    expect(of({ ...own, tolerations })).toEqual([
      'here.workloads.backend.scheduling.nodeSelector["example.com/own"]: got "example.com/own", Autopilot has nodes of a label ' +
        "of yours for pods alone that tolerate a taint of the same key and value; " +
        'add { key: "example.com/own", operator: "Equal", value, effect: "NoSchedule" } to tolerations, with the value that nodes shall have',
    ]);
  });
});

test("ephemeral volumes that need more disk than Autopilot gives a pod are refused there", () => {
  const podVolumes = [{ name: "x", mountPath: "/x", ephemeral: { medium: "disk", size: "9.5Gi" } }] as const;
  const of = (autopilot: boolean): string[] => {
    const application = resolvedApplication({ services: [], workloads: [backend({ podVolumes })] });
    return applicationProblems({ ...PLACE, autopilot }, application, ["here"]).map(formatProblem);
  };
  expect(of(false)).toEqual([]);
  expect(of(true)).toEqual([
    expect.stringContaining("here.workloads.backend.volumes: those that are ephemeral take ") as string,
  ]);
});
