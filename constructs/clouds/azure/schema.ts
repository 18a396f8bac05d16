import { z } from "zod";
import { POLICIES_BY_NAME } from "../../kubernetes/facts";
import { didYouMean } from "../../model/problem";
import { schemaOf } from "../../model/schema-of";
import { cidrsOverlap } from "../../model/validate/cidr";
import { access, dataBlock, domain, endpoint, insideCidr, networkBlock, text, unique } from "../shared/fields";
import { connected } from "./connected";
import type { ExistingAzureProps, FoundNetwork } from "./existing";
import { AZURE_LOCATIONS, isLocation } from "./locations";
import { PRIVATE_LINK_ZONES } from "./names";
import {
  type AzureDns,
  type AzureNodes,
  type AzureProps,
  type AzureSubnet,
  type ConnectedNetwork,
  type DnsZone,
  type ExistingAzureNetwork,
  type ExistingVirtualNetwork,
  KUBERNETES_VERSIONS,
  type MadeAzureNetwork,
  type NodePool,
  type PrivateLinkZoneIds,
  ZONES,
} from "./props";
import { POD_CIDR, RESERVED_CIDRS, SERVICE_CIDR } from "./settings";

/*
 * The form of `AzureProps`, field by field. What needs two fields to be judged is in `problems.ts`.
 */

export const location = text((value) => {
  if (isLocation(value)) return undefined;
  // "West Europe", as portals and documents write it.
  const meant = value.toLowerCase().replace(/[^a-z0-9]/g, "");
  return isLocation(meant)
    ? `use "${meant}"`
    : `use one of ${AZURE_LOCATIONS.join(", ")}${didYouMean(value, AZURE_LOCATIONS)}`;
});

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const guid = (fix: string) => z.string().regex(GUID, fix);

export const subscriptionId = guid("use the subscription's id, as `az account show --query id` prints it");
export const tenantId = guid("use the tenant's id, as `az account show --query tenantId` prints it");

const apart = (value: string): string | undefined => {
  if (cidrsOverlap(value, SERVICE_CIDR)) return `use a block apart from the Services' ${SERVICE_CIDR}`;
  if (cidrsOverlap(value, POD_CIDR)) return `use a block apart from the pods' ${POD_CIDR}`;
  const reserved = RESERVED_CIDRS.find((block) => cidrsOverlap(value, block));
  return reserved === undefined ? undefined : `use a block apart from ${reserved}, which AKS uses itself`;
};

const networkCidr = networkBlock(16, 22, apart);

const armId = (kind: RegExp, fix: string) =>
  text((value) => {
    const [, rest] =
      /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]{1,90}\/providers\/(.+)$/i.exec(value) ?? [];
    return rest !== undefined && kind.test(rest) ? undefined : fix;
  });

const networkId = armId(
  /^Microsoft\.Network\/virtualNetworks\/[\w.-]{2,64}$/i,
  "use ids of virtual networks: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…",
);

const connectedNetwork = z.union([networkId, schemaOf<ConnectedNetwork>()({ id: networkId, names: z.boolean() })], {
  error: "use the id of a virtual network, or { id, names: false } for one that has private link zones already",
});

const connectedNetworks = z
  .array(connectedNetwork)
  .refine(
    (networks) => new Set(networks.map((network) => connected(network).id.toLowerCase())).size === networks.length,
    "name each once",
  );

const subnetId = armId(
  /^Microsoft\.Network\/virtualNetworks\/[\w.-]{2,64}\/subnets\/[\w.-]{1,80}$/i,
  "use ids of subnets: /subscriptions/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…",
);

/** AKS takes two hundred: https://learn.microsoft.com/en-us/azure/aks/api-server-authorized-ip-ranges#limitations */
const MAX_CALLERS = 200;

const principal = text((value) => {
  if (GUID.test(value)) return undefined;
  if (value.includes("@")) return "use the object id, as `az ad user show --id … --query id` prints it";
  return "use the object id of an Entra user, group or service principal";
});

const resourceGroup = z
  .string()
  .regex(/^[\w.()-]{0,89}[\w()-]$/, "use the name of a resource group: up to 90 letters, digits and any of _.()-");

const nodePool = schemaOf<NodePool>()({
  vmSize: z
    .string()
    .regex(/^Standard_[A-Z]+\d+(?:-\d+)?[a-z]*(?:_[A-Z]+\d+)?(?:_v\d+)?$/, 'use a VM size, e.g. "Standard_D4s_v5"'),
  min: z.int().min(0),
  max: z.int().min(1),
  diskGib: z.int().min(30).max(2048).optional(),
});

const nodes = schemaOf<AzureNodes>()({
  system: nodePool.optional(),
  pools: z
    .record(
      z.string().regex(/^[a-z][a-z0-9]{0,10}$/, "use up to 11 lower-case letters and digits, a letter first"),
      nodePool,
    )
    .refine((pools) => Object.keys(pools).length > 0, "give at least one pool: system nodes refuse applications")
    .optional(),
  hostEncryption: z.boolean().optional(),
});

// A workspace keeps nothing for less than thirty days, and interactively for two years at most.
const logRetentionDays = z.int().min(30).max(730);

const stateAccount = z.string().regex(/^[a-z0-9]{3,24}$/, "use 3 to 24 lower-case letters and digits");

