import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addonDemand } from "../../../constructs/addons/addon-demand";
import { velero } from "../../../constructs/addons/cluster-backups/velero";
import { withImages } from "../../../constructs/addons/images";
import type { GrantedStore } from "../../../constructs/addons/permissions";
import { isJsonObject, type JsonObject } from "../../../constructs/kubernetes/json";
import { resolveClusterBackups } from "../../../constructs/model/cluster-backups";
import { MIRRORED } from "../../../constructs/model/registries";
import { resolvedApplication, resolvedEnvironment } from "../../support/resolved";

const application = resolvedApplication();
const environment = { ...resolvedEnvironment("production"), applications: [application] };
const facts = { diskSnapshots: { driver: "disks.example.com", parameters: { kind: "small" } } };
const scraper = { namespace: "observability", labels: { app: "prometheus" } };
const given = resolveClusterBackups({}, 30);
const addon = velero(environment, facts, given, scraper);

const STORES: readonly GrantedStore[] = [
  { interface: "s3", bucket: "copies", region: "eu-central-1" },
  { interface: "gcs", bucket: "copies" },
  { interface: "azure-blob", account: "copies", container: "objects" },
];
const contextOf = (store: GrantedStore) => ({
  identity: { annotations: { a: "b" }, podLabels: { "azure.workload.identity/use": "true" } },
  loadBalancerAnnotations: {},
  store,
});

interface Recorded {
  readonly version: string;
  readonly free: readonly string[];
  readonly keys: Readonly<Record<string, readonly string[]>>;
}
const recorded = JSON.parse(readFileSync(join(__dirname, "charts", "velero.json"), "utf8")) as Recorded;

/** Keys of values that the chart does not know. */
function unknown(values: JsonObject, path = ""): string[] {
  if (recorded.free.includes(path)) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    const below = path === "" ? key : `${path}/${key}`;
    if (recorded.keys[path]?.includes(key) !== true) return [below];
    return isJsonObject(value) ? unknown(value, below) : [];
  });
}

test.each(STORES)("the chart knows every key, on a store by $interface", (store) => {
  expect(addon.chart.version).toBe(recorded.version);
  expect(unknown(addon.values(contextOf(store)))).toEqual([]);
  expect(unknown({ configuration: { featurez: "EnableCSI" } })).toEqual(["configuration/featurez"]);
});

test.each([
  [STORES[0], "velero.io/aws", "copies", { region: "eu-central-1" }, "velero-plugin-for-aws"],
  [STORES[1], "velero.io/gcp", "copies", { serviceAccount: "none" }, "velero-plugin-for-gcp"],
  [
    STORES[2],
    "velero.io/azure",
    "objects",
    { storageAccount: "copies", storageAccountURI: "https://copies.blob.core.windows.net", useAAD: "true" },
    "velero-plugin-for-microsoft-azure",
  ],
] as const)("goes by the cloud's own plugin and identity, and no secret", (store, provider, bucket, config, image) => {
  if (store === undefined) throw new Error("no store");
  const values = addon.values(contextOf(store));
  expect(values).toMatchObject({
    credentials: { useSecret: false },
    deployNodeAgent: false,
    upgradeCRDs: false,
    configuration: {
      backupStorageLocation: [{ name: "default", provider, bucket, default: true, config }],
      features: "EnableCSI",
      defaultBackupTTL: "720h0m0s",
    },
    initContainers: [{ image: `docker.io/velero/${image}:v1.14.2` }],
    podLabels: { "azure.workload.identity/use": "true" },
    serviceAccount: { server: { name: "velero-server", annotations: { a: "b" } } },
  });
});

test("a store that is in the cluster is none", () => {
  expect(() => addon.values(contextOf({ interface: "volume" }))).toThrow(
    'clusterBackups: got a store { interface: "volume" } from the cloud',
  );
});

