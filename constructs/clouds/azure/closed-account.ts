import type { StorageAccountConfig } from "@cdktf/provider-azurerm/lib/storage-account";
import ipaddr from "ipaddr.js";
import { prefixOf } from "../shared/fields";

/** What all storage accounts have: Entra identities alone, TLS alone, nothing public, nothing to copy out of the tenant. */
export const CLOSED_ACCOUNT = {
  httpsTrafficOnlyEnabled: true,
  minTlsVersion: "TLS1_2",
  allowNestedItemsToBePublic: false,
  // Who acts is told by an identity of Entra: the keys that Azure makes all the same open nothing.
  sharedAccessKeyEnabled: false,
  defaultToOauthAuthentication: true,
  localUserEnabled: false,
  crossTenantReplicationEnabled: false,
  allowedCopyScope: "AAD",
  // A second time, with another algorithm. Nobody can add it later.
  infrastructureEncryptionEnabled: true,
} as const satisfies Partial<StorageAccountConfig>;

/** Blocks as the firewall of an account takes them: single addresses without a prefix, and no /31. */
export function firewallRules(cidrs: readonly string[]): string[] {
  return cidrs.flatMap((cidr) => {
    const address = cidr.split("/")[0] ?? "";
    if (prefixOf(cidr) < 31) return [cidr];
    return prefixOf(cidr) === 32 ? [address] : [address, ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString()];
  });
}
