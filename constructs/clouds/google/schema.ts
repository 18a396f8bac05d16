import { z } from "zod";
import { POLICIES_BY_NAME } from "../../kubernetes/facts";
import { NAME } from "../../model/names";
import { didYouMean } from "../../model/problem";
import { schemaOf } from "../../model/schema-of";
import { cidrsOverlap } from "../../model/validate/cidr";
import { access, dataBlock, domain, endpoint, insideCidr, networkBlock, text, unique } from "../shared/fields";
import { installed } from "../shared/installed";
import { MACHINE_TYPE, SHARED_CORE } from "./machine-types";
import { MAX_POOL_NAME } from "./names";
import { NETWORK_PREFIX } from "./network-plan";
import {
  type AllocatedRange,
  type Autopilot,
  type ExistingGoogleNetwork,
  type ExistingGoogleProps,
  type ExistingVpcNetwork,
  type FoundNetwork,
  type GoogleDns,
  type GoogleProps,
  type GoogleSubnet,
  KUBERNETES_VERSIONS,
  type MadeGoogleNetwork,
  type ManagedZone,
  type NodePool,
  RELEASE_CHANNELS,
  type SecondaryRange,
  type StandardNodes,
} from "./props";
import { GOOGLE_REGIONS, isRegion, MIN_ZONES } from "./regions";

/*
 * The form of `GoogleProps`, field by field. What needs two fields to be judged is in `problems.ts`.
 */

export const region = text((value) => {
  if (isRegion(value)) return undefined;
  const zone = /^(.+\d)-[a-z]$/.exec(value)?.[1];
  if (zone !== undefined && isRegion(zone)) return `use the region of this zone, "${zone}"`;
  return `use one of ${GOOGLE_REGIONS.join(", ")}${didYouMean(value, GOOGLE_REGIONS)}`;
});

/** https://cloud.google.com/resource-manager/docs/creating-managing-projects */
export const project = text((value) => {
  if (/^\d+$/.test(value)) return 'use the project\'s id, e.g. "orders-staging", not its number';
  return /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(value)
    ? undefined
    : "use the project's id: 6 to 30 lower-case letters, digits and hyphens, a letter first";
});

/** Cloud SQL cannot be reached from it. https://cloud.google.com/sql/docs/mysql/private-ip#requirements_for_private_ip */
const CLOUD_SQL_BLOCK = "172.17.0.0/16";

const apartFromCloudSql = (value: string): string | undefined =>
  cidrsOverlap(value, CLOUD_SQL_BLOCK)
    ? `use a block apart from ${CLOUD_SQL_BLOCK}, which Cloud SQL keeps for itself`
    : undefined;

const networkCidr = networkBlock(NETWORK_PREFIX.min, NETWORK_PREFIX.max, apartFromCloudSql);

/** GKE takes a hundred, and the network's own block is one. */
const MAX_CALLERS = 99;

const MAIL = /^[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}$/;
const FEDERATED =
  /^(?:principal|principalSet):\/\/iam\.googleapis\.com\/(?:projects\/\d+\/)?locations\/global\/work(?:load|force)(?:Identity)?Pools\/.+$/;

const member = text((value) => {
  const [kind = "", mail = ""] = value.split(":", 2);
  if (["allUsers", "allAuthenticatedUsers"].includes(value)) return "name people and service accounts, not everyone";
  if (["principal", "principalSet"].includes(kind)) {
    return FEDERATED.test(value) ? undefined : 'use a member of a pool, "principal://iam.googleapis.com/…"';
  }
  if (!["user", "group", "serviceAccount"].includes(kind)) {
    return 'use a member with its kind, e.g. "group:platform@example.com" or "serviceAccount:…"';
  }
  if (/[A-Z]/.test(mail)) return "use lower-case letters, as IAM writes it: every plan would differ";
  if (!MAIL.test(mail) || value !== `${kind}:${mail}`) return `use a mail address after "${kind}:"`;
  const service = mail.endsWith(".gserviceaccount.com");
  if (service !== (kind === "serviceAccount")) {
    return service ? `use "serviceAccount:${mail}"` : 'use "user:" or "group:": this is no service account';
  }
  return undefined;
});

const managedZone = schemaOf<ManagedZone>()({
  domain,
  name: z.string().regex(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'use the managed zone\'s name, e.g. "example-com"'),
});

