import type { PoliciesByNameStage } from "../../kubernetes/facts";
import type { RegionInNames } from "../shared/region-in-names";
import { type DiskType, diskTypeOf } from "./machine-types";
import { clusterName } from "./names";
import { planOf } from "./network-plan";
import { type GivenNetwork, type GoogleNetwork, isMade, networkId } from "./network-props";
import type { ExistingGoogleProps, GoogleDns, GoogleProps } from "./props";
import type { GoogleRegion } from "./regions";

/** What stacks that stand on a cluster need to be told of it. The rest they look up. */
export interface Place extends RegionInNames {
  /** Id of the project: `orders-staging`. */
  readonly project: string;
  readonly region: GoogleRegion;
  readonly clusterName?: string;
  readonly stateBucket?: string;
  /** Blocks in which data services have their addresses, as literals: network policies are made of them. */
  readonly dataCidrs: readonly string[];
  /** The same where another program has made the cluster: they are what somebody said, and looked up. @default - they are as they were made */
  readonly saidCidrs?: readonly string[];
  /** Network that somebody else has made. @default - the one with the cluster's name */
  readonly given?: GivenNetwork;
  readonly autopilot: boolean;
  /** What the machines of applications attach. */
  readonly diskType: DiskType;
  readonly dns?: GoogleDns;
  readonly policiesByName?: PoliciesByNameStage;
}

export const isAutopilot = ({ nodes }: Pick<GoogleProps, "nodes">): boolean => nodes?.autopilot === true;

/** The place of an environment that this program creates. */
export function ownPlace(props: GoogleProps): Place {
  const { project, region, clusterName, regionInNames, stateBucket, dns, network, policiesByName } = props;
  return {
    project,
    region,
    clusterName,
    regionInNames,
    stateBucket,
    dataCidrs: [planOf(network).data],
    given: givenNetwork(network, project),
    autopilot: isAutopilot(props),
    diskType: poolsDiskType(props),
    dns,
    policiesByName,
  };
}

/** All pools of applications take the same, which `problems` sees to. Default pools and Autopilot take Persistent Disk. */
function poolsDiskType({ nodes }: GoogleProps): DiskType {
  const pools = nodes?.autopilot === true ? [] : Object.values(nodes?.pools ?? {});
  const [first] = pools;
  return first === undefined ? "pd-balanced" : diskTypeOf(first.machineType);
}

function givenNetwork(network: GoogleNetwork, own: string): GivenNetwork | undefined {
  if (isMade(network)) return undefined;
  const { project = own, name, data } = network.existing;
  return { id: networkId(project, name), dataRange: data.range };
}

export const existingPlace = ({ network, ...props }: ExistingGoogleProps): Place => ({
  ...props,
  saidCidrs: props.dataCidrs,
  given: network && {
    id: networkId(network.project ?? props.project, network.name),
    dataRange: network.dataRange,
  },
  autopilot: props.autopilot ?? false,
  diskType: props.diskType ?? "pd-balanced",
});

/** `google/…/production`: what tells the environment's place from every other. */
export const place = (
  environment: { readonly name: string },
  props: Pick<Place, "project" | "region" | "clusterName" | "regionInNames">,
): readonly string[] => ["google", props.project, props.region, clusterName(environment, props)];
