import { canonicalText } from "../../plan/canonical-text";
import { isFields } from "../../plan/object";
import type { Changed } from "../changed";
import { at, isPresent, listAt, numberAt, textAt } from "../read";
import type { Risk } from "../report";
import { digestOf, riskOf } from "./risk";

/** A rule by which a store deletes objects by itself, and not only versions of before. */
interface Expiry {
  /** What it is for, without its days: rules for the same are compared. */
  readonly scope: string;
  readonly days: number;
}

const RULES: Readonly<Record<string, (value: unknown) => Expiry[]>> = {
  aws_s3_bucket_lifecycle_configuration: (value) =>
    listAt(value, "rule").flatMap((rule) => {
      const days =
        numberAt(rule, "expiration", 0, "days") ?? (isPresent(textAt(rule, "expiration", 0, "date")) ? 0 : undefined);
      const isOn =
        textAt(rule, "status") === "Enabled" &&
        days !== undefined &&
        (days > 0 || isPresent(textAt(rule, "expiration", 0, "date")));
      return isOn ? [{ scope: canonicalText({ filter: at(rule, "filter"), prefix: at(rule, "prefix") }), days }] : [];
    }),
  azurerm_storage_management_policy: (value) =>
    listAt(value, "rule").flatMap((rule) => {
      const blob = at(rule, "actions", 0, "base_blob", 0);
      const days = isFields(blob)
        ? Object.entries(blob).flatMap(([key, one]) =>
            key.startsWith("delete_after_days") && typeof one === "number" && one >= 0 ? [one] : [],
          )
        : [];
      return at(rule, "enabled") !== false && days.length > 0
        ? [{ scope: canonicalText(at(rule, "filters") ?? null), days: Math.min(...days) }]
        : [];
    }),
  google_storage_bucket: (value) =>
    listAt(value, "lifecycle_rule").flatMap((rule) => {
      const condition = at(rule, "condition", 0);
      const isOfVersions =
        (numberAt(condition, "num_newer_versions") ?? 0) > 0 ||
        (numberAt(condition, "days_since_noncurrent_time") ?? 0) > 0 ||
        textAt(condition, "with_state") === "ARCHIVED";
      if (textAt(rule, "action", 0, "type") !== "Delete" || isOfVersions || !isFields(condition)) return [];
      const { age, ...rest } = condition;
      return [{ scope: canonicalText(rest), days: numberAt({ age }, "age") ?? 0 }];
    }),
};

/** Objects that a store will delete by itself, or sooner than before. */
export function expiring(changed: Changed): Risk[] {
  const { type, kind, before, after } = changed.change;
  const rules = Object.hasOwn(RULES, type) ? RULES[type] : undefined;
  if (rules === undefined || kind === "delete" || kind === "forget" || kind === "create") return [];
  const old = rules(before);
  const sooner = rules(after).filter(({ scope, days }) => !old.some((one) => one.scope === scope && one.days <= days));
  return sooner.map(({ scope, days }) => {
    const was = old.find((one) => one.scope === scope);
    const before = was === undefined ? "" : `, and before after ${was.days}`;
    const says = `deletes objects by itself after ${days} days${before}: those that are there already too`;
    const what = `expiry ${digestOf(scope, String(days))}`;
    return riskOf(changed, {
      class: "data loss",
      level: "high",
      what,
      says,
      because: [{ what: scope, from: "the plan" }],
    });
  });
}
