import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { Construct } from "constructs";
import { exceptChecks } from "../../terraform/check-exceptions";
import { DEFAULT_LOG_RETENTION_DAYS } from "../shared/log-retention";

export interface LogGroupProps {
  readonly name: string;
  readonly retentionDays: number;
  readonly keyArn: string;
  /** Tags beside the provider's default ones. @default - none */
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
