import { DataAwsEksAddonVersion } from "@cdktf/provider-aws/lib/data-aws-eks-addon-version";
import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { Role } from "./iam";
import { AWS_NAMES } from "./names";
import { podIdentityTrust } from "./pod-identity";
import { type Settings, SYSTEM_TOLERATION } from "./settings";
import { SNAPSHOT_CONTROLLER } from "./storage";

/** Service account of an add-on that calls AWS, and the policy AWS maintains for it. */
interface AddonIdentity {
  readonly serviceAccount: string;
  readonly policy: string;
}

interface ManagedAddon {
  readonly name: string;
  /** Values in the add-on's own schema: `aws eks describe-addon-configuration`. */
  readonly configuration?: Readonly<Record<string, unknown>>;
  readonly identity?: AddonIdentity;
}

/**
 * Add-ons without which a node never becomes ready: they come before the nodes; and each after the one before, because the
 * network add-on crashes until the agent hands it its rights.
 */
const BEFORE_NODES: readonly ManagedAddon[] = [
  { name: "eks-pod-identity-agent" },
  { name: "kube-proxy" },
  {
    name: "vpc-cni",
    configuration: { enableNetworkPolicy: "true" },
    identity: { serviceAccount: "aws-node", policy: "AmazonEKS_CNI_Policy" },
  },
];

const COREDNS: ManagedAddon = {
  name: "coredns",
  configuration: {
    // By the cluster's nodes and cores, which pods that ask come with: two are for dozens of nodes.
    // https://docs.aws.amazon.com/eks/latest/userguide/coredns-autoscaling.html
    autoScaling: { enabled: true, minReplicas: 2, maxReplicas: 10 },
    tolerations: [SYSTEM_TOLERATION],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "k8s-app": "kube-dns" } },
      },
    ],
  },
};

/** Controllers of both storage drivers tolerate the system taint unless told otherwise. */
const EBS: ManagedAddon = {
  name: "aws-ebs-csi-driver",
  identity: { serviceAccount: "ebs-csi-controller-sa", policy: "service-role/AmazonEBSCSIDriverPolicy" },
};

const EFS: ManagedAddon = {
  name: "aws-efs-csi-driver",
  identity: { serviceAccount: "efs-csi-controller-sa", policy: "service-role/AmazonEFSCSIDriverPolicy" },
};

/** Kinds of snapshots, and who takes them: no cluster of EKS has either by itself, Auto Mode included. */
const SNAPSHOTS: ManagedAddon = {
  name: SNAPSHOT_CONTROLLER,
  configuration: { tolerations: [SYSTEM_TOLERATION] },
};

export interface ClusterAddonsProps {
  readonly settings: Settings;
  /** Name that the cluster returns, so that add-ons come after it. */
  readonly clusterName: string;
  /** Whether disks are copied. */
  readonly snapshots: boolean;
}

/** Add-ons that EKS maintains. Auto Mode has all of them built in but EFS. */
export class ClusterAddons extends Construct {
  readonly #settings: Settings;
  readonly #clusterName: string;
  readonly #snapshots: boolean;

  constructor(scope: Construct, id: string, { settings, clusterName, snapshots }: ClusterAddonsProps) {
    super(scope, id);
    this.#snapshots = snapshots;
    this.#settings = settings;
    this.#clusterName = clusterName;
  }

  /** Returns what the nodes wait for. */
  beforeNodes(): readonly ITerraformDependable[] {
    if (this.#settings.nodeGroups === undefined) return [];
    return BEFORE_NODES.reduce<readonly EksAddon[]>((before, addon) => [...before, this.#install(addon, before)], []);
  }

  /** Their pods need a node to run on. */
  afterNodes(nodes: readonly ITerraformDependable[]): void {
    const addons = this.#settings.nodeGroups === undefined ? [EFS] : [COREDNS, EBS, EFS];
    for (const addon of [...addons, ...(this.#snapshots ? [SNAPSHOTS] : [])]) this.#install(addon, nodes);
  }

  #install(addon: ManagedAddon, dependsOn: readonly ITerraformDependable[]): EksAddon {
    const scope = new Construct(this, addon.name);
    const identity = addon.identity && this.#identity(scope, addon.name, addon.identity);
    return new EksAddon(scope, "Default", {
      clusterName: this.#clusterName,
      addonName: addon.name,
      addonVersion: this.#version(scope, addon.name),
      configurationValues: addon.configuration && JSON.stringify(addon.configuration),
      podIdentityAssociation: identity && [{ serviceAccount: identity.serviceAccount, roleArn: identity.role.arn }],
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "PRESERVE",
      dependsOn: [...dependsOn, ...(identity?.role.permissions ?? [])],
    });
  }

  /** EKS's default for the Kubernetes version. Without one an add-on stays forever at what it was installed with. */
  #version(scope: Construct, addonName: string): string {
    const { kubernetesVersion } = this.#settings;
    return new DataAwsEksAddonVersion(scope, "Version", { addonName, kubernetesVersion, mostRecent: false }).version;
  }

  #identity(scope: Construct, addon: string, { serviceAccount, policy }: AddonIdentity) {
    const { clusterName, region } = this.#settings;
    const role = new Role(scope, "Role", {
      name: fitName([clusterName, region, addon], AWS_NAMES.role),
      description: `Add-on ${addon} of ${clusterName}`,
      trust: podIdentityTrust(this.#settings, "kube-system", serviceAccount),
      awsPolicies: [policy],
    });
    return { serviceAccount, role };
  }
}