test("comes from mirrors, with its plugin", () => {
  const ALL = { mirrors: Object.fromEntries(MIRRORED.map((host) => [host, `mirror.example.com/${host}`])) };
  const context = contextOf({ interface: "gcs", bucket: "copies" });
  expect(withImages(addon.values(context), addon, ALL, context)).toMatchObject({
    image: { repository: "mirror.example.com/docker.io/velero/velero" },
    initContainers: [{ name: "plugin", image: "mirror.example.com/docker.io/velero/velero-plugin-for-gcp:v1.14.2" }],
  });
});

test("keeps copies in a store that nobody may delete, until the word is said", () => {
  const storeOf = (drops: readonly "cluster-backups"[], protect: boolean) =>
    velero({ ...environment, protect }, facts, { ...given, drops }, undefined).needs?.store;
  expect(storeOf([], true)).toEqual({ expireDays: 400, protect: true });
  expect(storeOf(["cluster-backups"], true)).toEqual({ expireDays: 400, protect: false });
  expect(storeOf([], false)).toEqual({ expireDays: 400, protect: false });
});

const ofKind = (kind: string, objects = addon.objects ?? []): JsonObject[] =>
  objects.filter((object) => object.kind === kind);

test("each application has a schedule, of its namespace and nothing else", () => {
  const two = [application, { ...application, name: "billing", namespace: "billing-prod" }];
  const { objects } = velero({ ...environment, applications: two }, facts, given, scraper);
  expect(ofKind("Schedule", [...(objects ?? [])])).toEqual([
    expect.objectContaining({ metadata: { name: application.name, namespace: "velero" } }),
    expect.objectContaining({
      metadata: { name: "billing", namespace: "velero" },
      spec: expect.objectContaining({
        schedule: "10 2 * * *",
        template: expect.objectContaining({
          includedNamespaces: ["billing-prod"],
          snapshotVolumes: true,
          resourcePolicy: { kind: "configmap", name: "volume-policies" },
          ttl: "720h0m0s",
        }) as unknown,
      }) as unknown,
    }),
  ]);
});

test("disks are copied by their driver, and every other volume is passed over", () => {
  expect(ofKind("VolumeSnapshotClass")).toEqual([
    expect.objectContaining({ driver: "disks.example.com", parameters: { kind: "small" }, deletionPolicy: "Retain" }),
  ]);
  const [policies] = ofKind("ConfigMap");
  const { "policies.yaml": file } = policies?.data as Readonly<Record<string, string>>;
  expect(JSON.parse(file ?? "")).toEqual({
    version: "v1",
    volumePolicies: [
      { conditions: { csi: { driver: "disks.example.com" } }, action: { type: "snapshot" } },
      { conditions: { csi: {} }, action: { type: "skip" } },
    ],
  });
});

test("a cloud without snapshots has copies of objects alone", () => {
  const { objects = [] } = velero(environment, {}, given, scraper);
  expect(objects.map(({ kind }) => kind)).toEqual(["NetworkPolicy", "Schedule"]);
  expect(ofKind("Schedule", [...objects])[0]).toMatchObject({ spec: { template: { snapshotVolumes: false } } });
});

test("nobody comes in but who measures, and where nobody does, nobody", () => {
  expect(ofKind("NetworkPolicy")[0]).toMatchObject({
    spec: { ingress: [{ from: [{ podSelector: { matchLabels: scraper.labels } }], ports: [{ port: 8085 }] }] },
  });
  const { objects = [] } = velero(environment, facts, given, undefined);
  expect(ofKind("NetworkPolicy", [...objects])[0]).toMatchObject({ spec: { ingress: [] } });
});

test("it counts as one pod", () => {
  const [store] = STORES;
  if (store === undefined) throw new Error("no store");
  expect(addonDemand("velero", "velero", [addon.values(contextOf(store)), ...(addon.objects ?? [])])).toEqual([
    expect.objectContaining({ name: "platform / velero", count: 1, cpu: 100 }),
  ]);
});

test("what may be lost follows from the longest pause", () => {
  expect(resolveClusterBackups({}, 30).lostSeconds).toBe((24 + 1 + 1) * 3600);
  expect(resolveClusterBackups({ schedule: "0 * * * *" }, 7)).toMatchObject({ keepDays: 7, lostSeconds: 2 * 3600 });
});
