import { readPlan } from "../../../constructs/plan/read-plan";
import { makeReport } from "../../../constructs/report/make-report";
import { planJson } from "../plan/plans";
import { reportOn, risksOf } from "./support/reports";

/* Ways in which a plan says harmless things that are none, and harmful things that are none either: each was once told wrongly. */

const update = (address: string, before: unknown, after: unknown) => ({ address, before, after });
const replace = (address: string, before: unknown, after: unknown) => ({
  ...update(address, before, after),
  actions: ["delete", "create"],
});
const remove = (address: string, before: unknown = {}) => ({ address, actions: ["delete"], before });
const document = (...statements: readonly object[]): string => JSON.stringify({ Statement: statements });
const allow = (Action: unknown, Resource: unknown, more: object = {}) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});
const policy = (before: readonly object[], after: readonly object[]) =>
  update("aws_iam_role_policy.a", { policy: document(...before) }, { policy: document(...after) });

describe("who is let in", () => {
  test.each([
    [
      "an allow-list of AKS that is emptied",
      update(
        "azurerm_kubernetes_cluster.a",
        { api_server_access_profile: [{ authorized_ip_ranges: ["203.0.113.0/24"] }] },
        { api_server_access_profile: [{ authorized_ip_ranges: [] }] },
      ),
    ],
    [
      "one of GKE whose block goes",
      update(
        "google_container_cluster.a",
        { master_authorized_networks_config: [{ cidr_blocks: [{ cidr_block: "203.0.113.0/24" }] }] },
        { master_authorized_networks_config: [] },
      ),
    ],
    [
      "one of EKS that is taken out",
      update(
        "aws_eks_cluster.a",
        { vpc_config: [{ public_access_cidrs: ["203.0.113.0/24"] }] },
        { vpc_config: [{ public_access_cidrs: null }] },
      ),
    ],
    [
      "half of the internet",
      update("aws_vpc_security_group_ingress_rule.a", { cidr_ipv4: "203.0.113.0/24" }, { cidr_ipv4: "0.0.0.0/1" }),
    ],
    [
      "everybody for another port",
      update(
        "aws_vpc_security_group_ingress_rule.a",
        { cidr_ipv4: "0.0.0.0/0", to_port: 443 },
        { cidr_ipv4: "0.0.0.0/0", to_port: 65535 },
      ),
    ],
    [
      "everybody, who was refused",
      update(
        "azurerm_network_security_rule.a",
        { access: "Deny", source_address_prefix: "*" },
        { access: "Allow", source_address_prefix: "*" },
      ),
    ],
    [
      "everybody, by a rule that was off",
      update(
        "google_compute_firewall.a",
        { disabled: true, source_ranges: ["0.0.0.0/0"] },
        { disabled: false, source_ranges: ["0.0.0.0/0"] },
      ),
    ],
    [
      "readers of a container",
      update("azurerm_storage_container.a", { container_access_type: "private" }, { container_access_type: "blob" }),
    ],
    [
      "a Service that gets an address",
      update("kubernetes_service_v1.a", { spec: [{ type: "ClusterIP" }] }, { spec: [{ type: "LoadBalancer" }] }),
    ],
    [
      "its ranges that are opened",
      update(
        "kubernetes_service_v1.a",
        { spec: [{ load_balancer_source_ranges: ["10.0.0.0/8"] }] },
        { spec: [{ load_balancer_source_ranges: ["0.0.0.0/0"] }] },
      ),
    ],
    [
      "pods that may leave their container",
      update(
        "kubernetes_namespace_v1.a",
        { metadata: [{ labels: { "pod-security.kubernetes.io/enforce": "restricted" } }] },
        { metadata: [{ labels: { "pod-security.kubernetes.io/enforce": "privileged" } }] },
      ),
    ],
    [
      "a policy that goes, of which nobody knows what it is of",
      remove("kubernetes_network_policy_v1.default-deny", { spec: [{ pod_selector: [{}] }] }),
    ],
    ["a rule that refused", remove("google_compute_firewall.refused", { deny: [{ protocol: "all" }] })],
    ["a block of a bucket", remove("aws_s3_bucket_public_access_block.state")],
  ])("%s", (_, change) => {
    expect(risksOf(reportOn([change]), "exposure")).toEqual([expect.stringMatching(/^high: /)]);
  });

  test.each([
    [
      "a rule that only let in",
      remove("google_compute_firewall.opened", { allow: [{ protocol: "tcp" }], source_ranges: ["10.0.0.0/8"] }),
    ],
    [
      "somebody less",
      update(
        "aws_eks_cluster.a",
        { vpc_config: [{ public_access_cidrs: ["203.0.113.0/24", "198.51.100.0/24"] }] },
        { vpc_config: [{ public_access_cidrs: ["203.0.113.0/24"] }] },
      ),
    ],
    [
      "a rule of Cloud SQL that is taken out",
      update(
        "google_sql_database_instance.a",
        { settings: [{ ip_configuration: [{ authorized_networks: [{ value: "203.0.113.0/24" }] }] }] },
        { settings: [{ ip_configuration: [{ authorized_networks: [] }] }] },
      ),
    ],
  ])("no: %s", (_, change) => {
    expect(risksOf(reportOn([change]), "exposure")).toEqual([]);
  });
});

