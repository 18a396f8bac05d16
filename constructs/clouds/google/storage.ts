import { Annotations } from "@cdktf/provider-kubernetes/lib/annotations";
import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { Construct } from "constructs";
import type { CloudEnvironment } from "../cloud";
import { createFileBackups } from "./file-backups";
import { CLUSTER_LABEL, labelValue } from "./labels";
import type { ClusterLookup } from "./lookup";
import { KEYS, networkNames } from "./names";
import type { Place } from "./place";
import { DISK_DRIVER, STORAGE_CLASSES } from "./storage-classes";

export interface PlatformObjectsInput {
  readonly lookup: ClusterLookup;
  readonly place: Pick<Place, "autopilot" | "diskType">;
  readonly environment: CloudEnvironment;
}

const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";

/** Objects that only GKE needs, in `<env>-platform`. */
export function platformObjects(scope: Construct, input: PlatformObjectsInput): void {
  const here = new Construct(scope, "Gke");
  createDisks(here, input);
  createFiles(here, input);
  if (input.environment.protect) createFileBackups(here, input);
}

/** Volumes of a protected environment outlive their claims. */
const reclaimPolicy = ({ environment }: PlatformObjectsInput): string => (environment.protect ? "Retain" : "Delete");

const key = ({ lookup }: PlatformObjectsInput, name: string): string => `${lookup.keysPath}/${name}`;

/** Labels on what drivers make, which the provider's default labels do not reach. Backups go by the cluster. */
const volumeLabels = ({ lookup, environment }: PlatformObjectsInput): string =>
  Object.entries({
    environment: labelValue(environment.name),
    cost_center: labelValue(environment.costCenter),
    [CLUSTER_LABEL]: labelValue(lookup.clusterName),
  })
    .map(([name, value]) => `${name}=${value}`)
    .join(",");

function createDisks(scope: Construct, input: PlatformObjectsInput): void {
  // GKE's own default class encrypts with a key of Google's.
  const former = new Annotations(scope, "FormerDefault", {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "standard-rwo" },
    annotations: { [DEFAULT_CLASS]: "false" },
    force: true,
  });
  new StorageClassV1(scope, "Disk", {
    metadata: { name: STORAGE_CLASSES.ReadWriteOnce, annotations: { [DEFAULT_CLASS]: "true" } },
    storageProvisioner: DISK_DRIVER,
    parameters: {
      type: input.place.diskType,
      "disk-encryption-kms-key": key(input, KEYS.disks),
      labels: volumeLabels(input),
    },
    reclaimPolicy: reclaimPolicy(input),
    // A disk stays in its zone: the pod chooses first.
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
    dependsOn: [former],
  });
}

/**
 * A file server of Filestore for each volume, in all zones of the region and in the data range of the network. It has a
 * hundred gibibytes at least, the smallest that knows NFS 4.1 and takes the environment's key: basic servers know neither,
 * and zonal ones, as those that share one server among volumes, begin at a tebibyte. The driver makes a tebibyte of it
 * before its version 1.12, of January 2026.
 * @see https://docs.cloud.google.com/filestore/docs/service-tiers-regional
 * @see https://github.com/kubernetes-sigs/gcp-filestore-csi-driver/blob/master/pkg/csi_driver/controller.go
 */
function createFiles(scope: Construct, input: PlatformObjectsInput): void {
  const { lookup } = input;
  new StorageClassV1(scope, "Files", {
    metadata: { name: STORAGE_CLASSES.ReadWriteMany },
    storageProvisioner: "filestore.csi.storage.gke.io",
    parameters: {
      // Locks are part of it. For those of version 3 the server would call back through the network's firewall.
      protocol: "NFS_V4_1",
      tier: "regional",
      network: lookup.networkId,
      "connect-mode": "PRIVATE_SERVICE_ACCESS",
      "reserved-ip-range": lookup.dataRange ?? networkNames(lookup.clusterName).dataRange,
      "instance-encryption-kms-key": key(input, KEYS.files),
      labels: volumeLabels(input),
    },
    reclaimPolicy: reclaimPolicy(input),
    volumeBindingMode: "Immediate",
    allowVolumeExpansion: true,
  });
}
