import { didYouMean, oneOf, type Path, type Problem } from "../../model/problem";
import { check } from "../../model/schema";
import { field, listedTwice, namedPools, poolProblems, withCrossChecks } from "../shared/problems";
import { givenNameProblems } from "../shared/region-in-names";
import { diskTypeOf } from "./machine-types";
import { nodeRoom, planOf } from "./network-plan";
import { networkShape, rangeProblems } from "./network-problems";
import { isMade } from "./network-props";
import { isAutopilot } from "./place";
import { type ExistingGoogleProps, type GoogleProps, ONLY_EXTENDED, type StandardNodes } from "./props";
import { GOOGLE_REGIONS, isRegion, zonesOf } from "./regions";
import { autopilotSchema, existingPropsSchema, propsSchema, standardNodesSchema } from "./schema";
import { DEFAULT_KUBERNETES_VERSION, DEFAULT_POOLS, DEFAULT_RELEASE_CHANNEL } from "./settings";

/** Names of the environment's own that `regionInNames` is of. The name of a cluster that is found is its owner's. */
const nameProblems = (
  props: GoogleProps | ExistingGoogleProps,
  fields: readonly ("clusterName" | "stateBucket")[],
  path: Path,
): Problem[] => givenNameProblems(props, { region: props.region, regions: GOOGLE_REGIONS }, fields, path);

/** Every mistake in what was given to `google()`: first field by field, then what needs two fields to be judged. */
export function inputProblems(props: GoogleProps, path: Path): Problem[] {
  const shape = [
    ...check(propsSchema, props, path, { elsewhere: ["network", "nodes"] }),
    ...networkShape(props, path),
    ...nodeShape(props, path),
  ];
  return withCrossChecks<GoogleProps>(shape, path, [
    { reads: ["network", "region"], problems: () => [...zoneProblems(props, path), ...rangeProblems(props, path)] },
    // One role is enough for each: a second would outlive the first's removal.
    { reads: ["access"], problems: () => listedTwice(props.access, [...path, "access"], "member") },
    { reads: ["nodes"], problems: () => nodeProblems(props, [...path, "nodes"]) },
    {
      reads: ["clusterName", "region", "regionInNames", "stateBucket"],
      problems: () => nameProblems(props, ["clusterName", "stateBucket"], path),
    },
    { reads: ["nodes", "network"], problems: () => roomProblems(props, [...path, "nodes"]) },
    { reads: ["kubernetesVersion", "releaseChannel", "nodes"], problems: () => versionProblems(props, path) },
  ]);
}

/** Every mistake in what was given to `existingGoogle()`. */
export function existingInputProblems(props: ExistingGoogleProps, path: Path): Problem[] {
  const shape = check(existingPropsSchema, props, path);
  return shape.length > 0 ? shape : nameProblems(props, ["stateBucket"], path);
}

/** Which of two forms was meant is told by `autopilot`; a union would only say that neither fits. */
function nodeShape(props: unknown, path: Path): Problem[] {
  const nodes = field(props, "nodes");
  if (nodes === undefined) return [];
  return check(field(nodes, "autopilot") === true ? autopilotSchema : standardNodesSchema, nodes, [...path, "nodes"]);
}

function zoneProblems({ region, network }: GoogleProps, path: Path): Problem[] {
  const known = isRegion(region) ? zonesOf(region) : [];
  return (network.zones ?? []).flatMap((zone, index): Problem[] =>
    known.includes(zone)
      ? []
      : [
          {
            path: [...path, "network", "zones", index],
            got: zone,
            why: `not a zone of ${region}`,
            fix: `use ${oneOf(known)}${didYouMean(zone, known)}`,
          },
        ],
  );
}

function nodeProblems({ nodes }: GoogleProps, path: Path): Problem[] {
  if (nodes === undefined || nodes.autopilot === true) return [];
  return [...namedPools(nodes, "pools", path).flatMap(poolProblems), ...diskProblems(nodes, path)];
}

/** Volumes go where their pods go, and no kind of disk attaches to all machines. */
function diskProblems({ pools = {} }: StandardNodes, path: Path): Problem[] {
  const [first, ...others] = Object.entries(pools);
  if (first === undefined) return [];
  const [name, { machineType }] = first;
  const expected = diskTypeOf(machineType);
  return others.flatMap(([other, pool]): Problem[] => {
    const disk = diskTypeOf(pool.machineType);
    if (disk === expected) return [];
    return [
      {
        path: [...path, "pools", other, "machineType"],
        got: pool.machineType,
        why: `takes ${disk}, and ${machineType} of "${name}" takes ${expected}`,
        fix: "use machines that take one kind of disk in all pools",
      },
    ];
  });
}

/** GKE sets addresses for pods aside by the node. */
function roomProblems({ nodes = {}, network }: GoogleProps, path: Path): Problem[] {
  if (nodes.autopilot === true) return [];
  const { system, general } = DEFAULT_POOLS.production;
  const pools = [nodes.system ?? system, ...Object.values(nodes.pools ?? { general })];
  const { pods: block } = planOf(network);
  const room = nodeRoom(block);
  // Each pool gets one more while it is upgraded.
  const most = pools.reduce((sum, { max }) => sum + max + 1, 0);
  if (most <= room) return [];
  return [
    {
      path,
      why: `up to ${most} nodes, and pods of ${room} find room in ${isMade(network) ? network.cidr : block}`,
      fix: isMade(network) ? "lower max, or take a larger network" : "lower max, or give a larger range for pods",
    },
  ];
}

function versionProblems(props: GoogleProps, path: Path): Problem[] {
  const version = props.kubernetesVersion ?? DEFAULT_KUBERNETES_VERSION;
  const channel = props.releaseChannel ?? DEFAULT_RELEASE_CHANNEL;
  if (channel === "EXTENDED" && isAutopilot(props)) {
    return [
      {
        path: [...path, "releaseChannel"],
        got: channel,
        why: "Autopilot follows no such channel",
        fix: 'use "RAPID", "REGULAR" or "STABLE"',
      },
    ];
  }
  if (channel === "EXTENDED" || !ONLY_EXTENDED.includes(version)) return [];
  return [
    {
      path: [...path, "kubernetesVersion"],
      got: version,
      why: `ended in channel ${channel}`,
      fix: 'use a newer version, or releaseChannel "EXTENDED"',
    },
  ];
}
