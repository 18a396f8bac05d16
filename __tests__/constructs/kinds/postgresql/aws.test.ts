import { X509Certificate } from "node:crypto";
import { askedOf, AWS_SERVICES } from "../../../../constructs/clouds/aws/services/provisioners";
import type { ServiceSizing } from "../../../../constructs/model/service";
import { firstApplication, onAws } from "../../../support/aws-application";
import { problemsOf } from "../../../support/input";
import { storeInProduction, storeInStaging } from "../../../support/postgresql-input";

/* PostgreSQL on AWS: RDS. What all engines have there is the business of MySQL's tests too. */

const TOLD = { mail: "ops@example.com", runbookUrl: (failure: string) => `https://git.example.com/${failure}.md` };

const inProduction = onAws(storeInProduction());
const instance = inProduction.resource("aws_db_instance");

/** Parameters by their names, with how each is applied. */
const parametersOf = (sizing: ServiceSizing = {}) => {
  const { parameter } = onAws(storeInProduction(sizing)).resource("aws_db_parameter_group");
  return Object.fromEntries(
    (parameter as { readonly name: string; readonly value: string; readonly apply_method?: string }[]).map(
      ({ name, value, apply_method }) => [name, apply_method === undefined ? value : `${value}, ${apply_method}`],
    ),
  );
};

test("a stack has exactly this of it", () => {
  expect(inProduction.types).toEqual({
    aws_cloudwatch_log_group: 2,
    aws_db_instance: 1,
    aws_db_parameter_group: 1,
    aws_db_subnet_group: 1,
    aws_iam_role: 1,
    aws_iam_role_policy_attachment: 1,
    aws_kms_alias: 1,
    aws_kms_key: 1,
    aws_secretsmanager_secret: 2,
    aws_secretsmanager_secret_version: 2,
    aws_security_group: 1,
    aws_vpc_security_group_ingress_rule: 1,
    random_id: 1,
    terraform_data: 2,
  });
  // The state of a stack by itself would be a file beside whoever synthesizes it.
  expect(inProduction.text.replaceAll(`${process.cwd()}/`, "")).toMatchSnapshot();
});

test("the engine is PostgreSQL at the version of the application, with a standby, and nobody loses it by a careless hand", () => {
  expect(instance).toMatchObject({
    engine: "postgres",
    engine_version: "17",
    auto_minor_version_upgrade: true,
    engine_lifecycle_support: "open-source-rds-extended-support-disabled",
    instance_class: "db.m7g.large",
    multi_az: true,
    db_name: "app_db",
    port: 5432,
    backup_retention_period: 14,
    deletion_protection: true,
    skip_final_snapshot: false,
    storage_encrypted: true,
    kms_key_id: "${aws_kms_key.DataKey.arn}",
    publicly_accessible: false,
    enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
    lifecycle: { prevent_destroy: true, ignore_changes: ["engine_lifecycle_support"] },
  });
});

test("a small environment is one instance that can be thrown away", () => {
  expect(onAws(storeInStaging()).resource("aws_db_instance")).toMatchObject({
    instance_class: "db.t4g.medium",
    multi_az: false,
    allocated_storage: 20,
    deletion_protection: false,
    skip_final_snapshot: true,
    lifecycle: { prevent_destroy: false },
  });
});

test("RDS makes and changes the administrator's password, whose name the engine takes", () => {
  expect(instance).toMatchObject({ username: "dbadmin", manage_master_user_password: true });
  expect(instance).not.toHaveProperty("password");
  expect(inProduction.text).not.toMatch(/"password(?:_wo)?":/);
});

test("the parameter group is of the version's family, turns away who comes without TLS, and says how many connections there are", () => {
  expect(inProduction.resource("aws_db_parameter_group")["family"]).toBe("postgres17");
  expect(parametersOf()).toEqual({
    // As RDS has them by itself, by the method that it says of its own.
    "rds.force_ssl": "1, pending-reboot",
    timezone: "UTC, pending-reboot",
    password_encryption: "scram-sha-256, pending-reboot",
    ssl_min_protocol_version: "TLSv1.2, pending-reboot",
    log_min_duration_statement: "1000",
    max_connections: "901, pending-reboot",
  });
});

