import { ResourceGroupTemplateDeployment } from "@cdktf/provider-azurerm/lib/resource-group-template-deployment";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import { fitName } from "../../model/names";
import { AZURE_NAMES } from "./names";
import type { ResourceDefaults } from "./resource-group";
import type { Settings } from "./settings";
import { Vault } from "./vault";

/** What the cluster encrypts with a key of its own. */
const KEYS = {
  secrets: ["encrypt", "decrypt"],
  disks: ["wrapKey", "unwrapKey"],
  files: ["wrapKey", "unwrapKey"],
} as const;

type KeyPurpose = keyof typeof KEYS;

export interface ClusterKeysProps {
  readonly defaults: ResourceDefaults;
  readonly settings: Settings;
  /** Log Analytics workspace that keeps who used the vault. */
  readonly workspaceId: string;
}

/**
 * The keys of Kubernetes Secrets, disks and volumes, in a vault that is closed to everybody but the control plane and
 * Azure's own services: AKS takes a vault that is open to all networks or to none. No runner reaches it either, so its
 * keys are made through Azure Resource Manager, by a template: `azurerm_key_vault_key` would have to come in. That is also
 * why a version is fixed, and another one is another generation: what follows versions reads them from the vault.
 * @see https://learn.microsoft.com/en-us/azure/aks/use-kms-etcd-encryption#limitations
 */
export class ClusterKeys extends Construct {
  readonly vaultId: string;
  /** Dependency: before this the vault is empty. */
  readonly made: ITerraformDependable;
  readonly #outputs: string;

  constructor(scope: Construct, id: string, { defaults, settings, workspaceId }: ClusterKeysProps) {
    super(scope, id);
    const vault = new Vault(this, "Vault", {
      defaults,
      settings,
      name: settings.names.clusterVault,
      workspaceId,
      // https://learn.microsoft.com/en-us/azure/aks/use-kms-etcd-encryption#limitations
      open: !settings.apiServerInNetwork,
      // Also where nothing is protected: disks and accounts take keys from such a vault only.
      purgeProtection: true,
    });
    const keys = new ResourceGroupTemplateDeployment(this, "Default", {
      name: fitName([settings.clusterName, "keys"], AZURE_NAMES.deployment),
      resourceGroupName: defaults.resourceGroupName,
      tags: defaults.tags,
      // Keys of earlier generations stay.
      deploymentMode: "Incremental",
      templateContent: JSON.stringify(template(vault.name, settings.keyGeneration)),
      lifecycle: { preventDestroy: settings.protect },
    });
    this.vaultId = vault.id;
    this.made = keys;
    this.#outputs = keys.outputContent;
  }

  /** `https://….vault.azure.net/keys/disks-1/0123…`, with its version. */
  url(purpose: KeyPurpose): string {
    return Token.asString(Fn.lookupNested(Fn.jsondecode(this.#outputs), [purpose, "value"]));
  }
}

const TYPE = "Microsoft.KeyVault/vaults/keys";

/** @see https://learn.microsoft.com/en-us/azure/templates/microsoft.keyvault/vaults/keys */
function template(vault: string, generation: number): object {
  const keys = Object.entries(KEYS).map(([purpose, operations]) => ({
    purpose,
    name: `${purpose}-${generation}`,
    operations,
  }));
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    resources: keys.map(({ name, operations }) => ({
      type: TYPE,
      apiVersion: "2023-07-01",
      name: `${vault}/${name}`,
      // It does not end: what it encrypted must stay readable.
      properties: { kty: "RSA", keySize: 3072, keyOps: operations },
    })),
    outputs: Object.fromEntries(
      keys.map(({ purpose, name }) => [
        purpose,
        { type: "string", value: `[reference(resourceId('${TYPE}', '${vault}', '${name}')).keyUriWithVersion]` },
      ]),
    ),
  };
}
