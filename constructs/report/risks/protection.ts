import type { Changed } from "../changed";
import type { ChangedPart } from "../model-changes";
import { isPresent, numberAt, textAt } from "../read";
import type { RISK_CLASSES } from "../report";
import { type Level, type Risk } from "../report";
import { typeOf } from "../type-facts";
import { valueText } from "../values";
import { partRisk } from "./of-parts";
import { digestOf, type Judged, riskOf } from "./risk";

const PROTECTION: (typeof RISK_CLASSES)[number] = "protection";

/** What kept data from being deleted, or brought them back, and does so less than before. */
export function protection({ changes, parts, models }: Judged): Risk[] {
  return [
    ...changes.flatMap((changed) => [...lowered(changed), ...taken(changed), ...expiring(changed)]),
    ...parts
      .filter((part) => !followsEnvironment(part, parts))
      .flatMap((part) =>
        part.differences.flatMap((difference) => {
          const found = inModel(difference.path.join("."), difference.before, difference.after);
          return found === undefined ? [] : partRisk(part, models, { class: PROTECTION, ...found });
        }),
      ),
  ];
}

/** An application is protected as its environment is, which is told once. */
function followsEnvironment(part: ChangedPart, parts: readonly ChangedPart[]): boolean {
  return (
    part.application !== undefined &&
    part.list === undefined &&
    part.differences.every(({ path }) => path.join() === "protect") &&
    parts.some((one) => one.application === undefined && one.differences.some(({ path }) => path.join() === "protect"))
  );
}

interface Guard {
  readonly field: RegExp;
  readonly is: (after: unknown, before: unknown) => boolean;
  readonly says: string;
}

const off = (after: unknown, before: unknown): boolean => after !== true && before === true;
const on = (after: unknown, before: unknown): boolean => after === true && before !== true && isPresent(before);
const less = (after: unknown, before: unknown): boolean => number(after) < number(before);
function number(value: unknown): number {
  return typeof value === "number"
    ? value
    : typeof value === "string" && /^\d+(?:\.\d+)?s?$/.test(value)
      ? parseFloat(value)
      : Number.NaN;
}

const GUARDS: readonly Guard[] = [
  {
    field:
      /(?:^|[.\]])(?:deletion_protection|deletion_protection_enabled|enable_deletion_protection|purge_protection_enabled|point_in_time_recovery_enabled|backup_configuration\[0\]\.enabled|binary_log_enabled|point_in_time_recovery|geo_redundant_backup_enabled|copy_tags_to_snapshot)$/,
    is: off,
    says: "is off: nothing keeps it from being deleted, or brings it back, by that any more",
  },
  {
    field: /(?:^|[.\]])(?:force_destroy|skip_final_snapshot|delete_automated_backups|force_delete)$/,
    is: on,
    says: "is on: what it holds goes with it without a last copy",
  },
  {
    field:
      /(?:^|[.\]])(?:backup_retention_period|backup_retention_days|snapshot_retention_limit|retained_backups|transaction_log_retention_days|deletion_window_in_days|recovery_window_in_days|soft_delete_retention_days|retention_in_days|retention_days|destroy_scheduled_duration|noncurrent_days|days_since_noncurrent_time|retention_duration_seconds)$/,
    is: less,
    says: "is shorter: less can be brought back",
  },
  {
    field: /(?:^|[.\]])multi_az$|(?:^|[.\]])automatic_failover_enabled$/,
    is: off,
    says: "is off: no standby takes over",
  },
  {
    field: /(?:^|[.\]])(?:versioning\[0\]\.enabled|versioning_enabled)$/,
    is: off,
    says: "is off: what is overwritten is gone",
  },
  {
    field: /^versioning_configuration\[0\]\.status$/,
    is: (after, before) => before === "Enabled" && after !== "Enabled",
    says: "is off: what is overwritten is gone",
  },
];

function lowered(changed: Changed): Risk[] {
  if (changed.change.kind !== "update") return [];
  return changed.fields.flatMap(({ at, before, after }) => {
    const found = GUARDS.find(({ field, is }) => field.test(at) && is(after, before));
    if (found === undefined) return [];
    const values = `${valueText(before) ?? "nothing"} → ${valueText(after) ?? "nothing"}`;
    return [
      riskOf(changed, {
        class: PROTECTION,
        level: "high",
        what: `${at} ${digestOf(values)}`,
        says: `${at} ${found.says} (${values})`,
        because: [{ what: `${at} ${values}`, from: "the plan" }],
      }),
    ];
  });
}

