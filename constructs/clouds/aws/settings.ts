import { SYSTEM_NODES } from "../../kubernetes/facts";
import { withDefaults } from "../../model/defaults";
import type { Environment } from "../../model/resolved";
import { DEFAULT_LOG_RETENTION_DAYS } from "../shared/log-retention";
import type { MadeOrExisting } from "../shared/made-or-existing";
import { nodeType } from "./machines";
import { clusterName } from "./names";
import { type ExistingVpc, isMade } from "./network-props";
import { DEFAULT_KUBERNETES_VERSION, karpenterPool, nodeImage } from "./place";
import {
  type AwsProps,
  CONTROL_PLANE_LOGS,
  type ControlPlaneLog,
  type FlowLogInterval,
  type KubernetesVersion,
  type LogRetentionDays,
  type NodeGroup,
} from "./props";
import { type AwsRegion, defaultZones, PARTITION } from "./regions";

/** A VPC of the environment's own, with every default applied. */
export interface NetworkSettings {
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly natGateways: "per-zone" | "single";
  /** Interface endpoints cost more than the traffic of a small environment through its NAT gateway. */
  readonly interfaceEndpoints: boolean;
  readonly flowLogInterval: FlowLogInterval;
}

/** `AwsProps` of an environment with every default applied. */
export interface Settings {
  readonly environment: string;
  readonly region: AwsRegion;
  readonly accountId: string;
  readonly partition: string;
  readonly clusterName: string;
  readonly kubernetesVersion: KubernetesVersion;
  /** The VPC that is made, or the one that somebody else has made. */
  readonly network: MadeOrExisting<NetworkSettings, ExistingVpc>;
  /** Blocks from which a private API may be called, unless the environment lists others. */
  readonly inside: readonly string[];
  readonly controlPlaneLogs: readonly ControlPlaneLog[];
  readonly logRetentionDays: LogRetentionDays;
  /** `undefined` in Auto Mode. */
  readonly nodeGroups: Readonly<Record<string, Required<NodeGroup>>> | undefined;
  /** Version of the nodes' image. @default - what AWS recommends on the day of the deploy */
  readonly image: string | undefined;
  /** Whether Karpenter makes nodes beside those groups. */
  readonly karpenter: boolean;
  readonly protect: boolean;
}

/** The node group where cluster add-ons run, and what keeps everything else off it. Auto Mode's pool has the same. */
export const SYSTEM_GROUP = SYSTEM_NODES.label.value;
export const SYSTEM_TAINT = { key: SYSTEM_NODES.taintKey, value: "true", effect: "NO_SCHEDULE" } as const;
export const SYSTEM_TOLERATION = { key: SYSTEM_NODES.taintKey, operator: "Exists", effect: "NoSchedule" } as const;

/** Addresses of Services. Given, as EKS otherwise picks one of two by the network's block. */
export const SERVICE_CIDR = "172.20.0.0/16";

/** Where Auto Mode's nodes answer DNS: the tenth Service address, as no pod stands behind it. */
export const CLUSTER_DNS = "172.20.0.10";

interface Groups {
  readonly system: NodeGroup;
  readonly general: NodeGroup;
}

const groupsOf = (region: AwsRegion): Readonly<Record<Environment["profile"], Groups>> => ({
  production: {
    system: { instanceTypes: [nodeType(region, "large")], min: 3, max: 6 },
    general: { instanceTypes: [nodeType(region, "xlarge")], min: 3, max: 12 },
  },
  small: {
    system: { instanceTypes: ["t3.large"], min: 2, max: 3 },
    general: { instanceTypes: ["t3.large"], min: 2, max: 4 },
  },
});

/** Blocks that a private API is called from: all of the network, of somebody else's VPC those of nodes alone. */
const nodeCidrs = ({ network }: Pick<AwsProps, "network">): readonly string[] =>
  isMade(network) ? [network.cidr] : network.existing.zones.map(({ nodes }) => nodes.cidr);

export function settingsOf(props: AwsProps, environment: Pick<Environment, "name" | "profile" | "protect">): Settings {
  const production = environment.profile === "production";
  return {
    environment: environment.name,
    region: props.region,
    accountId: props.accountId,
    partition: PARTITION,
    clusterName: clusterName(environment, props),
    kubernetesVersion: props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION,
    network: networkSettings(props, production),
    inside: nodeCidrs(props),
    controlPlaneLogs: props.controlPlaneLogs ?? (production ? CONTROL_PLANE_LOGS : ["audit", "authenticator"]),
    logRetentionDays: props.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS[environment.profile],
    nodeGroups: nodeGroups(props, environment),
    image: nodeImage(props),
    karpenter: karpenterPool(props) !== undefined,
    protect: environment.protect,
  };
}

function networkSettings({ network, region }: AwsProps, production: boolean): Settings["network"] {
  if (!isMade(network)) return network;
  return {
    made: {
      cidr: network.cidr,
      zones: network.zones ?? defaultZones(region),
      natGateways: network.natGateways ?? (production ? "per-zone" : "single"),
      interfaceEndpoints: network.interfaceEndpoints ?? production,
      flowLogInterval: network.flowLogInterval ?? 60,
    },
  };
}

const complete = (group: NodeGroup): Required<NodeGroup> =>
  withDefaults({ capacity: "on-demand" as const, diskGib: 100 }, group);

function nodeGroups(props: AwsProps, environment: Pick<Environment, "profile">): Settings["nodeGroups"] {
  if (props.nodes?.autoMode === true) return undefined;
  const { system, general } = groupsOf(props.region)[environment.profile];
  const others = props.nodes?.groups ?? (karpenterPool(props) === undefined ? { general } : {});
  const groups = { ...others, [SYSTEM_GROUP]: props.nodes?.system ?? system };
  return Object.fromEntries(Object.entries(groups).map(([name, group]) => [name, complete(group)]));
}
