import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsCryptoKeyIamMember } from "@cdktf/provider-google/lib/kms-crypto-key-iam-member";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { Id } from "@cdktf/provider-random/lib/id";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ResolvedApplication } from "../../model/resolved";
import { exceptChecks } from "../../terraform/check-exceptions";
import { ensureRandomProvider, ensureTimeProvider } from "../shared/providers";
import type { GoogleLookup } from "./lookup";
import { applicationLabels } from "./service-labels";
import { SERVICE_NAMES, uniqueName } from "./services/names";

/**
 * Google's own accounts, each of which encrypts for one product. Those of Cloud SQL and Secret Manager have to be made
 * once in a project: see the README. That of Memorystore is there when its API is.
 */
const AGENTS = {
  CloudSql: (lookup: GoogleLookup) => `service-${lookup.projectNumber}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
  Memorystore: (lookup: GoogleLookup) => `service-${lookup.projectNumber}@cloud-redis.iam.gserviceaccount.com`,
  SecretManager: (lookup: GoogleLookup) =>
    `service-${lookup.projectNumber}@gcp-sa-secretmanager.iam.gserviceaccount.com`,
  // To ask for this one is what makes it.
  Storage: (lookup: GoogleLookup, scope: Construct) =>
    new DataGoogleStorageProjectServiceAccount(scope, "Account", { project: lookup.project }).emailAddress,
} as const satisfies Readonly<Record<string, (lookup: GoogleLookup, scope: Construct) => string>>;

export type Agent = keyof typeof AGENTS;

/** A quarter of a year. */
const ROTATION = `${90 * 24 * 60 * 60}s`;

/**
 * The one key that encrypts everything the application stores. A product may use it after `allow`, and only products that
 * the application has are let in.
 *
 * Cloud KMS deletes no key ring and no key, only the material, and gives a name to nobody again: an environment that
 * comes back needs another one, which the suffix makes.
 */
export class DataKey extends Construct {
  readonly id: string;
  readonly #allowed = new Map<Agent, ITerraformDependable>();

  constructor(
    scope: Construct,
    id: string,
    private readonly lookup: GoogleLookup,
    application: ResolvedApplication,
  ) {
    super(scope, id);
    ensureRandomProvider(this);
    const { environment, name, protect } = application;
    const suffix = new Id(this, "Suffix", { byteLength: 4 });
    const ring = new KmsKeyRing(this, "Ring", {
      name: uniqueName([environment, name], SERVICE_NAMES.keyRing, suffix.hex),
      project: lookup.project,
      location: lookup.region,
    });
    const key = new KmsCryptoKey(this, "Default", {
      name: "data",
      keyRing: ring.id,
      rotationPeriod: ROTATION,
      labels: applicationLabels(name),
      // Losing the key loses the data. What is destroyed can be restored for 30 days, which is Google's default.
      lifecycle: { preventDestroy: protect },
    });
    if (!protect) {
      const reason = "the environment is not protected, as in profile small";
      exceptChecks(key, { checks: ["CKV_GCP_82"], reason });
    }
    this.id = key.id;
  }

  /** Lets a product encrypt with the key. Whatever does so waits for what is returned. */
  public allow(agent: Agent): ITerraformDependable {
    const known = this.#allowed.get(agent);
    if (known !== undefined) return known;
    ensureTimeProvider(this);
    const here = new Construct(this, agent);
    const member = new KmsCryptoKeyIamMember(here, "Default", {
      cryptoKeyId: this.id,
      role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
      member: `serviceAccount:${AGENTS[agent](this.lookup, here)}`,
    });
    // A permission takes effect within minutes, and Google says of none when. The key's id does not come by way of the
    // wait: a wait that is made anew would make it unknown, and with it plan another database.
    const wait = new Sleep(here, "Wait", { createDuration: "90s", triggers: { permission: member.id } });
    this.#allowed.set(agent, wait);
    return wait;
  }
}
