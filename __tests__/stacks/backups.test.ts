import { aws } from "../../constructs/clouds/aws";
import type { EnvironmentSpec } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { environments } from "../../environments";
import { all, type StackJson } from "../support/cloud-environment";
import { problemsOf } from "../support/input";
import { stack, type Synthesis, synthesizeEnvironments } from "../support/reference";
import { rendered } from "../support/runbooks";

/* Copies of the reference environments in a second region, and what an environment is told that cannot have them. */

const REGION = "eu-west-1";
const PRODUCTION = {
  accountId: "222222222222",
  network: { cidr: "10.20.0.0/16" },
  endpoint: { access: "private" },
  access: {
    deployers: ["arn:aws:iam::222222222222:role/goldenpath-deployer"],
    administrators: ["arn:aws:iam::222222222222:role/platform-administrator"],
  },
} as const;
const LOST = ["my-app/cache", "my-app/events"];

const withBackups = (
  name: string,
  backups: EnvironmentSpec["backups"],
  more: Partial<EnvironmentSpec> = {},
): EnvironmentSpec[] =>
  environments.filter((spec) => spec.name === name).map((spec) => ({ ...spec, ...more, backups }));

const production = (backups: EnvironmentSpec["backups"], more?: Partial<EnvironmentSpec>): Synthesis =>
  synthesizeEnvironments(withBackups("production", backups, { clusterBackups: {}, ...more }));

const synthesis = production({ region: REGION, without: LOST });
const app = stack(synthesis, "production");
const cluster = stack(synthesis, "production-cluster");
const platform = stack(synthesis, "production-platform");

const there = (json: StackJson, type: string) => all(json, type).filter(({ region }) => region === REGION);

const statements = (policy: unknown): readonly Readonly<Record<string, unknown>>[] =>
  (JSON.parse(String(policy)) as { readonly Statement: readonly Readonly<Record<string, unknown>>[] }).Statement;

describe("a database", () => {
  test("has its backups and its log copied, for as many days as they are kept, with the key of that region", () => {
    expect(all(app, "aws_db_instance_automated_backups_replication")).toEqual([
      expect.objectContaining({
        region: REGION,
        retention_period: 30,
        source_db_instance_arn: expect.stringMatching(/^\$\{aws_db_instance\.\S+\.arn\}$/) as string,
        kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\.\S*Copies-eu-west-1_Key\S*\.arn\}$/) as string,
      }),
    ]);
  });

  test("whose copies are other copies when their days change, which nothing keeps a plan from", () => {
    expect(all(app, "aws_db_instance_automated_backups_replication")[0]).not.toHaveProperty("lifecycle");
  });
});