const nodePool = schemaOf<NodePool>()({
  machineType: text((value) => {
    if (SHARED_CORE.test(value)) return "use a machine of two CPUs at least: GKE's own pods fill this one";
    return MACHINE_TYPE.test(value) ? undefined : 'use a Compute Engine machine type, e.g. "n2-standard-4"';
  }),
  min: z.int().min(1),
  max: z.int().min(1).max(1000),
  capacity: z.enum(["on-demand", "spot"]).optional(),
  diskGib: z.int().min(20).max(16_384).optional(),
});

const poolName = text((value) => {
  if (!NAME.test(value)) return "use lower-case letters, digits and hyphens, a letter first";
  return value.length > MAX_POOL_NAME ? `use up to ${MAX_POOL_NAME} characters` : undefined;
});

export const autopilotSchema = schemaOf<Autopilot>()({ autopilot: z.literal(true) });

export const standardNodesSchema = schemaOf<StandardNodes>()({
  autopilot: z.literal(false).optional(),
  system: nodePool.optional(),
  pools: z
    .record(poolName, nodePool)
    .refine((pools) => Object.keys(pools).length > 0, "give at least one pool: system nodes refuse applications")
    .optional(),
});

const stateBucket = text((value) => {
  if (!/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(value)) return "use 3 to 63 lower-case letters, digits and hyphens";
  return /^goog|google/.test(value) ? 'use a name without "google", which Cloud Storage refuses' : undefined;
});

const clusterName = z
  .string()
  .regex(/^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/, "use up to 40 lower-case letters, digits and hyphens, a letter first");

const zones = unique(z.string()).min(MIN_ZONES).optional();

export const madeNetworkSchema = schemaOf<MadeGoogleNetwork>()({
  cidr: networkCidr,
  zones,
  natAddresses: z.int().min(1).max(8).optional(),
  existing: z.undefined().optional(),
});

/** Networks, subnets and ranges are named alike. https://cloud.google.com/compute/docs/naming-resources */
const computeName = (what: string) =>
  z.string().regex(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/, `use the name of ${what}, not its id or link`);

/** @param max longest prefix: the fewest addresses that are enough */
const block = (max: number) => networkBlock(8, max, apartFromCloudSql);

export const existingNetworkSchema = schemaOf<ExistingGoogleNetwork>()({
  zones,
  existing: schemaOf<ExistingVpcNetwork>()({
    project: project.optional(),
    name: computeName("the network"),
    nodes: schemaOf<GoogleSubnet>()({ subnet: computeName("the subnet"), cidr: block(29) }),
    pods: schemaOf<SecondaryRange>()({ range: computeName("the range"), cidr: block(21) }),
    services: schemaOf<SecondaryRange>()({ range: computeName("the range"), cidr: block(27) }),
    controlPlane: schemaOf<GoogleSubnet>()({ subnet: computeName("the subnet"), cidr: block(28) }),
    data: schemaOf<AllocatedRange>()({ range: computeName("the range"), cidr: block(24) }),
  }),
});

export const propsSchema = schemaOf<GoogleProps>()({
  project,
  region,
  // Two forms: see `networkShape`.
  network: z.unknown(),
  endpoint: endpoint({ cidrs: unique(insideCidr).min(1).max(MAX_CALLERS).optional() }, MAX_CALLERS),
  access: access(member),
  // Two forms: see `nodeShape`.
  nodes: z.unknown().optional(),
  dns: schemaOf<GoogleDns>()({ zones: z.array(managedZone) }).optional(),
  kubernetesVersion: z.enum(KUBERNETES_VERSIONS).optional(),
  releaseChannel: z.enum(RELEASE_CHANNELS).optional(),
  logRetentionDays: z.int().min(1).max(3650).optional(),
  policiesByName: z.enum(POLICIES_BY_NAME).optional(),
  stateBucket: stateBucket.optional(),
  stateIn: z.enum(["file", "bucket"]).optional(),
  clusterName: clusterName.optional(),
  regionInNames: z.boolean().optional(),
});

export const existingPropsSchema = schemaOf<ExistingGoogleProps>()({
  project,
  region,
  clusterName: clusterName.optional(),
  regionInNames: z.boolean().optional(),
  dataCidrs: unique(dataBlock("use the private block of the data range")).min(1),
  network: schemaOf<FoundNetwork>()({
    project: project.optional(),
    name: computeName("the network"),
    dataRange: computeName("the range"),
  }).optional(),
  stateBucket,
  autopilot: z.boolean().optional(),
  installed: installed.optional(),
  policiesByName: z.enum(POLICIES_BY_NAME).optional(),
  diskType: z.enum(["pd-balanced", "hyperdisk-balanced"]).optional(),
});
