import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import {
  SecretManagerSecretVersion,
  type SecretManagerSecretVersionConfig,
} from "@cdktf/provider-google/lib/secret-manager-secret-version";
import { Fn, type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import type { JsonObject } from "../../kubernetes/json";
import type { PartSource } from "../../model/connection";
import { EphemeralPassword } from "../shared/ephemeral-password";
import type { DataKey } from "./data-key";
import type { ServiceLookup } from "./lookup";
import type { Place } from "./place";

/**
 * `spec.provider` of the ClusterSecretStore. External Secrets signs in with the identity of its own pod: no `auth`. No
 * `location` either, which would mean regional secrets; those made here are global ones that are kept in one region.
 */
export function secretStoreProvider({ project }: Pick<Place, "project">): JsonObject {
  return { gcpsm: { projectID: project } };
}

/**
 * `staging_my-app_orders-db`: everything an environment's External Secrets may read begins with its name. Secret Manager
 * takes letters, digits, hyphens and underscores; the names have no underscore, so two lists never come to one place.
 */
export function secretPlace(names: readonly string[]): string {
  return names.join("_");
}

/** Letters and digits alone need no help from punctuation at this length, and no URL breaks on them. */
const LENGTH = 64;

export interface KeptSecret {
  /** Name as `secretPlace` makes it. */
  readonly name: string;
  readonly description: string;
  readonly lookup: ServiceLookup;
  readonly key: DataKey;
  readonly protect: boolean;
  readonly labels: Record<string, string>;
}

export interface GeneratedSecret extends KeptSecret {
  readonly username: string;
  /** Another number is another password. */
  readonly generation: number;
}

/** A secret as connections refer to it. */
interface Kept {
  readonly part: (property: string) => PartSource;
}

/**
 * A user's generated password, kept in Secret Manager and nowhere else: it is in no plan and no state. For services in
 * which something other than Terraform makes the user. As `{"username": …, "password": …}`, for people who look.
 */
export function generatePassword(scope: Construct, id: string, spec: GeneratedSecret): PartSource {
  const here = new Construct(scope, id);
  const password = new EphemeralPassword(here, "Password", { length: LENGTH });
  const secret = createSecret(here, spec);
  return createVersion(here, secret, {
    secretDataWo: Fn.jsonencode({ username: spec.username, password: password.result }),
    // Write-only arguments are never compared: the number alone makes Terraform write the password of this run.
    secretDataWoVersion: spec.generation,
    // External Secrets reads by version: the old one is there until everything has been told of the new one.
    lifecycle: { createBeforeDestroy: true },
  }).part("password");
}

/**
 * A login that Terraform makes in a service: `take` gives the password of this run to the service's write-only argument,
 * under the same number, and returns the user. It is kept only after the service knows it.
 *
 * Both are written in one run or neither: who changes the user changes the secret. If the run ends between the two, the
 * next number puts it right.
 */
export function generateLogin(
  scope: Construct,
  id: string,
  spec: GeneratedSecret,
  take: (password: string, after: readonly TerraformResource[]) => TerraformResource,
): { readonly username: PartSource; readonly password: PartSource } {
  const here = new Construct(scope, id);
  const { result } = new EphemeralPassword(here, "Password", { length: LENGTH });
  const secret = createSecret(here, spec);
  const user = take(result, [secret]);
  const { part } = createVersion(here, secret, {
    secretDataWo: Fn.jsonencode({ username: spec.username, password: result }),
    secretDataWoVersion: spec.generation,
    dependsOn: [user],
    // The old version goes first. To keep it longer, Terraform would make the database it depends on anew before it
    // takes the old one away, and both have one name.
    lifecycle: { replaceTriggeredBy: [`${user.terraformResourceType}.${user.friendlyUniqueId}`] },
  });
  return { username: part("username"), password: part("password") };
}

/** Keeps what Google generated. `secret` is the value that, when it is another, makes Terraform write all of it again. */
export function keepSecret(
  scope: Construct,
  id: string,
  spec: KeptSecret,
  { fields, secret }: { readonly fields: Readonly<Record<string, string>>; readonly secret: string },
): Kept {
  const here = new Construct(scope, id);
  return createVersion(here, createSecret(here, spec), {
    secretDataWo: Fn.jsonencode(fields),
    // A write-only argument is never compared. This number follows the value, and is no way back to it.
    secretDataWoVersion: Token.asNumber(Fn.parseint(Fn.substr(Fn.sha256(secret), 0, 7), 16)),
  });
}

function createSecret(scope: Construct, { name, description, lookup, key, protect, labels }: KeptSecret) {
  return new SecretManagerSecret(scope, "Secret", {
    secretId: name,
    project: lookup.project,
    annotations: { description },
    labels,
    // Not everywhere, as the default has it: where the rest of the data is.
    replication: {
      userManaged: {
        replicas: [{ location: lookup.region, customerManagedEncryption: { kmsKeyName: key.id } }],
      },
    },
    dependsOn: [key.allow("SecretManager")],
    lifecycle: { preventDestroy: protect },
  });
}

function createVersion(
  scope: Construct,
  secret: SecretManagerSecret,
  content: Omit<SecretManagerSecretVersionConfig, "secret">,
): Kept {
  const version = new SecretManagerSecretVersion(scope, "Version", { ...content, secret: secret.id });
  // One text for every part: it is compared as text.
  const [key, number] = [secret.secretId, version.version];
  // By the version: nothing looks for the secret before it has a value, nor finds a newer one before its time.
  return { part: (property) => ({ secret: { key, property, version: number } }) };
}
