import { Construct } from "constructs";
import type { Addon } from "../../addons/addon";
import type { GrantedStore, StoreNeed } from "../../addons/permissions";
import { nameThere } from "../../model/name-there";
import { fitName } from "../../model/names";
import type { CloudEnvironment } from "../cloud";
import { createCopiedBucket } from "./copied-bucket";
import { createCopies } from "./copies";
import { EncryptionKey } from "./encryption-key";
import type { Statement } from "./iam";
import type { AwsLookup } from "./lookup";
import { AWS_NAMES, roleName } from "./names";
import { createPrivateBucket, type PrivateBucketProps } from "./private-bucket";
import { accessStatements } from "./services/bucket";

interface AddonStoreInput {
  readonly lookup: AwsLookup;
  readonly environment: Pick<CloudEnvironment, "backups" | "name" | "nameThere" | "protect">;
}

/** Days for which a copied store keeps what the add-on has deleted or rewritten: S3 copies no bucket without versions. */
const KEEP_VERSIONS_DAYS = 1;

/**
 * A bucket of an add-on's own, with a key of its own. It has no versions, unless it is copied to a second region: the add-on deletes
 * what is too old, and what it rewrites many times an hour would be kept each time.
 */
export function createAddonStore(
  scope: Construct,
  { lookup, environment }: AddonStoreInput,
  { name }: Pick<Addon, "name">,
  { expireDays, protect, stays }: StoreNeed,
): { readonly store: GrantedStore; readonly statements: readonly Statement[] } {
  const here = new Construct(scope, `Store-${name}`);
  const { accountId, region } = lookup;
  const of = nameThere(environment);
  const tags = { "goldenpath:addon": name };
  const key = new EncryptionKey(here, "Key", {
    accountId,
    // An application is one part after the environment: none has this name.
    name: [`${of}/addon/${name}`],
    description: `Store of add-on ${name} in ${of}`,
    protect,
    tags,
  });
  const props: PrivateBucketProps = {
    // Shared by all of AWS: another region of the account is another place.
    name: fitName([of, "addon", name, region, accountId], AWS_NAMES.bucket),
    keyArn: key.arn,
    expiries: [{ prefix: "", days: expireDays }],
    abortUploadsDays: 1,
    protect,
    dependsOn: [key.key],
    tags,
  };
  const { backups } = environment;
  const at = new Construct(here, "Bucket");
  const bucket =
    backups === undefined || stays === true
      ? createPrivateBucket(at, props).bucket
      : createCopiedBucket(
          at,
          { ...props, keepVersionsDays: KEEP_VERSIONS_DAYS },
          {
            copies: createCopies(here, backups, {
              accountId,
              name: [`${of}/addon/${name}/copies`],
              description: `Copies of the store of add-on ${name} in ${of}`,
              protect,
              preventDestroy: protect,
              tags,
            }),
            id: "Bucket",
            name: fitName([of, "addon", name, "copy", backups.region, accountId], AWS_NAMES.bucket),
            roleName: roleName(of, "replication", name),
            region,
          },
        );
  return {
    store: { interface: "s3", bucket: bucket.bucket, region },
    statements: accessStatements({ lookup, keyArn: key.arn }, bucket.arn),
  };
}