describe.each([
  ["a bucket of an application", app, "production-my-app-uploads-copy-eu-west-1-222222222222", "uploads"],
  ["the store of Velero", platform, "production-addon-velero-copy-eu-west-1-222222222222", "velero"],
])("%s", (_, json, copy) => {
  test("is replicated to one of that region, encrypted, with versions, closed and protected as itself", () => {
    expect(there(json, "aws_s3_bucket")).toEqual([
      expect.objectContaining({ bucket: copy, force_destroy: false, lifecycle: { prevent_destroy: true } }),
    ]);
    for (const type of [
      ...["aws_s3_bucket_public_access_block", "aws_s3_bucket_ownership_controls", "aws_s3_bucket_policy"],
      ...["aws_s3_bucket_lifecycle_configuration", "aws_s3_bucket_versioning"],
    ]) {
      expect([type, there(json, type).length]).toEqual([type, 1]);
    }
    expect(JSON.stringify(there(json, "aws_s3_bucket_server_side_encryption_configuration"))).toMatch(
      /aws_kms_key\.\S*Copies-eu-west-1_Key/,
    );
  });

  test("by one rule for all of it, deletions too, once both have versions and the role its rights", () => {
    const [configuration] = all(json, "aws_s3_bucket_replication_configuration");
    expect(configuration).toMatchObject({
      rule: [
        {
          status: "Enabled",
          filter: { prefix: "" },
          delete_marker_replication: { status: "Enabled" },
          source_selection_criteria: { sse_kms_encrypted_objects: { status: "Enabled" } },
          destination: { metrics: { status: "Enabled" } },
        },
      ],
    });
    // It is where the bucket is, and changes in place when the region does.
    expect(configuration).not.toHaveProperty("region");
    const after = JSON.stringify(configuration?.["depends_on"]);
    expect(after.match(/aws_s3_bucket_versioning/g)).toHaveLength(2);
    expect(after).toContain("aws_iam_role_policy.");
  });

  test("with a role that reads the one and writes the other, and that S3 alone takes", () => {
    const role = all(json, "aws_iam_role").filter(({ name }) => String(name).startsWith("production.replication."));
    expect(role).toHaveLength(1);
    expect(statements(role[0]?.["assume_role_policy"])).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: ["sts:AssumeRole"],
      },
    ]);
    const [policy] = all(json, "aws_iam_role_policy").filter((one) => String(one["policy"]).includes("Replicate"));
    const given = statements(policy?.["policy"]);
    expect(given.map(({ Action, Resource }) => [Action, String(Resource).includes("Copies-eu-west-1")])).toEqual([
      [["s3:GetReplicationConfiguration", "s3:ListBucket"], false],
      [["s3:GetObjectVersionForReplication", "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging"], false],
      [["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"], true],
      ["kms:Decrypt", false],
      [["kms:Encrypt", "kms:GenerateDataKey"], true],
    ]);
    expect(given.map(({ Resource }) => Resource)).not.toContain("*");
    expect(given.flatMap(({ Condition }) => (Condition === undefined ? [] : [JSON.stringify(Condition)]))).toEqual([
      expect.stringContaining("s3.eu-central-1.amazonaws.com"),
      expect.stringContaining("s3.eu-west-1.amazonaws.com"),
    ]);
  });

  test("and a key in that region that waits 30 days before it is gone", () => {
    expect(there(json, "aws_kms_key")).toEqual([
      expect.objectContaining({ deletion_window_in_days: 30, lifecycle: { prevent_destroy: true } }),
    ]);
  });
});

test("shared volumes are replicated to a file system that nobody else writes to", () => {
  expect(all(cluster, "aws_efs_replication_configuration")).toEqual([
    expect.objectContaining({
      destination: {
        file_system_id: expect.stringContaining("Copies-eu-west-1") as string,
        region: REGION,
      },
    }),
  ]);
  const [own] = all(cluster, "aws_efs_file_system").filter(({ region }) => region === undefined);
  expect(there(cluster, "aws_efs_file_system")).toEqual([
    expect.objectContaining({
      encrypted: true,
      protection: { replication_overwrite: "DISABLED" },
      lifecycle: { prevent_destroy: true, ignore_changes: ["protection"] },
    }),
  ]);
  // The same environment in that region would look for its own by that token.
  expect(there(cluster, "aws_efs_file_system")[0]?.["creation_token"]).not.toBe(own?.["creation_token"]);
});

test("lines and spans are copied nowhere", () => {
  const measured = production({ region: REGION, without: LOST }, { clusterBackups: "off" });
  expect(there(stack(measured, "production-platform"), "aws_s3_bucket")).toEqual([]);
});

test("of what cannot be replicated somebody is told", () => {
  const [alarm] = all(app, "aws_cloudwatch_metric_alarm").filter(({ alarm_name: name }) =>
    String(name).endsWith("BucketCopyFailed"),
  );
  expect(alarm).toMatchObject({ threshold: 0, comparison_operator: "GreaterThanThreshold", evaluation_periods: 1 });
  expect(alarm?.["metric_query"]).toEqual([
    expect.objectContaining({
      metric: expect.objectContaining({
        namespace: "AWS/S3",
        metric_name: "OperationsFailedReplication",
        stat: "Sum",
        dimensions: {
          SourceBucket: "production-my-app-uploads-222222222222",
          DestinationBucket: "production-my-app-uploads-copy-eu-west-1-222222222222",
          RuleId: "copies",
        },
      }) as object,
    }),
  ]);
});

test("the ledger of each stack has the copies, and the word takes protections off without another address", () => {
  for (const json of [app, cluster, platform]) expect(JSON.stringify(json)).toContain("kept copies@eu-west-1 copies");
  const dropped = production({ region: REGION, without: LOST, drops: ["copies@eu-west-1"] });
  for (const name of ["production", "production-cluster", "production-platform"]) {
    const json = stack(dropped, name);
    expect(JSON.stringify(json)).toContain("released copies@eu-west-1 copies");
    expect(Object.keys(json.resource["aws_kms_key"] ?? {})).toEqual(
      Object.keys(stack(synthesis, name).resource["aws_kms_key"] ?? {}),
    );
    for (const type of ["aws_kms_key", "aws_s3_bucket", "aws_efs_file_system"]) {
      for (const block of there(json, type)) expect(block).toMatchObject({ lifecycle: { prevent_destroy: false } });
    }
  }
  // What is copied stays as protected as it was.
  expect(all(stack(dropped, "production"), "aws_db_instance")).toEqual([
    expect.objectContaining({
      deletion_protection: true,
      lifecycle: expect.objectContaining({ prevent_destroy: true }) as object,
    }),
  ]);
});

