import {
  answerAt,
  failed,
  jsonOf,
  listIn,
  maybeIn,
  missingIn,
  NotUnderstood,
  numberIn,
  passed,
  roomFor,
  textIn,
} from "../../../preflight/answers";
import type { Check, Finding, Need, Words } from "../../../preflight/check";
import {
  at,
  byValue,
  literalAt,
  madeIn,
  madeOf,
  needOf,
  numberAt,
  type Resource,
  textAt,
} from "../../../preflight/stacks";
import { loadBalancersIn } from "../../../teardown/load-balancers";
import { coresWanted } from "../node-supply";
import type { settingsOf } from "../settings";
import { AFTER_LOGIN, type Asked, az } from "./ask";

type Settings = ReturnType<typeof settingsOf>;

/** A cluster's own pool is a block in it. */
const poolOf = ({ type, block }: Resource): unknown =>
  type === "azurerm_kubernetes_cluster" ? at(block, "default_node_pool") : block;

const poolsIn = ({ stacks }: Asked): Resource[] =>
  madeOf(stacks, "azurerm_kubernetes_cluster", "azurerm_kubernetes_cluster_node_pool");

const sizeOf = (pool: Resource): string | undefined => literalAt(poolOf(pool), "vm_size");

/**
 * The family of a size, as the list of usages calls it, but for capital letters: `Standard_D2s_v5` is of `standardDSv5Family`.
 * `undefined` for names of another form.
 *
 * @see https://learn.microsoft.com/en-us/azure/virtual-machines/quotas
 */
export function familyOf(vmSize: string): string | undefined {
  const [, letter, small = "", version] = /^Standard_([A-Z]+)\d+([a-z]*)_(v\d+)$/.exec(vmSize) ?? [];
  return letter === undefined || version === undefined
    ? undefined
    : `standard${letter}${small}${version}Family`.toLowerCase();
}

interface Usage {
  /** Name in the answer: `cores`. */
  readonly usage: string;
  /** Names of entries that count the same once more, where the answer has them; each has to have room. @default - there are none */
  readonly also?: readonly string[];
  readonly id: string;
  readonly name: string;
  readonly wanted: number;
  readonly needs: readonly Need[];
  readonly ask: Words;
  readonly source: string;
}

const check = ({ usage, also = [], id, name, wanted, needs, ask, source }: Usage): Check => ({
  ...AFTER_LOGIN,
  id: `quota/${id}`,
  kind: "quotas",
  holds: `${wanted} ${name} fit into the quota`,
  needs,
  ask: [ask],
  passes: `limit of the entry whose name.value is ${usage}, whatever its capital letters, is ${wanted} or more beside its currentValue${also.length === 0 ? "" : `; and that of ${also.join(", ")}, where there is one`}`,
  otherwise: { say: "ask for more on the page Usage + quotas of the subscription in the portal", run: [] },
  source,
  judge: (answers) => {
    const all = listIn({ all: jsonOf(answerAt(answers, 0)) }, "all");
    const named = (name: string) =>
      all.find((one) => textIn(one, "name", "value").toLowerCase() === name.toLowerCase());
    const found = named(usage);
    if (found === undefined) throw new NotUnderstood(`there is no ${usage} in the answer`);
    const rooms = [found, ...also.map(named).filter((one) => one !== undefined)].map((one) =>
      roomFor(wanted, { limit: numberIn(one, "limit"), used: numberIn(one, "currentValue") }),
    );
    return worstOf(rooms);
  },
});

/** The first that failed, else the first that does not pass, else the first. */
function worstOf(rooms: readonly Finding[]): Finding {
  const worst =
    rooms.find(({ verdict }) => verdict === "failed") ?? rooms.find(({ verdict }) => verdict !== "passed") ?? rooms[0];
  if (worst === undefined) throw new NotUnderstood("nothing was compared");
  return worst;
}

/** Addresses of the standard kind, which all of ours are, by the names that Azure has had for their quota. */
const STANDARD_ADDRESSES = ["StandardSkuPublicIpAddresses", "IPv4StandardSkuPublicIpAddresses"];

const COMPUTE = "https://learn.microsoft.com/en-us/azure/virtual-machines/quotas";

function coreChecks(asked: Asked, settings: Settings): Check[] {
  const ask = az(asked, "vm", "list-usage", "--location", asked.place.location);
  const needs = (pools: readonly Resource[]): Need[] =>
    pools.map((one) =>
      needOf(
        one,
        `up to ${numberAt(poolOf(one), "max_count") ?? "?"} of ${textAt(poolOf(one), "vm_size") ?? "machines"}, and a third more in an update`,
      ),
    );
  const all = poolsIn(asked);
  const families = byValue(all, (one) => familyOf(sizeOf(one) ?? ""));
  const total = coresWanted(settings);
  return [
    ...(total === undefined
      ? []
      : [
          check({
            usage: "cores",
            id: "compute/cores",
            name: `vCPUs in ${asked.place.location}`,
            wanted: total,
            needs: needs(all),
            ask,
            source: COMPUTE,
          }),
        ]),
    ...[...families].flatMap(([family, pools]) => {
      const wanted = coresWanted(settings, (vmSize) => familyOf(vmSize) === family);
      const name = `vCPUs of the family ${family} in ${asked.place.location}`;
      return wanted === undefined
        ? []
        : [check({ usage: family, id: `compute/${family}`, name, wanted, needs: needs(pools), ask, source: COMPUTE })];
    }),
  ];
}

