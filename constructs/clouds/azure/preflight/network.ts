import {
  answerAt,
  complaintOf,
  failed,
  jsonOf,
  judged,
  listOf,
  maybeIn,
  passed,
  textIn,
} from "../../../preflight/answers";
import type { Answer, Check, Finding } from "../../../preflight/check";
import { type AzureSubnet, type ExistingVirtualNetwork, partsOf } from "../network-props";
import { AFTER_LOGIN, type Asked, az } from "./ask";

/** Why something is not there, where the command says so. */
const absent = (answer: Answer): Finding | undefined =>
  answer.code !== 0 && /NotFound|was not found/i.test(answer.complaint) ? failed(complaintOf(answer)) : undefined;

const SOURCE = "https://learn.microsoft.com/en-us/cli/azure/network/vnet";

/** What a subnet has to be beside its block. */
interface Wanted {
  readonly field: string;
  readonly subnet: AzureSubnet;
  /** What it is for, and has to have, for people. */
  readonly holds: string;
  readonly passes: string;
  readonly mistakes: (found: unknown) => readonly string[];
  readonly run: readonly string[];
}

const delegatedTo =
  (service: string) =>
  (found: unknown): string[] => {
    const names = listOf(maybeIn(found, "delegations") ?? []).map((one) => textIn(one, "serviceName"));
    if (names.includes(service)) return [];
    return [names.length === 0 ? `it is delegated to nobody` : `it is delegated to ${names.join(", ")}`];
  };

const MYSQL = "Microsoft.DBforMySQL/flexibleServers";
const AKS = "Microsoft.ContainerService/managedClusters";

function wantedOf({ id, outbound, nodes, apiServer, endpoints, mysql }: ExistingVirtualNetwork): Wanted[] {
  const { network, resourceGroup } = partsOf(id);
  const update = (subnet: AzureSubnet, argument: string): string[] => [
    `az network vnet subnet update --vnet-name ${network} --resource-group ${resourceGroup} --name ${subnet.name} ${argument}`,
  ];
  const way = outbound === "userDefinedRouting" ? "routeTable" : "natGateway";
  return [
    {
      ...{ field: "nodes", subnet: nodes, holds: `nodes, with a ${way} on it`, passes: `${way} is set` },
      mistakes: (found) => (typeof maybeIn(found, way, "id") === "string" ? [] : [`it has no ${way}`]),
      run: [],
    },
    {
      ...{ field: "apiServer", subnet: apiServer, holds: `the control plane, delegated to ${AKS}` },
      passes: `delegations has serviceName ${AKS}`,
      mistakes: delegatedTo(AKS),
      run: update(apiServer, `--delegations ${AKS}`),
    },
    {
      ...{
        field: "endpoints",
        subnet: endpoints,
        holds: "private endpoints, with the service endpoint Microsoft.Storage",
      },
      passes: "serviceEndpoints has service Microsoft.Storage",
      mistakes: (found) =>
        listOf(maybeIn(found, "serviceEndpoints") ?? []).some((one) => maybeIn(one, "service") === "Microsoft.Storage")
          ? []
          : ["it has no service endpoint Microsoft.Storage"],
      run: update(endpoints, "--service-endpoints Microsoft.Storage"),
    },
    {
      ...{ field: "mysql", subnet: mysql, holds: `MySQL, delegated to ${MYSQL}` },
      passes: `delegations has serviceName ${MYSQL}`,
      mistakes: delegatedTo(MYSQL),
      run: update(mysql, `--delegations ${MYSQL}`),
    },
  ];
}

/** Blocks of a subnet: Azure answers one by one field and several by another. */
const blocksOf = (found: unknown): readonly unknown[] => {
  const one = maybeIn(found, "addressPrefix");
  return typeof one === "string" ? [one] : listOf(maybeIn(found, "addressPrefixes") ?? []);
};

/** The network that somebody else has made: where it is, and what each of its subnets is for. */
export function networkChecks(asked: Asked, existing: ExistingVirtualNetwork): Check[] {
  const { network, resourceGroup } = partsOf(existing.id);
  const { location } = asked.place;
  const common = {
    ...AFTER_LOGIN,
    kind: "network" as const,
    needs: [{ what: `network ${network}`, of: asked.environment.name }],
  };
  const where = ["--resource-group", resourceGroup] as const;
  return [
    {
      ...common,
      id: `network/vnet/${network}`,
      holds: `the network ${network} is in ${location}`,
      ask: [az(asked, "network", "vnet", "show", "--name", network, ...where)],
      passes: `location is ${location}`,
      otherwise: { say: "correct network.existing.id", run: [] },
      source: `${SOURCE}#az-network-vnet-show`,
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        const gone = absent(answer);
        if (gone !== undefined) return gone;
        const found = textIn(jsonOf(answer), "location");
        return found === location ? passed(found) : failed(`it is in ${found}`);
      },
    },
    ...wantedOf(existing).map(({ field, subnet, holds, passes, mistakes, run }): Check => ({
      ...common,
      id: `network/subnet/${subnet.name}`,
      holds: `the subnet ${subnet.name} is for ${holds}`,
      ask: [az(asked, "network", "vnet", "subnet", "show", "--vnet-name", network, "--name", subnet.name, ...where)],
      passes: `its one block is ${subnet.cidr}, and ${passes}`,
      otherwise: { say: `correct network.existing.${field}, or have the owner of the network change it`, run },
      source: `${SOURCE}/subnet#az-network-vnet-subnet-show`,
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        const gone = absent(answer);
        if (gone !== undefined) return gone;
        const found = jsonOf(answer);
        const blocks = blocksOf(found);
        return judged(
          [
            ...(blocks.length === 1 && blocks[0] === subnet.cidr
              ? []
              : [`it has ${blocks.join(", ")}, not ${subnet.cidr}`]),
            ...mistakes(found),
          ],
          subnet.cidr,
        );
      },
    })),
  ];
}
