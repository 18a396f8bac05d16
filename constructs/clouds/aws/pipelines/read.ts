import { PARTITION } from "../regions";
import { arnsIn, policy, type Policy, type RightsIn, throughServices } from "./policy";
import { AWS_READS } from "./types";

/** Services whose rights are by name, below. */
const BY_NAME = ["s3", "secretsmanager", "ssm"];

/** Those of kinds of services are behind this program's own, and never in place of them. */
const readsOf = ({ more = {} }: RightsIn): Readonly<Record<string, readonly string[]>> => ({
  ...AWS_READS,
  ...Object.fromEntries(Object.entries(more).filter(([name]) => !(name in AWS_READS) && !BY_NAME.includes(name))),
});

/**
 * Rights of a plan, in all stacks: it refreshes and compares, secrets of the environment included, and reads the state. It writes
 * nothing, and holds no lock.
 */
export function planPolicy(of: RightsIn): Policy {
  const { at, bucket, buckets, states } = arnsIn(of);
  return policy(
    {
      Sid: "Read",
      Effect: "Allow",
      Action: Object.entries(readsOf(of)).flatMap(([service, verbs]) => verbs.map((verb) => `${service}:${verb}*`)),
      Resource: "*",
    },
    { Sid: "SecretNames", Effect: "Allow", Action: ["secretsmanager:ListSecrets"], Resource: "*" },
    {
      Sid: "Secrets",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy", "secretsmanager:GetSecretValue"],
      Resource: [at("secretsmanager", `secret:${of.environment}/*`)],
    },
    // Which image of nodes is the newest: AWS's own, of no account.
    {
      Sid: "Images",
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      Resource: [`arn:${PARTITION}:ssm:${of.region}::parameter/aws/service/*`],
    },
    // How they are, not what is in them.
    {
      Sid: "Buckets",
      Effect: "Allow",
      Action: ["s3:GetBucket*", "s3:Get*Configuration", "s3:ListBucket", "s3:ListTagsForResource"],
      Resource: [...buckets, bucket(of.stateBucket)],
    },
    { Sid: "State", Effect: "Allow", Action: ["s3:GetObject"], Resource: states },
    {
      Sid: "Keys",
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: at("kms", "key/*"),
      Condition: throughServices(of),
    },
  );
}

/** Rights of a deploy by Helm: where the cluster is. In it its entry in `access` says what it may. */
export function deployPolicy(of: RightsIn): Policy {
  const { at } = arnsIn(of);
  return policy({
    Sid: "Cluster",
    Effect: "Allow",
    Action: ["eks:DescribeCluster"],
    Resource: [at("eks", `cluster/${of.cluster}`)],
  });
}
