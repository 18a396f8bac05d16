import type { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Profile } from "../../model/environment";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { LogRetentionDays } from "./props";

/** Intrusions are found months later, and audits ask for a year. Where nothing depends on it a quarter does. */
export const DEFAULT_LOG_RETENTION_DAYS: Readonly<Record<Profile, LogRetentionDays>> = { production: 365, small: 90 };

/** To be called with every log group that is kept for as long as the environment says. */
export function exceptRetention({ group, days }: { group: CloudwatchLogGroup; days: number }): void {
  if (days >= DEFAULT_LOG_RETENTION_DAYS.production) return;
  exceptChecks(group, {
    checks: ["CKV_AWS_338"],
    reason: "the environment keeps its logs for less than a year, which profile small does by default",
  });
}