test("a service that is dropped takes its copy along", () => {
  const spec = withBackups("production", { region: REGION, without: LOST }).map((one) => ({
    ...one,
    applications: one.applications.map((overlay) => ({ ...overlay, drops: ["uploads"] })),
  }));
  const [copy] = there(stack(synthesizeEnvironments(spec), "production"), "aws_s3_bucket");
  expect(copy).toMatchObject({ force_destroy: true, lifecycle: { prevent_destroy: false } });
});

test("another region is another address for all that is protected, and the same for what there can be one of", () => {
  const addresses = (json: StackJson, type: string): string[] => Object.keys(json.resource[type] ?? {});
  const [one, other] = [app, stack(production({ region: "eu-west-3", without: LOST }), "production")];
  for (const type of ["aws_db_instance_automated_backups_replication", "aws_s3_bucket_replication_configuration"]) {
    expect(addresses(one, type)).toEqual(addresses(other, type));
  }
  const copies = (ids: readonly string[]): string[] => ids.filter((id) => id.includes("Copies-"));
  for (const type of ["aws_kms_key", "aws_s3_bucket"]) {
    expect(copies(addresses(one, type)).length).toBeGreaterThan(0);
    expect(copies(addresses(one, type)).filter((id) => addresses(other, type).includes(id))).toEqual([]);
  }
});

test("without it nothing of it is there", () => {
  const off = synthesizeEnvironments(withBackups("production", undefined));
  for (const name of ["production", "production-cluster", "production-platform"]) {
    expect(JSON.stringify(stack(off, name).resource)).not.toMatch(/Copies-|replication_configuration|kept copies/);
  }
});

describe("an environment is told", () => {
  const said = (backups: unknown, name = "production", more: Partial<EnvironmentSpec> = {}): string[] =>
    problemsOf(...withBackups(name, backups as EnvironmentSpec["backups"], more));

  test("of everything that is not copied, each with the word for it, and of a wrong region beside them", () => {
    expect(said({ region: "eu-central-1" })).toEqual([
      expect.stringMatching(
        /^environments\.production\.backups\.region: got "eu-central-1", the environment is there itself; use another: /,
      ),
      expect.stringMatching(/backups: .*my-app \/ cache: ElastiCache .* add "my-app\/cache" to backups\.without/),
      expect.stringMatching(/backups: .*my-app \/ events: Amazon MQ .* add "my-app\/events" to backups\.without/),
    ]);
    expect(said({ region: "mars-north-1", without: LOST })).toEqual([expect.stringContaining("no region of AWS")]);
  });

  test("of words for what is copied, and for what is not there", () => {
    expect(said({ region: REGION, without: [...LOST, "my-app/orders-db", "my-app/cahce"] })).toEqual([
      expect.stringMatching(/backups\.without\[2\]: got "my-app\/orders-db", has a copy in eu-west-1: .*; remove it$/),
      expect.stringMatching(/backups\.without\[3\]: got "my-app\/cahce", .*; use .*"my-app\/cache"/),
    ]);
  });

  test("of wrong forms", () => {
    expect(said({ region: 7, without: ["cache"], drops: ["eu-west-1"], account: "1" })).toEqual([
      expect.stringContaining("backups.region: got 7"),
      expect.stringContaining('backups.without[0]: got "cache"'),
      expect.stringMatching(/backups\.drops\[0\]: got "eu-west-1".*"copies@eu-west-1"/),
      expect.stringContaining("backups.account"),
    ]);
  });

  test("of a disk of one zone, which may be lost by its word", () => {
    const { workloads } = {
      workloads: {
        backend: {
          replicas: 1,
          autoscaling: false as const,
          volumes: { scratch: { mountPath: "/scratch", size: "1Gi" as const, access: "ReadWriteOnce" as const } },
        },
      },
    };
    const withDisk = (without: string[]) =>
      problemsOf(
        ...withBackups("production", { region: REGION, without }).map((spec) => ({
          ...spec,
          applications: spec.applications.map((overlay) => ({
            ...overlay,
            workloads: { ...overlay.workloads, ...workloads },
          })),
        })),
      );
    expect(withDisk(LOST)).toEqual([
      expect.stringMatching(/backend\/scratch: a disk of EBS .* add "my-app\/backend\/scratch"/),
    ]);
    expect(withDisk([...LOST, "my-app/backend/scratch"])).toEqual([]);
  });

  test("of a database in the cluster, which is copied where its copies are on a shared volume", () => {
    const inside = (sizing: object) =>
      problemsOf(
        ...withBackups("production", { region: REGION, without: LOST }).map((spec) => ({
          ...spec,
          applications: spec.applications.map((overlay) => ({
            ...overlay,
            services: {
              ...overlay.services,
              "orders-db": { placement: "in-cluster" as const, highAvailability: false, ...sizing },
            },
          })),
        })),
      ).filter((one) => one.includes("backups"));
    expect(inside({ backups: {} })).toEqual([]);
    expect(inside({})).toEqual([
      expect.stringMatching(/my-app \/ orders-db: .* add "my-app\/orders-db" to backups\.without/),
    ]);
  });

  test.each([
    ["gke-staging", /on "Google Cloud" backups of Cloud SQL .*; leave it out: keep a read replica/],
    ["aks-staging", /on "Azure" copies of a MySQL server .*; leave it out: keep dumps/],
    ["local", /; leave it out: /],
  ])("in %s that there are none, and what to do", (name, words) => {
    const problems = said({ region: REGION }, name);
    expect(problems).toEqual([expect.stringMatching(words)]);
  });

  test("of nothing where all is well", () => {
    const [environment] = loadEnvironments(withBackups("production", { region: REGION, without: LOST }));
    expect(environment?.backups).toEqual({ region: REGION, without: LOST, drops: [] });
    expect(environment?.applications[0]?.backups).toEqual(environment?.backups);
  });
});

