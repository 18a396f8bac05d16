import type { Path, Problem } from "../../model/problem";
import { check } from "../../model/schema";
import { addressProblems, field } from "../shared/problems";
import { type ExistingVpc, isMade } from "./network-props";
import type { AwsProps } from "./props";
import { isRegion, zonePrefix } from "./regions";
import { existingNetworkSchema, madeNetworkSchema } from "./schema";

/** Which of two forms was meant is told by `existing`; a union would only say that neither fits. */
export function networkShape(props: unknown, path: Path): Problem[] {
  const at = [...path, "network"];
  const network = field(props, "network");
  return check(field(network, "existing") === undefined ? madeNetworkSchema : existingNetworkSchema, network, at);
}

/** What takes two fields of a network to be judged. */
export function networkProblems({ region, network }: AwsProps, path: Path): Problem[] {
  const prefix = isRegion(region) ? zonePrefix(region) : "";
  if (isMade(network)) {
    const at = [...path, "network", "zones"];
    return zoneProblems(
      (network.zones ?? []).map((zone, index) => ({ zone, at: [...at, index] })),
      region,
      prefix,
    );
  }
  const at = [...path, "network", "existing", "zones"];
  const { zones } = network.existing;
  return [
    ...zoneProblems(
      zones.map(({ zone }, index) => ({ zone, at: [...at, index, "zone"] })),
      region,
      prefix,
    ),
    ...subnetProblems(network.existing, at),
  ];
}

interface GivenZone {
  readonly zone: string;
  readonly at: Path;
}

function zoneProblems(given: readonly GivenZone[], region: string, prefix: string): Problem[] {
  const zones = given.map(({ zone }) => zone);
  return given.flatMap(({ zone, at }, index): Problem[] => {
    if (!zone.startsWith(`${prefix}-az`)) {
      return [
        { path: at, got: zone, why: `not a zone of ${region}`, fix: `use zone ids that begin with "${prefix}-az"` },
      ];
    }
    return zones.indexOf(zone) < index ? [{ path: at, got: zone, why: "given twice", fix: "name each zone once" }] : [];
  });
}

/** A subnet is of one tier and zone: data would else be where nodes are, and what is opened to the one to the other. */
function subnetProblems({ zones }: ExistingVpc, path: Path): Problem[] {
  const ids = zones.flatMap(({ nodes, data, loadBalancers }, index) => [
    { got: nodes.id, at: [...path, index, "nodes", "id"] },
    { got: data.id, at: [...path, index, "data", "id"] },
    { got: loadBalancers, at: [...path, index, "loadBalancers"] },
  ]);
  const blocks = zones.flatMap(({ nodes, data }, index) => [
    { cidr: nodes.cidr, at: [...path, index, "nodes", "cidr"] },
    { cidr: data.cidr, at: [...path, index, "data", "cidr"] },
  ]);
  return [
    ...ids.flatMap(({ got, at }, index): Problem[] =>
      ids.findIndex((one) => one.got === got) < index
        ? [{ path: at, got, why: "given twice", fix: "give each tier of each zone a subnet of its own" }]
        : [],
    ),
    ...addressProblems(blocks),
  ];
}
