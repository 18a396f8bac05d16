import { DataGoogleStorageProjectServiceAccount } from "@cdktf/provider-google/lib/data-google-storage-project-service-account";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { Id } from "@cdktf/provider-random/lib/id";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { keepsShared } from "../../model/holdings";
import { environmentThere } from "../../model/name-there";
import type { ResolvedApplication } from "../../model/resolved";
import { ensureRandomProvider } from "../shared/providers";
import { exceptUnprotected, letUse, ROTATION_PERIOD } from "./encryption-key";
import type { ServiceLookup } from "./lookup";
import { serviceAgents } from "./service-agents";
import { applicationLabels } from "./service-labels";
import { SERVICE_NAMES, uniqueName } from "./services/names";

/**
 * Who encrypts for each product. The accounts of Cloud SQL and Secret Manager have to be made once in a project: see
 * docs/operations/google.md. That of Memorystore is there when its API is.
 */
const AGENTS = {
  CloudSql: ({ projectNumber }: ServiceLookup) => serviceAgents(projectNumber).cloudSql,
  Memorystore: ({ projectNumber }: ServiceLookup) => serviceAgents(projectNumber).memorystore,
  SecretManager: ({ projectNumber }: ServiceLookup) => serviceAgents(projectNumber).secretManager,
  // To ask for this one is what makes it.
  Storage: ({ project }: ServiceLookup, scope: Construct) =>
    `serviceAccount:${new DataGoogleStorageProjectServiceAccount(scope, "Account", { project }).emailAddress}`,
} as const satisfies Readonly<Record<string, (lookup: ServiceLookup, scope: Construct) => string>>;

export type Agent = keyof typeof AGENTS;

export interface DataKeyProps {
  readonly lookup: ServiceLookup;
  readonly application: ResolvedApplication;
}

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

  readonly #lookup: ServiceLookup;

  constructor(scope: Construct, id: string, { lookup, application }: DataKeyProps) {
    super(scope, id);
    this.#lookup = lookup;
    ensureRandomProvider(this);
    const { name, protect } = application;
    const suffix = new Id(this, "Suffix", { byteLength: 4 });
    const ring = new KmsKeyRing(this, "Ring", {
      name: uniqueName([environmentThere(application), name], SERVICE_NAMES.keyRing, suffix.hex),
      project: lookup.project,
      location: lookup.region,
    });
    const key = new KmsCryptoKey(this, "Default", {
      name: "data",
      keyRing: ring.id,
      rotationPeriod: ROTATION_PERIOD,
      labels: applicationLabels(name),
      // Losing the key loses the data. What is destroyed can be restored for 30 days, which is Google's default.
      lifecycle: { preventDestroy: keepsShared(application) },
    });
    exceptUnprotected(key, protect);
    this.id = key.id;
  }

  /** Lets a product encrypt with the key. Whatever does so waits for what is returned. */
  public allow(agent: Agent): ITerraformDependable {
    const known = this.#allowed.get(agent);
    if (known !== undefined) return known;
    const here = new Construct(this, agent);
    const member = AGENTS[agent](this.#lookup, here);
    // The key's id does not come by way of the wait: a wait that is made anew would make it unknown, and with it plan
    // another database.
    const wait = letUse(here, { grant: "Default", wait: "Wait" }, this.id, member);
    this.#allowed.set(agent, wait);
    return wait;
  }
}
