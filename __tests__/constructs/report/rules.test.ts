import { reportOn, risksOf } from "./support/reports";

/* What each rule finds in a plan, and what it does not. */

const policy = (...actions: readonly string[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: actions.map((Action) => ({ Effect: "Allow", Action, Resource: "arn:aws:s3:::invoices/*" })),
  });

describe("exposure", () => {
  const rule = (cidr: string, before: string | null = null) => ({
    address: "aws_vpc_security_group_ingress_rule.web",
    actions: [before === null ? "create" : "update"],
    before: before === null ? null : { cidr_ipv4: before },
    after: { cidr_ipv4: cidr },
  });

  test.each([
    ["a rule for everybody", rule("0.0.0.0/0"), ["high: lets everybody in: 0.0.0.0/0"]],
    ["a rule that is opened", rule("::/0", "10.0.0.0/8"), ["high: lets everybody in: ::/0"]],
    ["a rule for a network", rule("10.0.0.0/8"), []],
    ["a rule that is closed", rule("10.0.0.0/8", "0.0.0.0/0"), []],
    [
      "traffic that goes out",
      { address: "aws_vpc_security_group_egress_rule.web", actions: ["create"], after: { cidr_ipv4: "0.0.0.0/0" } },
      [],
    ],
    [
      "a database with a public address",
      { address: "aws_db_instance.a", before: { publicly_accessible: false }, after: { publicly_accessible: true } },
      ["high: can be reached from the internet"],
    ],
    [
      "a bucket whose block is off",
      {
        address: "aws_s3_bucket_public_access_block.a",
        before: { block_public_policy: true },
        after: { block_public_policy: false },
      },
      ["high: no longer keeps others out"],
    ],
    [
      "Cloud SQL that takes connections without TLS",
      {
        address: "google_sql_database_instance.a",
        before: { settings: [{ ip_configuration: [{ ssl_mode: "ENCRYPTED_ONLY" }] }] },
        after: { settings: [{ ip_configuration: [{ ssl_mode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" }] }] },
      },
      ["high: takes connections without TLS"],
    ],
    [
      "a bucket for everybody on Google Cloud",
      {
        address: "google_storage_bucket_iam_member.a",
        actions: ["create"],
        after: { role: "roles/storage.objectViewer", member: "allUsers" },
      },
      ["high: lets everybody in: allUsers"],
    ],
    [
      "an Azure rule for the internet",
      {
        address: "azurerm_network_security_rule.a",
        actions: ["create"],
        after: { direction: "Inbound", access: "Allow", source_address_prefix: "Internet" },
      },
      ["high: lets everybody in: Internet"],
    ],
    [
      "an Azure rule that refuses",
      {
        address: "azurerm_network_security_rule.a",
        actions: ["create"],
        after: { direction: "Inbound", access: "Deny", source_address_prefix: "*" },
      },
      [],
    ],
    [
      "an Azure rule for what goes out",
      {
        address: "azurerm_network_security_rule.a",
        actions: ["create"],
        after: { direction: "Outbound", access: "Allow", source_address_prefix: "*" },
      },
      [],
    ],
    [
      "an account that lets everybody in whom no rule names",
      {
        address: "azurerm_storage_account.a",
        before: { network_rules: [{ default_action: "Deny" }] },
        after: { network_rules: [{ default_action: "Allow" }] },
      },
      ["high: lets everybody in whom no rule names"],
    ],
  ])("%s", (_, change, said) => {
    expect(risksOf(reportOn([change]), "exposure")).toEqual(said);
  });

  test("an acknowledgement of one address is none of another", () => {
    const ids = ["0.0.0.0/0", "::/0"].map((cidr) => reportOn([rule(cidr)]).risks[0]?.id);
    expect(new Set(ids).size).toBe(2);
  });
});

describe("permissions", () => {
  const role = (before: string | null, after: string) => ({
    address: "aws_iam_role_policy.web",
    actions: [before === null ? "create" : "update"],
    before: before === null ? null : { policy: before },
    after: { policy: after },
  });

  test("a statement more is told, and those that were there are not", () => {
    expect(
      risksOf(reportOn([role(policy("s3:GetObject"), policy("s3:GetObject", "s3:DeleteObject"))]), "permissions"),
    ).toEqual([
      "medium: may do s3:DeleteObject on arn:aws:s3:::invoices/*, and without two models nobody knows whether one asks for it",
    ]);
  });

  test("everything is more than anything asks for", () => {
    expect(risksOf(reportOn([role(null, policy("*"))]), "permissions")).toEqual([
      expect.stringContaining("high: may do *"),
    ]);
    const admin = {
      address: "aws_iam_role_policy_attachment.a",
      actions: ["create"],
      after: { policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess" },
    };
    expect(risksOf(reportOn([admin]), "permissions")).toEqual([
      expect.stringContaining("high: gets arn:aws:iam::aws:policy/AdministratorAccess"),
    ]);
  });

  test("less than before is no risk", () => {
    expect(
      risksOf(reportOn([role(policy("s3:GetObject", "s3:PutObject"), policy("s3:GetObject"))]), "permissions"),
    ).toEqual([]);
  });

  const grants = {
    address: "google_project_iam_member.a",
    actions: ["create"],
    after: { role: "roles/owner", member: "serviceAccount:a@b" },
  };
  const assignment = {
    address: "azurerm_role_assignment.a",
    actions: ["create"],
    after: { role_definition_name: "Contributor", scope: "/subscriptions/1" },
  };
  const binding = {
    address: "kubernetes_role_binding_v1.a",
    actions: ["create"],
    after: { role_ref: [{ kind: "ClusterRole", name: "cluster-admin" }] },
  };

  test.each([
    [grants, "gets roles/owner for serviceAccount:a@b"],
    [assignment, "gets Contributor for /subscriptions/1"],
    [binding, "gets ClusterRole cluster-admin"],
  ])("%j", (change, said) => {
    expect(risksOf(reportOn([change]), "permissions")).toEqual([expect.stringContaining(`high: ${said}`)]);
  });
});

describe("protection", () => {
  test.each([
    ["deletion_protection", true, false, "deletion_protection is off"],
    ["skip_final_snapshot", false, true, "skip_final_snapshot is on"],
    ["backup_retention_period", 14, 1, "backup_retention_period is shorter"],
    ["multi_az", true, false, "multi_az is off"],
  ])("%s from %j to %j", (field, before, after, said) => {
    const change = { address: "aws_db_instance.a", before: { [field]: before }, after: { [field]: after } };
    expect(risksOf(reportOn([change]), "protection")).toEqual([expect.stringContaining(`high: ${said}`)]);
    const back = { address: "aws_db_instance.a", before: { [field]: after }, after: { [field]: before } };
    expect(risksOf(reportOn([back]), "protection")).toEqual([]);
  });

  test("a lock, a budget or old versions that go", () => {
    const all = ["azurerm_management_lock.a", "kubernetes_pod_disruption_budget_v1.a", "aws_s3_bucket_versioning.a"];
    const report = reportOn(all.map((address) => ({ address, actions: ["delete"], before: {} })));
    expect(risksOf(report, "protection")).toHaveLength(3);
  });
});

describe("what is not known", () => {
  test("a type that no stack here has is not judged when it goes", () => {
    const change = { address: "aws_dynamodb_table.orders", actions: ["delete"], before: {} };
    expect(reportOn([change]).risks).toEqual([
      expect.objectContaining({
        class: "unknown",
        level: "critical",
        says: expect.stringContaining("aws_dynamodb_table: whether it holds data is yours to say") as string,
      }),
    ]);
  });

  test("and is no risk by being made or changed", () => {
    const make = { address: "aws_dynamodb_table.orders", actions: ["create"], after: { name: "orders" } };
    expect(reportOn([make]).risks).toEqual([]);
  });
});

describe("downtime", () => {
  test.each([
    [{ apply_immediately: true, multi_az: false }, "the server restarts at once"],
    [{ apply_immediately: false, multi_az: false }, "the server restarts in its next maintenance window"],
    [{ apply_immediately: true, multi_az: true }, "the server restarts at once, by a failover to its standby"],
  ])("of a database of RDS that gets another machine, with %j", (more, said) => {
    const change = {
      address: "aws_db_instance.a",
      before: { ...more, instance_class: "db.t4g.medium" },
      after: { ...more, instance_class: "db.m7g.large" },
    };
    expect(risksOf(reportOn([change]), "downtime")).toEqual([`medium: ${said}, for another instance_class`]);
  });

  test("is none where the disk grows", () => {
    const change = {
      address: "aws_db_instance.a",
      before: { allocated_storage: 20 },
      after: { allocated_storage: 40 },
    };
    expect(reportOn([change]).risks).toEqual([]);
  });
});

test("what leaves the state with data in it is a risk, as nobody manages it any more", () => {
  const forgotten = reportOn([{ address: "aws_s3_bucket.a", actions: ["forget"], before: {} }]);
  expect(risksOf(forgotten, "unmanaged")).toEqual([
    "high: leaves the state and goes on existing, with its objects: no plan names it any more",
  ]);
});

test("nothing sensitive is told", () => {
  const secret = "hunter2-hunter2";
  const change = {
    address: "aws_db_instance.a",
    before: { password: secret, tags: { note: secret } },
    after: { password: `${secret}!`, tags: { note: `${secret}!` } },
    before_sensitive: { password: true, tags: true },
    after_sensitive: { password: true, tags: true },
  };
  const text = JSON.stringify(reportOn([change]));
  expect(text).toContain("(sensitive)");
  expect(text).not.toContain(secret);
});
