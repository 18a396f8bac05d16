import { SYSTEM_NODES } from "../../kubernetes/facts";
import { withDefaults } from "../../model/defaults";
import type { Profile } from "../../model/environment";
import type { CloudEnvironment } from "../cloud";
import { DEFAULT_LOG_RETENTION_DAYS } from "../shared/log-retention";
import type { MadeOrExisting } from "../shared/made-or-existing";
import { environmentLabels } from "./labels";
import { clusterName, nameOf } from "./names";
import { type NetworkPlan, planOf } from "./network-plan";
import { type ExistingVpcNetwork, type GoogleNetwork, isMade } from "./network-props";
import type { GoogleProps, KubernetesVersion, NodePool, ReleaseChannel } from "./props";
import { defaultZones, type GoogleRegion } from "./regions";

/** A network of the environment's own, with every default applied. */
export interface NetworkSettings {
  readonly cidr: string;
  readonly natAddresses: number;
}

/** `GoogleProps` of an environment with every default applied. */
export interface Settings {
  /** Name of the environment, with which names of its data services begin. */
  readonly environment: string;
  /** Name of the environment as it is in the program. */
  readonly environmentName: string;
  readonly project: string;
  readonly region: GoogleRegion;
  readonly clusterName: string;
  readonly kubernetesVersion: KubernetesVersion;
  readonly releaseChannel: ReleaseChannel;
  /** The network that is made, or the one that somebody else has made. */
  readonly network: MadeOrExisting<NetworkSettings, ExistingVpcNetwork>;
  /** Blocks of either. */
  readonly plan: NetworkPlan;
  readonly zones: readonly string[];
  readonly logRetentionDays: number;
  /** Whether the data plane follows names. */
  readonly knowsNames: boolean;
  /** `undefined` in Autopilot. */
  readonly pools: Readonly<Record<string, Required<NodePool>>> | undefined;
  readonly profile: Profile;
  readonly protect: boolean;
  /** Labels of what the provider's default labels do not reach. */
  readonly labels: Record<string, string>;
}

export const DEFAULT_KUBERNETES_VERSION: KubernetesVersion = "1.36";
export const DEFAULT_RELEASE_CHANNEL: ReleaseChannel = "REGULAR";

/** The pool where cluster add-ons run, and what keeps everything else off it. */
export const SYSTEM_POOL = SYSTEM_NODES.label.value;
export const SYSTEM_TAINT = { key: SYSTEM_NODES.taintKey, value: "true", effect: "NO_SCHEDULE" } as const;

export const DEFAULT_POOLS: Readonly<Record<Profile, { readonly system: NodePool; readonly general: NodePool }>> = {
  production: {
    system: { machineType: "n2-standard-2", min: 3, max: 6 },
    general: { machineType: "n2-standard-4", min: 3, max: 12 },
  },
  small: {
    system: { machineType: "e2-standard-2", min: 2, max: 3 },
    general: { machineType: "e2-standard-2", min: 2, max: 4 },
  },
};

/**
 * GiB of boot disk. A new project may have 250 GB or 500 GB of such disks in a region, which the first nodes have to fit
 * into with room for volumes. See "Quota" in docs/operations/google.md.
 */
const BOOT_DISK_GIB: Readonly<Record<Profile, { readonly system: number; readonly applications: number }>> = {
  production: { system: 50, applications: 100 },
  small: { system: 30, applications: 30 },
};

export function settingsOf(props: GoogleProps, environment: CloudEnvironment): Settings {
  const { profile, protect } = environment;
  const { project, region, network } = props;
  return {
    environment: nameOf(environment, props),
    environmentName: environment.name,
    project,
    region,
    clusterName: clusterName(environment, props),
    kubernetesVersion: props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION,
    releaseChannel: props.releaseChannel ?? DEFAULT_RELEASE_CHANNEL,
    network: networkSettings(network, profile),
    plan: planOf(network),
    zones: network.zones ?? defaultZones(region),
    logRetentionDays: props.logRetentionDays ?? DEFAULT_LOG_RETENTION_DAYS[profile],
    knowsNames: props.policiesByName !== undefined,
    pools: pools(props, profile),
    profile,
    protect,
    labels: environmentLabels(environment),
  };
}

function networkSettings(network: GoogleNetwork, profile: Profile): Settings["network"] {
  if (!isMade(network)) return { existing: network.existing };
  return {
    made: { cidr: network.cidr, natAddresses: network.natAddresses ?? (profile === "production" ? 2 : 1) },
  };
}

function pools({ nodes = {} }: GoogleProps, profile: Profile): Settings["pools"] {
  if (nodes.autopilot === true) return undefined;
  const { system, general } = DEFAULT_POOLS[profile];
  const all = { ...(nodes.pools ?? { general }), [SYSTEM_POOL]: nodes.system ?? system };
  const disks = BOOT_DISK_GIB[profile];
  return Object.fromEntries(
    Object.entries(all).map(([name, pool]) => {
      const diskGib = name === SYSTEM_POOL ? disks.system : disks.applications;
      return [name, withDefaults({ capacity: "on-demand" as const, diskGib }, pool)];
    }),
  );
}
