import type { CloudNeeds } from "../../../../constructs/addons/permissions";
import { allowAddon } from "../../../../constructs/clouds/aws/addon-identity";
import type { AwsProps } from "../../../../constructs/clouds/aws/props";
import { statements, synthesize } from "../../../support/aws-application";

const ZONES: AwsProps["dns"] = {
  zones: [
    { name: "example.com", id: "Z0AAAAAAAAAAAA" },
    { name: "example.org", id: "Z0BBBBBBBBBBBB" },
  ],
};

function allow(permissions: CloudNeeds["permissions"], dns?: AwsProps["dns"]) {
  let annotations: Readonly<Record<string, string>> = {};
  const stack = synthesize((scope, lookup) => {
    const addon = { name: "operator", namespace: "operators" };
    const environment = { name: "production", protect: true, backups: undefined, applications: [] };
    const input = { lookup, place: { dns }, environment };
    annotations = allowAddon(scope, input, addon, { permissions, serviceAccount: "operator-sa" }).identity.annotations;
  });
  return { stack, annotations };
}

test("external-dns edits addresses in the given zones and nothing else", () => {
  const { stack } = allow(["dns-records"], ZONES);
  const zones = ["arn:aws:route53:::hostedzone/Z0AAAAAAAAAAAA", "arn:aws:route53:::hostedzone/Z0BBBBBBBBBBBB"];
  expect(statements(stack.resource("aws_iam_role_policy")["policy"])).toEqual([
    {
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: zones,
      Condition: {
        "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "CNAME", "TXT"] },
      },
    },
    {
      Effect: "Allow",
      Action: ["route53:ListResourceRecordSets", "route53:ListTagsForResources", "route53:ListTagsForResource"],
      Resource: zones,
    },
    { Effect: "Allow", Action: "route53:ListHostedZones", Resource: "*" },
  ]);
});

test("without zones external-dns gets no role at all", () => {
  const { stack, annotations } = allow(["dns-records"]);
  expect(stack.types).toEqual({});
  expect(stack.providers).toEqual(["aws"]);
  expect(annotations).toEqual({});
});

test("External Secrets reads this environment's secrets and databases, by Secrets Manager only", () => {
  const { stack } = allow(["read-secrets"]);
  const read = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"];
  expect(statements(stack.resource("aws_iam_role_policy")["policy"])).toEqual([
    {
      Effect: "Allow",
      Action: read,
      Resource: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:production/*",
    },
    {
      Effect: "Allow",
      Action: read,
      Resource: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-*",
      Condition: {
        StringLike: {
          "aws:ResourceTag/aws:rds:primaryDBInstanceArn": "arn:aws:rds:eu-central-1:123456789012:db:production-*",
        },
      },
    },
    {
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: "arn:aws:kms:eu-central-1:123456789012:key/*",
      Condition: {
        StringEquals: { "kms:ViaService": "secretsmanager.eu-central-1.amazonaws.com" },
        // Neither alias nor tag of a key, which count minutes after they are made.
        StringLike: {
          "kms:EncryptionContext:SecretARN": [
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:production/*",
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:rds!db-*",
          ],
        },
      },
    },
  ]);
});

test("the role is the service account's, in its namespace", () => {
  const { stack, annotations } = allow(["read-secrets"]);
  expect(stack.resource("aws_iam_role")["name"]).toBe("production.addon.operator");
  expect(stack.resource("aws_eks_pod_identity_association")).toMatchObject({
    cluster_name: "production",
    namespace: "operators",
    service_account: "operator-sa",
  });
  const annotation = stack.resolve(annotations["goldenpath/pod-identity-association"]);
  expect(annotation).toMatch(/^\$\{time_sleep\.operator-identity_Effect_[0-9A-F]+\.triggers\.association\}$/);
});

test("an add-on with two permissions has one role with the statements of both", () => {
  const policy = (permissions: CloudNeeds["permissions"]) =>
    statements(allow(permissions, ZONES).stack.resource("aws_iam_role_policy")["policy"]) as readonly unknown[];
  const both = [...policy(["read-secrets"]), ...policy(["dns-records"])];
  expect(policy(["read-secrets", "dns-records"])).toEqual(both);
});
