import { asIs, REF, type Translations } from "../translation";

/** What keeps measures, evaluates rules over them and tells a channel. */
export const measures: Translations = {
  aws_prometheus_workspace: {
    type: "AWS::APS::Workspace",
    reads: { id: "WorkspaceId" },
  },
  aws_prometheus_workspace_configuration: {
    of: "workspace_id",
    says: { retention_period_in_days: "WorkspaceConfiguration.RetentionPeriodInDays" },
  },
  aws_prometheus_alert_manager_definition: {
    of: "workspace_id",
    says: { definition: "AlertManagerDefinition" },
  },
  aws_prometheus_rule_group_namespace: {
    type: "AWS::APS::RuleGroupsNamespace",
    says: { workspace_id: { without: "CloudFormation asks for the workspace's ARN, of which Terraform has the id" } },
    adds: { Workspace: "arn:aws:aps:eu-central-1:333333333333:workspace/ws-00000000-0000-0000-0000-000000000000" },
  },
  aws_chatbot_slack_channel_configuration: {
    type: "AWS::Chatbot::SlackChannelConfiguration",
    says: {
      guardrail_policy_arns: { name: "GuardrailPolicies", value: asIs },
      region: { without: "CloudFormation asks the service where it is by itself" },
      slack_team_id: "SlackWorkspaceId",
    },
    reads: { chat_configuration_arn: REF },
  },
};
