import { aws } from "../../../constructs/clouds/aws";
import { environment } from "../../../constructs/environment";
import { application } from "../../../constructs/model/application";
import { http } from "../../../constructs/model/workload";
import { NotUnderstood } from "../../../constructs/preflight/answers";
import type { Answer, Finding } from "../../../constructs/preflight/check";
import { ingress } from "../../../constructs/routing/ingress";
import { bucket } from "../../../constructs/services/bucket";
import { mysql } from "../../../constructs/services/mysql";
import { AWS_PROPS } from "../../support/aws-environment";
import { EXISTING_VPC } from "../../support/existing-networks";
import { fails, ok } from "../../support/preflight/answers";
import { check, checklistOf } from "../../support/preflight/checklists";

/* What is asked of services that are there already, before they are imported. Answers have the form of the vendors' programs. */

const store = application({
  name: "store",
  owner: "team-store",
  services: { orders: mysql({ database: "orders" }), uploads: bucket() },
  workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["orders", "uploads"] }) },
});

const checklist = checklistOf(
  environment({
    ...{
      name: "production",
      cloud: aws({ ...AWS_PROPS, network: { existing: EXISTING_VPC } }),
      routing: ingress(),
      profile: "production",
      images: "immutable-tags",
    },
    ...{ contact: "platform@example.com", costCenter: "store" },
    applications: [
      {
        application: store,
        services: {
          orders: {
            version: "8.4.3",
            imported: { id: "legacy-orders", with: ["logs/error"], keeps: ["sg-0123456789abcdef0"] },
          },
          uploads: { imported: { id: "legacy-uploads", with: ["policy"] } },
        },
      },
    ],
  }),
);

function finding(id: string, answers: readonly Answer[]): Finding {
  const one = check(checklist, id);
  expect(one.ask).toHaveLength(answers.length);
  try {
    return one.judge(answers);
  } catch (error) {
    if (error instanceof NotUnderstood) return { verdict: "unclear", found: error.message };
    throw error;
  }
}

const OURS = [
  { Key: "environment", Value: "production" },
  { Key: "managed-by", Value: "terraform" },
  { Key: "goldenpath:application", Value: "store" },
];
const OF_ORDERS = [...OURS, { Key: "goldenpath:service", Value: "orders" }];
const OF_UPLOADS = [...OURS, { Key: "goldenpath:service", Value: "uploads" }];

describe("an instance of RDS", () => {
  const instance = {
    ...{ DBInstanceIdentifier: "legacy-orders", Engine: "mysql", EngineVersion: "8.4.3", StorageEncrypted: true },
    ...{ AllocatedStorage: 200, Endpoint: { Address: "x", Port: 3306 }, TagList: [{ Key: "Name", Value: "orders" }] },
    DBParameterGroups: [{ DBParameterGroupName: "default.mysql8.4" }],
    DBSubnetGroup: { VpcId: "vpc-1", Subnets: [{ SubnetIdentifier: "subnet-11111111b" }] },
    ...{ VpcSecurityGroups: [{ VpcSecurityGroupId: "sg-0123456789abcdef0" }] },
  };
  const is = (change: object = {}): Answer => ok({ DBInstances: [{ ...instance, ...change }] });
  const cluster = ok({ vpcId: "vpc-1" });
  const logs = (...names: readonly string[]): Answer =>
    ok({ logGroups: names.map((name) => ({ logGroupName: `/aws/rds/instance/legacy-orders/${name}` })) });

  test.each<[string, readonly Answer[], Finding["verdict"], RegExp]>([
    ["is as it is taken for", [is(), cluster, logs("error")], "passed", /mysql 8\.4\.3, encrypted, in vpc-1/],
    [
      "has another release",
      [is({ EngineVersion: "8.0.39" }), cluster, logs("error")],
      "failed",
      /8\.0\.39, and the plan would make it 8\.4\.3/,
    ],
    [
      "is of another engine",
      [is({ Engine: "mariadb" }), cluster, logs("error")],
      "failed",
      /engine is mariadb, not mysql/,
    ],
    [
      "is not encrypted",
      [is({ StorageEncrypted: false }), cluster, logs("error")],
      "failed",
      /not encrypted: copy a snapshot/,
    ],
    [
      "has outgrown what it may have",
      [is({ AllocatedStorage: 600 }), cluster, logs("error")],
      "failed",
      /has 600 GiB, and may grow to 500/,
    ],
    [
      "answers elsewhere",
      [is({ Endpoint: { Port: 3307 } }), cluster, logs("error")],
      "failed",
      /at port 3307, and is to at 3306/,
    ],
    [
      "is in another VPC",
      [is(), ok({ vpcId: "vpc-2" }), logs("error")],
      "failed",
      /in vpc-1, and the cluster in vpc-2/,
    ],
    [
      "comes before its cluster",
      [is(), fails("(ResourceNotFoundException)", 254), logs("error")],
      "unclear",
      /the cluster, which has to be there too, is not there yet/,
    ],
    [
      "has a group that is not kept",
      [
        is({ VpcSecurityGroups: [...instance.VpcSecurityGroups, { VpcSecurityGroupId: "sg-9" }] }),
        cluster,
        logs("error"),
      ],
      "unclear",
      /sg-9 is taken off it/,
    ],
    [
      "has not the group that is kept",
      [is({ VpcSecurityGroups: [] }), cluster, logs("error")],
      "failed",
      /no security group sg-0123456789abcdef0/,
    ],
    [
      "has a log of its own",
      [is(), cluster, logs("error", "slowquery")],
      "failed",
      /slowquery is there already: name "logs\/slowquery" in with/,
    ],
    ["has no log that is taken over", [is(), cluster, logs()], "failed", /take "logs\/error" out of with/],
    [
      "is this environment's already",
      [is({ EngineVersion: "9", TagList: OF_ORDERS }), cluster, logs("error", "slowquery")],
      "passed",
      /own, by its tags/,
    ],
    [
      "is another service's",
      [is({ TagList: [...OURS, { Key: "goldenpath:service", Value: "invoices" }] }), cluster, logs("error")],
      "failed",
      /manages it already for something else/,
    ],
    [
      "is another environment's",
      [is({ TagList: [{ Key: "environment", Value: "staging" }, ...OURS.slice(1)] }), cluster, logs("error")],
      "failed",
      /manages it already for something else/,
    ],
    [
      "may stand where pods do not come",
      [
        is({ DBSubnetGroup: { VpcId: "vpc-1", Subnets: [{ SubnetIdentifier: "subnet-elsewhere" }] } }),
        cluster,
        logs("error"),
      ],
      "failed",
      /may stand in subnet-elsewhere/,
    ],
    [
      "is a replica",
      [is({ ReadReplicaSourceDBInstanceIdentifier: "first" }), cluster, logs("error")],
      "failed",
      /replica of first: promote it/,
    ],
    [
      "has parameters of its own",
      [is({ DBParameterGroups: [{ DBParameterGroupName: "tuned" }] }), cluster, logs("error")],
      "unclear",
      /no more those of tuned/,
    ],
    ["is not there", [fails("(DBInstanceNotFound)", 254), cluster, logs()], "failed", /no instance of this name/],
    ["may not be asked for", [fails("(AccessDenied)", 254), cluster, logs()], "unclear", /AccessDenied/],
  ])("%s", (_what, answers, verdict, found) => {
    expect(finding("imports/rds/legacy-orders", answers)).toEqual({
      verdict,
      found: expect.stringMatching(found) as string,
    });
  });
});

