import type { CloudFacts } from "../../kubernetes/facts";
import type { JsonObject } from "../../kubernetes/json";
import { CLUSTER_BACKUPS_HOLDING, type ResolvedClusterBackups } from "../../model/cluster-backups";
import type { PodPeer } from "../../model/connection";
import type { Environment } from "../../model/resolved";
import type { Addon, AddonContext, PlaceOf } from "../addon";
import type { GrantedStore } from "../permissions";
import { ON_SYSTEM_NODES, resources } from "../scheduling";
import { PLUGIN_VERSION, VELERO_CHART } from "./charts";
import { diskObjects } from "./disks";
import { locationOf, pluginOf } from "./location";
import { VELERO, VELERO_ACCOUNT, VELERO_PORT } from "./names";
import { hours, schedules } from "./schedules";

/**
 * Days after which the store itself deletes what Velero should have. Longer than any copy is kept: without the copy's own files
 * Velero would never delete the snapshots of its disks.
 */
const EXPIRE_DAYS = 400;

/** Any user but root: the images have no use for theirs. */
const USER = 1000;

const CONTAINER = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
} satisfies JsonObject;

const from = ({ namespace, labels }: PodPeer): JsonObject => ({
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
  podSelector: { matchLabels: labels },
});

/** Nobody comes in but who measures. */
const policy = (scraper: PodPeer | undefined): JsonObject => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "NetworkPolicy",
  metadata: { name: "velero-callers", namespace: VELERO },
  spec: {
    podSelector: {},
    policyTypes: ["Ingress"],
    ingress: scraper === undefined ? [] : [{ from: [from(scraper)], ports: [{ port: VELERO_PORT, protocol: "TCP" }] }],
  },
});

/** Copies the plugin to where the server looks for it. It asks for nothing: the server does, and runs when this is done. */
const plugin = (store: GrantedStore, placeOf: PlaceOf): JsonObject => ({
  name: "plugin",
  image: `${placeOf(`docker.io/velero/${pluginOf(store)}`)}:${PLUGIN_VERSION}`,
  imagePullPolicy: "IfNotPresent",
  securityContext: CONTAINER,
  volumeMounts: [{ mountPath: "/target", name: "plugins" }],
});

/** Velero, which copies what is in the cluster: its objects to the cloud's store, and its disks by the cloud's snapshots. */
export function velero(
  environment: Pick<Environment, "applications" | "protect">,
  { diskSnapshots }: Pick<CloudFacts, "diskSnapshots">,
  clusterBackups: ResolvedClusterBackups,
  scraper: PodPeer | undefined,
): Addon {
  const dropped = clusterBackups.drops.includes(CLUSTER_BACKUPS_HOLDING.name);
  return {
    name: VELERO,
    namespace: VELERO,
    chart: VELERO_CHART,
    needs: {
      permissions: [],
      serviceAccount: VELERO_ACCOUNT,
      store: { expireDays: EXPIRE_DAYS, protect: environment.protect && !dropped },
    },
    images: (placeOf, context) => ({
      image: { repository: placeOf("docker.io/velero/velero") },
      ...(context?.store && { initContainers: [plugin(context.store, placeOf)] }),
    }),
    values: (context) => values(context, clusterBackups),
    objects: [
      ...(diskSnapshots === undefined ? [] : diskObjects(diskSnapshots)),
      policy(scraper),
      ...schedules(environment, clusterBackups, diskSnapshots),
    ],
  };
}

const asItIs: PlaceOf = (image) => image;

function values(
  { identity, store = { interface: "volume" } }: AddonContext,
  { keepDays }: ResolvedClusterBackups,
): JsonObject {
  return {
    serviceAccount: { server: { create: true, name: VELERO_ACCOUNT, annotations: identity.annotations } },
    ...(identity.podLabels !== undefined && { podLabels: identity.podLabels }),
    // By that identity: no key, no password, and no Secret for either.
    credentials: { useSecret: false },
    initContainers: [plugin(store, asItIs)],
    podSecurityContext: {
      ...{ runAsNonRoot: true, runAsUser: USER, runAsGroup: USER, fsGroup: USER },
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: CONTAINER,
    resources: resources("100m", "512Mi", "1"),
    ...ON_SYSTEM_NODES,
    // It reads everything in the namespaces that it copies, and makes all of it again, roles among it: whoever may write
    // objects of its kinds is as mighty, and nobody but administrators of the cluster may.
    rbac: { create: true, clusterAdministrator: true },
    backupsEnabled: true,
    // Plugins' own snapshots, in place of those of the drivers.
    snapshotsEnabled: false,
    // On every node, as root, and with its files: for copies of files, of which there are none.
    deployNodeAgent: false,
    // The kinds come as a release of their own. These would be Jobs with an image of kubectl.
    upgradeCRDs: false,
    cleanUpCRDs: false,
    configuration: {
      backupStorageLocation: [locationOf(store)],
      features: "EnableCSI",
      defaultBackupTTL: hours(keepDays),
      logFormat: "json",
    },
    metrics: { enabled: true, nodeAgentPodMonitor: { enabled: false } },
  };
}
