import { isFields } from "../../plan/object";
import { UNKNOWN } from "../../plan/shown";
import type { Changed, ChangedField } from "../changed";
import { at, listAt, textAt } from "../read";
import type { Level, Risk } from "../report";
import { typeOf } from "../type-facts";
import { valueText } from "../values";
import { partRisk } from "./of-parts";
import { digestOf, type Judged, riskOf } from "./risk";

/** Ways by which more people reach something than before: by the resource's arguments, and by routes of the model. */
export function exposure({ changes, parts, models }: Judged): Risk[] {
  const others = othersOf(changes);
  return [
    ...changes.flatMap((changed) => [...opened(changed), ...lifted(changed, others)]),
    ...parts.flatMap((part) => routes(part, models)),
  ];
}

interface Opening {
  /** Argument, as it is written. */
  readonly field: RegExp;
  /** Whether a value of it lets everybody in, or more than before. */
  readonly is: (after: unknown, before: unknown) => boolean;
  readonly says: (after: unknown) => string;
  /** @default high */
  readonly level?: Level;
}

const isTrue = (after: unknown): boolean => after === true || after === "true";
const isFalse = (after: unknown): boolean => after === false || after === "false";
const shown = (value: unknown): string => valueText(value) ?? "nothing";

/** A range that has every address in it, or a name for that. */
const EVERYBODY = /^(?:0\.0\.0\.0\/0|::\/0|\*|Internet|Any|allUsers|allAuthenticatedUsers)$/i;
const isEverybody = (value: unknown): boolean => textsIn(value).some((text) => EVERYBODY.test(text));

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Names of arguments that are ranges or people, wherever they stand. Those of traffic that goes out are not. */
const RANGES =
  /(?:^|[.\]])(?:cidr_ipv4|cidr_ipv6|cidr_blocks|ipv6_cidr_blocks|source_ranges|source_address_prefix(?:es)?|public_access_cidrs|authorized_networks?|authorized_ip_ranges|ip_rules|start_ip_address|member|members|principal|principals)\b/;

/** An address of the internet: in none of the ranges that are left to networks of one's own. */
const OWN_RANGES =
  /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|127\.|f[cd])/i;
const isOutside = (value: unknown): boolean =>
  textsIn(value).some((text) => /^[\da-f.:]+(?:\/\d+)?$/i.test(text) && /[.:]/.test(text) && !OWN_RANGES.test(text));

const OPENINGS: readonly Opening[] = [
  {
    field: RANGES,
    is: (after) => after === UNKNOWN || isEverybody(after),
    says: (after) => `lets everybody in: ${shown(after)}`,
  },
  {
    field: RANGES,
    is: (after, before) => isOutside(after) && (before === undefined || before === null || !isOutside(before)),
    says: (after) => `lets addresses of the internet in: ${shown(after)}`,
    level: "medium",
  },
  {
    field:
      /(?:^|[.\]])(?:publicly_accessible|endpoint_public_access|public_network_access_enabled|ipv4_enabled|allow_nested_items_to_be_public|public_access_enabled|map_public_ip_on_launch)$/,
    is: isTrue,
    says: () => "can be reached from the internet",
  },
  {
    field:
      /(?:^|[.\]])(?:block_public_acls|block_public_policy|ignore_public_acls|restrict_public_buckets|uniform_bucket_level_access|endpoint_private_access|enable_private_nodes|enable_private_endpoint|private_cluster_enabled|https_traffic_only_enabled|require_ssl|transit_encryption_enabled|storage_encrypted)$/,
    is: (after, before) => isFalse(after) && !isFalse(before),
    says: () => "no longer keeps others out",
  },
  {
    field: /(?:^|[.\]])public_access_prevention$/,
    is: (after) => after !== "enforced",
    says: (after) => `lets objects be made public: ${shown(after)}`,
  },
  {
    field: /(?:^|[.\]])default_action$/,
    is: (after) => after === "Allow",
    says: () => "lets everybody in whom no rule names",
  },
  {
    field: /(?:^|[.\]])ssl_mode$/,
    is: (after) => after === "ALLOW_UNENCRYPTED_AND_ENCRYPTED",
    says: () => "takes connections without TLS",
  },
];

function opened(changed: Changed): Risk[] {
  const { change, fields } = changed;
  if (change.kind === "delete" || change.kind === "forget") return [];
  const isEgress =
    change.type.includes("egress") ||
    textAt(change.after, "direction") === "Outbound" ||
    textAt(change.after, "direction") === "EGRESS";
  if (isEgress) return [];
  return fields.flatMap((field) => {
    const found = OPENINGS.find(({ field: pattern, is }) => pattern.test(field.at) && is(field.after, field.before));
    if (found === undefined || isPart(changed, field)) return [];
    return [
      riskOf(changed, {
        class: "exposure",
        level: found.level ?? "high",
        what: `${field.at} ${digestOf(shown(field.after))}`,
        says: found.says(field.after),
        because: [{ what: `${field.at} = ${shown(field.after)}`, from: "the plan" }],
      }),
    ];
  });
}