describe("rights", () => {
  const LONG = Array.from({ length: 12 }, (_, index) => `s3:GetObjectVersionNumber${index}`);

  test("are judged by all of a statement, however long", () => {
    const one = reportOn([policy([], [allow([...LONG, "iam:*"], "*")])]);
    const other = reportOn([policy([], [allow([...LONG, "iam:CreateUser"], "arn:aws:s3:::a")])]);
    expect(risksOf(one, "permissions")).toEqual([expect.stringMatching(/^high: /)]);
    expect(one.risks[0]?.id).not.toBe(other.risks[0]?.id);
  });

  test("with a condition are others than without", () => {
    const within = allow("s3:GetObject", "arn:aws:s3:::a/*", {
      Principal: "*",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
    });
    const without = allow("s3:GetObject", "arn:aws:s3:::a/*", { Principal: "*" });
    const [one, other] = [within, without].map((statement) => reportOn([policy([], [statement])]).risks[0]?.id);
    expect(one).not.toBe(other);
  });

  test.each([
    ["everything but a few", policy([], [{ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }])],
    [
      "everything, beside a name with many digits",
      policy([], [allow("*", "*"), allow("s3:GetObject", "arn:aws:s3:::terraform-20240102030405060700000001")]),
    ],
    [
      "what only the apply tells",
      { ...policy([allow("s3:GetObject", "a")], []), after: {}, after_unknown: { policy: true } },
    ],
    [
      "administrators",
      update("aws_eks_access_entry.a", { kubernetes_groups: [] }, { kubernetes_groups: ["system:masters"] }),
    ],
    [
      "one more administrator",
      update(
        "kubernetes_cluster_role_binding_v1.a",
        { role_ref: [{ name: "cluster-admin" }], subject: [] },
        { role_ref: [{ name: "cluster-admin" }], subject: [{ kind: "User", name: "b" }] },
      ),
    ],
    [
      "an owner",
      update(
        "azurerm_role_assignment.a",
        { role_definition_name: "Owner", principal_id: "1" },
        { role_definition_name: "Owner", principal_id: "2" },
      ),
    ],
    [
      "all data",
      update(
        "azurerm_role_definition.a",
        { permissions: [{ actions: ["a/read"], not_data_actions: ["x"] }] },
        { permissions: [{ actions: ["a/read"], data_actions: ["*"] }] },
      ),
    ],
  ])("of %s are high", (_, change) => {
    expect(risksOf(reportOn([change]), "permissions")[0]).toMatch(/^high: /);
  });

  test("that were refused and are no longer are told", () => {
    const deny = { Effect: "Deny", Action: "s3:DeleteObject", Resource: "*" };
    expect(
      risksOf(
        reportOn([policy([allow("s3:*", "arn:aws:s3:::a/*"), deny], [allow("s3:*", "arn:aws:s3:::a/*")])]),
        "permissions",
      ),
    ).toEqual([expect.stringContaining("is no longer refused")]);
  });

  test("that are fewer than before are none", () => {
    expect(
      reportOn([policy([allow(["s3:GetObject", "s3:PutObject"], "a")], [allow(["s3:GetObject"], "a")])]).risks,
    ).toEqual([]);
    const role = (resource_names: readonly string[]) => ({
      rule: [{ verbs: ["get"], resources: ["secrets"], resource_names }],
    });
    expect(reportOn([update("kubernetes_role_v1.a", role([]), role(["one"]))]).risks).toEqual([]);
    expect(risksOf(reportOn([update("kubernetes_role_v1.a", role(["one"]), role([]))]), "permissions")).toEqual([
      expect.stringContaining("may get all secrets"),
    ]);
  });
});

