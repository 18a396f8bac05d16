import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { environmentThere } from "../../../model/name-there";
import { fitName } from "../../../model/names";
import type { ResolvedApplication } from "../../../model/resolved";
import type { Told } from "../../shared/told";
import { arn } from "../arn";
import { EncryptionKey } from "../encryption-key";
import { policyDocument, type Statement } from "../iam";
import type { ServiceLookup } from "../lookup";
import { AWS_NAMES } from "../names";
import { applicationTags } from "../tags";

export interface AlarmTopicProps {
  readonly lookup: Pick<ServiceLookup, "accountId" | "region">;
  readonly application: Pick<ResolvedApplication, "environment" | "environmentThere" | "name">;
  readonly told: Told;
}

/** Longest name that SNS shows as the sender of a mail. */
const SENDER_LENGTH = 100;

/** Who sends to the topic: alarms of CloudWatch, and rules of EventBridge. */
const SENDERS = ["cloudwatch", "events"] as const;

/** Lets both encrypt a message that waits in the topic: the key encrypts nothing else. */
const encryptMessages: readonly Statement[] = SENDERS.map((sender) => ({
  Sid: sender,
  Effect: "Allow",
  Principal: { Service: `${sender}.amazonaws.com` },
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
}));

const publish = (sender: (typeof SENDERS)[number], topicArn: string): Statement => ({
  Sid: sender,
  Effect: "Allow",
  Principal: { Service: `${sender}.amazonaws.com` },
  Action: "sns:Publish",
  Resource: topicArn,
});

/**
 * Where alarms of an application go: by mail to whoever answers for the environment. AWS asks them once whether they want it, and
 * sends nothing before they have said so.
 */
export class AlarmTopic extends Construct {
  readonly arn: string;
  readonly told: Told;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    const { lookup, told } = props;
    const { name } = props.application;
    const environment = environmentThere(props.application);
    const tags = applicationTags(name);
    // A key of its own: that of the data opens itself to no service that needs none of them.
    const key = new EncryptionKey(this, "Key", {
      accountId: lookup.accountId,
      name: [`${environment}/${name}/alarms`],
      description: `Alarms of ${name} in ${environment}`,
      protect: false,
      statements: encryptMessages,
      tags,
    });
    const topic = new SnsTopic(this, "Default", {
      name: fitName([environment, name, "alarms"], AWS_NAMES.topic),
      displayName: `${environment} ${name}`.slice(0, SENDER_LENGTH),
      kmsMasterKeyId: key.arn,
      tags,
    });
    new SnsTopicPolicy(this, "Policy", {
      arn: topic.arn,
      policy: policyDocument([
        {
          ...publish("cloudwatch", topic.arn),
          Condition: {
            StringEquals: { "aws:SourceAccount": lookup.accountId },
            ArnLike: { "aws:SourceArn": arn(lookup, "cloudwatch", "alarm:*") },
          },
        },
        // With a condition it would send nothing: EventBridge says to SNS of no rule whose it is.
        // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
        publish("events", topic.arn),
      ]),
    });
    new SnsTopicSubscription(this, "Mail", { topicArn: topic.arn, protocol: "email", endpoint: told.mail });
    this.arn = topic.arn;
    this.told = told;
  }
}
