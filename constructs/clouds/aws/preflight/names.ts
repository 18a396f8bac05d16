import {
  answerAt,
  complaintOf,
  failed,
  jsonOf,
  listIn,
  maybeIn,
  NotUnderstood,
  passed,
  textIn,
  unclear,
} from "../../../preflight/answers";
import type { Answer, Check, Finding } from "../../../preflight/check";
import { notImportedOf } from "../../../preflight/imports";
import { at, byValue, literalAt, madeOf, needOf, type Resource } from "../../../preflight/stacks";
import { word } from "../../../releases/shell";
import { AFTER_LOGIN, type Asked, global, regional } from "./ask";
import { isOurs } from "./tags";

/** What S3 answers about a bucket that is not to be had, by the number in what the CLI complains. */
const refusal = ({ complaint }: Answer): string | undefined =>
  /\((404|403|301|NoSuchBucket|NoSuchTagSet|AccessDenied)\)/.exec(complaint)?.[1];

/** Why a bucket that is there is not where it is wanted. `undefined`: it is. */
function elsewhere(head: Answer, region: string): Finding | undefined {
  if (head.text.trim() === "")
    return unclear("in this account already; this version of the CLI does not say in which region");
  const found = textIn(jsonOf(head), "BucketRegion");
  return found === region ? undefined : failed(`in this account already, in ${found}`);
}

function judgeBucket(answers: readonly Answer[], environment: string, region: string): Finding {
  const head = answerAt(answers, 0);
  if (head.code !== 0) {
    const refused = refusal(head);
    if (refused === "404" || refused === "NoSuchBucket") return passed("free");
    if (refused === "403" || refused === "AccessDenied") {
      return failed("taken by another account, or by this one and closed to who asks");
    }
    throw new NotUnderstood(`the command failed: ${complaintOf(head)}`);
  }
  const tagging = answerAt(answers, 1);
  if (tagging.code !== 0 && refusal(tagging) === "NoSuchTagSet") {
    return failed("in this account already, without a tag of this environment");
  }
  if (tagging.code !== 0) return unclear(`in this account already; its tags cannot be read: ${complaintOf(tagging)}`);
  return isOurs(listIn(jsonOf(tagging), "TagSet"), environment)
    ? (elsewhere(head, region) ?? passed("this environment's own, by its tags"))
    : failed("in this account already, with other tags than this environment's");
}

/** Copies are in regions of their own. */
const regionOf = (resources: readonly Resource[], { place }: Asked): string =>
  literalAt(resources[0]?.block, "region") ?? place.region;

const buckets = (asked: Asked): Check[] =>
  [...byValue(notImportedOf(asked.stacks, "aws_s3_bucket"), ({ block }) => literalAt(block, "bucket"))].map(
    ([name, resources]): Check => ({
      ...AFTER_LOGIN,
      id: `names/s3/${name}`,
      kind: "names",
      holds: `the bucket ${name} is free, or this environment's`,
      needs: resources.map((one) => needOf(one, `bucket ${name}`)),
      ask: [
        global("s3api", "head-bucket", "--bucket", name, "--expected-bucket-owner", asked.place.accountId),
        global("s3api", "get-bucket-tagging", "--bucket", name, "--expected-bucket-owner", asked.place.accountId),
      ],
      passes: `the first command answers 404; or BucketRegion is ${regionOf(resources, asked)}, and the second has the tags environment and managed-by of this environment`,
      otherwise: {
        say: "names of buckets are shared by all accounts: choose another name for the environment or the service, or import the bucket where it is yours",
        run: [],
      },
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html",
      judge: (answers) => judgeBucket(answers, asked.environment.name, regionOf(resources, asked)),
    }),
  );

