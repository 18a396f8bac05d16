import { aws } from "../../../constructs/clouds/aws";
import { postgresql } from "../../../constructs/kinds/postgresql";
import type { ServiceSizing } from "../../../constructs/model/service";
import { onAws, statements } from "../../support/aws-application";
import { AWS_PROPS } from "../../support/aws-environment";
import { draft, problemsOf } from "../../support/input";

/* What an environment says of services that were there before, and what is made of it. */

function having(sizing: Record<string, ServiceSizing>, more: object = {}, drops: readonly string[] = []) {
  const { environment, overlay } = draft();
  if (drops.length > 0) Object.assign(overlay, { drops });
  Object.assign(overlay, { services: { ...overlay.services, ...sizing } });
  Object.assign(environment, { cloud: aws(AWS_PROPS), ...more });
  return environment;
}

const AT = "environments.production.applications.shop.services";
const db = (imported: object, version = "8.4.3"): Record<string, ServiceSizing> => ({
  db: { version, imported: { id: "legacy-orders", ...imported } },
});

describe("mistakes are named with what to do", () => {
  test.each<[string, ReturnType<typeof having>, readonly string[]]>([
    ["nothing", having(db({})), []],
    [
      "an import without the release that the instance has",
      having({ db: { imported: { id: "legacy-orders" } } }),
      [
        `${AT}.db.version: missing: an import takes MySQL as it is, of one release; say the one that the instance has: version: "8.4…"`,
      ],
    ],
    [
      "an import of a version alone",
      having(db({}, "8.4")),
      [
        `${AT}.db.version: got "8.4", an import takes MySQL as it is, of one release; say the one that the instance has: version: "8.4…"`,
      ],
    ],
    [
      "a parameter that a server has from its first day, as it has it",
      having({
        db: { version: "8.4.3", imported: { id: "legacy-orders" }, parameters: { lower_case_table_names: "1" } },
      }),
      [],
    ],
    [
      "the same of one that is made",
      having({ db: { parameters: { lower_case_table_names: "1" } } }),
      [
        `${AT}.db.parameters.lower_case_table_names: got "1", is chosen when a server is made and never again; remove it; a session may set its own`,
      ],
    ],
    ["what may go, in an environment that nothing protects", having(db({}), { protect: false }, ["db"]), []],
    [
      "an import into an environment that nothing protects",
      having(db({}), { protect: false }),
      [
        `${AT}.db.imported: environment "production" is not protected, so that a plan may delete what this program has not made; say protect: true in the environment, or where it may go drops: ["db"]`,
      ],
    ],
    [
      "names that the cloud does not have",
      having({
        ...db({ id: "Legacy_Orders", with: ["logs/eror"], keeps: ["default"] }),
        files: { imported: { id: "UPLOADS" } },
      }),
      [
        `${AT}.db.imported.id: got "Legacy_Orders"; use the identifier of an RDS instance, in small letters, e.g. "legacy-orders"`,
        `${AT}.db.imported.with[0]: got "logs/eror", nothing of this name is taken over with it; use "logs/error" or "logs/slowquery" (did you mean "logs/error"?)`,
        `${AT}.db.imported.keeps[0]: got "default"; use the id of a security group that the instance has, e.g. "sg-0123456789abcdef0"`,
        `${AT}.files.imported.id: got "UPLOADS"; use the name of a bucket, e.g. "legacy-uploads"`,
      ],
    ],
    [
      "a text that would be something else in Terraform",
      having(db({ id: "x${file(1)}" })),
      [`${AT}.db.imported.id: got "x\${file(1)}"; use it as the cloud has it: letters, digits and . _ : / ( ) -`],
    ],
    [
      "a kind that nobody takes over",
      having({ cache: { imported: { id: "legacy-cache" } } }),
      [
        `${AT}.cache.imported: got an object, a redis has no imported; remove it; it has "size", "highAvailability", "backupDays", "passwords", "parameters", "maintenance" or "machine"`,
      ],
    ],
    [
      "a server in the cluster",
      having({ db: { placement: "in-cluster", highAvailability: false, imported: { id: "legacy-orders" } } }),
      [
        `${AT}.db.imported: got an object, a mysql in the cluster has no imported; remove it; it has "size", "storage", "highAvailability", "backups", "passwords", "parameters" or "version"`,
      ],
    ],
  ])("%s", (_what, environment, lines) => {
    expect(problemsOf(environment)).toEqual(lines);
  });

  test("one that is said to be of two kinds, while a bucket may have its name", () => {
    const one = having({
      ...db({}),
      ledger: { version: "17.2", imported: { id: "legacy-orders" } },
      files: { imported: { id: "legacy-orders" } },
    });
    const applications = one.applications.map((overlay) => ({
      ...overlay,
      application: { ...overlay.application, services: { ...overlay.application.services, ledger: postgresql() } },
    }));
    expect(problemsOf({ ...one, applications })).toEqual([
      `${AT}.ledger.imported.id: got "legacy-orders", service "db" of application "shop" in environment "production" has it already; let one of them have it, and connect the others to it: placement "external"`,
    ]);
  });

  test("one that two environments take over", () => {
    const one = having(db({}));
    const hosts = { api: "api.second.example.com", web: "second.example.com" };
    const cloud = aws({ ...AWS_PROPS, clusterName: "other", network: { cidr: "10.99.0.0/16" } });
    const applications = one.applications.map((overlay) => ({ ...overlay, hosts }));
    const other = { ...one, name: "second", namespaceSuffix: "second", cloud, applications };
    expect(problemsOf(one, other)).toEqual([
      `environments.second.applications.shop.services.db.imported.id: got "legacy-orders", service "db" of application "shop" in environment "production" has it already; let one of them have it, and connect the others to it: placement "external"`,
    ]);
  });
});

