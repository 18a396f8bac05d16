import type { Construct } from "constructs";
import { EncryptionKey } from "./encryption-key";
import { PARTITION } from "./regions";
import type { Settings } from "./settings";

/** CloudWatch log groups of the cluster stack, by their names. */
export const logGroupNames = (cluster: string) =>
  ({ controlPlane: `/aws/eks/${cluster}/cluster`, flows: `/aws/vpc/${cluster}/flow-logs` }) as const;

/** The key of those log groups. CloudWatch must be allowed in the key's own policy. */
export function logKey(scope: Construct, settings: Settings): EncryptionKey {
  const { region, accountId } = settings;
  return new EncryptionKey(scope, "LogKey", {
    accountId,
    name: [settings.clusterName, "logs"],
    description: `Logs of the cluster ${settings.clusterName}`,
    protect: settings.protect,
    statements: [
      {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource: "*",
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn": Object.values(logGroupNames(settings.clusterName)).map(
              (name) => `arn:${PARTITION}:logs:${region}:${accountId}:log-group:${name}`,
            ),
          },
        },
      },
    ],
  });
}
