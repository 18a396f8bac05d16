import { applicationPolicy } from "../../constructs/clouds/aws/pipelines/application";
import { applyPolicy } from "../../constructs/clouds/aws/pipelines/apply";
import { boundaryPolicy } from "../../constructs/clouds/aws/pipelines/boundary";
import type { Policy, RightsIn } from "../../constructs/clouds/aws/pipelines/policy";
import { deployPolicy, planPolicy } from "../../constructs/clouds/aws/pipelines/read";
import { pipelineRoleName } from "../../constructs/clouds/aws/pipelines/roles";
import { GOOGLE_PLAN_PERMISSIONS } from "../../constructs/clouds/google/pipelines/roles";
import { PIPELINE_IDENTITIES } from "../../constructs/pipelines/pipeline";
import { AWS_PLAN } from "../../scripts/docs/rights/aws";
import { AZURE_APPLICATION, AZURE_APPLY, AZURE_PLAN } from "../../scripts/docs/rights/azure";
import { GOOGLE_APPLICATION, GOOGLE_APPLY, GOOGLE_DEPLOY, GOOGLE_PLAN } from "../../scripts/docs/rights/google";
import { allows, type Request } from "../support/iam-policy";
import { stack, synthesizeReference } from "../support/reference";

/* What a plan, an apply and a deploy may, and may not: the policies of AWS decided on as IAM does, with the names of the shipped stacks. */

const ACCOUNTS: Readonly<Record<string, string>> = { staging: "111111111111", production: "222222222222" };
const REGION = "eu-central-1";

const rightsIn = (environment: string): RightsIn => ({
  region: REGION,
  accountId: ACCOUNTS[environment] ?? "",
  environment,
  cluster: environment,
  stateBucket: `${environment}-tfstate-${ACCOUNTS[environment]}`,
  stacks: [`${environment}-cluster`, `${environment}-platform`, environment],
  stateStack: `state-${environment}`,
  boundary: "bounded",
  previewFolder: "previews",
});

const boundaryOf = ({ accountId }: RightsIn): string => `arn:aws:iam::${accountId}:policy/bounded`;

const actions = ({ Statement }: Policy): readonly string[] => Statement.flatMap(({ Action = [] }) => Action);

describe("a plan writes nothing", () => {
  test("on AWS: every action describes, gets, lists or decrypts, and none is more than such a word with a star behind it", () => {
    const of = rightsIn("staging");
    expect(
      actions(planPolicy(of)).filter((one) => !/^[a-z0-9]+:(?:Describe|Get|List)[A-Za-z]*\*?[A-Za-z]*$/.test(one)),
    ).toEqual(["kms:Decrypt"]);
    expect(AWS_PLAN.Statement.every(({ Effect, NotAction }) => Effect === "Allow" && NotAction === undefined)).toBe(
      true,
    );
    expect(actions(deployPolicy(of))).toEqual(["eks:DescribeCluster"]);
  });

  test("on AWS: neither what is in logs, machines, queues and buckets, nor a state of somebody else's", () => {
    const of = rightsIn("staging");
    const asked: readonly Request[] = [
      { action: "logs:GetLogEvents", resource: `arn:aws:logs:${REGION}:${of.accountId}:log-group:/aws/eks` },
      { action: "ec2:GetPasswordData", resource: "*" },
      { action: "ec2:GetConsoleOutput", resource: "*" },
      { action: "sqs:ReceiveMessage", resource: "*" },
      { action: "ssm:GetParameter", resource: `arn:aws:ssm:${REGION}:${of.accountId}:parameter/team` },
      { action: "s3:GetObject", resource: "arn:aws:s3:::staging-my-app-uploads-111111111111/invoice.pdf" },
      { action: "s3:GetObject", resource: `arn:aws:s3:::${of.stateBucket}/state-staging.tfstate` },
      { action: "s3:GetObject", resource: "arn:aws:s3:::production-tfstate-222222222222/production.tfstate" },
      { action: "s3:PutObject", resource: `arn:aws:s3:::${of.stateBucket}/staging.tfstate` },
      { action: "s3:PutObject", resource: `arn:aws:s3:::${of.stateBucket}/staging.tfstate.tflock` },
      { action: "s3:DeleteObject", resource: `arn:aws:s3:::${of.stateBucket}/staging.tfstate` },
      {
        action: "secretsmanager:GetSecretValue",
        resource: `arn:aws:secretsmanager:${REGION}:${of.accountId}:secret:other/x`,
      },
      { action: "kms:Decrypt", resource: `arn:aws:kms:${REGION}:${of.accountId}:key/1` },
    ];
    expect(asked.filter((request) => allows([planPolicy(of)], request))).toEqual([]);
    expect(
      allows([planPolicy(of)], { action: "s3:GetObject", resource: `arn:aws:s3:::${of.stateBucket}/staging.tfstate` }),
    ).toBe(true);
    expect(allows([planPolicy(of)], { action: "s3:ListBucket", resource: `arn:aws:s3:::${of.stateBucket}` })).toBe(
      true,
    );
    expect(
      allows([planPolicy(of)], {
        action: "s3:GetLifecycleConfiguration",
        resource: "arn:aws:s3:::staging-my-app-uploads-1",
      }),
    ).toBe(true);
  });

  test("on Google Cloud: roles that look, and permissions of one's own that get", () => {
    const looks = /(?:[vV]iewer|\.reader|securityReviewer|secretAccessor|^roles\/browser)$/;
    expect(GOOGLE_PLAN.filter((role) => !looks.test(role))).toEqual([]);
    expect(GOOGLE_PLAN_PERMISSIONS.filter((permission) => !/\.(?:get|list)$/.test(permission))).toEqual([]);
    expect(GOOGLE_DEPLOY).toEqual(["roles/container.clusterViewer"]);
    for (const role of [...GOOGLE_PLAN, ...GOOGLE_APPLY, ...GOOGLE_APPLICATION]) {
      expect(role).toMatch(/^roles\/[a-z]+(?:\.[a-zA-Z]+)?$/);
      expect(role).not.toMatch(/^roles\/(?:owner|editor|viewer|iam\.workloadIdentityPoolAdmin)$/);
    }
  });

  test("on Azure: two actions that answer with what is there, and none with a star", () => {
    expect(AZURE_PLAN.Actions).toEqual([
      "Microsoft.Cache/redisEnterprise/databases/listKeys/action",
      "Microsoft.Resources/deployments/exportTemplate/action",
    ]);
    expect(AZURE_PLAN.DataActions).toEqual([]);
    for (const { Actions } of [AZURE_APPLY, AZURE_APPLICATION]) expect(Actions).not.toContain("*");
  });
});

