import type { Construct } from "constructs";
import { keepsShared } from "../../model/holdings";
import { environmentThere } from "../../model/name-there";
import type { ResolvedApplication } from "../../model/resolved";
import { arn } from "./arn";
import { type Copies, createCopies } from "./copies";
import { EncryptionKey } from "./encryption-key";
import type { Statement } from "./iam";
import type { ServiceLookup } from "./lookup";
import { applicationTags } from "./tags";

/** CloudWatch Logs encrypts as itself and names the log group in the encryption context. */
const encryptLogs = (lookup: ServiceLookup): Statement => ({
  Sid: "CloudWatchLogs",
  Effect: "Allow",
  Principal: { Service: `logs.${lookup.region}.amazonaws.com` },
  Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
  Resource: "*",
  Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn(lookup, "logs", "log-group:*") } },
});

/**
 * The one key that encrypts everything the application stores. Its alias is for people, who find it by the environment's
 * and the application's name, and for clusters whose External Secrets was let in by it.
 */
export function createDataKey(
  scope: Construct,
  lookup: ServiceLookup,
  application: ResolvedApplication,
): EncryptionKey {
  return new EncryptionKey(scope, "DataKey", {
    accountId: lookup.accountId,
    name: [`${environmentThere(application)}/${application.name}`],
    description: `Data of ${application.name} in ${environmentThere(application)}`,
    protect: application.protect,
    preventDestroy: keepsShared(application),
    // RDS, ElastiCache, Secrets Manager and S3 act for a caller whom IAM allows and need nothing here.
    statements: [encryptLogs(lookup)],
    tags: applicationTags(application.name),
  });
}

/** Where copies of what it stores go in a second region, with a key there. `undefined`: the environment says none. */
export function createDataCopies(
  scope: Construct,
  { accountId }: Pick<ServiceLookup, "accountId">,
  application: ResolvedApplication,
): Copies | undefined {
  if (application.backups === undefined) return undefined;
  const { name, protect } = application;
  const environment = environmentThere(application);
  return createCopies(scope, application.backups, {
    accountId,
    name: [`${environment}/${name}/copies`],
    description: `Copies of data of ${name} in ${environment}`,
    protect,
    preventDestroy: keepsShared(application),
    tags: applicationTags(name),
  });
}
