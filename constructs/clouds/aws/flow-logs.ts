import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { Role, serviceTrust } from "./iam";
import { createLogGroup } from "./log-group";
import { logGroupNames } from "./log-key";
import { AWS_NAMES } from "./names";
import type { FlowLogInterval } from "./props";
import type { Settings } from "./settings";

export interface FlowLogsProps {
  readonly settings: Settings;
  readonly vpcId: string;
  /** Seconds that one record sums up. */
  readonly interval: FlowLogInterval;
  /** Key that encrypts the log group. */
  readonly keyArn: string;
}

/** Who talked to whom in the VPC, accepted and rejected, in CloudWatch. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { settings } = props;
    const group = createLogGroup(this, "LogGroup", {
      name: logGroupNames(settings.clusterName).flows,
      retentionDays: settings.logRetentionDays,
      keyArn: props.keyArn,
    });
    const writer = new Role(this, "Writer", {
      name: fitName([settings.clusterName, settings.region, "flow-logs"], AWS_NAMES.role),
      description: `Writes the flow logs of ${settings.clusterName}`,
      trust: {
        ...serviceTrust("vpc-flow-logs.amazonaws.com"),
        Condition: { StringEquals: { "aws:SourceAccount": settings.accountId } },
      },
      statements: [
        {
          Effect: "Allow",
          Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
          Resource: [group.arn, `${group.arn}:*`],
        },
      ],
    });
    new FlowLog(this, "Default", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: writer.arn,
      maxAggregationInterval: props.interval,
      tags: { Name: settings.clusterName },
      dependsOn: [...writer.permissions],
    });
  }
}
