import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { DataAwsChatbotSlackWorkspace } from "@cdktf/provider-aws/lib/data-aws-chatbot-slack-workspace";
import { Construct } from "constructs";
import type { ChatChannel } from "../../../addons/measures";
import { fitName } from "../../../model/names";
import { Role, serviceTrust } from "../iam";
import { roleName } from "../names";
import { PARTITION } from "../regions";

/**
 * Where the interface of Amazon Q in chat applications is asked, which serves every region from four:
 * https://docs.aws.amazon.com/general/latest/gr/chatbot.html
 */
const ASKED_IN = "us-east-2";

export interface SlackProps {
  readonly environment: string;
  readonly channel: ChatChannel;
  readonly topicArns: readonly string[];
}

/**
 * Tells a channel what comes to the topics. The workspace was authorised by people, in the console: a plan without that stops at the
 * lookup. Nobody can do anything in AWS from the channel: its role has no rights, and its guardrail takes all of them.
 */
export function tellSlack(scope: Construct, { environment, channel, topicArns }: SlackProps): void {
  const here = new Construct(scope, "Slack");
  const workspace = new DataAwsChatbotSlackWorkspace(here, "Workspace", {
    region: ASKED_IN,
    slackTeamName: channel.workspace,
  });
  const role = new Role(here, "Role", {
    name: roleName(environment, "addon", "alerts-in-slack"),
    description: `Channel of ${environment} in Slack: may do nothing`,
    trust: serviceTrust("chatbot.amazonaws.com"),
  });
  new ChatbotSlackChannelConfiguration(here, "Default", {
    region: ASKED_IN,
    // Of all environments of the account.
    configurationName: fitName([environment, "measures"], { max: 128 }),
    slackTeamId: workspace.slackTeamId,
    slackChannelId: channel.channelId,
    snsTopicArns: [...topicArns],
    iamRoleArn: role.arn,
    guardrailPolicyArns: [`arn:${PARTITION}:iam::aws:policy/AWSDenyAll`],
    // What could not be delivered is in CloudWatch, in us-east-1.
    loggingLevel: "ERROR",
  });
}
