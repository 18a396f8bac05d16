import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { exceptChecks } from "../../terraform/check-exceptions";
import { ensureTimeProvider } from "../shared/time-provider";

export interface KeyRingProps {
  /** A ring is never deleted, and neither are its keys: whoever comes and goes needs a name that was never used. */
  readonly name: string;
  readonly region: string;
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Where the keys of one purpose are kept, in the region of what they encrypt. */
export class KeyRing extends Construct {
  readonly id: string;

  constructor(scope: Construct, id: string, { name, region, dependsOn = [] }: KeyRingProps) {
    super(scope, id);
    this.id = new KmsKeyRing(this, "Default", { name, location: region, dependsOn: [...dependsOn] }).id;
  }
}

export interface EncryptionKeyProps {
  readonly keyRingId: string;
  readonly name: string;
  /** Losing the key loses the data: keeps Terraform from destroying it. Google waits 30 days at any rate. */
  readonly protect: boolean;
  /** Service agents of Google that encrypt with it, by what they are for; nobody else may. */
  readonly users: Readonly<Record<string, string>>;
}

const days = (count: number): string => `${count * 86_400}s`;

/** A quarter of a year. */
export const ROTATION_PERIOD = days(90);

/** A KMS key that Google renews every 90 days. What older versions encrypted stays readable. */
export class EncryptionKey extends Construct {
  readonly id: string;
  /** Dependencies: until these exist Google cannot use the key. */
  readonly granted: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { keyRingId, name, protect, users }: EncryptionKeyProps) {
    super(scope, id);
    const key = new KmsCryptoKey(this, "Default", {
      name,
      keyRing: keyRingId,
      purpose: "ENCRYPT_DECRYPT",
      rotationPeriod: ROTATION_PERIOD,
      // How long Google waits is left to it. A key cannot change it: another number, when an environment gets protection or
      // loses it, would be another key under a name that is taken for ever.
      lifecycle: { preventDestroy: protect },
    });
    exceptUnprotected(key, protect);
    this.id = key.id;
    this.granted = Object.entries(users).map(([user, member]) =>
      letUse(this, { grant: user, wait: `${user}Wait` }, key.id, member),
    );
  }
}

/**
 * A permission takes effect in two minutes mostly, and in seven or a little more at worst. Who encrypts too early fails, and
 * leaves a server or a cluster half made.
 * https://cloud.google.com/iam/docs/access-change-propagation
 */
const TAKES_EFFECT = "420s";

/** Lets a member encrypt with a key. Whoever does so waits for what is returned. */
export function letUse(
  scope: Construct,
  ids: { readonly grant: string; readonly wait: string },
  cryptoKeyId: string,
  member: string,
): ITerraformDependable {
  ensureTimeProvider(scope);
  const grant = new KmsCryptoKeyIamMember(scope, ids.grant, {
    cryptoKeyId,
    role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
    member,
  });
  return new Sleep(scope, ids.wait, { createDuration: TAKES_EFFECT, triggers: { permission: grant.id } });
}

/** What checkov finds of a key that may go with its environment. */
export function exceptUnprotected(key: KmsCryptoKey, protect: boolean): void {
  if (protect) return;
  exceptChecks(key, { checks: ["CKV_GCP_82"], reason: "the environment is not protected, as in profile small" });
}
