import type { Path, Problem } from "../../model/problem";
import { check } from "../../model/schema";
import { listedTwice, namedPools, poolProblems, withCrossChecks } from "../shared/problems";
import { givenNameProblems } from "../shared/region-in-names";
import type { ExistingAzureProps } from "./existing";
import { AZURE_LOCATIONS } from "./locations";
import { networkProblems, networkShape, ownersProblems } from "./network-problems";
import type { AzureDns, AzureProps } from "./props";
import { existingPropsSchema, propsSchema } from "./schema";
import { DEFAULT_POOLS, MAX_NODES, SYSTEM_POOL } from "./settings";

/** Names of the environment's own that `regionInNames` is of. The name of a cluster that is found is its owner's. */
const nameProblems = (
  props: AzureProps | ExistingAzureProps,
  fields: readonly ("clusterName" | "stateAccount")[],
  path: Path,
): Problem[] => givenNameProblems(props, { region: props.location, regions: AZURE_LOCATIONS }, fields, path);

/** Every mistake in what was given to `azure()`: first field by field, then what needs two fields to be judged. */
export function inputProblems(props: AzureProps, path: Path): Problem[] {
  const shape = [...check(propsSchema, props, path, { elsewhere: ["network"] }), ...networkShape(props, path)];
  return withCrossChecks<AzureProps>(shape, path, [
    {
      reads: ["access"],
      // Azure refuses the second assignment of one role to one principal.
      problems: () => listedTwice(props.access, [...path, "access"], "principal", (id) => id.toLowerCase()),
    },
    { reads: ["nodes", "network"], problems: () => nodeProblems(props, [...path, "nodes"]) },
    { reads: ["network", "subscriptionId"], problems: () => networkProblems(props, path) },
    { reads: ["network", "apiServerInNetwork", "endpoint"], problems: () => ownersProblems(props, path) },
    { reads: ["dns"], problems: () => dnsProblems(props.dns, [...path, "dns"]) },
    {
      reads: ["clusterName", "location", "regionInNames", "stateAccount"],
      problems: () => nameProblems(props, ["clusterName", "stateAccount"], path),
    },
  ]);
}

/** Every mistake in what was given to `existingAzure()`. */
export function existingInputProblems(props: ExistingAzureProps, path: Path): Problem[] {
  const shape = check(existingPropsSchema, props, path);
  return shape.length > 0 ? shape : nameProblems(props, ["stateAccount"], path);
}

function nodeProblems({ nodes = {}, network }: AzureProps, path: Path): Problem[] {
  const { system, general } = DEFAULT_POOLS.production;
  const most = [nodes.system ?? system, ...Object.values(nodes.pools ?? { general })].reduce(
    // An update adds a third for a while.
    (sum, { max }) => sum + max + Math.ceil(max / 3),
    0,
  );
  const zones = network.zones?.length ?? 3;
  return [
    ...namedPools(nodes, "pools", path).flatMap((named): Problem[] => [
      ...poolProblems(named),
      ...(named.name === SYSTEM_POOL && named.pool.min < 1
        ? [
            {
              path: [...named.at, "min"],
              got: named.pool.min,
              why: "AKS keeps a node for add-ons",
              fix: "use at least 1",
            },
          ]
        : []),
    ]),
    ...(most * zones > MAX_NODES
      ? [
          {
            path,
            why: `up to ${most * zones} nodes in ${zones} zones, a third more than "max" during an update`,
            fix: `come to ${MAX_NODES} at most, which is what the pods' addresses are enough for`,
          },
        ]
      : []),
  ];
}

/** external-dns asks one resource group for its zones. */
function dnsProblems(dns: AzureDns | undefined, path: Path): Problem[] {
  const zones = dns?.zones ?? [];
  const first = zones[0]?.resourceGroup;
  return zones.flatMap(({ name, resourceGroup }, index): Problem[] => [
    ...(resourceGroup === first
      ? []
      : [
          {
            path: [...path, "zones", index, "resourceGroup"],
            got: resourceGroup,
            why: `the first zone is in ${JSON.stringify(first)}, and external-dns looks into one group`,
            fix: "move the zones into one resource group",
          },
        ]),
    ...(zones.findIndex((zone) => zone.name === name) < index
      ? [{ path: [...path, "zones", index, "name"], got: name, why: "given twice", fix: "name each zone once" }]
      : []),
  ]);
}