/** Secrets that were deleted keep their names for days. */
function secrets(asked: Asked): Check[] {
  const named = byValue(madeOf(asked.stacks, "aws_secretsmanager_secret"), ({ block }) => literalAt(block, "name"));
  if (named.size === 0) return [];
  const names = [...named.keys()];
  // Every one of the environment's begins so.
  const start = `${names[0]?.split("/")[0] ?? ""}/`;
  return [
    {
      ...AFTER_LOGIN,
      id: "names/secretsmanager",
      kind: "names",
      holds: "no secret that the stacks make has the name of one that was deleted and is kept for a while",
      needs: [...named].flatMap(([name, resources]) => resources.map((one) => needOf(one, `secret ${name}`))),
      ask: [
        regional(
          asked,
          ...["secretsmanager", "list-secrets", "--include-planned-deletion", "--filters", `Key=name,Values=${start}`],
          ...["--query", "{SecretList: SecretList[].{Name: Name, DeletedDate: DeletedDate}}"],
        ),
      ],
      passes: "none of them has a DeletedDate",
      otherwise: {
        say: "with the name of each that was found: bring it back, and import it; or have it gone at once, with its value",
        run: [
          `NAME=${word(names[0] ?? "")}`,
          `aws secretsmanager restore-secret --secret-id "$NAME" --region ${asked.place.region}`,
          `aws secretsmanager delete-secret --force-delete-without-recovery --secret-id "$NAME" --region ${asked.place.region}`,
        ],
      },
      source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
      judge: (answers) => {
        const all = listIn(jsonOf(answerAt(answers, 0)), "SecretList");
        const deleted = all
          .filter((one) => maybeIn(one, "DeletedDate") !== undefined && maybeIn(one, "DeletedDate") !== null)
          .map((one) => textIn(one, "Name"))
          .filter((name) => named.has(name));
        return deleted.length === 0
          ? passed(`none of ${names.length}`)
          : failed(`deleted, and kept: ${deleted.join(", ")}`);
      },
    },
  ];
}

/** A cluster of the name that somebody else has made stops ours. */
const clusters = (asked: Asked): Check[] =>
  [...byValue(madeOf(asked.stacks, "aws_eks_cluster"), ({ block }) => literalAt(block, "name"))].map(
    ([name, resources]): Check => ({
      ...AFTER_LOGIN,
      id: `names/eks/${name}`,
      kind: "names",
      holds: `the name ${name} of a cluster is free, or this environment's`,
      needs: resources.map((one) => needOf(one, `cluster ${name}`)),
      ask: [regional(asked, "eks", "describe-cluster", "--name", name, "--query", "{tags: cluster.tags}")],
      passes:
        "the command answers ResourceNotFoundException; or tags has environment and managed-by of this environment",
      otherwise: { say: "choose another clusterName, or import the cluster where it is yours", run: [] },
      source: "https://docs.aws.amazon.com/cli/latest/reference/eks/describe-cluster.html",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (answer.code !== 0 && /ResourceNotFoundException/.test(answer.complaint)) return passed("free");
        const tags = maybeIn(jsonOf(answer), "tags");
        const has = (key: string, value: string): boolean => maybeIn(tags, key) === value;
        return has("managed-by", "terraform") && has("environment", asked.environment.name)
          ? passed("this environment's own, by its tags")
          : failed("in the account already, with other tags than this environment's");
      },
    }),
  );

/** The log group that EKS writes once more after its cluster is deleted stops the next cluster of the name. */
const logGroups = (asked: Asked): Check[] =>
  [...byValue(madeOf(asked.stacks, "aws_eks_cluster"), ({ block }) => literalAt(block, "name"))]
    .filter(([, [first]]) => Array.isArray(at(first?.block, "enabled_cluster_log_types")))
    .map(([name, resources]): Check => {
      const group = `/aws/eks/${name}/cluster`;
      return {
        ...AFTER_LOGIN,
        id: `names/logs/${name}`,
        kind: "names",
        holds: `the log group ${group} is not left from a cluster that was deleted`,
        needs: resources.map((one) => needOf(one, `log group ${group}`)),
        ask: [
          regional(asked, "logs", "describe-log-groups", "--log-group-name-prefix", group),
          regional(asked, "eks", "list-clusters"),
        ],
        passes: `there is no log group of that name, or there is the cluster ${name}`,
        otherwise: {
          say: "delete it, with the lines in it",
          run: [`aws logs delete-log-group --log-group-name ${group} --region ${asked.place.region}`],
        },
        source: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
        judge: (answers) => {
          const groups = listIn(jsonOf(answerAt(answers, 0)), "logGroups").map((one) => textIn(one, "logGroupName"));
          if (!groups.includes(group)) return passed("free");
          return listIn(jsonOf(answerAt(answers, 1)), "clusters").includes(name)
            ? passed(`of the cluster ${name}, which is there`)
            : failed("there, and no cluster of the name");
        },
      };
    });

/** Names that somebody else may have, or that stay taken when what had them was deleted. */
export const nameChecks = (asked: Asked): Check[] => [
  ...buckets(asked),
  ...clusters(asked),
  ...logGroups(asked),
  ...secrets(asked),
];
