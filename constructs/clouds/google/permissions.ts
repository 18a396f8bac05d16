import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { byNames, type GooglePermission } from "../../model/permissions";
import type { ResolvedWorkload } from "../../model/resolved";
import type { Grant } from "./workload-identity";

/** Grants that a workload says of its service account itself. No service of an application has a dot in its name. */
export const grantsOf = ({ permissions }: Pick<ResolvedWorkload, "permissions">, project: string): readonly Grant[] =>
  byNames(permissions?.google).map(([name, permission]) => ({
    id: `permission.${name}`,
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
