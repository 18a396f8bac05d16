import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { byContent, CONTENT, type GooglePermission, permissionId } from "../../model/permissions";
import type { ResolvedWorkload } from "../../model/resolved";
import type { Grant } from "./workload-identity";

/**
 * Grants that a workload says of its service account itself. Each resource is called by what it gives: under two names, one
 * would take away what the other has given, as a member is in a binding once.
 */
export const grantsOf = ({ permissions }: Pick<ResolvedWorkload, "permissions">, project: string): readonly Grant[] =>
  byContent(permissions?.google, CONTENT.google).map((permission) => ({
    id: permissionId(CONTENT.google(permission)),
    allow: (scope, member) => [allow(scope, project, permission, member)],
  }));

/** Another resource is another address, so that no member of one is taken for that of the other. */
function allow(
  scope: Construct,
  project: string,
  { role, on = {} }: GooglePermission,
  member: string,
): ITerraformDependable {
  const common = { project, role, member };
  const { topic, subscription, bucket, secret } = on;
  if (topic !== undefined) return new PubsubTopicIamMember(scope, "Topic", { ...common, topic });
  if (subscription !== undefined)
    return new PubsubSubscriptionIamMember(scope, "Subscription", { ...common, subscription });
  if (bucket !== undefined) return new StorageBucketIamMember(scope, "Bucket", { bucket, role, member });
  if (secret !== undefined) return new SecretManagerSecretIamMember(scope, "Secret", { ...common, secretId: secret });
  return new ProjectIamMember(scope, "Project", common);
}