const clusterName = z
  .string()
  .regex(
    /^[a-z](?:[a-z0-9-]{0,52}[a-z0-9])?$/,
    "use up to 54 lower-case letters, digits and hyphens, a letter first and no hyphen last",
  );

const zones = unique(z.enum(ZONES)).min(2).max(3).optional();

export const madeNetworkSchema = schemaOf<MadeAzureNetwork>()({
  cidr: networkCidr,
  zones,
  natGateways: z.enum(["per-zone", "single"]).optional(),
  watcher: schemaOf<NonNullable<MadeAzureNetwork["watcher"]>>()({
    name: z.string().regex(/^\w[\w.-]{0,78}\w$/, "use the name of a Network Watcher"),
    resourceGroup,
  }).optional(),
  createWatcher: z.boolean().optional(),
  existing: z.undefined().optional(),
});

/** Block of a subnet where data services stand in a network that somebody else has made. */
export const dataSubnetBlock = networkBlock(8, 29, apart);

/** @param max longest prefix: the fewest addresses that are enough */
const subnet = (max: number) =>
  schemaOf<AzureSubnet>()({
    name: z.string().regex(/^\w(?:[\w.-]{0,78}\w)?$/, "use the name of the subnet, not its id"),
    cidr: networkBlock(8, max, apart),
  });

const privateZone = (kind: keyof typeof PRIVATE_LINK_ZONES) =>
  armId(
    new RegExp(`^Microsoft\\.Network/privateDnsZones/${PRIVATE_LINK_ZONES[kind].replaceAll(".", "\\.")}$`, "i"),
    `use the id of the private zone ${PRIVATE_LINK_ZONES[kind]}: /subscriptions/…/privateDnsZones/${PRIVATE_LINK_ZONES[kind]}`,
  );

const zoneName = (id: string): string => id.slice(id.lastIndexOf("/") + 1).toLowerCase();

/** Zones of kinds, which their names tell: `{ [name]: id of the zone of that name }`. */
const kindZones = z
  .record(
    text((name) => (/^[a-z\d.-]+\.[a-z]+$/.test(name) ? undefined : "use the zone's name, in small letters")),
    armId(
      /^Microsoft\.Network\/privateDnsZones\/[\w.-]+$/i,
      "use the id of the private zone of this name: /subscriptions/…/privateDnsZones/…",
    ),
  )
  .superRefine((zones, context) => {
    for (const [name, id] of Object.entries(zones).filter(([name, id]) => zoneName(id) !== name)) {
      context.addIssue({ code: "custom", path: [name], input: id, message: `use the id of the private zone ${name}` });
    }
  });

export const existingNetworkSchema = schemaOf<ExistingAzureNetwork>()({
  zones,
  existing: schemaOf<ExistingVirtualNetwork>()({
    id: networkId,
    outbound: z.enum(["userAssignedNATGateway", "userDefinedRouting"]),
    nodes: subnet(28),
    // AKS wants nine addresses, Azure keeps five.
    apiServer: subnet(28),
    endpoints: subnet(28),
    mysql: subnet(29),
    privateLinkZones: schemaOf<PrivateLinkZoneIds>()({
      vault: privateZone("vault"),
      blob: privateZone("blob"),
      file: privateZone("file"),
      redis: privateZone("redis"),
      kinds: kindZones.optional(),
    }).optional(),
  }),
});

export const propsSchema = schemaOf<AzureProps>()({
  location,
  subscriptionId,
  tenantId,
  // Two forms: see `networkShape`.
  network: z.unknown(),
  endpoint: endpoint({ cidrs: unique(insideCidr).optional(), networks: connectedNetworks.optional() }, MAX_CALLERS),
  apiServerInNetwork: z.boolean().optional(),
  access: access(principal),
  nodes: nodes.optional(),
  dns: schemaOf<AzureDns>()({ zones: z.array(schemaOf<DnsZone>()({ name: domain, resourceGroup })) }).optional(),
  kubernetesVersion: z.enum(KUBERNETES_VERSIONS).optional(),
  logRetentionDays: logRetentionDays.optional(),
  policiesByName: z.enum(POLICIES_BY_NAME).optional(),
  stateAccount: stateAccount.optional(),
  stateIn: z.enum(["file", "account"]).optional(),
  stateSubnets: unique(subnetId).optional(),
  clusterName: clusterName.optional(),
  regionInNames: z.boolean().optional(),
  keys: z.int().min(1).max(999).optional(),
  locks: z.boolean().optional(),
});

export const existingPropsSchema = schemaOf<ExistingAzureProps>()({
  location,
  subscriptionId,
  tenantId,
  clusterName: clusterName.optional(),
  regionInNames: z.boolean().optional(),
  dataCidrs: unique(dataBlock('use the private blocks of the subnets "endpoints" and "mysql"')).min(1),
  network: schemaOf<FoundNetwork>()({
    mysqlSubnetId: subnetId,
    endpointSubnetId: subnetId,
    redisZoneId: privateZone("redis").optional(),
    blobZoneId: privateZone("blob").optional(),
    kindZoneIds: kindZones.optional(),
  }).optional(),
  stateAccount,
  logRetentionDays: logRetentionDays.optional(),
  policiesByName: z.enum(POLICIES_BY_NAME).optional(),
});
