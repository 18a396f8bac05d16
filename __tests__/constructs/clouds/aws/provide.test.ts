import { applicationProblems } from "../../../../constructs/clouds/aws/application-problems";
import { SECRETS_IN_STATE } from "../../../../constructs/clouds/aws/secrets-in-state";
import type { EnvironmentInput } from "../../../../constructs/model/environment";
import type { Service } from "../../../../constructs/model/service";
import { mysql } from "../../../../constructs/services/mysql";
import { redis } from "../../../../constructs/services/redis";
import { firstApplication, onAws, statements } from "../../../support/aws-application";
import { draft, production, staging } from "../../../support/input";

const PLACE = { region: "eu-central-1", accountId: "111111111111", autoMode: false } as const;

const inProduction = onAws(production());

test("exactly these resources stand for one service of each kind", () => {
  expect(inProduction.types).toEqual({
    aws_cloudwatch_log_group: 4,
    aws_db_instance: 1,
    aws_db_parameter_group: 1,
    aws_db_subnet_group: 1,
    aws_eks_pod_identity_association: 1,
    aws_elasticache_parameter_group: 1,
    aws_elasticache_replication_group: 1,
    aws_elasticache_subnet_group: 1,
    aws_elasticache_user: 1,
    aws_elasticache_user_group: 1,
    aws_iam_role: 2,
    aws_iam_role_policy: 1,
    aws_iam_role_policy_attachment: 1,
    aws_kms_alias: 1,
    aws_kms_key: 1,
    aws_mq_broker: 1,
    aws_s3_bucket: 1,
    aws_s3_bucket_lifecycle_configuration: 1,
    aws_s3_bucket_ownership_controls: 1,
    aws_s3_bucket_policy: 1,
    aws_s3_bucket_public_access_block: 1,
    aws_s3_bucket_server_side_encryption_configuration: 1,
    aws_s3_bucket_versioning: 1,
    aws_secretsmanager_secret: 7,
    aws_secretsmanager_secret_version: 7,
    aws_security_group: 3,
    aws_vpc_security_group_ingress_rule: 4,
    random_id: 2,
    random_password: 2,
    terraform_data: 8,
    time_sleep: 1,
  });
  // The names of final snapshots, which a small environment does not leave behind.
  expect({ ...onAws(staging()).types, random_id: 2 }).toEqual(inProduction.types);
});

test("an application without services gets nothing", () => {
  const { environment, app } = draft();
  app.services = {};
  for (const name of ["api", "queue", "nightly"]) Object.assign(app.workloads[name] ?? {}, { needs: [] });
  const application = firstApplication(environment);
  expect(application.services).toEqual([]);
  expect(onAws(environment).types).toEqual({});
  expect(onAws(environment).providers).toEqual(["aws"]);
});

describe("workload identity", () => {
  test("the role may do what its edge to the bucket needs, statement for statement", () => {
    const bucket = "${aws_s3_bucket.Services_files_0805043F.arn}";
    expect(statements(inProduction.resource("aws_iam_role_policy")["policy"])).toEqual([
      { Effect: "Allow", Action: "s3:ListBucket", Resource: bucket },
      {
        Effect: "Allow",
        Action: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        Resource: `${bucket}/*`,
      },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: "${aws_kms_key.DataKey.arn}",
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
      },
    ]);
  });

  test("only this service account of this cluster can take it", () => {
    expect(statements(inProduction.resource("aws_iam_role", "Identities")["assume_role_policy"])).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:123456789012:cluster/production",
            "aws:RequestTag/kubernetes-namespace": "shop-production",
            "aws:RequestTag/kubernetes-service-account": "shop-api",
          },
        },
      },
    ]);
    expect(inProduction.resource("aws_eks_pod_identity_association")).toMatchObject({
      cluster_name: "production",
      namespace: "shop-production",
      service_account: "shop-api",
    });
  });

  test("a workload that calls no AWS service has none", () => {
    expect(inProduction.provided.identity("api")).toBeDefined();
    for (const workload of ["web", "queue", "nightly"]) {
      expect(inProduction.provided.identity(workload)).toBeUndefined();
    }
  });

  test("its name says what it is for, in parts that no other role's name has", () => {
    expect(inProduction.resource("aws_iam_role", "Identities")["name"]).toBe("production.workload.shop.api");
    expect(inProduction.resource("aws_iam_role", "Monitoring")["name"]).toBe("production.rds-monitoring.shop.db");
  });

  test("the service account waits until the association works, and that waits for the permissions", () => {
    const [annotation] = Object.entries(inProduction.provided.identity("api")?.annotations ?? {});
    expect(annotation?.[0]).toBe("goldenpath/pod-identity-association");
    // By the wait's own attribute: one by the association itself would let pods be admitted too early.
    expect(inProduction.resolve(annotation?.[1])).toMatch(
      /^\$\{time_sleep\.Identities_api_.*\.triggers\.association\}$/,
    );
    const sleep = inProduction.resource("time_sleep");
    expect(sleep["create_duration"]).toBe("30s");
    // Another association has another id, and a changed trigger is another wait.
    expect(sleep["triggers"]).toEqual({
      association: expect.stringMatching(/^\$\{aws_eks_pod_identity_association\..*\.association_id\}$/) as unknown,
    });
    expect(inProduction.resource("aws_eks_pod_identity_association")["depends_on"]).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\./),
    ]);
  });
});

