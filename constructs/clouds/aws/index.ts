import type { Cloud } from "../cloud";
import { installedOf } from "../shared/cluster-of-others";
import { isCalled } from "../shared/imports";
import { applicationProblems } from "./application-problems";
import { ownClaims } from "./claims";
import { configure } from "./configure";
import { connect } from "./connect";
import { createCluster } from "./create-cluster";
import { describe } from "./describe";
import { elsewhere } from "./elsewhere";
import { type ExistingAwsProps, existingPlace } from "./existing";
import { facts } from "./facts";
import { guarantees } from "./guarantees";
import { EKS_VERSIONS } from "./kubernetes-versions";
import { nameOf } from "./names";
import { isMade } from "./network-props";
import { nodeSupply } from "./node-supply";
import { operations } from "./operations";
import { pipeline } from "./pipeline";
import { isAutoMode, ownPlace, type Place, place } from "./place";
import { existingPreflight, preflight } from "./preflight";
import { previewStates } from "./preview-states";
import { existingInputProblems, inputProblems } from "./problems";
import type { AwsProps } from "./props";
import { registryProblems } from "./registries";
import { askedOf, AWS_SERVICES } from "./services/provisioners";
import { createState } from "./state";

export type { ExistingAwsProps } from "./existing";
export type * from "./props";
export { type Alarmed, type AwsAlarm, createAlarms, type EventWatch, type MetricWatch } from "./alarms/alarm";
export { keepSecret } from "./keep-secret";
export { createLogGroup } from "./log-group";
export type { RdsAsked, RdsKind, RdsParameter } from "./rds/kind";
export { rdsProvisioner } from "./rds/provisioner";
export {
  type AwsDescribeRequest,
  type AwsKindFacts,
  type AwsPlace,
  type AwsProvisioner,
  type AwsRequest,
  type AwsResourceFacts,
  BACKUP_WINDOW,
  createSecurityGroup,
  finalSnapshotName,
  serviceName,
} from "./services/provisioner";
export { passwords, userSecretName } from "./services/users";
export type { AwsRegion } from "./regions";
export { awsServices, type AwsServicesProps, type ServiceNetwork } from "./service-place";

/** What needs no check of what was given. */
type Known = Parameters<typeof facts>[0] & Parameters<typeof configure>[2];

/** What both kinds of environment have. What was given is asked when it is needed: it may be wrong until `problems` has said so. */
const common = (known: () => Known, placeOf: () => Place): Omit<Cloud, "pipeline" | "problems"> => ({
  title: "AWS",
  resourceTypePrefix: "aws_",
  permissions: "aws",
  guarantees,
  ...AWS_SERVICES.option,
  clusterBackups: true,
  offers: ["Amazon Managed Service for Prometheus"],
  elsewhere: elsewhere(known),
  applicationProblems: (application, path) => applicationProblems(known(), application, path),
  facts: () => facts(known()),
  place: (environment) => place(environment, known()),
  describe: (environment) => describe(environment, placeOf()),
  describeService: (application, service) => AWS_SERVICES.describe(application, service, askedOf(known())),
  isMadeAs: (application, service, id) =>
    isCalled(AWS_SERVICES.describe(application, service, askedOf(known())).name, id),
  connections: (service) => AWS_SERVICES.connections(service),
  resourceTypes: (services) => AWS_SERVICES.resourceTypes(services),
  recoverable: (application, holding) => AWS_SERVICES.recoverable(application, holding),
  operations: (environment) => operations(environment, known()),
  previewStates: (environment, folder) => previewStates(environment, known(), folder),
  versions: (services) => [...EKS_VERSIONS, ...AWS_SERVICES.versions(services)],
  configure: (stack, environment, options) => {
    configure(stack, environment, known(), options);
  },
  connect: (scope, environment) => connect(scope, environment, placeOf()),
});

/** Amazon Web Services: EKS in a VPC of its own, data services by RDS, ElastiCache, Amazon MQ and S3. */
export const aws = (props: AwsProps): Cloud => ({
  ...common(
    () => ({ ...props, autoMode: isAutoMode(props) }),
    () => ownPlace(props),
  ),
  // Where load balancers go is said in the network.
  facts: () => facts(ownPlace(props)),
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
  dnsZones: () => (props.dns?.zones ?? []).map(({ name }) => name),
  createState: (stack, environment) => {
    createState(stack, environment, props);
  },
  createCluster: (scope, environment) => {
    createCluster(scope, environment, props);
  },
});

/**
 * The same for a program that brings applications to an environment which another program created by `aws()`. It
 * looks the cluster up and creates nothing of it, so it has neither `createState` nor `createCluster`. Whoever runs it
 * needs the rights of its own stacks and a Kubernetes access entry, which the environment's owner lists in `access`.
 */
export const existingAws = (props: ExistingAwsProps): Cloud => {
  const placeOf = (): Place => existingPlace(props);
  return {
    ...common(placeOf, placeOf),
    ...installedOf(props),
    problems: (path) => existingInputProblems(props, path),
    nameThere: (environment) => nameOf(environment, { ...props }),
    // How its API is reached, its owner knows.
    pipeline: (environment) => pipeline(environment, props, "anybody"),
    preflight: (environment, stacks) => existingPreflight(props, environment, stacks),
  };
};
