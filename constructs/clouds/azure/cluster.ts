import {
  KubernetesCluster,
  type KubernetesClusterApiServerAccessProfile,
  type KubernetesClusterConfig,
  type KubernetesClusterMaintenanceWindowAutoUpgrade,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { Construct } from "constructs";
import type { CheckException } from "../../model/check-exception";
import { fitName } from "../../model/names";
import { exceptChecks } from "../../terraform/check-exceptions";
import { code, expression } from "../../terraform/expression";
import { recordForGood } from "../../terraform/state-record";
import { otherNetwork } from "../shared/existing-network";
import type { ClusterKeys } from "./cluster-keys";
import type { ClusterNetwork } from "./cluster-network";
import { lockDeletion } from "./deletion-lock";
import { ManagedIdentity } from "./identity";
import { sendLogs } from "./logs";
import { AZURE_NAMES } from "./names";
import { defaultPool, WITHOUT_HOST_ENCRYPTION } from "./nodes";
import type { ClusterEndpoint } from "./props";
import type { ResourceDefaults } from "./resource-group";
import { CLUSTER_DNS, POD_CIDR, SERVICE_CIDR, type Settings, SYSTEM_POOL } from "./settings";

export interface ControlPlaneProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  readonly network: ClusterNetwork;
  readonly endpoint: ClusterEndpoint;
  readonly keys: ClusterKeys;
  readonly diskEncryptionSetId: string;
  readonly workspaceId: string;
}

/** Who did what, who was let in, and what the control plane says of itself. `kube-audit` would add every read to it. */
const LOGS = [
  "kube-audit-admin",
  "guard",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "cluster-autoscaler",
] as const;

/** Nights of the weekend, in UTC. AKS wants four hours. */
const WEEKLY: KubernetesClusterMaintenanceWindowAutoUpgrade = {
  frequency: "Weekly",
  interval: 1,
  duration: 4,
  startTime: "02:00",
  utcOffset: "+00:00",
};

/** Pods that run to their end get an hour before their node is taken away for want of use. */
const TERMINATION_SECONDS = "3600";

const exceptions = ({ hostEncryption }: Settings, { access }: ClusterEndpoint): CheckException[] => [
  ...(hostEncryption ? [] : [WITHOUT_HOST_ENCRYPTION]),
  ...(access === "allow-list"
    ? [{ checks: ["CKV_AZURE_115"], reason: "the environment lists the addresses that reach the Kubernetes API" }]
    : []),
  {
    checks: ["CKV_AZURE_4"],
    reason: "the control plane's logs go to the workspace by a diagnostic setting; pods' logs are the platform's",
  },
  {
    checks: ["CKV_AZURE_116"],
    reason: "Pod Security admission and network policies are rendered with each application",
  },
  { checks: ["CKV_AZURE_172"], reason: "External Secrets brings secrets from Key Vault, not the CSI driver" },
  {
    checks: ["CKV_AZURE_226"],
    reason: "disks of machines are managed ones, which the environment's key encrypts and every size has room for",
  },
];

const otherZone = ({ environment, zones: [first] }: Settings): string =>
  `environments.${environment}.cloud.network.zones: got "${first}" first, where "${expression`self.input.zone`}" was. The cluster's own ` +
  "node pool is in the first zone of this list: put them back in their order, and add a zone at the end. " +
  "A network that was given in network.existing stays that one.";

const otherSubnet = ({ environment }: Settings, zone: string): string =>
  otherNetwork(`environments.${environment}.cloud.network`, zone, expression`${code("self.input.zone")}`);

const otherPlace = ({ environment, apiServerInNetwork }: Settings): string =>
  `environments.${environment}.cloud.apiServerInNetwork: got ${apiServerInNetwork}, and the cluster was made otherwise. AKS takes a ` +
  "control plane out of no network, and into one only with a restart of the whole cluster: put back what was here, and make a new " +
  "environment for the other.";

/** The AKS cluster with its pool for add-ons in the first zone. */
export class ControlPlane extends Construct {
  readonly clusterId: string;
  /** Identity as which the control plane acts: it makes load balancers, disks and shares. */
  readonly principalId: string;
  /** Identity as which nodes pull images: one that AKS makes. */
  readonly kubeletPrincipalId: string;
  readonly #cluster: KubernetesCluster;

