import { reportOn, risksOf } from "./support/reports";

/* What an import takes from whoever has used the service until then. */

const taken = (address: string, before: object, after: object, importing = { id: "legacy" }) =>
  reportOn([{ address, before, after, importing }]);

const sql = (inside: object): object => ({ settings: [inside] });
const ip = (inside: object): object => sql({ ip_configuration: [inside] });
const office = { name: "office", value: "192.0.2.0/24" };

describe("is told of", () => {
  test.each<[string, address: string, before: object, after: object, says: string]>([
    [
      "a sign-in by IAM",
      "aws_db_instance.a",
      { iam_database_authentication_enabled: true },
      { iam_database_authentication_enabled: false },
      "high: lets nobody sign in any more by a token of IAM from then on",
    ],
    [
      "a directory",
      "aws_db_instance.a",
      { domain: "d-9067", domain_iam_role_name: "rds" },
      { domain: null, domain_iam_role_name: null },
      "high: is no more in the directory d-9067: who signs in by it is refused from then on",
    ],
    [
      "a group of parameters",
      "aws_db_instance.a",
      { parameter_group_name: "legacy" },
      { parameter_group_name: "production-orders" },
      "medium: has other parameters from then on: what legacy says beside them counts no more",
    ],
    [
      "a sign-in by Entra",
      "azurerm_postgresql_flexible_server.a",
      { authentication: [{ active_directory_auth_enabled: true, password_auth_enabled: true }] },
      { authentication: [{ active_directory_auth_enabled: false, password_auth_enabled: true }] },
      "high: lets nobody sign in any more by Entra from then on",
    ],
    [
      "keys of an account",
      "azurerm_storage_account.a",
      { shared_access_key_enabled: true },
      { shared_access_key_enabled: false },
      "high: lets nobody sign in any more by a key of the account, or a signature made with one, from then on",
    ],
    [
      "networks",
      "google_sql_database_instance.a",
      ip({ ipv4_enabled: true, authorized_networks: [office] }),
      ip({ ipv4_enabled: true, authorized_networks: [] }),
      "high: lets no one in any more from 192.0.2.0/24",
    ],
    [
      "a public address",
      "google_sql_database_instance.a",
      ip({ ipv4_enabled: true }),
      ip({ ipv4_enabled: false }),
      "high: is reached from its network alone from then on: who comes by its public address is cut off",
    ],
    [
      "flags",
      "google_sql_database_instance.a",
      sql({
        database_flags: [
          { name: "event_scheduler", value: "on" },
          { name: "long_query_time", value: "2" },
        ],
      }),
      sql({
        database_flags: [
          { name: "long_query_time", value: "1" },
          { name: "event_scheduler", value: "on" },
        ],
      }),
      "medium: has flags no more that it had, or as it had them: long_query_time=2",
    ],
  ])("%s", (_what, address, before, after, says) => {
    expect(risksOf(taken(address, before, after), "downtime")).toEqual([says]);
    // Of a server that was here before, somebody has changed the model, and the difference is told as that.
    expect(risksOf(reportOn([{ address, before, after }]), "downtime")).not.toContain(says);
  });
});

test("what nobody can have used is not told", () => {
  const nothing = (address: string, before: object, after: object): void => {
    expect(risksOf(taken(address, before, after), "downtime")).toEqual([]);
  };
  nothing("aws_db_instance.a", { parameter_group_name: "default.mysql8.4" }, { parameter_group_name: "orders" });
  nothing("aws_db_instance.a", { domain: "" }, { domain: null });
  nothing("azurerm_storage_account.a", { shared_access_key_enabled: false }, { shared_access_key_enabled: true });
  nothing("google_sql_database_instance.a", ip({ authorized_networks: [] }), ip({ authorized_networks: [office] }));
});

