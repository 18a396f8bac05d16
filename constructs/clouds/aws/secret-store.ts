import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Password } from "@cdktf/provider-random/lib/password";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { JsonObject } from "../../kubernetes/json";
import type { PartSource } from "../../model/connection";
import { ensureRandomProvider } from "./providers";

/** `spec.provider` of the ClusterSecretStore. External Secrets signs in with its own Pod Identity: no `auth`. */
export function secretStoreProvider(region: string): JsonObject {
  return { aws: { service: "SecretsManager", region } };
}

/** `staging/my-app/orders-db`: everything an environment's External Secrets may read begins with its name. */
export function secretName(environment: string, application: string, name: string): string {
  return `${environment}/${application}/${name}`;
}

export interface GeneratedLogin {
  readonly name: string;
  readonly username: string;
  readonly description: string;
  readonly keyArn: string;
  readonly protect: boolean;
  /**
   * Whether the service takes a new password from Terraform. Where it does not, a new one would only break the
   * secret, so in a protected environment replacing it is refused.
   */
  readonly rotatable: boolean;
  readonly tags: Record<string, string>;
}

export interface Login {
  /** For the service that has to know it. */
  readonly password: string;
  readonly usernamePart: PartSource;
  readonly passwordPart: PartSource;
}

/** A user name with a generated password, kept in Secrets Manager as `{"username": …, "password": …}`. */
export function generateLogin(scope: Construct, id: string, spec: GeneratedLogin): Login {
  ensureRandomProvider(scope);
  const here = new Construct(scope, id);
  const password = new Password(here, "Password", {
    length: 64,
    // Letters and digits alone satisfy AUTH, Amazon MQ and URLs, and 64 of them need no help from punctuation.
    special: false,
    lifecycle: {
      // A changed rule is for the next password: it must not rotate one that is in use.
      ignoreChanges: "all",
      ...(spec.rotatable ? {} : { preventDestroy: spec.protect }),
    },
  });
  const secret = new SecretsmanagerSecret(here, "Secret", {
    name: spec.name,
    description: spec.description,
    kmsKeyId: spec.keyArn,
    // The name stays taken during the window: an environment that comes and goes has none.
    recoveryWindowInDays: spec.protect ? 30 : 0,
    tags: spec.tags,
    lifecycle: { preventDestroy: spec.protect },
  });
  const version = new SecretsmanagerSecretVersion(here, "Version", {
    secretId: secret.id,
    secretStringWo: Fn.jsonencode({ username: spec.username, password: password.result }),
    // Write-only arguments are never compared. What makes Terraform write again is the password's replacement.
    secretStringWoVersion: 1,
    lifecycle: { replaceTriggeredBy: [`${Password.tfResourceType}.${password.friendlyUniqueId}`] },
  });
  // By the version, so that nothing looks for the secret before it has a value.
  const part = (property: string): PartSource => ({ secret: { key: version.secretId, property } });
  return { password: password.result, usernamePart: part("username"), passwordPart: part("password") };
}
