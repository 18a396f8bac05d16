import { existingAws } from "../../constructs/clouds/aws";
import { AWS_BOUNDARY, AWS_DEPLOY, AWS_PLAN, AWS_SERVICES, type Policy } from "../../scripts/docs/rights/aws";
import { AZURE_DATA, AZURE_DEPLOY, AZURE_OPERATIONS } from "../../scripts/docs/rights/azure";
import { GOOGLE_ROLES, googleRoles } from "../../scripts/docs/rights/google";
import { stack, synthesizeReference } from "../support/reference";

/* The samples in `docs/operations/rights.md`, against what the stacks of applications make and read. */

const types = (name: string, prefix: string): readonly string[] => {
  const { resource, data = {}, ephemeral = {} } = stack(synthesizeReference(), name);
  return [...new Set([resource, data, ephemeral].flatMap(Object.keys))].filter((type) => type.startsWith(prefix));
};

const actions = ({ Statement }: Policy): readonly string[] => Statement.flatMap(({ Action = [] }) => Action);
const prefixes = (policy: Policy): ReadonlySet<string> =>
  new Set(actions(policy).map((action) => action.split(":")[0] ?? ""));

describe.each(["staging", "production"])("on AWS, %s", (name) => {
  test("has no type whose service a plan may not read", () => {
    expect(types(name, "aws_").filter((type) => !prefixes(AWS_PLAN).has(AWS_SERVICES[type] ?? type))).toEqual([]);
  });

  test("makes no type whose service a deploy may not change", () => {
    const made = Object.keys(stack(synthesizeReference(), name).resource).filter((type) => type.startsWith("aws_"));
    expect(made.filter((type) => !prefixes(AWS_DEPLOY).has(AWS_SERVICES[type] ?? type))).toEqual([]);
  });

  test.each([
    ["aws_iam_role", "name", "BoundedRoles", "arn:aws:iam::<account>:role/"],
    ["aws_db_instance", "identifier", "Services", "arn:aws:rds:<region>:<account>:db:"],
    ["aws_db_subnet_group", "name", "Services", "arn:aws:rds:<region>:<account>:subgrp:"],
    ["aws_db_parameter_group", "name_prefix", "Services", "arn:aws:rds:<region>:<account>:pg:"],
    [
      "aws_elasticache_replication_group",
      "replication_group_id",
      "Services",
      "arn:aws:elasticache:<region>:<account>:replicationgroup:",
    ],
    ["aws_elasticache_user", "user_id", "Services", "arn:aws:elasticache:<region>:<account>:user:"],
    ["aws_secretsmanager_secret", "name", "Services", "arn:aws:secretsmanager:<region>:<account>:secret:"],
    ["aws_cloudwatch_log_group", "name", "Services", "arn:aws:logs:<region>:<account>:log-group:"],
    ["aws_cloudwatch_metric_alarm", "alarm_name", "Services", "arn:aws:cloudwatch:<region>:<account>:alarm:"],
    ["aws_cloudwatch_event_rule", "name", "Services", "arn:aws:events:<region>:<account>:rule/"],
    ["aws_sns_topic", "name", "Services", "arn:aws:sns:<region>:<account>:"],
    ["aws_s3_bucket", "bucket", "Buckets", "arn:aws:s3:::"],
  ])("calls each %s by a name that the sample lets it have", (type, argument, sid, arn) => {
    const patterns = [AWS_DEPLOY.Statement.find(({ Sid }) => Sid === sid)?.Resource ?? []].flat();
    const names = Object.values(stack(synthesizeReference(), name).resource[type] ?? {}).map((block) =>
      String(block[argument]),
    );
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((one) => !patterns.some((pattern) => like(pattern, `${arn}${one}`, name)))).toEqual([]);
  });
});

test("roles are made inside the boundary alone, which nobody who deploys can take off or change", () => {
  const [bounded, ...others] = AWS_DEPLOY.Statement.filter(({ Action = [] }) =>
    Action.some((action) => /^iam:(?:\*|CreateRole|Put|Attach)/.test(action)),
  );
  expect(others).toEqual([]);
  expect(bounded?.Condition).toEqual({
    StringEquals: { "iam:PermissionsBoundary": "arn:aws:iam::<account>:policy/<boundary>" },
  });
  const changes =
    /^iam:(?:\*|DeleteRolePermissionsBoundary|CreatePolicy|DeletePolicy|SetDefaultPolicyVersion|CreateUser)/;
  expect(
    [...actions(AWS_DEPLOY), ...actions(AWS_PLAN), ...actions(AWS_BOUNDARY)].filter((one) => changes.test(one)),
  ).toEqual([]);
});

test("on Google Cloud every type of the application's stack has a role", () => {
  expect(types("gke-staging", "google_").filter((type) => !(type in GOOGLE_ROLES))).toEqual([]);
  for (const role of [...googleRoles("plan"), ...googleRoles("deploy")])
    expect(role).toMatch(/^roles\/[a-z]+(\.[a-zA-Z]+)?$/);
  expect(googleRoles("plan").filter((role) => /\.admin$|editor|owner/.test(role))).toEqual([]);
});

test("on Azure every type of the application's stack has an operation in the deployer's role", () => {
  expect(
    types("aks-staging", "azurerm_").filter((type) => !(type in AZURE_OPERATIONS) && !(type in AZURE_DATA)),
  ).toEqual([]);
  expect(AZURE_DEPLOY.Actions).not.toContain("*");
});

test("a boundary of another account is refused, as no role could have it", () => {
  const boundary = { permissionsBoundary: "arn:aws:iam::999999999999:policy/team" };
  const given = {
    region: "eu-central-1",
    accountId: "123456789012",
    dataCidrs: ["10.10.144.0/22"],
    stateBucket: "billing-state",
  } as const;
  expect(existingAws({ ...given, ...boundary }).problems(["cloud"])).toMatchObject([
    { path: ["cloud", "permissionsBoundary"], got: boundary.permissionsBoundary },
  ]);
  expect(
    existingAws({ ...given, permissionsBoundary: "arn:aws:iam::123456789012:policy/x" }).problems(["cloud"]),
  ).toEqual([]);
});

/** Whether a pattern of IAM fits, with the environment's name in it. */
function like(pattern: string, text: string, environment: string): boolean {
  const parts = pattern
    .replaceAll("<environment>", environment)
    .split("*")
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
