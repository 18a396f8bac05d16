import { DataAwsEfsFileSystem } from "@cdktf/provider-aws/lib/data-aws-efs-file-system";
import { ConfigMapV1 } from "@cdktf/provider-kubernetes/lib/config-map-v1";
import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import { Construct } from "constructs";
import { fileSystemToken } from "./names";

/** Names of the storage classes, by what a volume asks for. */
export const STORAGE_CLASSES = { ReadWriteMany: "efs", ReadWriteOnce: "gp3" } as const;

/** The add-on of EKS that brings the kinds of snapshots, and its Deployment. */
export const SNAPSHOT_CONTROLLER = "snapshot-controller";

/** Driver of disks. Auto Mode has one of its own. */
export const diskDriver = (autoMode: boolean): string => (autoMode ? "ebs.csi.eks.amazonaws.com" : "ebs.csi.aws.com");

export interface StorageProps {
  readonly clusterName: string;
  readonly autoMode: boolean;
  readonly protect: boolean;
}

/** Volumes of a protected environment outlive their claims. */
const reclaimPolicy = ({ protect }: StorageProps): string => (protect ? "Retain" : "Delete");

/** Objects that only EKS needs, in `<env>-platform`. */
export function platformObjects(scope: Construct, props: StorageProps): void {
  const here = new Construct(scope, "Eks");
  const { autoMode } = props;
  new StorageClassV1(here, "Gp3", {
    metadata: {
      name: STORAGE_CLASSES.ReadWriteOnce,
      annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
    },
    storageProvisioner: diskDriver(autoMode),
    parameters: { type: "gp3", encrypted: "true" },
    reclaimPolicy: reclaimPolicy(props),
    // A disk stays in its zone: the pod chooses first.
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
  const files = new DataAwsEfsFileSystem(here, "Files", { creationToken: fileSystemToken(props.clusterName) });
  new StorageClassV1(here, "Efs", {
    metadata: { name: STORAGE_CLASSES.ReadWriteMany },
    storageProvisioner: "efs.csi.aws.com",
    parameters: {
      provisioningMode: "efs-ap",
      fileSystemId: files.fileSystemId,
      basePath: "/volumes",
      directoryPerms: "700",
      // Every volume belongs to the user that containers run as, whichever they say they are.
      uid: "1000",
      gid: "1000",
    },
    reclaimPolicy: reclaimPolicy(props),
    volumeBindingMode: "Immediate",
  });
  if (autoMode) {
    // Until it exists network policies are accepted and ignored.
    // https://docs.aws.amazon.com/eks/latest/userguide/auto-net-pol.html
    new ConfigMapV1(here, "NetworkPolicies", {
      metadata: { name: "amazon-vpc-cni", namespace: "kube-system" },
      data: { "enable-network-policy-controller": "true" },
    });
  }
}