describe("a bucket", () => {
  const head = ok({ BucketRegion: "eu-central-1" });
  const untagged = fails("(NoSuchTagSet)", 254);
  const plain = ok({
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }] },
  });
  const keyed = ok({
    ServerSideEncryptionConfiguration: {
      Rules: [
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "arn:aws:kms:x:1:key/2" } },
      ],
    },
  });
  const policy = ok({ Policy: "{}" });
  const none = {
    policy: fails("(NoSuchBucketPolicy)", 254),
    lifecycle: fails("(NoSuchLifecycleConfiguration)", 254),
    cors: fails("(NoSuchCORSConfiguration)", 254),
  };
  const grants = (Grantee: object): Answer => ok({ Owner: { ID: "us" }, Grants: [{ Grantee, Permission: "READ" }] });
  const end = [grants({ ID: "us" }), fails("(ReplicationConfigurationNotFoundError)", 254)] as const;
  const rest = [policy, none.lifecycle, none.cors, ...end] as const;

  test.each<[string, readonly Answer[], Finding["verdict"], RegExp]>([
    ["is as it is taken for", [head, untagged, plain, ...rest], "passed", /this account's, with what is named/],
    [
      "has rules that nobody names",
      [head, untagged, plain, policy, ok({ Rules: [] }), none.cors, ...end],
      "failed",
      /a lifecycle, which the plan would replace unseen: name "lifecycle"/,
    ],
    [
      "has no policy",
      [head, untagged, plain, none.policy, none.lifecycle, none.cors, ...end],
      "failed",
      /no policy: take "policy" out/,
    ],
    [
      "lets others in by its ACL",
      [
        ...[head, untagged, plain, policy, none.lifecycle, none.cors],
        ...[grants({ URI: "http://acs.amazonaws.com/groups/global/AllUsers" }), end[1]],
      ],
      "failed",
      /ACL lets others in/,
    ],
    ["has a key of its own", [head, untagged, keyed, ...rest], "unclear", /encrypted with arn:aws:kms:x:1:key\/2/],
    [
      "is in another region",
      [ok({ BucketRegion: "us-east-1" }), untagged, plain, ...rest],
      "failed",
      /it is in us-east-1/,
    ],
    ["is this environment's already", [head, ok({ TagSet: OF_UPLOADS }), keyed, ...rest], "passed", /own, by its tags/],
    ["is not there", [fails("(404)", 254), untagged, plain, ...rest], "failed", /no bucket of this name/],
    ["is another account's", [fails("(403)", 254), untagged, plain, ...rest], "failed", /another account's, or closed/],
  ])("%s", (_what, answers, verdict, found) => {
    expect(finding("imports/s3/legacy-uploads", answers)).toEqual({
      verdict,
      found: expect.stringMatching(found) as string,
    });
  });
});

test("a name that is imported need not be free", () => {
  expect(
    checklist.checks.map(({ id }) => id).filter((id) => id.startsWith("names/s3/") && id.includes("legacy")),
  ).toEqual([]);
});
