import type { DbInstanceConfig } from "@cdktf/provider-aws/lib/db-instance";
import type { CheckException } from "../../../model/check-exception";
import type { Service } from "../../../model/service";
import type { AwsRequest } from "../services/provisioner";

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.Engines.html */
const TOO_SMALL = /^db\.(t2|t3|t4g)\.(micro|small)$/;

export const hasInsights = (instanceClass: string): boolean => !TOO_SMALL.test(instanceClass);

/** Performance Insights of an instance, which RDS refuses to make with them on a machine that has none. */
export const insights = (
  { keyArn }: Pick<AwsRequest<Service>, "keyArn">,
  instanceClass: string,
): Partial<DbInstanceConfig> =>
  hasInsights(instanceClass)
    ? {
        databaseInsightsMode: "standard",
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: keyArn,
        performanceInsightsRetentionPeriod: 7,
      }
    : { performanceInsightsEnabled: false };

export const WITHOUT_INSIGHTS: CheckException = {
  checks: ["CKV_AWS_353"],
  reason: "RDS has no Performance Insights on the machine that the environment names",
  given: true,
};
