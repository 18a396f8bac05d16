import type { Cloud } from "../cloud";
import { installedOf } from "../shared/cluster-of-others";
import { isCalled } from "../shared/imports";
import { applicationProblems } from "./application-problems";
import { ownClaims } from "./claims";
import { configure } from "./configure";
import { connect } from "./connect";
import { createCluster } from "./create-cluster";
import { describe, describeExisting } from "./describe";
import { facts } from "./facts";
import { guarantees } from "./guarantees";
import { gkeVersions } from "./kubernetes-versions";
import { nameOf } from "./names";
import { isMade } from "./network-props";
import { nodeSupply } from "./node-supply";
import { operations } from "./operations";
import { pipeline } from "./pipeline";
import { existingPlace, isAutopilot, ownPlace, type Place, place } from "./place";
import { existingPreflight, preflight } from "./preflight";
import { previewStates } from "./preview-states";
import { existingInputProblems, inputProblems } from "./problems";
import type { ExistingGoogleProps, GoogleProps } from "./props";
import { registryProblems } from "./registries";
import { secretPlace } from "./secret-store";
import { askedOf, GOOGLE_SERVICES } from "./services/provisioners";
import { createState } from "./state";

export type * from "./props";
export { type Alarmed, createAlarms, type GoogleAlarm, type GoogleWatch } from "./alarms/alarm";
export { keepSecret } from "./keep-secret";
export {
  type GoogleDescribeRequest,
  type GoogleKindFacts,
  type GooglePlace,
  type GoogleProvisioner,
  type GoogleRequest,
  type GoogleResourceFacts,
  serviceName,
} from "./services/provisioner";
export { passwords, userSecretPlace } from "./services/users";
export type { CloudSqlKind } from "./sql/kind";
export { cloudSqlProvisioner } from "./sql/provisioner";
export type { GoogleRegion } from "./regions";
export { googleServices, type GoogleServicesProps } from "./service-place";

/** What needs no check of what was given. */
type Known = Parameters<typeof applicationProblems>[0] & Pick<Place, "clusterName" | "regionInNames">;

/** What both kinds of environment have. What was given is asked when it is needed: it may be wrong until `problems` has said so. */
const common = (known: () => Known) =>
  ({
    title: "Google Cloud",
    resourceTypePrefix: "google_",
    permissions: "google",
    guarantees,
    ...GOOGLE_SERVICES.option,
    secretPlace,
    applicationProblems: (application, path) => applicationProblems(known(), application, path),
    facts: () => facts(known()),
    place: (environment) => place(environment, known()),
    describeService: (application, service) => GOOGLE_SERVICES.describe(application, service, askedOf(known())),
    isMadeAs: (application, service, id) =>
      isCalled(GOOGLE_SERVICES.describe(application, service, askedOf(known())).name, id),
    connections: (service) => GOOGLE_SERVICES.connections(service),
    resourceTypes: (services) => GOOGLE_SERVICES.resourceTypes(services),
    clusterBackups: true,
    elsewhere: {
      // https://cloud.google.com/sql/docs/mysql/cmek
      none:
        "backups of Cloud SQL are encrypted with the environment's key whatever region they are in, and that key is in the region that " +
        "would be lost; buckets and shared volumes are copied nowhere either",
      instead:
        "keep a read replica of Cloud SQL with a key in the other region, and a transfer job for each bucket, in a stack of your own",
    },
    recoverable: (application, holding) => GOOGLE_SERVICES.recoverable(application, holding),
    operations: (environment) => operations(environment, known()),
    previewStates: (environment, folder) => previewStates(environment, known(), folder),
    versions: (services) => GOOGLE_SERVICES.versions(services),
  }) satisfies Partial<Cloud>;

/** Google Cloud: GKE in a network of its own, data services by Cloud SQL, Memorystore and Cloud Storage. */
export const google = (props: GoogleProps): Cloud => ({
  ...common(() => ({ ...props, autopilot: isAutopilot(props) })),
  problems: (path) => inputProblems(props, path),
  // Asked before anything was checked: there may be no props at all.
  nameThere: (environment) => nameOf(environment, { ...props }),
  registryProblems,
  // Asked of what was checked, as all that follows.
  pipeline: (environment) => pipeline(environment, props, props.endpoint.access === "private" ? "network" : "listed"),
  nodes: (environment) => nodeSupply(props, environment),
  preflight: (environment, stacks) => preflight(props, environment, stacks),
  // A getter: what was given may lack a network until `problems` has said so.
  get networkCidrs() {
    return isMade(props.network) ? [props.network.cidr] : undefined;
  },
  claims: (environment) => ownClaims(environment, props),
  dnsZones: () => (props.dns?.zones ?? []).map(({ domain }) => domain),
  describe: (environment) => describe(environment, props),
  versions: (services) => [...gkeVersions(props.releaseChannel), ...GOOGLE_SERVICES.versions(services)],
  configure: (stack, environment, options) => {
    configure(stack, environment, props, options);
  },
  createState: (stack, environment) => {
    createState(stack, environment, props);
  },
  createCluster: (scope, environment) => {
    createCluster(scope, environment, props);
  },
  connect: (scope, environment) => connect(scope, environment, ownPlace(props)),
});

/**
 * The same for a program that brings applications to an environment which another program created by `google()`. It
 * looks the cluster up and creates nothing of it, so it has neither `createState` nor `createCluster`. Whoever runs it
 * needs the rights of its own stacks and a role in the project, which the environment's owner gives in `access`.
 */
export const existingGoogle = (props: ExistingGoogleProps): Cloud => ({
  ...common(() => existingPlace(props)),
  ...installedOf(props),
  problems: (path) => existingInputProblems(props, path),
  // How its API is reached, its owner knows.
  pipeline: (environment) => pipeline(environment, props, "anybody"),
  preflight: (environment, stacks) => existingPreflight(props, environment, stacks),
  nameThere: (environment) => nameOf(environment, { ...props }),
  describe: (environment) => describeExisting(environment, props),
  configure: (stack, environment, options) => {
    configure(stack, environment, existingPlace(props), options);
  },
  connect: (scope, environment) => connect(scope, environment, existingPlace(props)),
});