/** Rules by which a store deletes by itself what is older: those of versions that nobody reads are none. */
const EXPIRY = /(?:lifecycle_rule\[|(?:^|\.)rule\[.*\]\.expiration|delete_after_days_since_modification_greater_than)/;

function expiring(changed: Changed): Risk[] {
  return changed.fields
    .filter(({ at, after }) => EXPIRY.test(at) && deletes(at, after))
    .map(({ at, after }) => {
      const rule = valueText(after) ?? "";
      const says = `deletes by itself, from now on, what is old enough by this rule: ${rule}`;
      return riskOf(changed, {
        class: "data loss",
        level: "high",
        what: `${at} ${digestOf(rule)}`,
        says,
        because: [{ what: at, from: "the plan" }],
      });
    });
}

function deletes(path: string, after: unknown): boolean {
  if (after === undefined || after === null) return false;
  if (!path.startsWith("lifecycle_rule")) return true;
  const isDelete = textAt(after, "action", 0, "type") === "Delete";
  const old = numberAt(after, "condition", 0, "num_newer_versions") ?? 0;
  const noncurrent = numberAt(after, "condition", 0, "days_since_noncurrent_time") ?? 0;
  return isDelete && old === 0 && noncurrent === 0 && textAt(after, "condition", 0, "with_state") !== "ARCHIVED";
}

/** Resources that are a protection by being there. */
const TAKEN: Readonly<Record<string, string>> = {
  aws_backup_plan: "no copies are made by it any more",
  aws_db_instance_automated_backups_replication: "no copies go to the other region any more",
  aws_efs_backup_policy: "no copies of its files are made any more",
  aws_efs_replication_configuration: "no copies go to the other region any more",
  aws_s3_bucket_replication_configuration: "no copies go to the other bucket any more",
  aws_s3_bucket_versioning: "nothing keeps old versions of its objects any more",
  azurerm_management_lock: "nothing locks it against deletion any more",
  "manifest PodDisruptionBudget": "a node may be emptied without waiting for its pods",
  kubernetes_pod_disruption_budget_v1: "a node may be emptied without waiting for its pods",
};

function taken(changed: Changed): Risk[] {
  const { kind } = changed.change;
  const type = typeOf(changed.change);
  if (kind !== "delete" || !Object.hasOwn(TAKEN, type)) return [];
  return [riskOf(changed, { class: PROTECTION, level: "high", what: "deleted", says: TAKEN[type] ?? "" })];
}

const ORDER: Readonly<Record<string, readonly string[]>> = {
  podSecurity: ["privileged", "baseline", "restricted"],
  images: ["any", "immutable-tags", "digest"],
};

function inModel(
  path: string,
  before: unknown,
  after: unknown,
): { level: Level; what: string; says: string } | undefined {
  const values = `${valueText(before) ?? "nothing"} → ${valueText(after) ?? "nothing"}`;
  const found = (level: Level, says: string) => ({ level, what: `${path} ${digestOf(values)}`, says });
  if (path === "protect" && before === true && after === false)
    return found("high", "is no longer protected: what holds data may be deleted by an edit");
  if (path === "drops" && Array.isArray(after))
    return found("medium", `may be deleted by a later change: ${after.join(", ")}`);
  if (/^recovery\.[^.]+$/.test(path) && after === undefined) return found("high", "promises no recovery any more");
  if (/^recovery\..*Seconds$/.test(path) && Number(after) > Number(before))
    return found("medium", `promises less: ${path} ${values}`);
  if (path === "sizing.backupDays" && Number(after) < Number(before))
    return found("medium", `keeps its backups for fewer days (${values})`);
  if (path === "sizing.highAvailability" && after === false) return found("medium", "has no standby any more");
  if (path === "security.profile" || Object.hasOwn(ORDER, path)) {
    const order = ORDER[path === "security.profile" ? "podSecurity" : path] ?? [];
    if (order.indexOf(String(after)) < order.indexOf(String(before)))
      return found("high", `${path} is less strict (${values})`);
  }
  return undefined;
}