describe.each(["staging", "production"])("an apply of %s, on AWS", (name) => {
  const of = rightsIn(name);
  const apply = [applyPolicy(of)];
  const bounded = { "iam:PermissionsBoundary": boundaryOf(of) };
  const blocks = (type: string) =>
    [`${name}-cluster`, `${name}-platform`, name].flatMap((one) =>
      Object.values(stack(synthesizeReference(), one).resource[type] ?? {}),
    );
  const names = (type: string, argument: string): readonly string[] =>
    blocks(type)
      .map((block) => String(block[argument]))
      .filter((one) => !one.includes("${"));

  test.each([
    ["aws_iam_role", "name", "iam:CreateRole", `arn:aws:iam::${of.accountId}:role/`],
    ["aws_iam_instance_profile", "name", "iam:CreateInstanceProfile", `arn:aws:iam::${of.accountId}:instance-profile/`],
    ["aws_s3_bucket", "bucket", "s3:CreateBucket", "arn:aws:s3:::"],
    [
      "aws_secretsmanager_secret",
      "name",
      "secretsmanager:CreateSecret",
      `arn:aws:secretsmanager:${REGION}:${of.accountId}:secret:`,
    ],
    ["aws_db_instance", "identifier", "rds:CreateDBInstance", `arn:aws:rds:${REGION}:${of.accountId}:db:`],
    ["aws_eks_cluster", "name", "eks:CreateCluster", `arn:aws:eks:${REGION}:${of.accountId}:cluster/`],
  ])("may make each %s by its name, in all its stacks", (type, argument, action, arn) => {
    const found = names(type, argument);
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((one) => !allows(apply, { action, resource: `${arn}${one}`, context: bounded }))).toEqual([]);
  });

  test("makes no role without the boundary, and none that is not the environment's", () => {
    const create = (role: string, context: Readonly<Record<string, string>>): boolean =>
      allows(apply, { action: "iam:CreateRole", resource: `arn:aws:iam::${of.accountId}:role/${role}`, context });
    expect(create(`${name}.workload.my-app.backend`, bounded)).toBe(true);
    expect(create(`${name}.workload.my-app.backend`, {})).toBe(false);
    expect(create("administrator", bounded)).toBe(false);
  });

  const pipelineRoles = PIPELINE_IDENTITIES.map(
    (identity) => `arn:aws:iam::${of.accountId}:role/${pipelineRoleName({ name }, { region: REGION }, identity)}`,
  );
  const OUT_OF_REACH: readonly Request[] = [
    ...pipelineRoles.flatMap((resource) =>
      [
        "UpdateAssumeRolePolicy",
        "PutRolePolicy",
        "AttachRolePolicy",
        "DeleteRole",
        "CreateRole",
        "DeleteRolePermissionsBoundary",
        "PutRolePermissionsBoundary",
        "PassRole",
        "UpdateRole",
      ].map((action) => ({
        action: `iam:${action}`,
        resource,
        context: { ...bounded, "iam:PassedToService": "ec2.amazonaws.com" },
      })),
    ),
    ...["CreatePolicyVersion", "SetDefaultPolicyVersion", "DeletePolicy"].map((action) => ({
      ...{ action: `iam:${action}`, resource: boundaryOf(of) },
    })),
    ...[
      "UpdateOpenIDConnectProviderThumbprint",
      "AddClientIDToOpenIDConnectProvider",
      "DeleteOpenIDConnectProvider",
    ].map((action) => ({
      ...{
        action: `iam:${action}`,
        resource: `arn:aws:iam::${of.accountId}:oidc-provider/token.actions.githubusercontent.com`,
      },
    })),
    ...["CreateUser", "CreateAccessKey", "CreateGroup", "CreatePolicy", "CreateOpenIDConnectProvider"].map(
      (action) => ({
        ...{ action: `iam:${action}`, resource: "*" },
      }),
    ),
    { action: "ssm:SendCommand", resource: "*" },
    { action: "sts:AssumeRole", resource: "*" },
    { action: "s3:PutObject", resource: `arn:aws:s3:::${of.stateBucket}/state-${name}.tfstate` },
    { action: "s3:GetObject", resource: `arn:aws:s3:::${of.stateBucket}/state-${name}.tfstate` },
    { action: "s3:DeleteObject", resource: `arn:aws:s3:::${of.stateBucket}/${name}.tfstate` },
    { action: "s3:DeleteObjectVersion", resource: `arn:aws:s3:::${of.stateBucket}/${name}.tfstate` },
    { action: "s3:PutBucketPolicy", resource: `arn:aws:s3:::${of.stateBucket}` },
    { action: "s3:DeleteBucket", resource: `arn:aws:s3:::${of.stateBucket}` },
    { action: "s3:PutLifecycleConfiguration", resource: `arn:aws:s3:::${of.stateBucket}` },
  ];

  test.each([
    ["apply", apply],
    ["whoever applies an application", [planPolicy(of), applicationPolicy(of)]],
  ] as const)("%s reaches nothing that makes it more than it is, nor what was in the states", (_, policies) => {
    expect(OUT_OF_REACH.filter((request) => allows(policies, request))).toEqual([]);
  });

  test("an environment called as roles of pipelines begin reaches none of them either", () => {
    const odd = { ...rightsIn(name), environment: "pipeline" };
    const change: Request = { action: "iam:PutRolePolicy", resource: pipelineRoles[0] ?? "", context: bounded };
    for (const policies of [[applyPolicy(odd)], [applicationPolicy(odd)]]) expect(allows(policies, change)).toBe(false);
  });

  test("it writes states and holds their locks, which a plan does not", () => {
    for (const one of of.stacks) {
      const state = `arn:aws:s3:::${of.stateBucket}/${one}.tfstate`;
      const asked: readonly Request[] = [
        { action: "s3:PutObject", resource: state },
        { action: "s3:PutObject", resource: `${state}.tflock` },
        { action: "s3:DeleteObject", resource: `${state}.tflock` },
      ];
      expect(asked.filter((request) => !allows(apply, request))).toEqual([]);
      expect(asked.filter((request) => allows([planPolicy(of)], request))).toEqual([]);
    }
  });

  test("each fits into the policies of a role, which are 10240 characters at most", () => {
    for (const policy of [planPolicy(of), applyPolicy(of), applicationPolicy(of), deployPolicy(of)]) {
      expect(JSON.stringify(policy).length).toBeLessThan(10_240);
    }
  });
});

