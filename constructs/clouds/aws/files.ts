import { EfsBackupPolicy } from "@cdktf/provider-aws/lib/efs-backup-policy";
import { EfsFileSystem, type EfsFileSystemConfig } from "@cdktf/provider-aws/lib/efs-file-system";
import { EfsFileSystemPolicy } from "@cdktf/provider-aws/lib/efs-file-system-policy";
import { EfsMountTarget } from "@cdktf/provider-aws/lib/efs-mount-target";
import { EfsReplicationConfiguration } from "@cdktf/provider-aws/lib/efs-replication-configuration";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { ResolvedElsewhere } from "../../model/elsewhere";
import { fitName } from "../../model/names";
import { arn } from "./arn";
import type { ClusterNetwork } from "./cluster-network";
import { createCopies } from "./copies";
import { EncryptionKey } from "./encryption-key";
import { policyDocument } from "./iam";
import { AWS_NAMES, filesCopyToken, fileSystemToken } from "./names";
import type { Settings } from "./settings";

export interface SharedFilesProps {
  readonly settings: Settings;
  readonly network: ClusterNetwork;
  /** Security group of the nodes, which mount the volumes. */
  readonly clientsGroupId: string;
  /** Second region for a copy. @default - there is none */
  readonly backups: ResolvedElsewhere | undefined;
}

/** What both the file system and its copy are like. */
const FILES = {
  encrypted: true,
  throughputMode: "elastic",
  lifecyclePolicy: [{ transitionToIa: "AFTER_30_DAYS" }, { transitionToPrimaryStorageClass: "AFTER_1_ACCESS" }],
} satisfies EfsFileSystemConfig;

/** The EFS file system behind every ReadWriteMany volume; each volume is an access point of it. Empty, it costs nothing. */
export class SharedFiles extends Construct {
  constructor(scope: Construct, id: string, props: SharedFilesProps) {
    super(scope, id);
    const { settings } = props;
    const { clusterName, protect } = settings;
    const key = new EncryptionKey(this, "Key", {
      accountId: settings.accountId,
      name: [clusterName, "files"],
      description: `Shared volumes of ${clusterName}`,
      protect,
    });
    const files = new EfsFileSystem(this, "Default", {
      creationToken: fileSystemToken(clusterName),
      kmsKeyId: key.arn,
      ...FILES,
      tags: { Name: fileSystemToken(clusterName) },
      lifecycle: { preventDestroy: protect },
    });
    new EfsBackupPolicy(this, "Backup", {
      fileSystemId: files.id,
      backupPolicy: { status: protect ? "ENABLED" : "DISABLED" },
    });
    new EfsFileSystemPolicy(this, "Policy", {
      fileSystemId: files.id,
      policy: policyDocument([
        {
          Sid: "Mount",
          Effect: "Allow",
          Principal: { AWS: "*" },
          // No ClientRootAccess: root in a container is nobody here.
          Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
          Resource: files.arn,
          // The driver mounts by access point, one for each volume, and so must everyone: at the file system's root a
          // pod would see all of them. Its controller mounts nothing, as it leaves directories of deleted volumes.
          Condition: {
            Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" },
            StringLike: { "elasticfilesystem:AccessPointArn": arn(settings, "elasticfilesystem", "access-point/*") },
          },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "*",
          Resource: files.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });

    this.#copy(props, files);

    const name = fitName([clusterName, "files"], AWS_NAMES.securityGroup);
    const securityGroup = new SecurityGroup(this, "SecurityGroup", {
      name,
      description: "NFS from the nodes to the shared volumes",
      vpcId: props.network.vpcId,
      tags: { Name: name },
    });
    new VpcSecurityGroupIngressRule(this, "Nfs", {
      securityGroupId: securityGroup.id,
      description: "NFS from the nodes",
      referencedSecurityGroupId: props.clientsGroupId,
      ipProtocol: "tcp",
      fromPort: 2049,
      toPort: 2049,
    });
    for (const zone of props.network.zones) {
      new EfsMountTarget(this, `MountTarget${zone.letter.toUpperCase()}`, {
        fileSystemId: files.id,
        subnetId: zone.dataSubnetId,
        securityGroups: [securityGroup.id],
      });
    }
  }

  /** A file system in the second region, where there is one, which EFS keeps as the first is and nobody may write to meanwhile. */
  #copy({ settings, backups }: SharedFilesProps, files: EfsFileSystem): void {
    if (backups === undefined) return;
    const { accountId, clusterName, protect } = settings;
    const copies = createCopies(this, backups, {
      accountId,
      name: [clusterName, "files", "copies"],
      description: `Copies of shared volumes of ${clusterName}`,
      protect,
      preventDestroy: protect,
    });
    const replica = new EfsFileSystem(copies.scope, "Default", {
      region: copies.region,
      creationToken: filesCopyToken(clusterName),
      kmsKeyId: copies.keyArn,
      ...FILES,
      // Else EFS would not write to it.
      protection: { replicationOverwrite: "DISABLED" },
      tags: { Name: filesCopyToken(clusterName) },
      // While EFS writes to it, it says so there.
      lifecycle: { preventDestroy: protect && copies.kept, ignoreChanges: ["protection"] },
    });
    new EfsReplicationConfiguration(this, "Replication", {
      sourceFileSystemId: files.id,
      destination: { fileSystemId: replica.id, region: copies.region },
    });
  }
}
