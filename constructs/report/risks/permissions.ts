import { equal } from "../../plan/equal";
import { isFields } from "../../plan/object";
import { SENSITIVE, UNKNOWN } from "../../plan/shown";
import { structureOf } from "../../plan/structured-texts";
import type { Changed } from "../changed";
import { at, textAt } from "../read";
import type { Risk } from "../report";
import { valueText } from "../values";
import { policyWays } from "./policy-ways";
import { digestOf, type Judged, riskOf } from "./risk";

const POLICY = "kubernetes_network_policy_v1";

/** Rights that somebody gets, in the cloud or in the cluster, and whether an edge of the model asks for them. */
export function permissions(judged: Judged): Risk[] {
  return judged.changes.flatMap((changed) => granted(changed).map((right) => risk(judged, changed, right)));
}

/** Fields of the model that ask for rights: edges, and its own words for them. */
const ASKS =
  /^(?:edges|permissions|secrets|autoscaling|serviceAccount|ports|metrics|cidrs|podPort|kind|host|placement|sizing\.placement|eventScaling|observability|clusterBackups|addons|namespace|namespaceSuffix)(?:\.|$)/;

function isAsked({ parts, models }: Judged, { change, place }: Changed): boolean | undefined {
  if (models.base === undefined || models.head === undefined) return undefined;
  const { environment, application, element } = place;
  return parts.some((part) => {
    const isHere = part.environment === environment && (application === undefined || part.application === application);
    // Both ends of an edge have a policy, and what is new may need anything.
    const isIt = element === undefined || part.element === element || change.type === POLICY;
    return isHere && isIt && part.differences.some(({ path }) => path.length === 0 || ASKS.test(path.join(".")));
  });
}

function risk(judged: Judged, changed: Changed, right: string): Risk {
  const asked = isAsked(judged, changed);
  const isAll =
    /(?:^|[\s"':,])\*(?:$|[\s"',])|AdministratorAccess|cluster-admin|roles\/owner|roles\/editor|\bOwner\b|\bContributor\b/.test(
      right,
    );
  const why = {
    true: "which the model asks for",
    false: "and nothing in the model asks for it: it is wider than its edges",
    undefined: "and without two models nobody knows whether one asks for it",
  }[String(asked) as "false" | "true" | "undefined"];
  return riskOf(changed, {
    class: "permissions",
    level: isAll || asked === false ? "high" : "medium",
    what: digestOf(right),
    says: `${right}, ${why}`,
    because: [{ what: right, from: "the plan" }],
  });
}

/** Types that are a right by being there, and the arguments that say which. */
const BINDINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^aws_iam_role_policy_attachment$/, ["policy_arn"]],
  [/^aws_eks_access_policy_association$/, ["policy_arn"]],
  [/^google_.*_iam_(?:member|binding)$/, ["role", "member"]],
  [/^azurerm_role_assignment$/, ["role_definition_name", "scope"]],
  [/^kubernetes_(?:cluster_)?role_binding_v1$/, ["role_ref"]],
];

/** Where a right of Google Cloud holds: on one thing, or on all of the project. */
const ON = [
  "bucket",
  "topic",
  "subscription",
  "secret_id",
  "service_account_id",
  "crypto_key_id",
  "managed_zone",
  "repository",
];

function scopeOf(type: string, after: unknown): string {
  if (!type.startsWith("google_")) return "";
  if (type.startsWith("google_project_") || type.startsWith("google_organization_")) return " in the whole project";
  const on = ON.map((key) => textAt(after, key)).find((one) => one !== undefined);
  return on === undefined ? "" : ` on ${on}`;
}

/** Arguments with what may be done. */
const POLICIES: readonly (readonly [RegExp, readonly (number | string)[]])[] = [
  [
    /^aws_iam_role_policy$|^aws_iam_policy$|^aws_s3_bucket_policy$|^aws_kms_key$|^aws_sqs_queue_policy$|^aws_sns_topic_policy$|^aws_efs_file_system_policy$/,
    ["policy"],
  ],
  [/^aws_iam_role$/, ["assume_role_policy"]],
  [/^kubernetes_(?:cluster_)?role_v1$/, ["rule"]],
  [/^azurerm_role_definition$/, ["permissions"]],
  [/^google_project_iam_custom_role$/, ["permissions"]],
];

function granted({ change }: Changed): string[] {
  const { type, kind, before, after } = change;
  if (kind === "delete" || kind === "forget" || kind === "no-op") return [];
  const [, names] = BINDINGS.find(([pattern]) => pattern.test(type)) ?? [];
  if (names !== undefined) {
    const [was, is] = [before, after].map((one) =>
      names
        .map((name) => nameOf(at(one, name)))
        .filter((text) => text !== "")
        .join(" for "),
    );
    const where = scopeOf(type, after);
    return is === was || is === undefined ? [] : [`gets ${is === "" ? "what only the apply tells" : is}${where}`];
  }
  if (type === POLICY) return kind === "create" ? [] : policyWays(before, after);
  const [, path] = POLICIES.find(([pattern]) => pattern.test(type)) ?? [];
  if (path === undefined) return [];
  const [was, is] = [before, after].map((one) => statements(at(one, ...path)));
  return (is ?? []).filter((one) => was?.some((other) => equal(other, one)) !== true).map((one) => wordsFor(one));
}

function nameOf(value: unknown): string {
  if (Array.isArray(value))
    return value.map((one) => [textAt(one, "kind"), textAt(one, "name")].filter(Boolean).join(" ")).join(", ");
  return typeof value === "string" ? value : "";
}

/** Statements of a policy, rules of a role; one that only the apply tells is told as that. */
function statements(value: unknown): readonly unknown[] {
  if (value === undefined || value === null || value === UNKNOWN || value === SENSITIVE) return [];
  const found = typeof value === "string" ? structureOf(value) : value;
  const list = isFields(found) && "Statement" in found ? found.Statement : found;
  if (Array.isArray(list)) return list;
  return list === undefined ? [] : [list];
}

/** `may do s3:GetObject on arn:…`, `may get, list pods`. */
function wordsFor(statement: unknown): string {
  if (typeof statement === "string") return `may do ${statement}`;
  const text = (...keys: readonly string[]): string => {
    const found = keys.map((key) => at(statement, key)).find((one) => one !== undefined && one !== null);
    return Array.isArray(found) ? found.map((one) => String(one)).join(", ") : (valueText(found) ?? "");
  };
  const who =
    at(statement, "Principal") === undefined ? "" : `lets ${valueText(at(statement, "Principal")) ?? ""} in: `;
  const effect = textAt(statement, "Effect") === "Deny" ? "may not do" : "may do";
  const actions = text("Action", "NotAction", "verbs", "actions");
  const on = text("Resource", "resources");
  return (
    valueText(
      `${who}${effect} ${actions === "" ? (valueText(statement) ?? "") : actions}${on === "" ? "" : ` on ${on}`}`,
    ) ?? ""
  );
}
