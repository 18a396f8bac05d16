import { reportOn, risksOf } from "./support/reports";

/* What is told of Azure's own arguments: what lets more people in than before, and what brings less back. */

const HIGH = (says: string): string[] => [`high: ${says}`];

test.each([
  [
    "a server",
    "mysql_flexible_server",
    "public_network_access",
    "Enabled",
    "Disabled",
    "can be reached from the internet",
  ],
  ["a cache", "managed_redis", "public_network_access", "Enabled", "Disabled", "can be reached from the internet"],
  ["a vault", "key_vault", "public_network_access_enabled", true, false, "can be reached from the internet"],
  ["a container", "storage_container", "container_access_type", "blob", "private", "lets everybody read: blob"],
  [
    "keys of an account",
    "storage_account",
    "shared_access_key_enabled",
    true,
    false,
    "lets in whoever has one of its keys, without a role",
  ],
  [
    "an old TLS",
    "storage_account",
    "min_tls_version",
    "TLS1_0",
    "TLS1_2",
    "takes connections by a TLS that is no longer safe: TLS1_0",
  ],
  [
    "a cluster's own accounts",
    "kubernetes_cluster",
    "local_account_disabled",
    false,
    true,
    "no longer keeps others out",
  ],
  ["no roles", "key_vault", "rbac_authorization_enabled", false, true, "no longer keeps others out"],
  [
    "a range from the first address",
    "mysql_flexible_server_firewall_rule",
    "start_ip_address",
    "0.0.0.0",
    "10.0.0.0",
    "lets everybody in: 0.0.0.0",
  ],
])("%s is opened, and closed again", (_, type, field, open, closed, says) => {
  const address = `azurerm_${type}.a`;
  expect(risksOf(reportOn([{ address, before: { [field]: closed }, after: { [field]: open } }]), "exposure")).toEqual(
    HIGH(says),
  );
  expect(risksOf(reportOn([{ address, before: { [field]: open }, after: { [field]: closed } }]), "exposure")).toEqual(
    [],
  );
});

test.each([
  ["require_secure_transport", "OFF", HIGH("takes connections without TLS")],
  ["require_secure_transport", "ON", []],
  ["local_infile", "OFF", []],
])("a parameter %s of %s", (name, value, expected) => {
  const address = "azurerm_mysql_flexible_server_configuration.a";
  expect(
    risksOf(reportOn([{ address, before: { name, value: "other" }, after: { name, value } }]), "exposure"),
  ).toEqual(expected);
});

test.each([
  ["storage_account", "container_delete_retention_policy", { days: 7 }, "is shorter: less can be brought back"],
  ["storage_account", "delete_retention_policy", { days: 7 }, "is shorter: less can be brought back"],
  ["storage_account", "restore_policy", { days: 7 }, "is shorter: less can be brought back"],
  ["mysql_flexible_server", "high_availability", { mode: "ZoneRedundant" }, "is gone: no standby takes over"],
])("of a %s, %s goes, and comes", (type, block, value, says) => {
  const address = `azurerm_${type}.a`;
  const told = (before: unknown, after: unknown): string[] =>
    risksOf(reportOn([{ address, before: { [block]: before }, after: { [block]: after } }]), "protection");
  expect(told([value], [])).toEqual([expect.stringContaining(says)]);
  expect(told([], [value])).toEqual([]);
});
