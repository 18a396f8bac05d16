import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Password } from "@cdktf/provider-random/lib/password";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { JsonObject } from "../../kubernetes/json";
import type { PartSource } from "../../model/connection";
import { exceptChecks } from "../../terraform/check-exceptions";
import { EphemeralPassword } from "../shared/ephemeral-password";
import { ensureRandomProvider } from "../shared/providers";

/** `spec.provider` of the ClusterSecretStore. External Secrets signs in with its own Pod Identity: no `auth`. */
export function secretStoreProvider(region: string): JsonObject {
  return { aws: { service: "SecretsManager", region } };
}

/** `staging/my-app/orders-db`: everything an environment's External Secrets may read begins with its name. */
export const secretPlace = (names: readonly string[]): string => names.join("/");

export const secretName = (environment: string, application: string, name: string): string =>
  secretPlace([environment, application, name]);

/** Letters and digits alone satisfy AUTH, Amazon MQ and URLs, and 64 of them need no help from punctuation. */
const LENGTH = 64;

export interface GeneratedLogin {
  readonly name: string;
  readonly username: string;
  readonly description: string;
  readonly keyArn: string;
  readonly protect: boolean;
  /**
   * Another number is another password; the one before it goes on beside it until the next.
   * @default - the service takes no new password from Terraform, where one would only break the secret: in a protected
   * environment replacing it is refused
   */
  readonly generation?: number;
  readonly tags: Record<string, string>;
}

export interface Login {
  /** Passwords that the service has to know: the one in the secret, and the one before it. */
  readonly passwords: readonly [current: string, ...before: string[]];
  readonly usernamePart: PartSource;
  readonly passwordPart: PartSource;
}

/** A part read by the secret's version: nothing looks for the secret before it has a value, nor finds a newer one before its time. */
export const secretPart = (version: SecretsmanagerSecretVersion, property: string): PartSource => ({
  secret: { key: version.secretId, property, version: `uuid/${version.versionId}` },
});

/**
 * A user name with a generated password, kept in Secrets Manager as `{"username": …, "password": …}`. `take` gives the
 * passwords to whatever has to know them before the secret says so, and returns it.
 */
export function generateLogin(
  scope: Construct,
  id: string,
  spec: GeneratedLogin,
  take: (passwords: Login["passwords"]) => readonly ITerraformDependable[] = () => [],
): Login {
  ensureRandomProvider(scope);
  const here = new Construct(scope, id);
  const { generation = 1 } = spec;
  // Two that take turns: each generation makes one of them anew and leaves the other.
  const odd = createPassword(here, "Password", spec, generation - ((generation + 1) % 2));
  const even = generation < 2 ? undefined : createPassword(here, "Password2", spec, generation - (generation % 2));
  const [current, before] = even === undefined || generation % 2 === 1 ? [odd, even] : [even, odd];
  const passwords: Login["passwords"] = [current.result, ...(before === undefined ? [] : [before.result])];
  const known = take(passwords);
  // The name stays taken during the window: an environment that comes and goes has none.
  const secret = createSecret(here, spec, spec.protect ? 30 : 0);
  const version = new SecretsmanagerSecretVersion(here, "Version", {
    secretId: secret.id,
    secretStringWo: Fn.jsonencode({ username: spec.username, password: current.result }),
    // Write-only arguments are never compared. What makes Terraform write again is the password's replacement.
    secretStringWoVersion: generation,
    dependsOn: known.length === 0 ? undefined : [...known],
    lifecycle: { replaceTriggeredBy: [`${Password.tfResourceType}.${current.friendlyUniqueId}`] },
  });
  return {
    passwords,
    usernamePart: secretPart(version, "username"),
    passwordPart: secretPart(version, "password"),
  };
}

/** Every argument of a password but its keepers. */
const RULES = [
  "length",
  "lower",
  "min_lower",
  "min_numeric",
  "min_special",
  "min_upper",
  "number",
  "numeric",
  "override_special",
  "special",
  "upper",
];

function createPassword(scope: Construct, id: string, spec: GeneratedLogin, generation: number): Password {
  const rotates = spec.generation !== undefined;
  return new Password(scope, id, {
    length: LENGTH,
    special: false,
    ...(rotates && { keepers: { generation: String(generation) } }),
    lifecycle: {
      // A changed rule is for the next password: it must not rotate one that is in use.
      ignoreChanges: rotates ? RULES : "all",
      ...(rotates ? {} : { preventDestroy: spec.protect }),
    },
  });
}

export interface GeneratedPassword {
  readonly name: string;
  readonly username: string;
  readonly description: string;
  readonly keyArn: string;
  readonly protect: boolean;
  /** Another number is another password. */
  readonly generation: number;
  /** Number of characters. @default 64 */
  readonly length?: number;
  readonly tags: Record<string, string>;
}

/**
 * A user's generated password, kept in Secrets Manager and nowhere else: it is in no plan and no state. For services in
 * which something other than Terraform makes the user. As `{"username": …, "password": …}`, for people who look.
 */
export const generatePassword = (scope: Construct, id: string, spec: GeneratedPassword): PartSource =>
  secretPart(generateSecret(scope, id, spec), "password");

/** The same as a version of the secret, for what has to know the password. */
export function generateSecret(scope: Construct, id: string, spec: GeneratedPassword): SecretsmanagerSecretVersion {
  const here = new Construct(scope, id);
  const password = new EphemeralPassword(here, "Password", { length: spec.length ?? LENGTH });
  // Gone at once: a workload that gets its edge back needs the name again, and the user takes whatever password is new.
  const secret = createSecret(here, spec, 0);
  return new SecretsmanagerSecretVersion(here, "Version", {
    secretId: secret.id,
    secretStringWo: Fn.jsonencode({ username: spec.username, password: password.result }),
    // Write-only arguments are never compared: the number alone makes Terraform write the password of this run.
    secretStringWoVersion: spec.generation,
  });
}

export function createSecret(
  scope: Construct,
  spec: Pick<GeneratedLogin, "name" | "description" | "keyArn" | "protect" | "tags">,
  recoveryWindowInDays: number,
): SecretsmanagerSecret {
  const secret = new SecretsmanagerSecret(scope, "Secret", {
    name: spec.name,
    description: spec.description,
    kmsKeyId: spec.keyArn,
    recoveryWindowInDays,
    tags: spec.tags,
    lifecycle: { preventDestroy: spec.protect },
  });
  exceptChecks(secret, {
    checks: ["CKV2_AWS_57"],
    reason:
      "a new password is another generation in the environment's file, so that the service and the secret change " +
      "together; a function of AWS would change one of them",
  });
  return secret;
}