describe("data that go by themselves", () => {
  const s3 = (days: number, more: object = {}) => ({
    bucket: "legacy",
    rule: [{ id: "all", status: "Enabled", filter: [{ prefix: "" }], ...more, expiration: [{ days }] }],
  });
  const versions = (noncurrent_days: number) => ({ noncurrent_version_expiration: [{ noncurrent_days }] });
  const store = (type: string, importing?: object) => ({
    ...{ address: `${type}.a`, before: { id: "legacy" }, after: { id: "legacy", tags: { a: "b" } } },
    ...(importing !== undefined && { importing }),
  });
  const made = (address: string, after: object) => ({ address, actions: ["create"], before: null, after });
  const policy = (rule: object) => ({
    storage_account_id: "/accounts/legacy",
    rule: [{ enabled: true, filters: [{ prefix_match: ["uploads/"] }], ...rule }],
  });
  const account = {
    ...{ address: "azurerm_storage_account.a", importing: { id: "/accounts/legacy" } },
    ...{ before: { id: "/accounts/legacy", tags: {} }, after: { id: "/accounts/legacy", tags: { a: "b" } } },
  };

  test("of a bucket of S3 that is imported, by rules that are made", () => {
    const rules = made("aws_s3_bucket_lifecycle_configuration.b", s3(30, versions(90)));
    expect(risksOf(reportOn([store("aws_s3_bucket", { id: "legacy" }), rules]), "data loss")).toEqual([
      "high: deletes old versions of objects by itself after 90 days: those of before the import too",
      "high: deletes objects by itself after 30 days: those of before the import too",
    ]);
    expect(risksOf(reportOn([store("aws_s3_bucket"), rules]), "data loss")).toEqual([]);
  });

  test("of an account of Azure that is imported, by a policy that is made", () => {
    const rules = (rule: object) =>
      risksOf(reportOn([account, made("azurerm_storage_management_policy.b", policy(rule))]), "data loss");
    expect(rules({ actions: [{ version: [{ delete_after_days_since_creation: 30 }] }] })).toEqual([
      "high: deletes old versions of objects by itself after 30 days: those of before the import too",
    ]);
    const base_blob = [
      { delete_after_days_since_modification_greater_than: 7, delete_after_days_since_creation_greater_than: -1 },
    ];
    const actions = [{ base_blob, version: [{ delete_after_days_since_creation: -1 }] }];
    expect(rules({ actions })).toEqual([
      "high: deletes objects by itself after 7 days: those of before the import too",
    ]);
    expect(rules({ actions, filters: [{ prefix_match: ["uploads/.sgwtmp/"] }] })).toEqual([]);
  });

  test("of a bucket of Cloud Storage that is imported, by its own rules", () => {
    const gcs = (condition: object) => ({ lifecycle_rule: [{ action: [{ type: "Delete" }], condition: [condition] }] });
    const report = (importing?: object) =>
      reportOn([
        {
          ...{ address: "google_storage_bucket.a", ...(importing !== undefined && { importing }) },
          ...{ before: { lifecycle_rule: [] }, after: gcs({ days_since_noncurrent_time: 30, with_state: "ANY" }) },
        },
      ]);
    expect(risksOf(report({ id: "legacy" }), "data loss")).toEqual([
      "high: deletes old versions of objects by itself after 30 days: those of before the import too",
    ]);
    expect(risksOf(report(), "data loss")).toEqual([
      "high: deletes old versions of objects by itself after 30 days: those that are there already too",
    ]);
  });

  test("of one that was made here, where versions go sooner than before, and not later", () => {
    const change = (before: number, after: number) => {
      const rule = (days: number) => policy({ actions: [{ version: [{ delete_after_days_since_creation: days }] }] });
      const address = "azurerm_storage_management_policy.a";
      return risksOf(reportOn([{ address, before: rule(before), after: rule(after) }]), "data loss");
    };
    expect(change(90, 7)).toEqual([
      "high: deletes old versions of objects by itself after 7 days, and before after 90: those that are there already too",
    ]);
    expect(change(7, 90)).toEqual([]);
    const address = "aws_s3_bucket_lifecycle_configuration.a";
    const shorter = reportOn([{ address, before: s3(0, versions(90)), after: s3(0, versions(7)) }]);
    expect(shorter.risks.map(({ class: kind, says }) => [kind, says])).toEqual([
      ["protection", expect.stringMatching(/noncurrent_days is shorter: less can be brought back/)],
    ]);
  });
});
