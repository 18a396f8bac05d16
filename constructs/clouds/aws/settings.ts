import { SYSTEM_NODES } from "../../kubernetes/facts";
import { withDefaults } from "../../model/defaults";
import type { Environment } from "../../model/resolved";
import { DEFAULT_LOG_RETENTION_DAYS } from "../shared/log-retention";
import { nodeType } from "./machines";
import { clusterName } from "./names";
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

/** `AwsProps` of an environment with every default applied. */
export interface Settings {
  readonly environment: string;
  readonly region: AwsRegion;
  readonly accountId: string;
  readonly partition: string;
  readonly clusterName: string;
  readonly kubernetesVersion: KubernetesVersion;
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly natGateways: "per-zone" | "single";
  /** Interface endpoints cost more than the traffic of a small environment through its NAT gateway. */
  readonly interfaceEndpoints: boolean;
  readonly flowLogInterval: FlowLogInterval;
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

export function settingsOf(props: AwsProps, environment: Pick<Environment, "name" | "profile" | "protect">): Settings {
  const production = environment.profile === "production";
  return {
    environment: environment.name,
    region: props.region,
    accountId: props.accountId,
    partition: PARTITION,
    clusterName: clusterName(environment, props),
    kubernetesVersion: props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION,
    cidr: props.network.cidr,
    zones: props.network.zones ?? defaultZones(props.region),
    natGateways: props.network.natGateways ?? (production ? "per-zone" : "single"),
    interfaceEndpoints: props.network.interfaceEndpoints ?? production,
    flowLogInterval: props.network.flowLogInterval ?? 60,
    controlPlaneLogs: props.controlPlaneLogs ?? (production ? CONTROL_PLANE_LOGS : ["audit", "authenticator"]),
    logRetentionDays: props.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS[environment.profile],
    nodeGroups: nodeGroups(props, environment),
    image: nodeImage(props),
    karpenter: karpenterPool(props) !== undefined,
    protect: environment.protect,
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
