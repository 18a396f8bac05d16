import { DataAzurermKeyVaultSecrets } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault-secrets";
import { Construct } from "constructs";
import { type OutOfBandSecret, outOfBandSecrets, platformSecrets } from "../../model/out-of-band";
import type { ResolvedApplication } from "../../model/resolved";
import { expression } from "../../terraform/expression";
import type { CloudEnvironment } from "../cloud";
import type { AzureLookup } from "./lookup";

type Vault = Pick<AzureLookup, "secretVaultId" | "secretVaultName">;

/**
 * Stops the plan where a secret that people make is missing, and says how to make it. By the list of the vault's names:
 * who plans need not be allowed to read one. All that are missing are said at once.
 */
export function requireSecrets(scope: Construct, vault: Vault, application: ResolvedApplication): void {
  ensure(new Construct(scope, "Secrets"), vault, [
    ...outOfBandSecrets(application),
    ...(application.registries?.logins ?? []),
  ]);
}

/** The same for what the platform itself needs, in `<env>-platform`. */
export const requirePlatformSecrets = (scope: Construct, vault: Vault, environment: CloudEnvironment): void => {
  ensure(new Construct(scope, "PlatformSecrets"), vault, platformSecrets(environment));
};

function ensure(here: Construct, vault: Vault, secrets: readonly OutOfBandSecret[]): void {
  if (secrets.length === 0) return;
  new DataAzurermKeyVaultSecrets(here, "Vault", {
    keyVaultId: vault.secretVaultId,
    lifecycle: {
      postcondition: secrets.map((secret) => ({
        // One that is disabled is on the list, and nobody can read it.
        condition: expression`anytrue([for secret in self.secrets : secret.name == ${secret.remoteKey} && secret.enabled])`,
        errorMessage: missing(secret, vault),
      })),
    },
  });
}

function missing({ name, remoteKey, description }: OutOfBandSecret, { secretVaultName }: Vault): string {
  return [
    `Secret "${name}" is not in Key Vault, or is disabled there: ${description}.`,
    "Put its value, without a line break, into a file and create it; the same command changes it later:",
    `  az keyvault secret set --vault-name ${secretVaultName} --name ${remoteKey} --file ${name} --output none`,
    `Where it was deleted a while ago, first: az keyvault secret recover --vault-name ${secretVaultName} --name ${remoteKey}`,
  ].join("\n");
}
