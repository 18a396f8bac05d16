import { ContainerCluster, type ContainerClusterConfig } from "@cdktf/provider-google/lib/container-cluster";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CheckException } from "../../model/check-exception";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { ClusterNetwork } from "./cluster-network";
import { PODS_PER_NODE } from "./network-plan";
import { machine, OAUTH_SCOPES } from "./nodes";
import type { ClusterEndpoint } from "./props";
import { DEFAULT_POOLS, type Settings, SYSTEM_POOL } from "./settings";

export interface ControlPlaneProps {
  readonly settings: Settings;
  readonly network: ClusterNetwork;
  readonly endpoint: ClusterEndpoint;
  readonly secretsKeyId: string;
  readonly diskKeyId: string;
  readonly nodeAccountEmail: string;
  /** `projects/…/topics/…` that is told of upgrades and security bulletins. */
  readonly topicId: string;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** Maintenance is at night before a working day: whoever has to look is there in the morning. */
const versions = ({ kubernetesVersion, releaseChannel }: Settings): Partial<ContainerClusterConfig> => ({
  minMasterVersion: kubernetesVersion,
  releaseChannel: { channel: releaseChannel },
  maintenancePolicy: {
    // GKE wants 48 hours in 32 days, in blocks of four and more. The day is the first there was; the rule says when it comes again.
    recurringWindow: {
      startTime: "2026-01-06T01:00:00Z",
      endTime: "2026-01-06T05:00:00Z",
      recurrence: "FREQ=WEEKLY;BYDAY=TU,WE,TH,FR",
    },
  },
});

/**
 * Endpoint of the address alone. Behind the DNS name that GKE gives each control plane stand Google's front ends, which any
 * address reaches: IAM would be the only door.
 */
const reach = ({ network, endpoint }: ControlPlaneProps): Partial<ContainerClusterConfig> => ({
  privateClusterConfig: {
    enablePrivateNodes: true,
    enablePrivateEndpoint: endpoint.access === "private",
    privateEndpointSubnetwork: network.controlPlaneSubnetId,
    masterGlobalAccessConfig: { enabled: false },
  },
  controlPlaneEndpointsConfig: { dnsEndpointConfig: { allowExternalTraffic: false } },
  masterAuthorizedNetworksConfig: {
    cidrBlocks: [
      { displayName: network.inside.name, cidrBlock: network.inside.cidr },
      ...(endpoint.cidrs ?? []).map((cidrBlock) => ({ displayName: cidrBlock, cidrBlock })),
    ],
    // Addresses of Google Cloud are other people's machines too.
    gcpPublicCidrsAccessEnabled: false,
    privateEndpointEnforcementEnabled: true,
  },
});

/** Named principals only: no certificates, no anonymous callers, no role for everyone who has signed in somewhere. */
const identity = (project: string): Partial<ContainerClusterConfig> => ({
  workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
  masterAuth: { clientCertificateConfig: { issueClientCertificate: false } },
  enableLegacyAbac: false,
  anonymousAuthenticationConfig: { mode: "LIMITED" },
  rbacBindingConfig: {
    enableInsecureBindingSystemUnauthenticated: false,
    enableInsecureBindingSystemAuthenticated: false,
  },
});

/** Logs of control plane and pods; metrics that Google does not bill. */
const observability = (): Partial<ContainerClusterConfig> => ({
  loggingConfig: {
    enableComponents: ["SYSTEM_COMPONENTS", "WORKLOADS", "APISERVER", "CONTROLLER_MANAGER", "SCHEDULER"],
  },
});

/** Boot disk of the pool that is removed at once: the image and pods of GKE's own. */
const FIRST_DISK_GIB = 20;

const standard = (
  settings: Settings,
  pools: NonNullable<Settings["pools"]>,
  { diskKeyId, nodeAccountEmail }: ControlPlaneProps,
): Partial<ContainerClusterConfig> => ({
  // GKE makes no cluster without a pool. This one goes at once, as pools are resources of their own; until then its
  // machines are as the others, where an organisation refuses what Google's defaults are. It is one node with a small
  // disk: left to Google it would be one in each zone, with 100 GB each of the project's quota.
  removeDefaultNodePool: true,
  initialNodeCount: 1,
  nodeLocations: settings.zones.slice(0, 1),
  nodeConfig: machine({
    machineType: pools[SYSTEM_POOL]?.machineType ?? DEFAULT_POOLS.small.system.machineType,
    diskGib: FIRST_DISK_GIB,
    settings,
    accountEmail: nodeAccountEmail,
    diskKeyId,
  }),
  defaultMaxPodsPerNode: PODS_PER_NODE,
  datapathProvider: "ADVANCED_DATAPATH",
  enableShieldedNodes: true,
  enableIntranodeVisibility: true,
  addonsConfig: {
    dnsCacheConfig: { enabled: true },
    gcePersistentDiskCsiDriverConfig: { enabled: true },
    gcpFilestoreCsiDriverConfig: { enabled: true },
    horizontalPodAutoscaling: { disabled: false },
    // Load balancers of Services are made by it too.
    httpLoadBalancing: { disabled: false },
  },
  monitoringConfig: {
    enableComponents: ["SYSTEM_COMPONENTS"],
    // Prometheus is to be the environment's own; both would be paid for.
    managedPrometheus: { enabled: false },
    advancedDatapathObservabilityConfig: { enableMetrics: false, enableRelay: false },
  },
  // Pools are given. Nodes that few pods need go sooner where nothing depends on it.
  clusterAutoscaling: {
    enabled: false,
    autoscalingProfile: settings.profile === "production" ? "BALANCED" : "OPTIMIZE_UTILIZATION",
  },
  nodePoolDefaults: { nodeConfigDefaults: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
});

/** Data path, shielded nodes, node-local DNS and Prometheus are on in Autopilot, and refused when they are asked for. */
const autopilot = ({ diskKeyId, nodeAccountEmail }: ControlPlaneProps): Partial<ContainerClusterConfig> => ({
  enableAutopilot: true,
  addonsConfig: { gcpFilestoreCsiDriverConfig: { enabled: true } },
  clusterAutoscaling: {
    autoProvisioningDefaults: {
      serviceAccount: nodeAccountEmail,
      oauthScopes: OAUTH_SCOPES,
      bootDiskKmsKey: diskKeyId,
    },
  },
  nodePoolAutoConfig: { nodeKubeletConfig: { insecureKubeletReadonlyPortEnabled: "FALSE" } },
});

const EXCEPTIONS: readonly CheckException[] = [
  { checks: ["CKV_GCP_12"], reason: "Dataplane V2 enforces network policies, and refuses the older switch for them" },
  {
    checks: ["CKV_GCP_66"],
    reason: "nobody signs images yet; the environment's `images` says how they are trusted not to change",
  },
  {
    checks: ["CKV_GCP_65"],
    reason: "groups are members of IAM roles; in Kubernetes' own rules they need one of a fixed name in Workspace",
  },
];

const AUTOPILOT_EXCEPTIONS: readonly CheckException[] = [
  {
    checks: ["CKV_GCP_61", "CKV_GCP_69"],
    reason: "Autopilot has intranode visibility and the metadata server, and refuses to be asked for them",
  },
];

/**
 * What the first pool had is nobody's once it is gone: changing its machines would make another cluster, and changing its
 * zones would move the nodes of every pool.
 *
 * To switch subsetting or policies by name off, the provider would make another cluster, and its default is off. GKE has
 * begun clusters with subsetting on, and an administrator may have switched on either: it stays as it is.
 * @see https://cloud.google.com/kubernetes-engine/docs/how-to/internal-load-balancing
 */
const leftAlone = ({ knowsNames }: Settings): readonly string[] => [
  "node_config",
  "node_locations",
  "enable_l4_ilb_subsetting",
  ...(knowsNames ? [] : ["enable_fqdn_network_policy"]),
];

/** The GKE cluster: a control plane over three zones, with nodes in pools of their own or run by Autopilot. */
export class ControlPlane extends Construct {
  readonly clusterId: string;

  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { settings } = props;
    const { clusterName: name, project, region, protect } = settings;
    const cluster = new ContainerCluster(this, "Default", {
      name,
      // A region: one of its zones may be lost.
      location: region,
      description: `Kubernetes of ${name}`,
      deletionProtection: protect,
      resourceLabels: settings.labels,
      network: props.network.networkId,
      subnetwork: props.network.nodesSubnetId,
      networkingMode: "VPC_NATIVE",
      ipAllocationPolicy: {
        clusterSecondaryRangeName: props.network.ranges.pods,
        servicesSecondaryRangeName: props.network.ranges.services,
        stackType: "IPV4",
      },
      ...versions(settings),
      ...reach(props),
      ...identity(project),
      ...observability(),
      databaseEncryption: { state: "ENCRYPTED", keyName: props.secretsKeyId },
      // Left out where nobody asked for it: an existing cluster keeps what it has.
      ...(settings.knowsNames && { enableFqdnNetworkPolicy: true }),
      // Gateways are the routing's, which brings the definitions in the version it needs.
      gatewayApiConfig: { channel: "CHANNEL_DISABLED" },
      verticalPodAutoscaling: { enabled: true },
      costManagementConfig: { enabled: true },
      // Audits of workloads' settings. Google scans images for vulnerabilities no longer.
      // https://cloud.google.com/kubernetes-engine/docs/deprecations/posture-management-deprecation
      securityPostureConfig: { mode: "BASIC", vulnerabilityMode: "VULNERABILITY_DISABLED" },
      notificationConfig: { pubsub: { enabled: true, topic: props.topicId } },
      ...(settings.pools === undefined ? autopilot(props) : standard(settings, settings.pools, props)),
      dependsOn: [...props.dependsOn],
      lifecycle: { preventDestroy: protect, ignoreChanges: [...leftAlone(settings)] },
    });
    exceptChecks(cluster, ...EXCEPTIONS, ...(settings.pools === undefined ? AUTOPILOT_EXCEPTIONS : []));
    this.clusterId = cluster.id;
  }
}
