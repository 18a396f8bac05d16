import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../../model/names";
import { arn } from "../arn";
import { EncryptionKey } from "../encryption-key";
import { policyDocument, type Statement } from "../iam";
import type { AwsLookup } from "../lookup";
import { AWS_NAMES } from "../names";

export interface TopicsProps {
  readonly lookup: Pick<AwsLookup, "accountId" | "region">;
  readonly environment: string;
  /** ARN of the workspace whose alert manager writes. */
  readonly workspaceArn: string;
}

/** The alert manager of a workspace, and alarms of CloudWatch. */
const SENDERS = ["aps", "cloudwatch"] as const;

const encryptMessages: readonly Statement[] = SENDERS.map((sender) => ({
  Sid: sender,
  Effect: "Allow",
  Principal: { Service: `${sender}.amazonaws.com` },
  Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
  Resource: "*",
}));

/** Topics of an environment's alerts, with a key that encrypts nothing else. */
export class Topics extends Construct {
  readonly #props: TopicsProps;
  readonly #keyArn: string;
  readonly #policies: ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, props: TopicsProps) {
    super(scope, id);
    this.#props = props;
    this.#keyArn = new EncryptionKey(this, "Key", {
      accountId: props.lookup.accountId,
      name: [`${props.environment}/measures/alerts`],
      description: `Alerts of ${props.environment} on their way`,
      protect: false,
      statements: encryptMessages,
    }).arn;
  }

  /** What has to be there before anybody may write to them. */
  get policies(): readonly ITerraformDependable[] {
    return this.#policies;
  }

  /** ARN of a topic of this name. `alarms`: alarms of CloudWatch may write to it as well. */
  add(name: string, { alarms = false, mail }: { readonly alarms?: boolean; readonly mail?: string } = {}): string {
    const { lookup, environment, workspaceArn } = this.#props;
    const here = new Construct(this, name);
    const topic = new SnsTopic(here, "Default", {
      name: fitName([environment, "measures", name], AWS_NAMES.topic),
      displayName: `${environment} ${name}`.slice(0, 100),
      kmsMasterKeyId: this.#keyArn,
    });
    const ofAccount = { "aws:SourceAccount": lookup.accountId };
    this.#policies.push(
      new SnsTopicPolicy(here, "Policy", {
        arn: topic.arn,
        policy: policyDocument([
          {
            Sid: "aps",
            Effect: "Allow",
            Principal: { Service: "aps.amazonaws.com" },
            Action: ["sns:Publish", "sns:GetTopicAttributes"],
            Resource: topic.arn,
            Condition: { StringEquals: ofAccount, ArnEquals: { "aws:SourceArn": workspaceArn } },
          },
          ...(alarms
            ? [
                {
                  Sid: "cloudwatch",
                  Effect: "Allow",
                  Principal: { Service: "cloudwatch.amazonaws.com" },
                  Action: "sns:Publish",
                  Resource: topic.arn,
                  Condition: {
                    StringEquals: ofAccount,
                    ArnLike: { "aws:SourceArn": arn(lookup, "cloudwatch", "alarm:*") },
                  },
                } as const,
              ]
            : []),
        ]),
      }),
    );
    if (mail !== undefined) {
      new SnsTopicSubscription(here, "Mail", { topicArn: topic.arn, protocol: "email", endpoint: mail });
    }
    return topic.arn;
  }
}
