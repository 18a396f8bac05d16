import { json, listed, REF, type Translations } from "../translation";

const POLICY = { name: "PolicyDocument", value: json } as const;

export const account: Translations = {
  aws_cloudwatch_log_group: { type: "AWS::Logs::LogGroup", says: { name: "LogGroupName" }, reads: { name: REF } },
  aws_iam_instance_profile: {
    type: "AWS::IAM::InstanceProfile",
    says: { name: "InstanceProfileName", role: { name: "Roles", value: listed } },
  },
  aws_iam_role: {
    type: "AWS::IAM::Role",
    says: { name: "RoleName", assume_role_policy: { name: "AssumeRolePolicyDocument", value: json } },
    reads: { name: REF, id: REF },
  },
  aws_iam_role_policy: {
    type: "AWS::IAM::RolePolicy",
    says: { policy: POLICY, role: "RoleName" },
    adds: { PolicyName: "terraform-made-up" },
  },
  aws_iam_role_policy_attachment: { of: "role", says: { policy_arn: { name: "ManagedPolicyArns", value: listed } } },
  aws_kms_alias: { type: "AWS::KMS::Alias", says: { name: "AliasName" } },
  aws_kms_key: {
    type: "AWS::KMS::Key",
    says: { deletion_window_in_days: "PendingWindowInDays", policy: { name: "KeyPolicy", value: json } },
    reads: { key_id: REF, id: REF },
  },
  aws_secretsmanager_secret: {
    type: "AWS::SecretsManager::Secret",
    says: { recovery_window_in_days: { without: "CloudFormation always waits" } },
    reads: { id: REF },
  },
  aws_secretsmanager_secret_version: {
    of: "secret_id",
    says: {
      secret_string_wo: "SecretString",
      secret_string_wo_version: { without: "Terraform's own count of the times that it wrote the value" },
    },
  },
};
