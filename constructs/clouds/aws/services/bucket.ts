import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { Construct } from "constructs";
import type { Bucket } from "../../../services/bucket";
import { policyDocument, type Statement } from "../iam";
import { AWS_NAMES } from "../names";
import { type Cell, type ProvidedService, serviceName, type ServiceRequest } from "./cell";

type Request = ServiceRequest<Bucket>;

/**
 * S3. Sizing says nothing about a bucket, and there is no password: the workload's role is the permission.
 */
export const bucketCell: Cell<Bucket> = { provide };

function provide(scope: Construct, request: Request): ProvidedService {
  const { lookup, service } = request;
  const bucket = new S3Bucket(scope, "Default", {
    bucket: serviceName(request, AWS_NAMES.bucket, lookup.accountId),
    // A bucket with objects or old versions in it cannot be deleted.
    forceDestroy: !request.protect,
    tags: request.tags,
    lifecycle: { preventDestroy: request.protect },
  });
  closeBucket(scope, request, bucket);
  keepVersions(scope, request, bucket);
  const port = service.contract.defaultPort;
  return {
    connection: {
      parts: {
        endpoint: { value: `https://s3.${lookup.region}.amazonaws.com` },
        bucket: { value: bucket.bucket },
        region: { value: lookup.region },
      },
      tls: true,
      // S3 answers from public addresses, also through the gateway endpoint, and from more of them every month; AWS
      // keeps the list, and a network policy cannot follow it. What may be done there is said by role and bucket.
      endpoints: [{ cidrs: ["0.0.0.0/0"], port }],
    },
    statements: accessStatements(request, bucket.arn),
  };
}

/** Private, encrypted with the application's key, owned by the account, reached under TLS only. */
function closeBucket(scope: Construct, request: Request, bucket: S3Bucket): void {
  const publicAccess = new S3BucketPublicAccessBlock(scope, "PublicAccessBlock", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new S3BucketOwnershipControls(scope, "OwnershipControls", {
    bucket: bucket.id,
    rule: { objectOwnership: "BucketOwnerEnforced" },
  });
  new S3BucketServerSideEncryptionConfigurationA(scope, "Encryption", {
    bucket: bucket.id,
    rule: [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: request.keyArn },
        bucketKeyEnabled: true,
      },
    ],
  });
  new S3BucketPolicy(scope, "Policy", {
    bucket: bucket.id,
    policy: policyDocument([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [bucket.arn, `${bucket.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]),
    // S3 refuses to change both at one time.
    dependsOn: [publicAccess],
  });
}

function keepVersions(scope: Construct, request: Request, bucket: S3Bucket): void {
  const versioning = new S3BucketVersioningA(scope, "Versioning", {
    bucket: bucket.id,
    versioningConfiguration: { status: "Enabled" },
  });
  new S3BucketLifecycleConfiguration(scope, "Lifecycle", {
    bucket: bucket.id,
    rule: [
      {
        id: "abort-incomplete-uploads",
        status: "Enabled",
        filter: [{}],
        abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
      },
      {
        id: "expire-old-versions",
        status: "Enabled",
        filter: [{}],
        noncurrentVersionExpiration: [{ noncurrentDays: request.service.spec.keepVersionsDays }],
        expiration: [{ expiredObjectDeleteMarker: true }],
      },
    ],
    dependsOn: [versioning],
  });
}

/** Read, write and delete objects. Old versions cannot be deleted with it: they are the way back. */
function accessStatements({ lookup, keyArn }: Request, bucketArn: string): readonly Statement[] {
  return [
    { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
    {
      Effect: "Allow",
      Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
      Resource: `${bucketArn}/*`,
    },
    {
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: keyArn,
      Condition: { StringEquals: { "kms:ViaService": `s3.${lookup.region}.amazonaws.com` } },
    },
  ];
}
