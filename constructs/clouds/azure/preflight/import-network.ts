import type { Imported } from "../../../model/imported";
import { answerAt, failed, jsonOf, listOf, maybeIn, passed, textIn } from "../../../preflight/answers";
import type { Answer, Check, Need, Words } from "../../../preflight/check";
import type { ImportedEngine } from "../flexible-server/engine";
import { keptSubnet } from "../flexible-server/imports";
import { partsOfId } from "../imports";
import { clusterName } from "../names";
import { partsOf } from "../network-props";
import { clusterResourceIds } from "../resource-ids";
import { AFTER_LOGIN, type Asked, az } from "./ask";
import { isNotFound } from "./found";

/* How the environment's network reaches servers that stand in a subnet of their own. */

/** Id of the subnet of MySQL in the environment's network. */
function mysqlSubnetOf({ environment, place }: Asked): string {
  return (
    place.given?.mysqlSubnet ?? clusterResourceIds(place.subscriptionId, clusterName(environment, place)).mysqlSubnet
  );
}

const networkOf = (subnet: string): string => subnet.split("/subnets/")[0] ?? subnet;

/** Azure makes no difference between small and capital letters there. */
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Peerings of the environment's network, each with the network on the other side and its state. */
export function peeringWords(asked: Asked): Words {
  const { network, resourceGroup } = partsOf(mysqlSubnetOf(asked));
  return az(
    asked,
    ...["network", "vnet", "peering", "list", "--vnet-name", network, "--resource-group", resourceGroup],
    ...["--query", "[].{id: remoteVirtualNetwork.id, peeringState: peeringState}"],
  );
}

export interface Standing {
  readonly engine: ImportedEngine;
  readonly imported: Imported;
  /** Ids as Azure says them, empty where it says none. */
  readonly subnet: string;
  readonly zone: string;
  readonly peerings: Answer;
}

/** Why the server is not reached as the plan opens the way to it, and what has to be done before it is. */
export function reachable(
  asked: Asked,
  { engine, imported, subnet, zone, peerings }: Standing,
): { readonly wrong: readonly string[]; readonly open: readonly string[] } {
  const wrong = (...said: string[]) => ({ wrong: said, open: [] });
  const kept = keptSubnet({ sizing: { imported } });
  const say = "say imported: { id, keeps: [its block, the id of its private zone] }";
  if (kept === undefined && engine.hasEndpoint) {
    return subnet === ""
      ? wrong()
      : wrong(`it stands in the subnet ${subnet}, where it has no private endpoint: ${say}`);
  }
  if (subnet === "") {
    return wrong(
      "it stands in no subnet, and Azure moves none into one: restore it into one, and import what is restored",
    );
  }
  if (kept === undefined) {
    return isSame(subnet, mysqlSubnetOf(asked)) ? wrong() : wrong(`it stands in the subnet ${subnet}: ${say}`);
  }
  const here = networkOf(mysqlSubnetOf(asked));
  const there = networkOf(subnet);
  const mistakes = [
    ...(isSame(zone, kept.zoneId) ? [] : [`its private zone is ${zone}, not that of keeps`]),
    ...(isSame(partsOfId(subnet).subscription, asked.place.subscriptionId)
      ? []
      : [`its subnet ${subnet} is of another subscription`]),
  ];
  if (isSame(there, here)) return wrong(...mistakes);
  if (peerings.code !== 0 && isNotFound(peerings.complaint)) {
    const open = `it is in the network ${there}, which has to be peered with the environment's, that comes with the cluster's stack`;
    return { wrong: mistakes, open: [open] };
  }
  const isPeered = listOf(jsonOf(peerings)).some(
    (one) => isSame(textIn(one, "id"), there) && maybeIn(one, "peeringState") === "Connected",
  );
  return wrong(
    ...mistakes,
    ...(isPeered ? [] : [`its network ${there} is not peered with ${here}, or not from both sides`]),
  );
}

/** The private zone that has the name of such a server: linked to the environment's network, or pods find no address. */
export function zoneCheck(asked: Asked, zoneId: string, needs: readonly Need[]): Check {
  const { subscription, group, names } = partsOfId(zoneId);
  const [zone = ""] = names;
  const network = networkOf(mysqlSubnetOf(asked));
  const where = ["--resource-group", group, "--zone-name", zone];
  const { network: networkName } = partsOf(network);
  const source =
    "https://learn.microsoft.com/en-us/cli/azure/network/private-dns/link/vnet#az-network-private-dns-link-vnet-list";
  return {
    ...AFTER_LOGIN,
    id: `imports/zone/${zone}`,
    kind: "imports",
    holds: `the private zone ${zone} is linked to the environment's network ${networkName}`,
    needs,
    ask: [
      [
        "az",
        "network",
        "private-dns",
        "link",
        "vnet",
        "list",
        ...where,
        "--subscription",
        subscription,
        "--output",
        "json",
      ],
      az(asked, "network", "vnet", "list", "--query", "[].{id: id}"),
    ],
    passes: `virtualNetwork.id of an entry of the first list is ${network}; without that network, which the cluster's stack makes, nobody is asked`,
    otherwise: {
      say: "link it, as who may write to the zone",
      run: [
        `az network private-dns link vnet create --subscription ${subscription} ${where.join(" ")} --name ${networkName} --virtual-network ${network} --registration-enabled false`,
      ],
    },
    source,
    judge: (answers) => {
      const links = listOf(jsonOf(answerAt(answers, 0)));
      if (links.some((one) => isSame(textIn(one, "virtualNetwork", "id"), network))) return passed("it is");
      const networks = listOf(jsonOf(answerAt(answers, 1)));
      return networks.some((one) => isSame(textIn(one, "id"), network))
        ? failed(`it is linked to ${links.length} networks, and not to this one`)
        : {
            verdict: "not asked",
            found: "the network comes with the cluster's stack: link the zone between that and the next",
          };
    },
  };
}
