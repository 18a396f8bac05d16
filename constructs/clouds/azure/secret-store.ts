import { KeyVaultSecret } from "@cdktf/provider-azurerm/lib/key-vault-secret";
import { Fn, type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import type { JsonObject } from "../../kubernetes/json";
import type { PartSource } from "../../model/connection";
import { exceptChecks } from "../../terraform/check-exceptions";
import { EphemeralPassword } from "../shared/ephemeral-password";
import type { AzureLookup } from "./lookup";
import { SERVICE_NAMES, vaultName } from "./services/names";

/**
 * `spec.provider` of the ClusterSecretStore. External Secrets signs in with the identity of its own pods, by the variables
 * that the webhook of workload identity gives them: no `serviceAccountRef`, for which it would have to issue tokens.
 */
export function secretStoreProvider({
  secretVaultName,
  tenantId,
}: Pick<AzureLookup, "secretVaultName" | "tenantId">): JsonObject {
  return {
    azurekv: { authType: "WorkloadIdentity", tenantId, vaultUrl: `https://${secretVaultName}.vault.azure.net` },
  };
}

/** `staging--my-app--stripe-key`: where the vault keeps what these names lead to. */
export function secretPlace(names: readonly string[]): string {
  return vaultName(names, SERVICE_NAMES.secret);
}

const generatedNames = (names: readonly string[], generation: number): readonly string[] => [
  ...names,
  `v${generation}`,
];

/** `staging--my-app--db--api--v2`: the same of a generated one, of which each generation has a place of its own. */
export const generatedPlace = (names: readonly string[], generation: number): string =>
  secretPlace(generatedNames(names, generation));

/** Letters and digits alone satisfy every service and URLs, and 64 of them need no help from punctuation. */
const LENGTH = 64;

export interface VaultSecret {
  /** Names that lead to it: environment, application, service and, where it is a workload's, that. */
  readonly names: readonly string[];
  readonly secretVaultId: string;
  /** Text for people who look, at most 255 characters. */
  readonly description: string;
  readonly tags: Record<string, string>;
}

export interface GeneratedPassword extends VaultSecret {
  /** Another number is another password. */
  readonly generation: number;
}

/**
 * A generated password, kept in the vault and nowhere else: it is in no plan and no state.
 *
 * Each generation is a secret of its own, `…--v2` after `…--v1`: until its newest version is written, azurerm plans with
 * the one before it (https://github.com/hashicorp/terraform-provider-azurerm/issues/13337), and without a version a
 * password would be handed out before the service knows it. A new secret is there before the old one goes, and what is
 * deleted can be recovered in the vault for as long as that keeps it.
 */
export function generatePassword(scope: Construct, id: string, spec: GeneratedPassword): KeyVaultSecret {
  const here = new Construct(scope, id);
  const names = generatedNames(spec.names, spec.generation);
  return createSecret(here, { ...spec, names }, new EphemeralPassword(here, "Password", { length: LENGTH }).result);
}

/**
 * Keeps a password that Azure made, and writes it again when it is another: by a number of the password's own hash, as
 * the vault's copy is never compared. 28 bits of it tell nobody 44 characters.
 */
export function keepPassword(
  scope: Construct,
  id: string,
  spec: VaultSecret,
  password: string,
  dependsOn: readonly ITerraformDependable[],
): KeyVaultSecret {
  const here = new Construct(scope, id);
  const digits = Fn.nonsensitive(Fn.substr(Fn.sha256(password), 0, 7)) as unknown;
  const version = Token.asNumber(Fn.sum([Token.asNumber(Fn.parseint(String(digits), 16)), 1]));
  return createSecret(here, spec, password, { version, dependsOn: [...dependsOn] });
}

/** The password by its secret's name, which is another one for another generation. */
export const passwordPart = (secret: KeyVaultSecret): PartSource => ({ secret: { key: secret.name } });

function createSecret(
  scope: Construct,
  { names, secretVaultId, description, tags }: VaultSecret,
  value: string,
  kept?: { readonly version: number; readonly dependsOn: ITerraformDependable[] },
): KeyVaultSecret {
  const secret = new KeyVaultSecret(scope, "Secret", {
    name: secretPlace(names),
    keyVaultId: secretVaultId,
    contentType: description,
    valueWo: value,
    // Write-only arguments are never compared: the number alone makes Terraform write.
    valueWoVersion: kept?.version ?? 1,
    tags,
    dependsOn: kept?.dependsOn,
    // No `preventDestroy`: a generation has to go when it is over, and the vault keeps what is deleted.
    lifecycle: kept === undefined ? { createBeforeDestroy: true } : undefined,
  });
  exceptChecks(secret, {
    checks: ["CKV_AZURE_41"],
    reason:
      "a new password is another generation in the environment's file, so that the service and the secret change " +
      "together; one that ended by itself would stop the application",
  });
  return secret;
}
