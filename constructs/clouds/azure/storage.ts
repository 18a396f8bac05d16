import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { Construct } from "constructs";
import { clusterNames } from "./names";
import { partsOf } from "./network-props";
import { clusterResourceIds } from "./resource-ids";
import type { Tags } from "./resource-tags";

/** Names of the storage classes, by what a volume asks for. */
export const STORAGE_CLASSES = { ReadWriteMany: "azure-files", ReadWriteOnce: "azure-disk" } as const;

/** Driver of disks, which is part of every cluster with the kinds of their snapshots. */
export const DISK_DRIVER = "disk.csi.azure.com";

export interface StorageProps {
  readonly clusterName: string;
  readonly subscriptionId: string;
  /** Id of the subnet of private endpoints, where those of shared volumes are. */
  readonly endpointSubnetId: string;
  readonly protect: boolean;
  /** Tags of disks, which the driver makes. Shares have those of their account. */
  readonly tags: Tags;
}

/** `a=b;c=d`: the driver's own comma and equals sign would cut a value in two. */
const diskTags = (tags: Tags): Record<string, string> => ({
  tags: Object.entries(tags)
    .map(([name, value]) => `${name}=${value}`)
    .join(";"),
  tagValueDelimiter: ";",
});

/** Objects that only AKS needs, in `<env>-platform`. */
export function platformObjects(scope: Construct, props: StorageProps): void {
  const here = new Construct(scope, "Aks");
  const { clusterName, subscriptionId } = props;
  // Volumes of a protected environment outlive their claims.
  const reclaimPolicy = props.protect ? "Retain" : "Delete";
  new StorageClassV1(here, "Disk", {
    metadata: {
      name: STORAGE_CLASSES.ReadWriteOnce,
      // AKS marks one of its own too, and restores the mark within a minute. It is made with the cluster, and of two default
      // classes Kubernetes takes the newest: this one.
      // https://learn.microsoft.com/en-us/azure/aks/concepts-storage#storage-classes
      // https://kubernetes.io/docs/concepts/storage/storage-classes/#default-storageclass
      annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
    },
    storageProvisioner: DISK_DRIVER,
    parameters: {
      skuName: "Premium_LRS",
      diskEncryptionSetID: clusterResourceIds(subscriptionId, clusterName).diskEncryptionSet,
      // Nobody downloads it, from wherever and whatever his rights are.
      networkAccessPolicy: "DenyAll",
      publicNetworkAccess: "Disabled",
      ...diskTags(props.tags),
    },
    reclaimPolicy,
    // A disk stays in its zone: the pod chooses first.
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
  const { resourceGroup, filesAccount } = clusterNames(clusterName, subscriptionId);
  const given = partsOf(props.endpointSubnetId);
  new StorageClassV1(here, "Files", {
    metadata: { name: STORAGE_CLASSES.ReadWriteMany },
    storageProvisioner: "file.csi.azure.com",
    parameters: {
      protocol: "nfs",
      encryptInTransit: "true",
      skuName: "PremiumV2_ZRS",
      storageAccount: filesAccount,
      resourceGroup,
      subscriptionID: subscriptionId,
      // Of the whole network, by default, it would ask which subnets may reach storage, and let the others.
      vnetResourceGroup: given.resourceGroup,
      vnetName: given.network,
      subnetName: given.subnet,
      // A share is one volume's, and only its pods mount it: whichever user their containers run as may write there.
      mountPermissions: "0777",
      rootSquashType: "NoRootSquash",
    },
    // A connection more to spread over, from any port, and attributes of files not asked for at every look.
    mountOptions: ["nconnect=4", "noresvport", "actimeo=30"],
    reclaimPolicy,
    volumeBindingMode: "Immediate",
    allowVolumeExpansion: true,
  });
}
