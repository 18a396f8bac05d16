import type { CloudChecks } from "../../../preflight/check";
import { KUBECTL } from "../../../preflight/kubectl";
import { wantedSecrets } from "../../../preflight/secrets";
import type { WrittenStack } from "../../../preflight/stacks";
import type { CloudEnvironment } from "../../cloud";
import { clusterName, stateBucketName } from "../names";
import { isMade } from "../network-props";
import { nodeSupply } from "../node-supply";
import { googleApplyRoles } from "../pipelines/roles";
import { existingPlace, ownPlace } from "../place";
import type { ExistingGoogleProps, GoogleProps } from "../props";
import { googleKindResources } from "../services/kind-resources";
import { settingsOf } from "../settings";
import { type Asked, loginCheck } from "./ask";
import { importChecks } from "./imports";
import { contextCheck, existingChecks, identityCheck, nameChecks, secretChecks, zoneChecks } from "./names";
import { networkChecks } from "./network";
import { offerChecks } from "./offers";
import { quotaChecks, unknownMetrics } from "./quotas";
import { agentChecks, apiChecks, billingCheck, rightsChecks } from "./services";

const UNASKED = [
  "versions of MySQL and Redis, and machines of Cloud SQL that are made of numbers: no command of gcloud lists what is offered",
  "how many instances of Cloud SQL, Filestore and Memorystore, keys and buckets the project may still have, and how many GB of disks for volumes beside those of nodes: they are compared with nothing here",
  "policies of the organization, and what it denies whatever a role allows",
  "names of Cloud SQL and of most key rings: they end in what is drawn, so that they are in nobody's way",
  "credentials of Terraform's provider, which are others than gcloud's own: to ask for them is to print a token",
];

const UNASKED_NETWORK = [
  "roles in the project that shares the network, of who deploys and of GKE's own account: roles/compute.networkUser on the subnets, and roles/container.hostServiceAgentUser",
  "addresses that are free in the subnets and ranges: no command of gcloud counts them",
];

/** What a project has to have before an environment of its own is deployed. */
export function preflight(
  props: GoogleProps,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks {
  const asked: Asked = { environment, stacks, place: ownPlace(props) };
  const { network } = props;
  const { pools } = settingsOf(props, environment);
  const unbounded = nodeSupply(props, environment).unbounded;
  return {
    checks: [
      loginCheck(asked),
      ...rightsChecks(asked, props.access.deployers, googleApplyRoles(googleKindResources(environment))),
      billingCheck(asked),
      ...apiChecks(asked),
      ...agentChecks(asked),
      ...quotaChecks(asked, pools),
      ...offerChecks(asked),
      ...nameChecks(asked),
      ...importChecks(asked, ownPlace(props), clusterName(environment, props)),
      ...(isMade(network) ? [] : networkChecks(asked, network.existing)),
      ...zoneChecks(asked, props.dns?.zones ?? []),
      ...secretChecks(asked, wantedSecrets(environment)),
    ],
    unasked: [
      ...(unbounded === undefined ? [] : [`vCPUs and disks: ${unbounded}`]),
      ...unknownMetrics(pools).map((metric) => `${metric}: nobody here knows how many vCPUs one of its machines has`),
      ...(isMade(network) ? [] : UNASKED_NETWORK),
      ...UNASKED,
    ],
  };
}

/** The same where another program has made the cluster. */
export function existingPreflight(
  props: ExistingGoogleProps,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks {
  const asked: Asked = { environment, stacks, place: props };
  return {
    checks: [
      loginCheck(asked),
      ...apiChecks(asked),
      ...agentChecks(asked),
      ...quotaChecks(asked, undefined),
      ...offerChecks(asked),
      ...nameChecks(asked),
      ...importChecks(asked, existingPlace(props), clusterName(environment, props)),
      ...secretChecks(asked, wantedSecrets(environment)),
      ...(props.installed === undefined
        ? []
        : [contextCheck, identityCheck].map((check) => check(asked, clusterName(environment, props)))),
      ...existingChecks(asked, {
        cluster: clusterName(environment, props),
        bucket: stateBucketName(environment, props),
      }),
    ],
    cluster: { options: [], after: [KUBECTL] },
    unasked: ["rights of who deploys: nobody here knows who that is, where the cluster is somebody else's", ...UNASKED],
  };
}
