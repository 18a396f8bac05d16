import { canonicalText } from "../../plan/canonical-text";
import { isFields } from "../../plan/object";
import type { Changed } from "../changed";
import { at, isPresent, listAt, numberAt, textAt } from "../read";
import type { Risk } from "../report";
import { digestOf, riskOf } from "./risk";

/** A rule by which a store deletes objects, or versions of before, by itself. */
interface Expiry {
  /** What it is for, without its days: rules for the same are compared. */
  readonly scope: string;
  readonly days: number;
  /** Whether it deletes versions of before, and no object as it is. */
  readonly ofVersions: boolean;
}

const expiry = (scope: unknown, ofVersions: boolean, days: number | undefined): Expiry[] =>
  days === undefined ? [] : [{ scope: canonicalText(scope), ofVersions, days }];

/** Where uploads are that a gateway of this program has not finished. */
const UNFINISHED = /\/\.sgwtmp\/$/;

const RULES: Readonly<Record<string, (value: unknown) => Expiry[]>> = {
  aws_s3_bucket_lifecycle_configuration: (value) =>
    listAt(value, "rule").flatMap((rule) => {
      if (textAt(rule, "status") !== "Enabled") return [];
      const byDate = isPresent(textAt(rule, "expiration", 0, "date"));
      const days = numberAt(rule, "expiration", 0, "days") ?? (byDate ? 0 : undefined);
      const scope = { filter: at(rule, "filter"), prefix: at(rule, "prefix") };
      const versions = at(rule, "noncurrent_version_expiration", 0);
      const kept = numberAt(versions, "newer_noncurrent_versions");
      return [
        ...expiry(scope, false, byDate || (days ?? 0) > 0 ? days : undefined),
        ...expiry({ ...scope, kept }, true, numberAt(versions, "noncurrent_days")),
      ];
    }),
  azurerm_storage_management_policy: (value) =>
    listAt(value, "rule").flatMap((rule) => {
      const prefixes = listAt(rule, "filters", 0, "prefix_match");
      const ofUploads = prefixes.length > 0 && prefixes.every((one) => UNFINISHED.test(String(one)));
      if (at(rule, "enabled") === false || ofUploads) return [];
      const blob = at(rule, "actions", 0, "base_blob", 0);
      const days = isFields(blob)
        ? Object.entries(blob).flatMap(([key, one]) =>
            key.startsWith("delete_after_days") && typeof one === "number" && one >= 0 ? [one] : [],
          )
        : [];
      const scope = at(rule, "filters") ?? null;
      const versions = numberAt(rule, "actions", 0, "version", 0, "delete_after_days_since_creation") ?? -1;
      return [
        ...expiry(scope, false, days.length > 0 ? Math.min(...days) : undefined),
        // The provider says -1 of what is not said.
        ...expiry(scope, true, versions < 0 ? undefined : versions),
      ];
    }),
  google_storage_bucket: (value) =>
    listAt(value, "lifecycle_rule").flatMap((rule) => {
      const condition = at(rule, "condition", 0);
      if (textAt(rule, "action", 0, "type") !== "Delete" || !isFields(condition)) return [];
      const { age, days_since_noncurrent_time, ...rest } = condition;
      const noncurrent = numberAt({ days_since_noncurrent_time }, "days_since_noncurrent_time") ?? 0;
      const ofVersions =
        noncurrent > 0 || (numberAt(rest, "num_newer_versions") ?? 0) > 0 || textAt(rest, "with_state") === "ARCHIVED";
      const aged = numberAt({ age }, "age") ?? 0;
      if (!ofVersions) return expiry({ days_since_noncurrent_time, ...rest }, false, aged);
      return expiry(rest, true, noncurrent > 0 ? Math.max(noncurrent, aged) : aged);
    }),
};

/** Where a rule says of which bucket or account it is. */
const OF: Readonly<Record<string, string>> = {
  aws_s3_bucket_lifecycle_configuration: "bucket",
  azurerm_storage_management_policy: "storage_account_id",
};

/** Types of what holds the objects. */
const STORES: readonly string[] = ["aws_s3_bucket", "azurerm_storage_account", "google_storage_bucket"];

/** Whether what it deletes from was there before: the bucket or account of a rule, or what is part of the same service. */
function isImported({ stack, change, place }: Changed, changes: readonly Changed[]): boolean {
  if (change.importing !== undefined) return true;
  const of = Object.hasOwn(OF, change.type) ? textAt(change.after, OF[change.type] ?? "") : undefined;
  return changes.some(
    (one) =>
      one.stack === stack &&
      one.change.importing !== undefined &&
      STORES.includes(one.change.type) &&
      (of === undefined
        ? place.element !== undefined && one.place.name === place.name
        : textAt(one.change.after, "id") === of || one.change.importing.id === of),
  );
}

/**
 * Objects, and versions of before, that a store will delete by itself, or sooner than before. The first rules of one that is made
 * delete nothing yet; of one that is imported they end what was kept for years.
 */
export function expiring(changed: Changed, changes: readonly Changed[]): Risk[] {
  const { type, kind, before, after } = changed.change;
  const rules = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
  if (rules === undefined || kind === "delete" || kind === "forget") return [];
  const imported = isImported(changed, changes);
  if (kind === "create" && !imported) return [];
  const old = rules(kind === "create" ? undefined : before);
  const sameAs =
    ({ scope, ofVersions }: Expiry) =>
    (one: Expiry): boolean =>
      one.scope === scope && one.ofVersions === ofVersions;
  const sooner = rules(after).filter((rule) => {
    const same = old.filter(sameAs(rule));
    // That these are kept for less time is told as less protection.
    const isTold = !imported && rule.ofVersions && same.length > 0 && type !== "azurerm_storage_management_policy";
    return !isTold && !same.some((one) => one.days <= rule.days);
  });
  return sooner.map((rule) => {
    const { scope, days, ofVersions } = rule;
    const was = old.find(sameAs(rule));
    const before = was === undefined ? "" : `, and before after ${was.days}`;
    const what = ofVersions ? "old versions of objects" : "objects";
    const gone = imported ? "those of before the import too" : "those that are there already too";
    return riskOf(changed, {
      class: "data loss",
      level: "high",
      what: `expiry ${digestOf(scope, String(days), ...(ofVersions ? ["versions"] : []))}`,
      says: `deletes ${what} by itself after ${days} days${before}: ${gone}`,
      because: [{ what: scope, from: "the plan" }],
    });
  });
}
