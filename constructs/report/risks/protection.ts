import type { Changed } from "../changed";
import { isPresent } from "../read";
import { RISK_CLASSES, type Level, type Risk } from "../report";
import { valueText } from "../values";
import { typeOf } from "../type-facts";
import { digestOf, type Judged, riskOf } from "./risk";
import { partRisk } from "./of-parts";

/** What kept data from being deleted, or brought them back, and does so less than before. */
export function protection({ changes, parts, models }: Judged): Risk[] {
  return [
    ...changes.flatMap((changed) => [...lowered(changed), ...taken(changed)]),
    ...parts.flatMap((part) =>
      part.differences.flatMap((difference) => {
        const found = inModel(difference.path.join("."), difference.before, difference.after);
        return found === undefined ? [] : partRisk(part, models, { class: PROTECTION, ...found });
      }),
    ),
  ];
}

const PROTECTION: (typeof RISK_CLASSES)[number] = "protection";

interface Guard {
  readonly field: RegExp;
  readonly is: (after: unknown, before: unknown) => boolean;
  readonly says: string;
}

const off = (after: unknown, before: unknown): boolean => after !== true && before === true;
const on = (after: unknown, before: unknown): boolean => after === true && before !== true && isPresent(before);
const less = (after: unknown, before: unknown): boolean => number(after) < number(before);
const number = (value: unknown): number =>
  typeof value === "number"
    ? value
    : typeof value === "string" && /^\d+(?:\.\d+)?s?$/.test(value)
      ? parseFloat(value)
      : Number.NaN;

const GUARDS: readonly Guard[] = [
  {
    field:
      /(?:^|[.\]])(?:deletion_protection|deletion_protection_enabled|enable_deletion_protection|purge_protection_enabled|point_in_time_recovery_enabled|binary_log_enabled|point_in_time_recovery|geo_redundant_backup_enabled|copy_tags_to_snapshot)$/,
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
      /(?:^|[.\]])(?:backup_retention_period|backup_retention_days|snapshot_retention_limit|retained_backups|transaction_log_retention_days|deletion_window_in_days|recovery_window_in_days|soft_delete_retention_days|retention_in_days|retention_days|destroy_scheduled_duration|noncurrent_days|days_since_noncurrent_time)$/,
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