  readonly #defaults: ResourceDefaults;
  readonly #settings: Settings;
  readonly #props: ControlPlaneProps;

  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { defaults, settings } = props;
    this.#defaults = defaults;
    this.#settings = settings;
    this.#props = props;
    const { names, protect } = settings;
    const identity = this.#createIdentity();
    const [first] = settings.zones;
    // The pool that comes with the cluster is in it, and a NAT gateway that serves all zones.
    const { given } = props.network;
    const zone = given === undefined ? first : `${first} in ${given}`;
    recordForGood(this, "FirstZone", { zone }, given === undefined ? otherZone(settings) : otherSubnet(settings, zone));
    recordForGood(this, "ApiServerPlace", { inside: String(settings.apiServerInNetwork) }, otherPlace(settings));
    const cluster = new KubernetesCluster(this, "Default", {
      ...defaults,
      name: settings.clusterName,
      dnsPrefix: settings.clusterName,
      nodeResourceGroup: names.nodeResourceGroup,
      kubernetesVersion: settings.kubernetesVersion,
      skuTier: "Standard",
      supportPlan: "KubernetesOfficial",
      identity: { type: "UserAssigned", identityIds: [identity.id] },
      defaultNodePool: defaultPool({
        name: SYSTEM_POOL,
        pool: settings.system,
        zone: first,
        subnetId: props.network.nodeSubnetIds[first] ?? "",
        settings,
        tags: defaults.tags,
      }),
      ...this.#reach(),
      ...this.#admission(),
      networkProfile: {
        networkPlugin: "azure",
        networkPluginMode: "overlay",
        networkDataPlane: "cilium",
        networkPolicy: "cilium",
        // Of its security features those that know names, by Azure's own default. Its observability costs on top.
        ...(settings.knowsNames && { advancedNetworking: { securityEnabled: true, observabilityEnabled: false } }),
        podCidr: POD_CIDR,
        serviceCidr: SERVICE_CIDR,
        dnsServiceIp: CLUSTER_DNS,
        loadBalancerSku: "standard",
        outboundType: props.network.outbound,
      },
      keyManagementService: {
        keyVaultKeyId: props.keys.url("secrets"),
        keyVaultNetworkAccess: settings.apiServerInNetwork ? "Private" : "Public",
      },
      diskEncryptionSetId: props.diskEncryptionSetId,
      ...this.#upkeep(),
      storageProfile: {
        diskDriverEnabled: true,
        fileDriverEnabled: true,
        blobDriverEnabled: false,
        snapshotControllerEnabled: true,
      },
      dependsOn: [...props.network.ready],
      lifecycle: { preventDestroy: protect },
    });
    exceptChecks(cluster, ...exceptions(settings, props.endpoint));
    this.clusterId = cluster.id;
    this.principalId = identity.principalId;
    this.kubeletPrincipalId = cluster.kubeletIdentity.objectId;
    this.#cluster = cluster;
  }

  /** Locks the cluster after the pools: what belongs to a locked resource cannot be deleted. */
  finish(pools: ConstructorParameters<typeof KubernetesCluster>[2]["dependsOn"] = []): void {
    const { clusterName, locks } = this.#settings;
    const logs = sendLogs(this, "Logs", { id: this.clusterId, workspaceId: this.#props.workspaceId }, LOGS);
    if (!locks) return;
    lockDeletion(this, { id: this.#cluster.id, notes: `Cluster ${clusterName}`, after: [...pools, logs] });
  }

  /** It joins nodes and itself to subnets, asks for the key of Secrets, and tells disks of theirs. */
  #createIdentity(): ManagedIdentity {
    const settings = this.#settings;
    const props = this.#props;
    const { network, keys } = props;
    const grants = [
      ...network.joined.map(({ name, id }) => ({ name, role: "Network Contributor", scope: id })),
      { name: "Secrets", role: "Key Vault Crypto User", scope: keys.vaultId },
      // For the private endpoint that AKS makes to the vault.
      ...(settings.apiServerInNetwork ? [{ name: "Vault", role: "Key Vault Contributor", scope: keys.vaultId }] : []),
      { name: "Disks", role: "Reader", scope: props.diskEncryptionSetId },
    ];
    const description = `Control plane of ${settings.clusterName}`;
    return new ManagedIdentity(this, "Identity", {
      defaults: this.#defaults,
      name: fitName([settings.clusterName, "control-plane"], AZURE_NAMES.identity),
      grants: grants.map((grant) => ({ ...grant, description })),
    });
  }

  /**
   * The control plane stands in the network's own subnet, unless the environment wants it outside: there nodes and pods find
   * it at a private address, whoever else may come. The name of a private one is public and leads to that address: whoever is connected to the network
   * can resolve it.
   */
  #reach(): Partial<KubernetesClusterConfig> {
    const { endpoint, network } = this.#props;
    const { apiServerSubnetId: subnetId, natAddresses } = network;
    const inside: KubernetesClusterApiServerAccessProfile | undefined =
      subnetId === undefined ? undefined : { virtualNetworkIntegrationEnabled: true, subnetId };
    if (endpoint.access === "allow-list") {
      // Nodes are callers like others where it is outside, and AKS does not know their NAT gateways.
      const nodes = inside === undefined ? natAddresses.map((address) => `${address}/32`) : [];
      return {
        privateClusterEnabled: false,
        apiServerAccessProfile: { ...inside, authorizedIpRanges: [...endpoint.cidrs, ...nodes] },
      };
    }
    return {
      privateClusterEnabled: true,
      privateClusterPublicFqdnEnabled: true,
      privateDnsZoneId: "None",
      ...(inside !== undefined && { apiServerAccessProfile: inside }),
    };
  }

  /** Admits by Entra and its roles alone, and nobody past the API server. */
  #admission(): Partial<KubernetesClusterConfig> {
    return {
      roleBasedAccessControlEnabled: true,
      localAccountDisabled: true,
      azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true, tenantId: this.#settings.tenantId },
      runCommandEnabled: false,
      oidcIssuerEnabled: true,
      workloadIdentityEnabled: true,
    };
  }

  #upkeep(): Partial<KubernetesClusterConfig> {
    return {
      automaticUpgradeChannel: "patch",
      nodeOsUpgradeChannel: "NodeImage",
      maintenanceWindowAutoUpgrade: { ...WEEKLY, dayOfWeek: "Sunday" },
      maintenanceWindowNodeOs: { ...WEEKLY, dayOfWeek: "Saturday" },
      imageCleanerEnabled: true,
      imageCleanerIntervalHours: 168,
      costAnalysisEnabled: true,
      autoScalerProfile: {
        // Pools of one name, one in each zone.
        balanceSimilarNodeGroups: true,
        expander: "least-waste",
        maxGracefulTerminationSec: TERMINATION_SECONDS,
        skipNodesWithLocalStorage: false,
        skipNodesWithSystemPods: true,
      },
    };
  }
}
