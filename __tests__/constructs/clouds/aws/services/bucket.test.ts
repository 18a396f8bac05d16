import { bucket } from "../../../../../constructs/services/bucket";
import { onAws, statements } from "../../../../support/aws-application";
import { draft, production, staging } from "../../../../support/input";

const inProduction = onAws(production());

test("the bucket's name cannot meet another account's, and Terraform empties it only where it may be thrown away", () => {
  expect(inProduction.resource("aws_s3_bucket")).toMatchObject({
    bucket: "production-shop-files-123456789012",
    force_destroy: false,
    lifecycle: { prevent_destroy: true },
  });
  expect(onAws(staging()).resource("aws_s3_bucket")).toMatchObject({
    force_destroy: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("nothing in it can become public, and nobody else owns an object", () => {
  expect(inProduction.resource("aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(inProduction.resource("aws_s3_bucket_ownership_controls")).toMatchObject({
    rule: { object_ownership: "BucketOwnerEnforced" },
  });
});

test("objects are encrypted with the application's key, one call to KMS for many", () => {
  expect(inProduction.resource("aws_s3_bucket_server_side_encryption_configuration")).toMatchObject({
    rule: [
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: "${aws_kms_key.DataKey.arn}",
        },
        bucket_key_enabled: true,
      },
    ],
  });
});

test("its policy refuses everything that is not under TLS", () => {
  const arn = "${aws_s3_bucket.Services_files_0805043F.arn}";
  expect(statements(inProduction.resource("aws_s3_bucket_policy")["policy"])).toEqual([
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});

test("deleted and overwritten objects come back for as long as the application says", () => {
  const { environment, services } = draft();
  Object.assign(services, { files: bucket({ keepVersionsDays: 30 }) });
  const stack = onAws(environment);
  expect(stack.resource("aws_s3_bucket_versioning")).toMatchObject({ versioning_configuration: { status: "Enabled" } });
  expect(stack.resource("aws_s3_bucket_lifecycle_configuration")["rule"]).toEqual([
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: [{}],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
    },
    {
      id: "expire-old-versions",
      status: "Enabled",
      filter: [{}],
      noncurrent_version_expiration: [{ noncurrent_days: 30 }],
      expiration: [{ expired_object_delete_marker: true }],
    },
  ]);
});

test("workloads find it by name and region, with no key to lose", () => {
  const { parts, endpoints } = inProduction.provided.connection("api", "files");
  expect(Object.keys(parts)).toEqual(["endpoint", "bucket", "region"]);
  expect(parts["endpoint"]).toEqual({ value: "https://s3.eu-central-1.amazonaws.com" });
  expect(parts["region"]).toEqual({ value: "eu-central-1" });
  expect(endpoints).toEqual([
    {
      cidrs: ["0.0.0.0/0"],
      // Clients put the bucket's name before the host, or after it.
      hosts: ["s3.eu-central-1.amazonaws.com", "production-shop-files-123456789012.s3.eu-central-1.amazonaws.com"],
      port: 443,
    },
  ]);
});
