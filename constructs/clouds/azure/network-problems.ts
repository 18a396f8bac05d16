import type { Path, Problem } from "../../model/problem";
import { check } from "../../model/schema";
import { addressProblems, field } from "../shared/problems";
import { isMade, type MadeAzureNetwork, partsOf } from "./network-props";
import type { AzureProps } from "./props";
import { existingNetworkSchema, madeNetworkSchema } from "./schema";

/** Which of two forms was meant is told by `existing`; a union would only say that neither fits. */
export function networkShape(props: unknown, path: Path): Problem[] {
  const at = [...path, "network"];
  const network = field(props, "network");
  return check(field(network, "existing") === undefined ? madeNetworkSchema : existingNetworkSchema, network, at);
}

/** What takes two fields of a network to be judged. */
export function networkProblems({ network, subscriptionId }: AzureProps, path: Path): Problem[] {
  if (isMade(network)) return watcherProblems(network, [...path, "network"]);
  const at = [...path, "network", "existing"];
  const { id, nodes, apiServer, endpoints, mysql } = network.existing;
  const subnets = Object.entries({ nodes, apiServer, endpoints, mysql });
  const names = subnets.map(([, { name }]) => name.toLowerCase());
  const { subscription } = partsOf(id);
  return [
    ...(subscription.toLowerCase() === subscriptionId.toLowerCase()
      ? []
      : [
          {
            path: [...at, "id"],
            got: id,
            why: `not of subscription ${subscriptionId}, where the cluster is`,
            fix: "use a network of the environment's subscription, which may be peered with the other",
          },
        ]),
    ...subnets.flatMap(([field, { name }], index): Problem[] =>
      names.indexOf(name.toLowerCase()) < index
        ? [{ path: [...at, field, "name"], got: name, why: "given twice", fix: "give each use a subnet of its own" }]
        : [],
    ),
    ...addressProblems(subnets.map(([field, { cidr }]) => ({ cidr, at: [...at, field, "cidr"] }))),
  ];
}

/** What is made around a network of the environment's own, and is its owner's here. */
export function ownersProblems({ network, apiServerInNetwork, endpoint }: AzureProps, path: Path): Problem[] {
  if (isMade(network)) return [];
  return [
    ...(apiServerInNetwork === false
      ? [
          {
            path: [...path, "apiServerInNetwork"],
            got: false,
            why: "in a network that somebody else has made nobody here knows from which addresses nodes come outside",
            fix: "remove it, and give the subnet in network.existing.apiServer",
          },
        ]
      : []),
    ...(endpoint.access === "private" && endpoint.networks !== undefined && endpoint.networks.length > 0
      ? [
          {
            path: [...path, "endpoint", "networks"],
            got: endpoint.networks,
            why: "peerings of a network that somebody else has made are its owner's",
            fix: "remove it, and have the owner peer the networks and link them to the private zones",
          },
        ]
      : []),
  ];
}

function watcherProblems({ watcher, createWatcher }: MadeAzureNetwork, path: Path): Problem[] {
  if (createWatcher !== true || watcher === undefined) return [];
  const why = "it would be made, and there is one already: a location has one Network Watcher";
  return [
    { path: [...path, "createWatcher"], got: createWatcher, why, fix: "remove one of createWatcher and watcher" },
  ];
}