test("providers are those that have something to do", () => {
  expect(inProduction.providers).toEqual(["aws", "random", "time"]);
  // A password for each user, and nothing that calls AWS.
  expect(onAws(withServices("shop", { db: mysql() })).providers).toEqual(["aws", "random"]);
});

test("two services whose parts join to one text have different names where one VPC holds both kinds", () => {
  const group = (environment: EnvironmentInput) => onAws(environment).resource("aws_security_group")["name"];
  expect(group(withServices("shop", { "eu-db": mysql() }))).toBe("production.shop.eu-db");
  expect(group(withServices("shop-eu", { db: redis() }))).toBe("production.shop-eu.db");
});

test("the key rotates, waits before it dies, and lets nobody in but the account and its logs", () => {
  const key = inProduction.resource("aws_kms_key");
  expect(key).toMatchObject({
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
  expect(statements(key["policy"])).toEqual([
    {
      Sid: "Account",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "CloudWatchLogs",
      Effect: "Allow",
      Principal: { Service: "logs.eu-central-1.amazonaws.com" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-central-1:123456789012:log-group:*" },
      },
    },
  ]);
  // External Secrets is allowed to decrypt by this form of alias.
  expect(inProduction.resource("aws_kms_alias")["name"]).toBe("alias/production/shop");
});

test("everything that takes tags says whose it is", () => {
  const untaggable =
    /^(random_|time_|terraform_data|aws_kms_alias|aws_iam_role_policy|aws_secretsmanager_secret_version|aws_s3_bucket_)/;
  for (const type of Object.keys(inProduction.types).filter((name) => !untaggable.test(name))) {
    for (const resource of inProduction.resources(type)) {
      expect([type, resource["tags"]]).toEqual([type, expect.objectContaining({ "goldenpath:application": "shop" })]);
    }
  }
});

test("generated passwords go where the list of secrets in state says, and into write-only arguments", () => {
  const listed = SECRETS_IN_STATE.filter(({ resource }) => resource !== "random_password");
  const found = Object.keys(inProduction.types).flatMap((type) =>
    inProduction
      .resources(type)
      .flatMap((resource) => pathsOf(resource, "", /random_password\.[^.]+\.result/).map((path) => `${type}.${path}`)),
  );
  expect([...new Set(found)].sort()).toEqual(
    [
      ...listed.map(({ resource, attribute }) => `${resource}.${attribute}`),
      "aws_secretsmanager_secret_version.secret_string_wo",
    ].sort(),
  );
});

test("two stacks of one input are the same bytes", () => {
  expect(onAws(production()).text).toBe(inProduction.text);
});

test("a service and a secret of one name are refused: they would be one entry of the store", () => {
  const { environment, app } = draft();
  app.secrets = { db: { variable: "DB_LICENCE", description: "key" } };
  Object.assign(app.workloads["api"] ?? {}, { secrets: ["db"] });
  expect(applicationProblems(PLACE, firstApplication(environment), ["here"])).toMatchObject([
    { path: ["here", "services", "db"], fix: "rename one of them" },
  ]);
});

test("a role whose policy is longer than AWS takes is refused, what edges to buckets bring counted", () => {
  const problems = (count: number) => {
    const { environment, app } = draft();
    const resources = Array.from(
      { length: count },
      (_, index) => `arn:aws:sqs:eu-central-1:111111111111:${1000 + index}`,
    );
    Object.assign(app.workloads["api"] ?? {}, {
      permissions: { aws: { send: { actions: ["sqs:SendMessage"], resources } } },
    });
    const application = firstApplication(environment);
    const { policy } = onAws(environment).resource("aws_iam_role_policy", "api");
    return { found: applicationProblems({ ...PLACE, accountId: "123456789012" }, application, ["here"]), policy };
  };
  // As long as Terraform makes it when it fills references in.
  const filled = (policy: unknown): number =>
    String(policy)
      .replace(/\$\{aws_s3_bucket\.[^}]*\.arn\}/g, "arn:aws:s3:::production-shop-files-123456789012")
      .replace(/\$\{aws_kms_key\.[^}]*\.arn\}/g, `arn:aws:kms:eu-central-1:123456789012:key/${"0".repeat(36)}`).length;
  const [few, many] = [problems(10), problems(300)];
  expect(few.found).toEqual([]);
  expect(filled(few.policy)).toBeLessThan(10_240);
  expect(String(few.policy)).toContain("${aws_kms_key.");
  expect(many.found).toEqual([
    {
      path: ["here", "workloads", "api"],
      why: `the policy of its role has ${filled(many.policy)} characters with what edges to buckets bring, and AWS takes 10240`,
      fix: "say several resources of one kind in one permission, or divide the workload",
    },
  ]);
});

/** An application with these services, which one workload needs. */
function withServices(name: string, services: Readonly<Record<string, Service>>): EnvironmentInput {
  const { environment, app } = draft();
  Object.assign(app, { name, services });
  for (const other of ["queue", "nightly"]) Object.assign(app.workloads[other] ?? {}, { needs: [] });
  Object.assign(app.workloads["api"] ?? {}, { needs: Object.keys(services) });
  return environment;
}

/** Paths of strings that match, list positions left out. */
function pathsOf(value: unknown, path: string, pattern: RegExp): string[] {
  if (typeof value === "string") return pattern.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, path, pattern));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => pathsOf(item, path === "" ? key : `${path}.${key}`, pattern));
}
