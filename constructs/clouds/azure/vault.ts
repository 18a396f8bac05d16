import { KeyVault } from "@cdktf/provider-azurerm/lib/key-vault";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { CheckException } from "../../model/check-exception";
import { fitName } from "../../model/names";
import { exceptChecks } from "../../terraform/check-exceptions";
import { firewallRules } from "./closed-account";
import { sendLogs } from "./logs";
import { AZURE_NAMES } from "./names";
import { createPrivateEndpoint } from "./private-endpoint";
import type { ResourceDefaults } from "./resource-group";
import type { Settings } from "./settings";

export interface VaultProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  /** Unique on all of Azure. */
  readonly name: string;
  readonly workspaceId: string;
  /** Nobody can delete what is in it for good before its time. Whatever encrypts with its keys asks for that. */
  readonly purgeProtection: boolean;
  /**
   * Days for which what was deleted can be had back, 7 to 90. Cannot be changed later.
   * @default 90 where the environment is protected when it is made, 7 elsewhere
   */
  readonly keepDeletedDays?: number;
  /** Public blocks that may come to it. @default - nobody from outside the network */
  readonly callers?: readonly string[];
  /** Whether every network reaches it, whatever `callers` says, and roles alone guard it. @default false */
  readonly open?: boolean;
  /** Its address inside. @default - none: nobody inside needs one */
  readonly inside?: {
    readonly subnetId: string;
    readonly zoneId: string;
    readonly after: readonly ITerraformDependable[];
  };
}

const exceptions = ({ inside, open, purgeProtection }: VaultProps): CheckException[] => [
  ...(open === true
    ? [
        {
          checks: ["CKV_AZURE_109", "CKV_AZURE_189"],
          reason: "a control plane outside the network asks for its key from addresses that nobody knows",
        },
      ]
    : []),
  ...(inside === undefined
    ? [{ checks: ["CKV2_AZURE_32"], reason: "AKS makes its own private endpoint to it; nobody else comes" }]
    : []),
  ...(purgeProtection
    ? []
    : [
        {
          checks: ["CKV_AZURE_42", "CKV_AZURE_110"],
          reason: "an environment that comes and goes gets its names back at once; secrets are generated anew",
        },
      ]),
];

/**
 * A vault is told once how long it keeps what was deleted, and its protection against purging is never taken off: to ask for
 * either fails the apply. An environment that gets protection, or loses it, leaves what its vaults have.
 * @see https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview
 */
const setOnce = ({ keepDeletedDays, purgeProtection }: VaultProps): readonly string[] => [
  ...(keepDeletedDays === undefined ? ["soft_delete_retention_days"] : []),
  ...(purgeProtection ? [] : ["purge_protection_enabled"]),
];

/** A key vault whose contents Entra roles alone open, logged, and not reached from anywhere but where it is said. */
export class Vault extends Construct {
  readonly id: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: VaultProps) {
    super(scope, id);
    const { defaults, settings } = props;
    const { protect } = settings;
    const { callers, inside, open = false } = props;
    const vault = new KeyVault(this, "Default", {
      ...defaults,
      name: props.name,
      tenantId: settings.tenantId,
      skuName: "standard",
      rbacAuthorizationEnabled: true,
      purgeProtectionEnabled: props.purgeProtection,
      softDeleteRetentionDays: props.keepDeletedDays ?? (protect ? 90 : 7),
      publicNetworkAccessEnabled: open || callers !== undefined,
      networkAcls: {
        defaultAction: open ? "Allow" : "Deny",
        // Disks and accounts ask for their keys as services of Azure, with identities that are allowed to.
        bypass: "AzureServices",
        ipRules: callers === undefined ? [] : firewallRules(callers),
        virtualNetworkSubnetIds: [],
      },
      lifecycle: { preventDestroy: protect, ignoreChanges: [...setOnce(props)] },
    });
    exceptChecks(vault, ...exceptions(props));
    this.id = vault.id;
    this.name = vault.name;
    sendLogs(this, "Audit", { id: vault.id, workspaceId: props.workspaceId }, ["AuditEvent"]);
    if (inside === undefined) return;
    createPrivateEndpoint(this, defaults, {
      name: fitName([props.name, "endpoint"], AZURE_NAMES.privateEndpoint),
      target: { id: vault.id, subresource: "vault" },
      ...inside,
    });
  }
}