test("what was imported is reached by its own name, which begins with no environment's", () => {
  const imported = { buckets: ["legacy-uploads"], databases: ["legacy-orders"] };
  const own = rightsIn("production");
  const asked: readonly Request[] = [
    { action: "s3:PutBucketTagging", resource: "arn:aws:s3:::legacy-uploads" },
    { action: "rds:ModifyDBInstance", resource: `arn:aws:rds:${own.region}:${own.accountId}:db:legacy-orders` },
  ];
  for (const rights of [applyPolicy, applicationPolicy]) {
    expect(asked.filter((request) => !allows([rights({ ...own, imported })], request))).toEqual([]);
    expect(allows([rights(own)], { action: "s3:PutBucketTagging", resource: "arn:aws:s3:::legacy-uploads" })).toBe(
      false,
    );
  }
  const read = { action: "s3:GetBucketPolicy", resource: "arn:aws:s3:::legacy-uploads" };
  expect(allows([planPolicy({ ...own, imported })], read)).toBe(true);
});

test("the boundary lets no role change who may what", () => {
  const changes =
    /^iam:(?:\*|DeleteRolePermissionsBoundary|Put|Attach|Create(?!ServiceLinkedRole)|DeletePolicy|SetDefaultPolicyVersion)/;
  expect(actions(boundaryPolicy).filter((one) => changes.test(one))).toEqual([]);
});
