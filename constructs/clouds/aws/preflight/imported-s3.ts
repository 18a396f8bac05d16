import { answerAt, complaintOf, failed, jsonOf, judgedWith, listIn, maybeIn, textIn } from "../../../preflight/answers";
import type { Answer, Check, Finding } from "../../../preflight/check";
import { importedOf, type ImportedResource } from "../../../preflight/imports";
import { madeOf, needOf, type Resource, textAt } from "../../../preflight/stacks";
import { AFTER_LOGIN, type Asked, global } from "./ask";
import { ANOTHERS, OWN } from "./judged";
import { ownerOf } from "./tags";

/* Buckets that are to be imported: whether each is as a plan takes it for. */

/** What S3 answers of a setting that a bucket has not. */
const NOT_SET =
  /NoSuchBucketPolicy|NoSuchLifecycleConfiguration|NoSuchCORSConfiguration|NoSuchTagSet|ReplicationConfigurationNotFound/;

/** Settings of a bucket that a stack writes over: the word that takes each over, its resource, and the command that shows it. */
const SETTINGS = [
  ["policy", "aws_s3_bucket_policy", "get-bucket-policy"],
  ["lifecycle", "aws_s3_bucket_lifecycle_configuration", "get-bucket-lifecycle-configuration"],
  ["cors", "aws_s3_bucket_cors_configuration", "get-bucket-cors"],
] as const;

function isSet(answer: Answer): boolean {
  if (answer.code !== 0 && NOT_SET.test(answer.complaint)) return false;
  jsonOf(answer);
  return true;
}

/** Whether a setting is of the bucket, by whose address it names it. */
const isOf = ({ stack, block }: Resource, bucket: ImportedResource): boolean =>
  stack === bucket.stack && (textAt(block, "bucket") ?? "").includes(`${bucket.address}.`);

function judgeBucket(asked: Asked, one: ImportedResource, answers: readonly Answer[]): Finding {
  const head = answerAt(answers, 0);
  if (head.code !== 0 && /\(404\)|NoSuchBucket/.test(head.complaint)) return failed("there is no bucket of this name");
  if (head.code !== 0) return failed(`it is another account's, or closed to who asks: ${complaintOf(head)}`);
  const tagging = answerAt(answers, 1);
  const tags = isSet(tagging) ? listIn(jsonOf(tagging), "TagSet") : [];
  const owner = ownerOf(tags, asked.environment.name, one.block);
  if (owner !== undefined) return owner === "own" ? OWN : ANOTHERS;
  const region = maybeIn(head.text.trim() === "" ? {} : jsonOf(head), "BucketRegion");
  const [rule] = listIn(jsonOf(answerAt(answers, 2)), "ServerSideEncryptionConfiguration", "Rules");
  const key = maybeIn(rule, "ApplyServerSideEncryptionByDefault", "KMSMasterKeyID");
  const mistakes = SETTINGS.flatMap(([word, type], place): string[] => {
    const isTaken = importedOf(asked.stacks, type).some(({ id, stack }) => id === one.id && stack === one.stack);
    const is = isSet(answerAt(answers, 3 + place));
    const isWritten = madeOf(asked.stacks, type).some((made) => isOf(made, one));
    if (is && isWritten && !isTaken)
      return [`it has a ${word}, which the plan would replace unseen: name "${word}" in with`];
    return !is && isTaken ? [`it has no ${word}: take "${word}" out of with`] : [];
  });
  const acl = jsonOf(answerAt(answers, 3 + SETTINGS.length));
  const holder = textIn(acl, "Owner", "ID");
  const others = listIn(acl, "Grants").filter((grant) => maybeIn(grant, "Grantee", "ID") !== holder);
  const isReplicated = isSet(answerAt(answers, 4 + SETTINGS.length));
  const replicates = madeOf(asked.stacks, "aws_s3_bucket_replication_configuration").some((made) => isOf(made, one));
  return judgedWith(
    [
      ...(others.length === 0
        ? []
        : [
            `its ACL lets others in, which S3 takes off no bucket by itself: say it by its policy, then aws s3api put-bucket-acl --bucket ${one.id} --acl private`,
          ]),
      ...(isReplicated && replicates
        ? ["it is replicated already, which the plan would replace unseen: end that first"]
        : []),
      ...(typeof region === "string" && region !== asked.place.region ? [`it is in ${region}`] : []),
      ...mistakes,
    ],
    typeof key === "string"
      ? [`objects may be encrypted with ${key}, which workloads may use where keeps has its ARN`]
      : [],
    "it is this account's, with what is named in with",
  );
}

export const bucketChecks = (asked: Asked): Check[] =>
  importedOf(asked.stacks, "aws_s3_bucket").map((one): Check => {
    const owned = ["--bucket", one.id, "--expected-bucket-owner", asked.place.accountId] as const;
    return {
      ...AFTER_LOGIN,
      id: `imports/s3/${one.id}`,
      kind: "imports",
      holds: `the bucket ${one.id} is this account's, and as the plan takes it for`,
      needs: [needOf(one, `bucket ${one.id}`)],
      ask: [
        global("s3api", "head-bucket", ...owned),
        global("s3api", "get-bucket-tagging", ...owned),
        global("s3api", "get-bucket-encryption", ...owned),
        ...SETTINGS.map(([, , command]) => global("s3api", command, ...owned)),
        global("s3api", "get-bucket-acl", ...owned),
        global("s3api", "get-bucket-replication", ...owned),
      ],
      passes: `BucketRegion is ${asked.place.region}; a policy, lifecycle rules and CORS are there where with names them, and nowhere else; default encryption has no key, or one of keeps; Grants are the owner's alone; or its tags are this environment's`,
      otherwise: { say: "correct imported of the service, as it says above", run: [] },
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html",
      judge: (answers) => judgeBucket(asked, one, answers),
    };
  });
