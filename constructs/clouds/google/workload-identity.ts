import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { Sleep } from "@cdktf/provider-time/lib/sleep";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { environmentThere } from "../../model/name-there";
import type { ResolvedApplication, ResolvedWorkload } from "../../model/resolved";
import type { Identity } from "../cloud";
import { ensureTimeProvider } from "../shared/time-provider";
import type { GoogleLookup } from "./lookup";
import { hashedName, SERVICE_NAMES } from "./services/names";

/** A permission of a workload's service account, on one resource. */
export interface Grant {
  /** Gives it to `member`, as IAM writes it: `serviceAccount:…`. `scope` is the grant's alone. */
  allow(scope: Construct, member: string): readonly ITerraformDependable[];
  /** Id of its scope, among the grants of one workload. */
  readonly id: string;
}

export interface WorkloadAccountsProps {
  readonly lookup: Pick<GoogleLookup, "project">;
  readonly application: Pick<ResolvedApplication, "environment" | "environmentThere" | "name">;
}

/** The service accounts of an application's workloads, each made when something first needs it. */
export class WorkloadAccounts extends Construct {
  readonly #known = new Map<string, ServiceAccount>();

  readonly #lookup: Pick<GoogleLookup, "project">;
  readonly #application: Pick<ResolvedApplication, "environment" | "environmentThere" | "name">;

  constructor(scope: Construct, id: string, { lookup, application }: WorkloadAccountsProps) {
    super(scope, id);
    this.#lookup = lookup;
    this.#application = application;
  }

  public of(workload: string): ServiceAccount {
    const { name } = this.#application;
    const environment = environmentThere(this.#application);
    const account =
      this.#known.get(workload) ??
      new ServiceAccount(this, workload, {
        accountId: hashedName([environment, name, workload], SERVICE_NAMES.serviceAccount),
        project: this.#lookup.project,
        displayName: [environment, name, workload].join(" / ").slice(0, 100),
        description: `Workload ${workload} of ${name} in ${environment}`,
      });
    this.#known.set(workload, account);
    return account;
  }
}

/** What makes a service account of Kubernetes act as one of Google's. */
const ANNOTATION = "iam.gke.io/gcp-service-account";

/**
 * The service account of a workload that calls Google Cloud itself: what its edges need and it says itself, and nothing
 * else. One that has no permission gets none and cannot call Google Cloud at all (`undefined`).
 */
export function createWorkloadIdentity(
  scope: Construct,
  lookup: GoogleLookup,
  application: Pick<ResolvedApplication, "namespace">,
  workload: Pick<ResolvedWorkload, "name" | "objectName">,
  accounts: WorkloadAccounts,
  grants: readonly Grant[],
): Identity | undefined {
  if (grants.length === 0) return undefined;
  ensureTimeProvider(scope);
  const here = new Construct(scope, workload.name);
  const account = accounts.of(workload.name);
  const pods = new ServiceAccountIamMember(here, "Pods", {
    serviceAccountId: account.name,
    role: "roles/iam.workloadIdentityUser",
    member: `serviceAccount:${lookup.workloadPool}[${application.namespace}/${workload.objectName}]`,
  });
  const permissions = grants.flatMap((grant) => grant.allow(new Construct(here, grant.id), account.member));
  // A permission takes effect in two minutes mostly. The annotation comes by way of the wait, so that no pod asks before.
  // https://cloud.google.com/iam/docs/access-change-propagation
  const wait = new Sleep(here, "Wait", {
    createDuration: "120s",
    triggers: { account: account.email, permission: pods.id },
    dependsOn: [...permissions],
  });
  return { annotations: { [ANNOTATION]: wait.getStringAttribute("triggers.account") } };
}