test("a parameter of the environment waits for a restart where it has to, and a machine by name has RDS's own connections", () => {
  const own = parametersOf({ parameters: { shared_buffers: "262144", work_mem: "8192" }, machine: "db.r7g.large" });
  expect(own).toMatchObject({ shared_buffers: "262144, pending-reboot", work_mem: "8192" });
  expect(own).not.toHaveProperty("max_connections");
});

test.each([
  [undefined, "17", "postgres17", true],
  ["18", "18", "postgres18", true],
  ["17.6", "17.6", "postgres17", false],
])(
  "version %s of the environment is %s, and its patches come by themselves: %p",
  (version, engine, family, patched) => {
    const stack = onAws(storeInProduction(version === undefined ? {} : { version }));
    expect(stack.resource("aws_db_instance")).toMatchObject({
      engine_version: engine,
      auto_minor_version_upgrade: patched,
    });
    expect(stack.resource("aws_db_parameter_group")["family"]).toBe(family);
  },
);

test("workloads have users of their own, one of whom may only read, and each its secret", () => {
  const names = inProduction.resources("aws_secretsmanager_secret").map(({ name }) => name);
  expect(names).toEqual(["production/store/db/api", "production/store/db/report"]);
  expect(inProduction.provided.connection("api", "db").parts.username).toEqual({ value: "app.api" });
  expect(inProduction.provided.connection("report", "db").parts.username).toEqual({
    value: expect.stringMatching(/^app\.report/) as string,
  });
});

test("a new generation of passwords has users of its own, so that pods of before go on as theirs", () => {
  const renewed = onAws(storeInProduction({ passwords: 2 }));
  const [before, after] = [inProduction, renewed].map(
    ({ provided }) => provided.connection("api", "db").parts.username,
  );
  expect(after).not.toEqual(before);
  expect(renewed.resource("aws_db_instance")).toEqual(instance);
});

test("clients are given RDS's authorities of the region", () => {
  const { caBundle, tls, endpoints } = inProduction.provided.connection("api", "db");
  expect(tls).toBe(true);
  expect(new X509Certificate(typeof caBundle === "string" ? caBundle : "").subject).toContain(
    "Amazon RDS eu-central-1",
  );
  expect(endpoints.map(({ port }) => port)).toEqual([5432]);
});

test("copies go to the second region, where the environment has one", () => {
  const input = { ...storeInProduction(), backups: { region: "eu-west-1", without: [] } };
  const copied = onAws(input).resource("aws_db_instance_automated_backups_replication");
  expect(copied).toMatchObject({ region: "eu-west-1", retention_period: 14 });
});

test("what only RDS sees is told by the names that every database has", () => {
  const told = onAws(storeInProduction(), TOLD);
  expect(told.text).toContain("DatabaseDiskNearMaximum");
  expect(told.text).toContain("DatabaseInterrupted");
});

test("more connections than there are, and a window that meets the backups', are refused", () => {
  const application = firstApplication(storeInProduction({ maintenance: { day: "monday", hour: 2 } }));
  const asked = askedOf({ region: "eu-central-1", accountId: "111111111111", autoMode: false, dns: undefined });
  expect(
    AWS_SERVICES.problems(application, asked, ["applications", "store"]).map(({ path }) => path.join(".")),
  ).toEqual(["applications.store.services.db.maintenance.hour"]);
  expect(problemsOf(storeInProduction({ version: "16" }))).toEqual([expect.stringContaining('use "17" or "18"')]);
});

test("the way back is a second instance that gets the name, and commands are of no engine", () => {
  const application = firstApplication(storeInProduction());
  const [db] = application.services;
  if (db === undefined) throw new Error("no service");
  const asked = askedOf({ region: "eu-central-1", accountId: "111111111111", autoMode: false, dns: undefined });
  const operations = AWS_SERVICES.operations(application, db, asked);
  const commands = operations?.restore?.steps.flatMap(({ run = [] }) => run).join("\n") ?? "";
  expect(commands).toContain("restore-db-instance-to-point-in-time");
  expect(commands).toContain("--source-db-instance-identifier production-store-db");
  expect(commands).not.toContain("mysql");
  expect(operations?.failure("DatabaseInterrupted")?.look).toHaveLength(1);
  expect(operations?.failure("DatabaseStandbyMissing")).toBeUndefined();
});
