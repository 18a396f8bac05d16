import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { fitName } from "../../../model/names";
import { policyDocument } from "../iam";
import { AWS_NAMES } from "../names";

/**
 * What AWS announces of a machine, by the rule's name: source and detail type, word for word.
 * @see https://karpenter.sh/docs/concepts/disruption/#interruption
 */
const EVENTS = {
  "spot-interruption": ["aws.ec2", "EC2 Spot Instance Interruption Warning"],
  rebalance: ["aws.ec2", "EC2 Instance Rebalance Recommendation"],
  "state-change": ["aws.ec2", "EC2 Instance State-change Notification"],
  health: ["aws.health", "AWS Health Event"],
} as const;

/** Seconds an announcement is worth reading. */
const RETENTION_SECONDS = 300;

/** The queue in which Karpenter reads that a machine is about to go, so that its pods leave first. */
export class Interruptions extends Construct {
  constructor(scope: Construct, id: string, props: { readonly cluster: string; readonly queueName: string }) {
    super(scope, id);
    const { cluster, queueName } = props;
    const queue = new SqsQueue(this, "Default", {
      name: queueName,
      messageRetentionSeconds: RETENTION_SECONDS,
      // By SQS's own key: to one of KMS EventBridge would need a key policy, for five minutes of instance ids.
      sqsManagedSseEnabled: true,
    });
    const rules = Object.entries(EVENTS).map(([name, [source, detailType]]) => {
      const rule = new CloudwatchEventRule(this, name, {
        name: fitName([cluster, "karpenter", name], AWS_NAMES.eventRule),
        description: `${detailType}, for Karpenter in ${cluster}`,
        eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
      });
      new CloudwatchEventTarget(this, `${name}-target`, { rule: rule.name, targetId: "karpenter", arn: queue.arn });
      return rule.arn;
    });
    new SqsQueuePolicy(this, "Policy", {
      queueUrl: queue.url,
      policy: policyDocument([
        {
          Sid: "Events",
          Effect: "Allow",
          Principal: { Service: "events.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: queue.arn,
          Condition: { ArnEquals: { "aws:SourceArn": rules } },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sqs:*",
          Resource: queue.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ]),
    });
  }
}
