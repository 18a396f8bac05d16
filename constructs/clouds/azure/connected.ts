import type { Claim } from "../../model/environment";
import type { AzureProps, ConnectedNetwork } from "./props";

/** The long form of an entry of `endpoint.networks`. */
export const connected = (network: string | ConnectedNetwork): ConnectedNetwork =>
  typeof network === "string" ? { id: network, names: true } : network;

/** What a network has once: links to private link zones. */
export const privateNamesOf = (networkId: string): string => `private names of ${networkId.toLowerCase()}`;

/**
 * Networks that get the environment's private names. A link to a second zone of one name is refused by Azure.
 * @see https://learn.microsoft.com/en-us/azure/dns/private-dns-virtual-network-links
 */
export const claims = ({ endpoint }: AzureProps): Claim[] =>
  endpoint.access === "allow-list"
    ? []
    : (endpoint.networks ?? []).flatMap((network, index): Claim[] => {
        const { id, names } = connected(network);
        if (!names) return [];
        const why = "a network can be linked to one private link zone of each name";
        const fix = "use { id, names: false }, and add records of this environment's vaults to the zones it has";
        return [{ of: privateNamesOf(id), path: ["endpoint", "networks", index], got: network, why, fix }];
      });
