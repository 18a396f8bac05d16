import { Construct } from "constructs";
import type { Addon } from "../../addons/addon";
import type { GrantedStore, StoreNeed } from "../../addons/permissions";
import { fitName } from "../../model/names";
import { EncryptionKey } from "./encryption-key";
import type { Statement } from "./iam";
import type { AwsLookup } from "./lookup";
import { AWS_NAMES } from "./names";
import { createPrivateBucket } from "./private-bucket";
import { accessStatements } from "./services/bucket";

interface AddonStoreInput {
  readonly lookup: AwsLookup;
  readonly environment: { readonly name: string };
}

/**
 * A bucket of an add-on's own, with a key of its own. It has no versions: the add-on deletes what is too old, and what it
 * rewrites many times an hour would be kept each time.
 */
export function createAddonStore(
  scope: Construct,
  { lookup, environment }: AddonStoreInput,
  { name }: Pick<Addon, "name">,
  { expireDays, protect }: StoreNeed,
): { readonly store: GrantedStore; readonly statements: readonly Statement[] } {
  const here = new Construct(scope, `Store-${name}`);
  const { accountId, region } = lookup;
  const tags = { "goldenpath:addon": name };
  const key = new EncryptionKey(here, "Key", {
    accountId,
    // An application is one part after the environment: none has this name.
    name: [`${environment.name}/addon/${name}`],
    description: `Store of add-on ${name} in ${environment.name}`,
    protect,
    tags,
  });
  const bucket = createPrivateBucket(new Construct(here, "Bucket"), {
    // Shared by all of AWS: another region of the account is another place.
    name: fitName([environment.name, "addon", name, region, accountId], AWS_NAMES.bucket),
    keyArn: key.arn,
    expiries: [{ prefix: "", days: expireDays }],
    abortUploadsDays: 1,
    protect,
    dependsOn: [key.key],
    tags,
  });
  return {
    store: { interface: "s3", bucket: bucket.bucket, region },
    statements: accessStatements({ lookup, keyArn: key.arn }, bucket.arn),
  };
}