/** Rights that a service account gets are told as permissions, and what is refused anyway is nothing. */
function isPart({ change }: Changed, { after }: ChangedField): boolean {
  return after === UNKNOWN && change.kind === "create"
    ? true
    : textAt(change.after, "access") === "Deny" || textAt(change.after, "action") === "deny";
}

/** What keeps people out, and goes: where what it guards stays. */
const GUARDS: Readonly<Record<string, string>> = {
  aws_s3_bucket_public_access_block: "nothing keeps objects of the bucket from being made public any more",
  azurerm_network_security_rule: "one rule less says who may come in",
  azurerm_subnet_network_security_group_association: "no rule says any more who may come into the subnet",
  google_compute_firewall: "one rule less says who may come in",
  "manifest CiliumNetworkPolicy": "one policy less says who may reach its pods",
  "manifest SecurityPolicy": "nothing asks for a password or an address any more before requests are let in",
  kubernetes_network_policy_v1: "one policy less says who may reach its pods",
};

interface Others {
  /** Types and elements of what is made. */
  readonly made: ReadonlySet<string>;
  /** Elements whose main resource goes. */
  readonly gone: ReadonlySet<string>;
}

const MAIN =
  /^(?:aws_s3_bucket|kubernetes_deployment_v1|kubernetes_stateful_set_v1|kubernetes_cron_job_v1|kubernetes_job_v1)$/;

function othersOf(changes: readonly Changed[]): Others {
  const of = (kind: string): readonly Changed[] => changes.filter(({ change }) => change.kind === kind);
  const gone = of("delete").filter(({ change }) => MAIN.test(change.type));
  return {
    made: new Set(of("create").map(({ change, place }) => `${typeOf(change)} ${place.name}`)),
    gone: new Set(gone.map(({ place }) => place.name)),
  };
}

/** A guard that goes, where what it guards stays and no other one takes its place. */
function lifted(changed: Changed, { made, gone }: Others): Risk[] {
  const { change, place } = changed;
  const type = typeOf(change);
  if (change.kind !== "delete" || !Object.hasOwn(GUARDS, type)) return [];
  const isGuarded = place.list !== undefined && !gone.has(place.name);
  if (!isGuarded || made.has(`${type} ${place.name}`)) return [];
  return [riskOf(changed, { class: "exposure", level: "high", what: "deleted", says: GUARDS[type] ?? "" })];
}

/** Hosts and paths that clients can ask for, and may not have been able to. */
function routes(part: Judged["parts"][number], models: Judged["models"]): Risk[] {
  if (part.list !== "routes") return [];
  return part.differences.flatMap(({ path, before, after }) => {
    const [route = ""] = path;
    const to = textAt(after, "workload") ?? textAt(part.after, route, "workload") ?? "";
    const risk = (what: string, says: string): Risk[] =>
      partRisk(part, models, { class: "exposure", level: "medium", what: `${route} ${what}`, says });
    if (path.length === 0) {
      return listed(after, before)
        .map((one) => risk("new", `${one} can be asked for now`))
        .flat();
    }
    if (path.length === 1 && before === undefined)
      return risk("new", `${route} can be asked for now, and leads to ${to}`);
    const name = path.slice(1).join(".");
    if (/^settings\.allowFrom/.test(name))
      return risk(
        `from ${digestOf(shown(after))}`,
        `${route} lets in ${after === undefined ? "everybody" : shown(after)}, and before ${before === undefined ? "everybody" : shown(before)}`,
      );
    if (/^settings\.basicAuth/.test(name) && after === undefined)
      return risk("password", `${route} asks for no password any more`);
    if (
      path.length >= 2 &&
      name === "settings" &&
      at(before, "basicAuth") !== undefined &&
      at(after, "basicAuth") === undefined
    )
      return risk("password", `${route} asks for no password any more`);
    if (name === "settings" && listAt(before, "allowFrom").length > 0 && listAt(after, "allowFrom").length === 0)
      return risk("from", `${route} lets in everybody, and before ${shown(at(before, "allowFrom"))}`);
    return [];
  });
}

function listed(after: unknown, before: unknown): string[] {
  const [is, was] = [after, before].map((one) => (isFields(one) ? Object.keys(one) : []));
  return (is ?? []).filter((key) => was?.includes(key) !== true);
}