describe("on AWS", () => {
  const stack = onAws(
    having({
      ...db({ with: ["logs/error"], keeps: ["sg-0123456789abcdef0"] }),
      files: {
        imported: {
          id: "legacy.uploads",
          keeps: ["arn:aws:kms:eu-central-1:123456789012:key/0b2c7e9a-0000-4000-8000-000000000000"],
        },
      },
    }),
  );

  test("an instance keeps its first day, and gets what every one has", () => {
    const instance = stack.resource("aws_db_instance") as Record<string, unknown>;
    const firstDay = [
      ...["db_name", "db_subnet_group_name", "kms_key_id", "master_user_secret_kms_key_id"],
      ...["performance_insights_kms_key_id", "storage_type", "username"],
    ];
    expect(Object.keys(instance).filter((argument) => firstDay.includes(argument))).toEqual([]);
    expect(instance).toMatchObject({
      ...{ identifier: "legacy-orders", engine: "mysql", engine_version: "8.4.3", auto_minor_version_upgrade: false },
      ...{ storage_encrypted: true, publicly_accessible: false, manage_master_user_password: true },
      vpc_security_group_ids: [expect.stringContaining("aws_security_group"), "sg-0123456789abcdef0"],
      lifecycle: {
        prevent_destroy: true,
        ignore_changes: expect.arrayContaining(["iam_database_authentication_enabled", "domain"]) as unknown,
      },
    });
    expect(stack.resources("aws_db_subnet_group")).toEqual([]);
  });

  test("logs of it are where RDS writes them", () => {
    const names = stack.resources("aws_cloudwatch_log_group").map(({ name }) => name);
    expect(names.filter((name) => String(name).includes("/rds/")).sort()).toEqual(
      ["error", "slowquery"].map((log) => `/aws/rds/instance/legacy-orders/${log}`),
    );
  });

  test("workloads may read what an older key has encrypted, and write by the application's alone", () => {
    const policies = stack.resources("aws_iam_role_policy").map(({ policy }) => String(policy));
    const of = policies.find((policy) => policy.includes("s3:PutObject"));
    expect(statements(of)).toContainEqual({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: ["arn:aws:kms:eu-central-1:123456789012:key/0b2c7e9a-0000-4000-8000-000000000000"],
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-central-1.amazonaws.com" } },
    });
  });
});