describe("the page of a lost region", () => {
  const pageOf = (backups: EnvironmentSpec["backups"]): string => {
    const [one] = rendered(withBackups("production", backups));
    return one?.files["production/my-app/lost-region.md"] ?? "";
  };
  const text = pageOf({ region: REGION, without: LOST });

  test("names each thing with its copy, or says that it is lost", () => {
    expect(text).toContain("`orders-db`: a copy is in eu-west-1: RDS copies");
    expect(text).toContain("`cache`: lost with the region: ElastiCache");
    expect(text).toContain("`backend/uploads`: a copy is in eu-west-1: EFS replicates");
    expect(text).not.toContain("nothing of them is anywhere else");
  });

  test("has commands with the names of the copies as the stacks make them, and of the environment that is made there", () => {
    const [bucket] = there(app, "aws_s3_bucket");
    const [files] = there(cluster, "aws_efs_file_system");
    const [database] = all(app, "aws_db_instance");
    for (const name of [bucket?.["bucket"], files?.["creation_token"], database?.["identifier"]]) {
      expect(text).toContain(` ${String(name)}`.replace(" production-my-app-uploads", "production-my-app-uploads"));
    }
    const cloud = aws({ ...PRODUCTION, region: REGION, regionInNames: true });
    const made = synthesizeEnvironments(
      environments.filter((one) => one.name === "production").map((one) => ({ ...one, cloud })),
    );
    const [database_b] = all(stack(made, "production"), "aws_db_instance");
    expect(database_b?.["identifier"]).toBe("production-eu-west-1-my-app-orders-db");
    expect(text).toContain(`--new-db-instance-identifier ${String(database_b?.["identifier"])}`);
    const lines = text.split("\n").filter((line) => /^aws (?:rds|efs|s3) /.test(line.trim()));
    expect(lines.length).toBeGreaterThan(10);
    // Nothing is asked of the region that is lost, but whether copies arrive, before it is back.
    const mitigation = text.slice(text.indexOf("## Mitigation"), text.indexOf("When the region is back"));
    expect(mitigation.length).toBeGreaterThan(5000);
    expect(mitigation.match(/--(?:source-)?region eu-central-1/g)).toBeNull();
  });

  test("is as it was without copies", () => {
    expect(pageOf(undefined)).toContain("nothing of them is anywhere else");
  });
});
