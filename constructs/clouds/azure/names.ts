import { fitName, type NameRule } from "../../model/names";
import { sha256 } from "../../model/sha256";
import { nameIn, type RegionInNames } from "../shared/region-in-names";
import type { Zone } from "./props";

/**
 * Name limits of what `<env>-cluster` and `state-<env>` make.
 * @see https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules
 */
export const AZURE_NAMES = {
  /** 63 in itself, but its DNS prefix takes 54 and a hyphen at neither end. */
  cluster: { max: 54 },
  resourceGroup: { max: 80 },
  network: { max: 64 },
  /** Subnets, security groups, addresses, NAT gateways, encryption sets, flow logs. */
  networking: { max: 80 },
  privateEndpoint: { max: 64 },
  identity: { max: 128 },
  workspace: { max: 63 },
  deployment: { max: 64 },
  /** Letters and digits alone, and no name that another pool or its stand-in during an update has. */
  nodePool: { max: 12, separator: "" },
} as const satisfies Readonly<Record<string, NameRule>>;

/** Key vaults and storage accounts are hosts of one domain each: nobody else on Azure may have the name. */
const VAULT = { max: 24, separator: "-" } as const;
const ACCOUNT = { max: 24, separator: "" } as const;

/** Digits of a global name that come from a hash: forty bits. */
const HASH = 10;

/**
 * A name that nobody else on Azure has. It says of what it is as far as there is room, ends with a word that is never cut,
 * if one is given, and with a hash of the subscription and of the parts as they are: hyphens in a row are refused, and joined
 * parts may meet. What was deleted keeps its name for a while, and the same environment finds it under that name.
 */
export function globalName(
  subscriptionId: string,
  parts: readonly string[],
  { max, separator = "-" }: NameRule,
  ending: readonly [] | readonly [string] = [],
): string {
  // No name in the input has a slash.
  const hash = sha256([subscriptionId.toLowerCase(), ...parts, ...ending].join("/")).slice(0, HASH);
  const end = ["", ...ending, hash].join(separator);
  const plain = parts
    .join("-")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, separator);
  return plain.slice(0, max - end.length).replace(/-+$/, "") + end;
}

/** What names in the subscription are made of. */
interface Naming extends RegionInNames {
  readonly location: string;
}

/** What names have in place of the environment's: `staging`, or `staging-westeurope`. */
export const nameOf = (environment: { readonly name: string }, props: Naming): string =>
  nameIn(environment, props, props.location);

export function clusterName(
  environment: { readonly name: string },
  props: Naming & { readonly clusterName?: string },
): string {
  return props.clusterName ?? fitName([nameOf(environment, props)], AZURE_NAMES.cluster);
}

/** What stacks other than `<env>-cluster` have to find, by its name. Nothing of it is looked up in another state. */
export const clusterNames = (cluster: string, subscriptionId: string) => {
  const vault = (purpose: string): string => globalName(subscriptionId, [cluster], VAULT, [purpose]);
  const account = (purpose: string): string => globalName(subscriptionId, [cluster], ACCOUNT, [purpose]);
  return {
    /** Resource group of the cluster and what is around it. */
    resourceGroup: cluster,
    /** Where AKS makes machines, disks and load balancers. */
    nodeResourceGroup: fitName([cluster, "nodes"], AZURE_NAMES.resourceGroup),
    network: fitName([cluster, "network"], AZURE_NAMES.network),
    workspace: fitName([cluster, "logs"], AZURE_NAMES.workspace),
    diskEncryptionSet: fitName([cluster, "disks"], AZURE_NAMES.networking),
    secretVault: vault("sec"),
    keyVault: vault("key"),
    clusterVault: vault("aks"),
    filesAccount: account("files"),
    flowLogAccount: account("flows"),
    /** MySQL has its own domain, in which a server's name must not be the zone's. */
    mysqlZone: `${cluster.toLowerCase()}.private.mysql.database.azure.com`,
  } as const;
};

/** DNS zones of private endpoints: given by Azure, one for each kind of service. */
export const PRIVATE_LINK_ZONES = {
  vault: "privatelink.vaultcore.azure.net",
  blob: "privatelink.blob.core.windows.net",
  file: "privatelink.file.core.windows.net",
  redis: "privatelink.redis.azure.net",
} as const;

export const SUBNETS = { endpoints: "endpoints", mysql: "mysql", apiServer: "api-server" } as const;

export const nodeSubnet = (zone: Zone): string => `nodes-${zone}`;

/** `stagingtfstate0123456789`. */
export function stateAccountName(
  environment: { readonly name: string },
  props: Naming & { readonly subscriptionId: string; readonly stateAccount?: string },
): string {
  return props.stateAccount ?? globalName(props.subscriptionId, [nameOf(environment, props)], ACCOUNT, ["tfstate"]);
}

export const STATE_CONTAINER = "tfstate";

export function stateResourceGroup(environment: { readonly name: string }, props: Naming): string {
  return fitName([nameOf(environment, props), "tfstate"], AZURE_NAMES.resourceGroup);
}

/** `general` in zone 2 → `general2`. */
export const poolName = (pool: string, zone: Zone): string => fitName([pool, zone], AZURE_NAMES.nodePool);

/** What stands in for a pool while its machines are replaced: no pool's name, as those end in a zone. */
export function standInName(name: string): string {
  return `t${sha256(name).slice(0, 8)}tmp`;
}
