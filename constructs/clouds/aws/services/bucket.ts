import type { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import type { Connection } from "../../../model/connection";
import type { Bucket } from "../../../services/bucket";
import { abortUploadsDays, corsRules, expiries } from "../../../services/bucket/settings";
import type { ImportForm } from "../../../services/provisioner";
import { oldVersions } from "../../../services/recovery";
import type { ServiceTraits } from "../../../services/traits";
import { takeOverWith } from "../../shared/imports";
import type { ServiceNames } from "../../shared/provisioner";
import { createAlarms } from "../alarms/alarm";
import { BUCKET_COPY_ALARMS } from "../alarms/copies";
import { arn } from "../arn";
import { type CopiedBucketProps, createCopiedBucket, REPLICATION_RULE } from "../copied-bucket";
import type { Statement } from "../iam";
import { AWS_NAMES, roleName } from "../names";
import { createPrivateBucket } from "../private-bucket";
import { PARTITION } from "../regions";
import {
  type AwsDescribeRequest,
  type AwsLiterals,
  type AwsProvisioner,
  type AwsRequest,
  type ProvidedService,
  serviceName,
} from "./provisioner";

type Request = AwsRequest<Bucket>;

type Sized = Pick<Request, "sizing">;

const IMPORTS: ImportForm = {
  id: {
    what: "the name of a bucket",
    form: /^(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    example: "legacy-uploads",
  },
  with: { policy: "its policy", lifecycle: "its lifecycle rules", cors: "which pages may use it" },
  keeps: {
    what: "the ARN of a key of KMS that older objects are encrypted with",
    form: /^arn:aws:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/,
    example: "arn:aws:kms:eu-central-1:222222222222:key/0b2c7e9a-0000-4000-8000-000000000000",
  },
};

/**
 * S3. Sizing says nothing about a bucket, and there is no password: the workload's role is the permission.
 */
export const bucketOnAws: AwsProvisioner<Bucket> = {
  imports: IMPORTS,
  recoverable: ({ service }) =>
    oldVersions(
      service.spec.keepVersionsDays,
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
      undefined,
    ),
  elsewhere: (_, region) => ({
    by: `S3 replicates what is written to a bucket in ${region}; what was there before the replication, people copy once`,
    lost: "the last minutes: most objects are there within a quarter of an hour",
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html",
    read: "2026-11-29",
  }),
  alarms: ({ resolved }) => (resolved.backups === undefined ? {} : BUCKET_COPY_ALARMS),
  describe,
  provide,
};

/** Name of a bucket: what it had before, or its own here. */
const bucketName = ({ sizing, ...names }: Sized & ServiceNames, accountId: string): string =>
  sizing.imported?.id ?? serviceName(names, AWS_NAMES.bucket, accountId);

/** Name of the bucket in the second region. */
export const copyName = (names: ServiceNames, region: string, accountId: string): string =>
  serviceName(names, AWS_NAMES.bucket, "copy", region, accountId);

function describe(request: AwsDescribeRequest<Bucket>): ServiceTraits {
  return {
    placement: "managed",
    product: "Amazon S3",
    version: undefined,
    port: request.service.contract.defaultPort,
    tls: "system",
    signIn: "identity",
    optionalParts: [],
    compute: undefined,
    disk: undefined,
    backups: `old versions of objects, ${request.service.spec.keepVersionsDays} days`,
    passwords: undefined,
    name: bucketName(request, request.accountId),
    inState: [],
    notes:
      request.sizing.imported === undefined
        ? []
        : [
            "it was imported: what was in it before keeps its own encryption",
            `old versions of before go after ${request.service.spec.keepVersionsDays} days too, and by no other rule than the application's`,
          ],
  };
}

function provide(request: Request): ProvidedService {
  const { lookup, service } = request;
  const props: CopiedBucketProps = {
    name: bucketName(request, lookup.accountId),
    keyArn: request.keyArn,
    keepVersionsDays: service.spec.keepVersionsDays,
    abortUploadsDays: abortUploadsDays(service.spec),
    expiries: expiries(service.spec),
    protect: request.protect,
    imported: request.sizing.imported,
    // Where no ledger keeps it, taking it away fails while there are objects in it: their key has to stay so long.
    ...(request.alone === true && { dependsOn: [request.key] }),
    tags: request.tags,
  };
  const bucket = createBucket(request, props);
  allowPages(request, bucket);
  const port = service.contract.defaultPort;
  const host = `s3.${lookup.region}.amazonaws.com`;
  const connection: Connection = {
    parts: {
      endpoint: { value: `https://${host}` },
      bucket: { value: bucket.bucket },
      region: { value: lookup.region },
    },
    tls: true,
    // S3 answers from public addresses, also through the gateway endpoint; AWS keeps the list, and a network policy cannot
    // follow it. What may be done there is said by role and bucket. Clients put the bucket before the host.
    endpoints: [{ cidrs: request.s3.cidrs, hosts: [host, `${bucketName(request, lookup.accountId)}.${host}`], port }],
  };
  return {
    connection: () => connection,
    grants: accessStatements(request, bucket.arn),
    readerGrants: readStatements(request, bucket.arn),
  };
}

function createBucket(request: Request, props: CopiedBucketProps): S3Bucket {
  const { scope, copies, lookup, environment, application, name } = request;
  if (copies === undefined) return createPrivateBucket(scope, props).bucket;
  const copy = copyName(request, copies.region, lookup.accountId);
  const bucket = createCopiedBucket(scope, props, {
    ...{ copies, id: `Bucket-${name}`, region: lookup.region },
    name: copy,
    roleName: roleName(environment, "replication", application, name),
  });
  createAlarms(request, BUCKET_COPY_ALARMS, {
    dimensions: { SourceBucket: props.name, DestinationBucket: copy, RuleId: REPLICATION_RULE },
    arn: bucket.arn,
  });
  return bucket;
}

function allowPages({ scope, service: { spec }, sizing }: Request, bucket: S3Bucket): void {
  if (spec.cors === undefined) return;
  const cors = new S3BucketCorsConfiguration(scope, "Cors", {
    bucket: bucket.id,
    corsRule: corsRules(spec).map(({ origins, methods, headers, exposedHeaders, maxAgeSeconds }) => ({
      allowedOrigins: [...origins],
      allowedMethods: [...methods],
      allowedHeaders: [...headers],
      exposeHeaders: [...exposedHeaders],
      maxAgeSeconds,
    })),
  });
  takeOverWith(cors, sizing, "cors", sizing.imported?.id ?? "");
}

/** What statements about a bucket need to know of where it is. */
interface Place {
  readonly lookup: Pick<Request["lookup"], "region">;
  readonly keyArn: string;
  /** Where it was imported, older objects of it may have other keys. @default - it is made */
  readonly sizing?: Request["sizing"];
}

/** Read, write and delete objects. Old versions cannot be deleted with it: they are the way back. */
export function accessStatements(place: Place, bucketArn: string): readonly Statement[] {
  return statements(place, bucketArn, {
    objects: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
    key: ["kms:Decrypt", "kms:GenerateDataKey"],
  });
}

function readStatements(place: Place, bucketArn: string): readonly Statement[] {
  return statements(place, bucketArn, { objects: ["s3:GetObject"], key: ["kms:Decrypt"] });
}

/** Statements as long as those of an edge to a bucket, before there is one: the key has an id of as many characters. */
export function statementsBefore(
  names: Sized & ServiceNames,
  { region, accountId }: AwsLiterals,
  access: "read" | "write",
): readonly Statement[] {
  const keyArn = arn({ region, accountId }, "kms", `key/${"0".repeat(36)}`);
  const bucketArn = `arn:${PARTITION}:s3:::${bucketName(names, accountId)}`;
  return (access === "read" ? readStatements : accessStatements)(
    { lookup: { region }, keyArn, sizing: names.sizing },
    bucketArn,
  );
}

function statements(
  { lookup, keyArn, sizing }: Place,
  bucketArn: string,
  actions: { readonly objects: string[]; readonly key: string[] },
): readonly Statement[] {
  const Condition = { StringEquals: { "kms:ViaService": `s3.${lookup.region}.amazonaws.com` } };
  const { keeps = [] } = sizing?.imported ?? {};
  return [
    { Effect: "Allow", Action: "s3:ListBucket", Resource: bucketArn },
    { Effect: "Allow", Action: actions.objects, Resource: `${bucketArn}/*` },
    { Effect: "Allow", Action: actions.key, Resource: keyArn, Condition },
    ...(keeps.length === 0
      ? []
      : [{ Effect: "Allow" as const, Action: "kms:Decrypt", Resource: [...keeps], Condition }]),
  ];
}
