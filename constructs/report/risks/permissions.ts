import type { Changed } from "../changed";
import { at, textAt } from "../read";
import type { Risk } from "../report";
import { nameOfPart } from "./of-parts";
import { policyWays } from "./policy-ways";
import { bindingRight, documentRights, type Right, roleRights, ruleRights } from "./rights";
import { digestOf, type Judged, riskOf } from "./risk";

const POLICY = "kubernetes_network_policy_v1";

/** Rights that somebody gets, in the cloud or in the cluster, and whether the model changes in what may ask for them. */
export function permissions(judged: Judged): Risk[] {
  return judged.changes.flatMap((changed) => granted(changed).map((right) => risk(judged, changed, right)));
}

/** Fields of the model that ask for ways through the network. */
const ASKS_FOR_WAYS =
  /^(?:edges|ports|metrics|cidrs|podPort|port|httpPort|host|kind|placement|sizing\.(?:placement|external)|namespace|namespaceSuffix|observability|eventScaling|clusterBackups|addons|tracing|instrumented|routing|[^.]+\.workload)(?:\.|$)/;

/** Fields that ask for rights in the cloud or the cluster. */
const ASKS_FOR_RIGHTS =
  /^(?:edges|permissions|secrets|serviceAccount|volumes|placement|sizing\.(?:placement|backups|passwords)|namespace|namespaceSuffix|observability|eventScaling|clusterBackups|backups|addons|metricsApis|registries|tracing|cloud)(?:\.|$)/;

/** What changes in the model that may ask for it: nothing, or the first of it in words. `undefined` where no two models are known. */
function askedBy({ parts, models }: Judged, { change, place }: Changed): string | undefined {
  if (models.base === undefined || models.head === undefined) return undefined;
  const { environment, application, element } = place;
  const asks = change.type === POLICY ? ASKS_FOR_WAYS : ASKS_FOR_RIGHTS;
  for (const part of parts) {
    if (part.environment !== environment) continue;
    // Both ends of an edge have a policy; rights are those of the element that asks, or of something that is new.
    const isHere = part.application === undefined || part.application === application;
    const isIt =
      part.application === undefined || element === undefined || part.element === element || change.type === POLICY;
    const found = part.differences.find(({ path, after }) =>
      path.length === 0 ? after !== undefined : asks.test(path.join(".")),
    );
    if (isHere && isIt && found !== undefined) {
      const words = part.changes[0]?.says ?? found.path.join(".");
      return `${nameOfPart(part)} ${words}`;
    }
  }
  return "";
}

function risk(judged: Judged, changed: Changed, { whole, says, isEverything }: Right): Risk {
  const asked = askedBy(judged, changed);
  const why =
    asked === undefined
      ? "and without two models nobody knows whether one asks for it"
      : asked === ""
        ? "and nothing in the model asks for it: it is wider than its edges"
        : `in the same change as: ${asked}`;
  return riskOf(changed, {
    class: "permissions",
    level: isEverything || asked === "" ? "high" : "medium",
    what: digestOf(whole),
    says: `${says}, ${why}`,
  });
}

/** Types that are a right by being there, and the arguments that say which, to whom, and where. */
const BINDINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^aws_iam_role_policy_attachment$/, ["policy_arn"]],
  [/^aws_eks_access_policy_association$/, ["policy_arn", "principal_arn"]],
  [/^aws_eks_access_entry$/, ["kubernetes_groups", "principal_arn"]],
  [/^aws_eks_pod_identity_association$/, ["role_arn", "service_account", "namespace"]],
  [/^google_.*_iam_member$/, ["role", "member"]],
  [/^google_.*_iam_binding$/, ["role", "members"]],
  [/^azurerm_role_assignment$/, ["role_definition_name", "role_definition_id", "principal_id", "scope"]],
  [/^azurerm_federated_identity_credential$/, ["subject", "issuer"]],
  [/^kubernetes_(?:cluster_)?role_binding_v1$/, ["role_ref", "subject"]],
];

/** Arguments with a document that says what may be done. */
const DOCUMENTS: readonly (readonly [RegExp, string])[] = [
  [
    /^aws_(?:iam_role_policy|iam_policy|s3_bucket_policy|kms_key|sqs_queue_policy|sns_topic_policy|efs_file_system_policy)$/,
    "policy",
  ],
  [/^aws_iam_role$/, "assume_role_policy"],
];

const RULES = /^kubernetes_(?:cluster_)?role_v1$/;
const ROLES = /^(?:azurerm_role_definition|google_project_iam_custom_role)$/;

function granted({ change }: Changed): readonly Right[] {
  const { type, kind, before, after } = change;
  if (kind === "delete" || kind === "forget" || kind === "no-op") return [];
  if (type === POLICY)
    return kind === "create"
      ? []
      : policyWays(before, after).map((says) => ({ whole: says, says, isEverything: false }));
  const [, keys] = BINDINGS.find(([pattern]) => pattern.test(type)) ?? [];
  if (keys !== undefined) return bindingRight(before, after, keys, scopeOf(type, after));
  const [, field] = DOCUMENTS.find(([pattern]) => pattern.test(type)) ?? [];
  if (field !== undefined) return documentRights(at(before, field), at(after, field));
  if (RULES.test(type)) return ruleRights(before, after);
  return ROLES.test(type) ? roleRights(before, after) : [];
}

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
  if (/^google_(?:project|organization|folder)_/.test(type)) return " in the whole project";
  const on = ON.map((key) => textAt(after, key)).find((one) => one !== undefined);
  return on === undefined ? "" : ` on ${on}`;
}
