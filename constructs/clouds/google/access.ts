import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { Construct } from "constructs";
import { withDefaults } from "../../model/defaults";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { ClusterAccess } from "./props";

const ADMIN = "roles/container.admin";

/**
 * Roles by what people do. `container.admin` alone may give out rights inside the cluster, as add-ons' charts do.
 * `container.viewer` leaves Secrets out.
 */
const ROLES = {
  deployers: ADMIN,
  administrators: ADMIN,
  viewers: "roles/container.viewer",
} as const satisfies Record<keyof ClusterAccess, string>;

/** Who may use the Kubernetes API. GKE asks IAM beside Kubernetes' own rules, so nothing has to be in the cluster. */
export class Access extends Construct {
  constructor(scope: Construct, id: string, { project, access }: { project: string; access: ClusterAccess }) {
    super(scope, id);
    const members = withDefaults({ viewers: [] as readonly string[] }, access);
    for (const group of ["deployers", "administrators", "viewers"] as const) {
      for (const member of members[group]) {
        // By member, so that the order of the list means nothing. A slash would be a step in the tree.
        const grant = new ProjectIamMember(this, member.replaceAll("/", ":"), { project, role: ROLES[group], member });
        if (ROLES[group] === ADMIN && member.startsWith("serviceAccount:")) {
          exceptChecks(grant, {
            checks: ["CKV_GCP_42"],
            reason: "whoever deploys add-ons gives out rights inside the cluster, which this role alone may",
          });
        }
      }
    }
  }
}
