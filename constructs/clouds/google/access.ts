import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { Construct } from "constructs";
import type { NamedThere } from "../../model/name-there";
import { exceptChecks } from "../../terraform/check-exceptions";
import { ACCESS_GROUPS, everyGroup } from "../shared/access";
import { customRole } from "./addon-identity";
import type { ClusterAccess } from "./props";

const ADMIN = "roles/container.admin";

const VIEWER = "roles/container.viewer";

/**
 * Roles by what people do. `container.admin` alone may give out rights inside the cluster, as add-ons' charts do.
 * `container.viewer` leaves Secrets out, and nothing else: https://cloud.google.com/iam/docs/roles-permissions/container
 */
const ROLES = {
  deployers: ADMIN,
  administrators: ADMIN,
  viewers: VIEWER,
  planners: VIEWER,
} as const satisfies Record<keyof ClusterAccess, string>;

/** What a viewer may not, and a plan has to: no role of Google's has it without a right to write. */
const SECRETS = ["container.secrets.get", "container.secrets.list"];

/** Who may use the Kubernetes API. GKE asks IAM beside Kubernetes' own rules, so nothing has to be in the cluster. */
export class Access extends Construct {
  constructor(scope: Construct, id: string, { project, access, environment }: AccessProps) {
    super(scope, id);
    const members = everyGroup(access);
    for (const group of ACCESS_GROUPS) {
      for (const member of members[group]) {
        const grant = new ProjectIamMember(this, idOf(member), { project, role: ROLES[group], member });
        if (ROLES[group] === ADMIN && member.startsWith("serviceAccount:")) {
          exceptChecks(grant, {
            checks: ["CKV_GCP_42"],
            reason: "whoever deploys add-ons gives out rights inside the cluster, which this role alone may",
          });
        }
      }
    }
    if (members.planners.length === 0) return;
    const here = new Construct(this, "Secrets");
    const role = customRole(here, "Reader", { project, environment, what: "kubernetes-secrets", permissions: SECRETS });
    for (const member of members.planners) {
      new ProjectIamMember(here, idOf(member), { project, role: role.name, member });
    }
  }
}

// By member, so that the order of the list means nothing. A slash would be a step in the tree.
function idOf(member: string): string {
  return member.replaceAll("/", ":");
}

export interface AccessProps {
  readonly project: string;
  readonly access: ClusterAccess;
  readonly environment: NamedThere;
}