describe("data that go by themselves", () => {
  const s3 = (days: number, status = "Enabled") => ({
    rule: [{ id: "tmp", status, filter: [{ prefix: "tmp/" }], expiration: [{ days }] }],
  });
  const gcs = (age: number) => ({ lifecycle_rule: [{ action: [{ type: "Delete" }], condition: [{ age }] }] });

  test.each([
    ["a rule of S3 that is new", update("aws_s3_bucket_lifecycle_configuration.a", { rule: [] }, s3(7))],
    ["one that is switched on", update("aws_s3_bucket_lifecycle_configuration.a", s3(7, "Disabled"), s3(7))],
    ["one of Cloud Storage that comes sooner", update("google_storage_bucket.a", gcs(365), gcs(1))],
  ])("%s", (_, change) => {
    expect(risksOf(reportOn([change]), "data loss")).toEqual([expect.stringContaining("deletes objects by itself")]);
  });

  test("later than before is no loss", () => {
    expect(reportOn([update("google_storage_bucket.a", gcs(1), gcs(365))]).risks).toEqual([]);
    expect(reportOn([update("aws_s3_bucket_lifecycle_configuration.a", s3(1), s3(365))]).risks).toEqual([]);
  });
});

describe("protection", () => {
  test.each([
    [
      "backups whose block goes",
      update(
        "google_sql_database_instance.a",
        { settings: [{ backup_configuration: [{ enabled: true }] }] },
        { settings: [{ backup_configuration: [] }] },
      ),
    ],
    [
      "logs that were kept for ever",
      update("aws_cloudwatch_log_group.a", { retention_in_days: 0 }, { retention_in_days: 30 }),
    ],
    [
      "copies of files",
      update(
        "aws_efs_backup_policy.a",
        { backup_policy: [{ status: "ENABLED" }] },
        { backup_policy: [{ status: "DISABLED" }] },
      ),
    ],
    [
      "disks that go with their claims",
      replace("kubernetes_storage_class_v1.a", { reclaim_policy: "Retain" }, { reclaim_policy: "Delete" }),
    ],
  ])("%s", (_, change) => {
    expect(risksOf(reportOn([change]), "protection")).toEqual([expect.stringMatching(/^high: /)]);
  });

  test("logs that are kept for ever from now on lose nothing", () => {
    expect(
      reportOn([update("aws_cloudwatch_log_group.a", { retention_in_days: 30 }, { retention_in_days: 0 })]).risks,
    ).toEqual([]);
  });
});

describe("what stops", () => {
  test.each([
    ["no pods", update("kubernetes_deployment_v1.a", { spec: [{ replicas: "3" }] }, { spec: [{ replicas: "0" }] })],
    ["no runs", update("kubernetes_cron_job_v1.a", { spec: [{ suspend: false }] }, { spec: [{ suspend: true }] })],
    [
      "no nodes",
      update("aws_eks_node_group.a", { scaling_config: [{ max_size: 3 }] }, { scaling_config: [{ max_size: 0 }] }),
    ],
    ["no way out", remove("aws_route.internet")],
    ["no way to files", remove("aws_efs_mount_target.a")],
  ])("%s", (_, change) => {
    expect(risksOf(reportOn([change]), "downtime")).toHaveLength(1);
  });
});

test("a word for one replacement is none for another one", () => {
  const id = (path: string) =>
    reportOn([{ ...replace("aws_db_instance.a", { [path]: "a" }, { [path]: "b" }), replace_paths: [[path]] }]).risks[0]
      ?.id;
  expect(id("storage_encrypted")).not.toBe(id("engine"));
});

test("a password that is made anew is another value, and no loss", () => {
  const report = reportOn([
    replace("random_password.a", { keepers: { generation: "1" } }, { keepers: { generation: "2" } }),
  ]);
  expect(report.risks.map(({ class: kind, level }) => `${kind}, ${level}`)).toEqual(["secrets, low"]);
});

test("an output that is no longer sensitive is shown to everybody who reads the state, and others are named", () => {
  const output = (before_sensitive: boolean, after_sensitive: boolean) => ({
    actions: ["update"],
    before: "a",
    after: "a",
    after_unknown: false,
    before_sensitive,
    after_sensitive,
  });
  const outputs = { password: output(true, false), address: output(false, false) };
  const report = makeReport({ plans: { staging: readPlan(planJson([], { output_changes: outputs })) } });
  expect(report.risks).toEqual([
    expect.objectContaining({
      class: "exposure",
      level: "high",
      says: "output password is no longer sensitive: whoever reads plans and logs reads it",
    }),
  ]);
  expect(report.stacks[0]?.outputs).toEqual(["password", "address"]);
});
