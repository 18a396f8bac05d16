import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import type { Profile } from "../../model/environment";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { LogRetentionDays } from "./props";

/** Intrusions are found months later, and audits ask for a year. Where nothing depends on it a quarter does. */
export const DEFAULT_LOG_RETENTION_DAYS: Readonly<Record<Profile, LogRetentionDays>> = { production: 365, small: 90 };

export interface LogGroupProps {
  readonly name: string;
  readonly retentionDays: number;
  readonly keyArn: string;
  /** Beside the provider's default tags. @default - none */
  readonly tags?: Record<string, string>;
}

/** A log group for what the environment says how long to keep. */
export function createLogGroup(scope: Construct, id: string, props: LogGroupProps): CloudwatchLogGroup {
  const { name, retentionDays, keyArn, tags } = props;
  const group = new CloudwatchLogGroup(scope, id, { name, retentionInDays: retentionDays, kmsKeyId: keyArn, tags });
  if (retentionDays < DEFAULT_LOG_RETENTION_DAYS.production) {
    exceptChecks(group, {
      checks: ["CKV_AWS_338"],
      reason: "the environment keeps its logs for less than a year, which profile small does by default",
    });
  }
  return group;
}