/** Sizes whose cores nobody here knows, so that their quota is not asked for. */
export const unknownSizes = (settings: Settings): string[] =>
  [...new Set([settings.system, ...Object.values(settings.pools)].map(({ vmSize }) => vmSize))].filter(
    (vmSize) => familyOf(vmSize) === undefined || coresWanted(settings, (one) => one === vmSize) === undefined,
  );

function networkChecks(asked: Asked): Check[] {
  const made = (type: string): Need[] => madeOf(asked.stacks, type).map((one) => needOf(one, `1 of ${type}`));
  const balancers = loadBalancersIn(madeIn(asked.stacks)).map(({ resource }) =>
    needOf(resource, "1 address of a load balancer"),
  );
  const ask = az(asked, "network", "list-usages", "--location", asked.place.location);
  const source = "https://learn.microsoft.com/en-us/rest/api/virtualnetwork/usages/list";
  const all: readonly (readonly [usage: string, name: string, needs: readonly Need[]])[] = [
    ["VirtualNetworks", "networks", made("azurerm_virtual_network")],
    ["PublicIPAddresses", "public addresses", [...made("azurerm_public_ip"), ...balancers]],
    ["NetworkSecurityGroups", "security groups", made("azurerm_network_security_group")],
  ];
  return all
    .filter(([, , needs]) => needs.length > 0)
    .map(([usage, name, needs]) =>
      check({
        usage,
        ...(usage === "PublicIPAddresses" && { also: STANDARD_ADDRESSES }),
        id: `network/${usage}`,
        name: `${name} in ${asked.place.location}`,
        wanted: needs.length,
        needs,
        ask,
        source,
      }),
    );
}

/** What the subscription may have in the location, of what the stacks make and Azure counts. */
export const quotaChecks = (asked: Asked, settings: Settings | undefined): Check[] => [
  ...(settings === undefined ? [] : coreChecks(asked, settings)),
  ...networkChecks(asked),
];

/** Zones of every pool of a size: `1`, `2` and `3`. */
const zonesOf = (pools: readonly Resource[]): string[] => {
  const zones = pools.flatMap((one): unknown[] => {
    const found = at(poolOf(one), "zones");
    return Array.isArray(found) ? found : [];
  });
  return [...new Set(zones.filter((one): one is string => typeof one === "string"))].sort();
};

/** Sizes that the location has in the zones, for this subscription. */
export const sizeChecks = (asked: Asked): Check[] =>
  [...byValue(poolsIn(asked), sizeOf)].map(([size, pools]): Check => {
    const zones = zonesOf(pools);
    return {
      ...AFTER_LOGIN,
      id: `offers/vm/${size}`,
      kind: "offers",
      holds: `${size} is offered to the subscription in the zones ${zones.join(", ")} of ${asked.place.location}`,
      needs: pools.map((one) => needOf(one, size)),
      ask: [
        az(
          asked,
          ...["vm", "list-skus", "--location", asked.place.location, "--resource-type", "virtualMachines"],
          ...["--size", size, "--all"],
        ),
      ],
      passes:
        "the entry of that name has the zones in locationInfo, and no restriction of the location or of one of them",
      otherwise: {
        say: "choose another vmSize in nodes, or other zones in network.zones; or ask Microsoft for it",
        run: [],
      },
      source: "https://learn.microsoft.com/en-us/azure/azure-resource-manager/troubleshooting/error-sku-not-available",
      judge: (answers) => {
        const entry = listIn({ all: jsonOf(answerAt(answers, 0)) }, "all").find((one) => textIn(one, "name") === size);
        if (entry === undefined) return failed("it is on no list");
        const there = listIn(entry, "locationInfo").flatMap((one) =>
          maybeIn(one, "zones") === null ? [] : listIn(one, "zones"),
        );
        const restrictions = listIn(entry, "restrictions");
        if (restrictions.some((one) => textIn(one, "type") === "Location"))
          return failed("the subscription may not have it in the location");
        const closed = restrictions
          .filter((one) => textIn(one, "type") === "Zone")
          .flatMap((one) => listIn(one, "restrictionInfo", "zones"));
        const texts = (all: readonly unknown[]): string[] =>
          all.filter((one): one is string => typeof one === "string");
        const missing = zones.filter(
          (zone) => texts(closed).includes(zone) || missingIn([zone], texts(there)).length > 0,
        );
        return missing.length === 0
          ? passed(`in the zones ${zones.join(", ")}`)
          : failed(`not in the zones ${missing.join(", ")}`);
      },
    };
  });
