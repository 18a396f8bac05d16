import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { translate } from "../../scripts/scan/cloudformation/template";
import { TRANSLATIONS } from "../../scripts/scan/cloudformation/types";
import { CloudFormation } from "../../scripts/scan/cloudformation/validator";
import type { StackJson } from "../../scripts/scan/stacks";
import { RESOURCE_TYPES } from "../stacks/resource-types";

const stack = (resource: StackJson["resource"]): StackJson => ({
  terraform: {},
  provider: { aws: [{ region: "eu-central-1", default_tags: [{ tags: { contact: "platform@example.com" } }] }] },
  resource,
});

const resources = (resource: StackJson["resource"]) => translate(stack(resource)).template.Resources;

const INSTANCE = {
  engine: "mysql",
  engine_version: "8.4",
  instance_class: "db.m7g.large",
  allocated_storage: 20,
  storage_encrypted: true,
  username: "admin",
  manage_master_user_password: true,
};

describe("Translation to CloudFormation", () => {
  test("knows every type of AWS that a shipped stack has", () => {
    const types = Object.values(RESOURCE_TYPES).flatMap((stack) => Object.keys(stack));
    const unknown = types.filter((type) => type.startsWith("aws_") && !(type in TRANSLATIONS));
    expect(unknown).toEqual([]);
  });

  test("reports a type, an expression and a part that it has no words for", () => {
    const { problems, template } = translate(
      stack({
        aws_lambda_function: { worker: {} },
        aws_eip: { a: { domain: "${data.aws_region.here.name}" } },
        aws_s3_bucket_versioning: { b: { bucket: "another-bucket", versioning_configuration: { status: "Enabled" } } },
        aws_db_parameter_group: { c: { parameter: [{ name: "a", value: "1", apply_method: "immediate", odd: "x" }] } },
      }),
    );
    expect(problems).toEqual([
      "aws_lambda_function worker: nothing says what it is in CloudFormation",
      "aws_eip a: nothing says what ${data.aws_region.here.name} is in CloudFormation",
      "aws_db_parameter_group c: CloudFormation knows no odd of a parameter",
      "aws_s3_bucket_versioning b: its bucket is no resource of the stack",
    ]);
    expect(template.Resources).toEqual({});
  });

  test("puts what is a part in CloudFormation into its whole", () => {
    expect(
      resources({
        aws_s3_bucket: { files_1: { bucket: "files", force_destroy: false, tags: { name: "files" } } },
        aws_s3_bucket_versioning: {
          v: { bucket: "${aws_s3_bucket.files_1.id}", versioning_configuration: { status: "Enabled" } },
        },
        aws_s3_bucket_lifecycle_configuration: {
          l: {
            bucket: "${aws_s3_bucket.files_1.id}",
            rule: [
              { id: "old", status: "Enabled", filter: [{}], expiration: [{ expired_object_delete_marker: true }] },
            ],
          },
        },
      }),
    ).toEqual({
      Rfiles1: {
        Type: "AWS::S3::Bucket",
        Properties: {
          BucketName: "files",
          Tags: [
            { Key: "contact", Value: "platform@example.com" },
            { Key: "name", Value: "files" },
          ],
          VersioningConfiguration: { Status: "Enabled" },
          LifecycleConfiguration: { Rules: [{ Id: "old", Status: "Enabled", ExpiredObjectDeleteMarker: true }] },
        },
      },
    });
  });

  test("keeps references, also those in a text, and leaves what is escaped", () => {
    const { Rd, Rp } = resources({
      aws_kms_key: { k: { description: "Data" } },
      aws_secretsmanager_secret: { d: { name: "d", kms_key_id: "${aws_kms_key.k.key_id}", description: "$${a}" } },
      aws_iam_role: { r: { name: "r" } },
      aws_iam_role_policy: {
        p: { role: "${aws_iam_role.r.name}", policy: '{"Resource":"${aws_kms_key.k.arn}/$${aws:username}"}' },
      },
    });
    expect(Rd?.Properties).toEqual({ Name: "d", KmsKeyId: { Ref: "Rk" }, Description: "${a}" });
    expect(Rp?.Properties).toMatchObject({
      RoleName: { Ref: "Rr" },
      PolicyDocument: {
        Resource: { "Fn::Sub": ["${V0}/${!aws:username}", { V0: { "Fn::GetAtt": ["Rk", "Arn"] } }] },
      },
    });
  });
});

describe("AWS's validator", () => {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-cloudformation-"));
  const validator = new CloudFormation(folder);
  const checks = (resource: StackJson["resource"]): string[] =>
    validator.judge(translate(stack(resource)).template, "eu-central-1").map(({ check, path }) => `${check} ${path}`);

  afterAll(() => {
    validator.free();
    rmSync(folder, { recursive: true });
  });

  test("refuses an argument that no table names and CloudFormation does not know, however deep", () => {
    const vpc_config = { subnet_ids: ["subnet-12345678"], made_up: true };
    expect(checks({ aws_kms_key: { k: { made_up: 1 } } })).toEqual(["F3002 Properties.MadeUp"]);
    expect(checks({ aws_eks_cluster: { c: { role_arn: "arn:aws:iam::111111111111:role/r", vpc_config } } })).toEqual([
      "F3002 Properties.ResourcesVpcConfig.MadeUp",
    ]);
  });

  test("takes a version of RDS that stands for its newest patch, and refuses one that RDS has not", () => {
    const version = (engine_version: string) => checks({ aws_db_instance: { d: { ...INSTANCE, engine_version } } });
    expect(version("8.4")).toEqual([]);
    expect(version("8.3")).toEqual(["E9006 Properties.EngineVersion"]);
    expect(version("8.4.1")).toEqual(["E9006 Properties.EngineVersion"]);
  });

  test("judges the machine by the patch that a version stands for, in the region", () => {
    const { template } = translate(stack({ aws_db_instance: { d: INSTANCE } }));
    const judge = (region: string) => validator.judge(template, region).map(({ check }) => check);
    expect(judge("eu-central-1")).toEqual([]);
    expect(judge("ca-west-1")).toEqual(["E3025"]);
  });
});
