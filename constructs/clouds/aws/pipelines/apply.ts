import { PARTITION } from "../regions";
import { arnsIn, notItself, policy, type Policy, type PolicyStatement, type RightsIn, throughServices } from "./policy";
import { AWS_MADE, PASSED_TO } from "./types";

/** Those whose rights are by name, below. */
const BY_NAME = ["iam", "s3", "secretsmanager"];

const WHOLE = [...new Set(Object.values(AWS_MADE))].filter((service) => !BY_NAME.includes(service)).sort();

/** Services in which an apply may do everything. */
const whole = ({ more = {} }: RightsIn): string[] =>
  [...new Set([...WHOLE, ...Object.keys(more)])].filter((service) => !BY_NAME.includes(service)).sort();

/**
 * Rights of an apply of all stacks but that of the state: as good as an administrator's, in the services that stacks use.
 * What it cannot is make a role without the boundary, or touch who pipelines are.
 */
export function applyPolicy(of: RightsIn): Policy {
  const { at, buckets, roles } = arnsIn(of);
  return policy(
    { Sid: "Services", Effect: "Allow", Action: whole(of).map((service) => `${service}:*`), Resource: "*" },
    {
      Sid: "Secrets",
      Effect: "Allow",
      Action: ["secretsmanager:*"],
      Resource: [at("secretsmanager", `secret:${of.environment}/*`), at("secretsmanager", "secret:rds!db-*")],
    },
    { Sid: "SecretNames", Effect: "Allow", Action: ["secretsmanager:ListSecrets"], Resource: "*" },
    { Sid: "Buckets", Effect: "Allow", Action: ["s3:*"], Resource: buckets },
    {
      Sid: "Images",
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      Resource: [`arn:${PARTITION}:ssm:${of.region}::parameter/aws/service/*`],
    },
    ...stateStatements(of),
    { Sid: "ReadRoles", Effect: "Allow", Action: ["iam:Get*", "iam:List*"], Resource: "*" },
    ...roleStatements(of, roles, PASSED_TO),
    ...clusterRoles(of),
    notItself(of),
    ...notTheState(of),
  );
}

/** Reads and writes states, and holds their locks. */
export function stateStatements(of: RightsIn): readonly PolicyStatement[] {
  const { states, bucket, at } = arnsIn(of);
  return [
    { Sid: "StateNames", Effect: "Allow", Action: ["s3:ListBucket"], Resource: [bucket(of.stateBucket)] },
    {
      Sid: "State",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject"],
      Resource: states,
    },
    {
      Sid: "Lock",
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      Resource: states.map((state) => `${state}.tflock`),
    },
    {
      Sid: "Keys",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: at("kms", "key/*"),
      Condition: throughServices(of),
    },
  ];
}

/** Roles are made with the boundary or not at all, and nobody can take it off. */
export function roleStatements(
  of: RightsIn,
  roles: readonly string[],
  passedTo: readonly string[],
): readonly PolicyStatement[] {
  const { boundary } = arnsIn(of);
  return [
    {
      Sid: "BoundedRoles",
      Effect: "Allow",
      Action: [
        "iam:CreateRole",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:DeleteRolePolicy",
        "iam:AttachRolePolicy",
        "iam:DetachRolePolicy",
      ],
      Resource: roles,
      Condition: { StringEquals: { "iam:PermissionsBoundary": boundary } },
    },
    {
      Sid: "OwnRoles",
      Effect: "Allow",
      Action: [
        "iam:DeleteRole",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: roles,
    },
    {
      Sid: "PassThem",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: roles,
      Condition: { StringEquals: { "iam:PassedToService": passedTo } },
    },
  ];
}

/** What nodes and services of AWS's have. Roles of services are AWS's own, and bounded by nobody. */
function clusterRoles(of: RightsIn): readonly PolicyStatement[] {
  const { iam, profiles } = arnsIn(of);
  return [
    {
      Sid: "Profiles",
      Effect: "Allow",
      Action: ["CreateInstanceProfile", "DeleteInstanceProfile", "TagInstanceProfile", "UntagInstanceProfile"]
        .concat("AddRoleToInstanceProfile", "RemoveRoleFromInstanceProfile")
        .map((action) => `iam:${action}`),
      Resource: [profiles],
    },
    {
      Sid: "RolesOfServices",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: [iam("role/aws-service-role/*")],
    },
  ];
}

/**
 * The bucket is people's: states are written in it, and it is neither opened, changed nor emptied of what was before. The state
 * of who pipelines are is in it too, where the environment keeps it there.
 */
export function notTheState(of: RightsIn): readonly PolicyStatement[] {
  const { bucket } = arnsIn(of);
  return [
    {
      Sid: "NotTheBucket",
      Effect: "Deny",
      Action: ["DeleteBucket*", "DeleteObjectVersion*", "PutBucket*", "Put*Configuration", "PutObject*Acl"].map(
        (action) => `s3:${action}`,
      ),
      Resource: [bucket(of.stateBucket), bucket(`${of.stateBucket}/*`)],
    },
    // Locks come and go.
    {
      Sid: "NotStates",
      Effect: "Deny",
      Action: ["s3:DeleteObject"],
      Resource: [bucket(`${of.stateBucket}/*.tfstate`)],
    },
    {
      Sid: "NotItsState",
      Effect: "Deny",
      Action: ["s3:*"],
      Resource: [bucket(`${of.stateBucket}/${of.stateStack}.tfstate*`)],
    },
  ];
}
