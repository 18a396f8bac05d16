import { Unknown } from "../../plan/shown";
import type { Changed } from "../changed";
import type { ChangedPart } from "../model-changes";
import { isPresent, leavesOf } from "../read";
import type { RISK_CLASSES } from "../report";
import { type Level, type Risk } from "../report";
import { typeOf } from "../type-facts";
import { valueText } from "../values";
import { expiring } from "./expiry";
import { partRisk } from "./of-parts";
import { digestOf, type Judged, riskOf } from "./risk";
import { MAY_BE, mayBe, openSwitches } from "./worst";

const PROTECTION: (typeof RISK_CLASSES)[number] = "protection";

/** What kept data from being deleted, or brought them back, and does so less than before. */
export function protection({ changes, parts, models }: Judged): Risk[] {
  return [
    ...changes.flatMap((changed) => [
      ...lowered(changed),
      ...perhapsLowered(changed),
      ...taken(changed),
      ...expiring(changed, changes),
    ]),
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
const on = (after: unknown, before: unknown): boolean => after === true && before !== true;

function number(value: unknown): number {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^\d+(?:\.\d+)?s?$/.test(value) ? parseFloat(value) : Number.NaN;
}

const less = (after: unknown, before: unknown): boolean =>
  isPresent(after) ? number(after) < number(before) : number(before) > 0;
/** 0 keeps for ever. */
const lessOfLogs = (after: unknown, before: unknown): boolean =>
  number(after) > 0 && (number(before) === 0 || number(after) < number(before));
const from =
  (value: string) =>
  (after: unknown, before: unknown): boolean =>
    before === value && after !== value;

const DELETABLE = "is off: a plan or a person can delete it now";
const LOST = "is off: what is lost cannot be brought back by it any more";
const SHORTER = "is shorter: less can be brought back";

const GUARDS: readonly Guard[] = [
  {
    field:
      /(?:^|[.\]])(?:deletion_protection|deletion_protection_enabled|enable_deletion_protection|purge_protection_enabled)$/,
    is: off,
    says: DELETABLE,
  },
  {
    field:
      /(?:^|[.\]])(?:point_in_time_recovery_enabled|backup_configuration\[0\]\.enabled|binary_log_enabled|point_in_time_recovery|geo_redundant_backup_enabled|versioning\[0\]\.enabled|versioning_enabled)$/,
    is: off,
    says: LOST,
  },
  { field: /^lifecycle\[0\]\.prevent_destroy$/, is: off, says: DELETABLE },
  { field: /^versioning_configuration\[0\]\.status$/, is: from("Enabled"), says: LOST },
  { field: /^backup_policy\[0\]\.status$/, is: from("ENABLED"), says: LOST },
  {
    field: /(?:^|[.\]])(?:force_destroy|skip_final_snapshot|delete_automated_backups|force_delete)$/,
    is: on,
    says: "is on: what it holds goes with it without a last copy",
  },
  { field: /^(?:retention_in_days|retention_days)$/, is: lessOfLogs, says: SHORTER },
  {
    field:
      /(?:^|[.\]])(?:backup_retention_period|backup_retention_days|(?:container_)?delete_retention_policy\[0\]\.days|restore_policy\[0\]\.days|snapshot_retention_limit|retained_backups|transaction_log_retention_days|deletion_window_in_days|recovery_window_in_days|soft_delete_retention_days|destroy_scheduled_duration|noncurrent_days|days_since_noncurrent_time|retention_duration_seconds|retention_period|message_retention_seconds|delete_after|retention_policy\[0\]\.days)$/,
    is: less,
    says: SHORTER,
  },
  {
    field: /(?:^|[.\]])(?:multi_az|multi_az_enabled|automatic_failover_enabled)$/,
    is: off,
    says: "is off: no standby takes over",
  },
  {
    field: /(?:^|[.\]])high_availability\[0\]\.mode$/,
    is: (after, before) => isPresent(before) && !isPresent(after),
    says: "is gone: no standby takes over",
  },
  {
    field: /^availability_type$|settings\[0\]\.availability_type$/,
    is: from("REGIONAL"),
    says: "is of one zone: no standby takes over",
  },
  {
    field: /(?:^|[.\]])reclaim_policy$/,
    is: from("Retain"),
    says: "is not Retain any more: disks go with their claims",
  },
  {
    field: /(?:^|[.\]])when_(?:deleted|scaled)$/,
    is: from("Retain"),
    says: "is not Retain any more: claims go with their pods",
  },
  { field: /^(?:is_enabled|enabled)$/, is: off, says: "is off" },
];

function lowered(changed: Changed): Risk[] {
  const { change } = changed;
  if (change.kind !== "update" && change.kind !== "replace" && change.written?.isOnlyTold !== true) return [];
  const now = leavesOf(change.after);
  return [...leavesOf(change.before)].flatMap(([path, before]) => {
    const after = now.get(path);
    if (change.written !== undefined && before instanceof Unknown) return [];
    const found =
      after instanceof Unknown ? undefined : GUARDS.find(({ field, is }) => field.test(path) && is(after, before));
    if (found === undefined) return [];
    const values = `${valueText(before) ?? "nothing"} → ${valueText(after) ?? "nothing"}`;
    return [
      riskOf(changed, {
        class: PROTECTION,
        level: "high",
        what: `${path} ${digestOf(values)}`,
        says: `${path} ${found.says} (${values})`,
        because: [{ what: `${path} ${values}`, from: "the plan" }],
      }),
    ];
  });
}

/** Guards of which nobody can say what they are. */
function perhapsLowered(changed: Changed): Risk[] {
  return openSwitches(changed).flatMap((one) => {
    const guard = GUARDS.find(({ field, is }) => field.test(one.at) && mayBe(one, is));
    if (guard === undefined) return [];
    const says = `${one.at} ${MAY_BE} ${guard.says} (${one.values})`;
    const because = [{ what: `${one.at} ${one.values}`, from: "what is written" }];
    const what = `${one.at} ${digestOf(one.values)}`;
    return [riskOf(changed, { class: PROTECTION, level: "high", what, says, because })];
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
