import type { Cloud } from "../cloud";
import { guarantees } from "./guarantees";
import { applicationProblems } from "./application-problems";
import { ownClaims } from "./claims";
import { configure } from "./configure";
import { connect } from "./connect";
import { createCluster } from "./create-cluster";
import { describe, describeService } from "./describe";
import { type ExistingAwsProps, existingPlace } from "./existing";
import { facts } from "./facts";
import { isAutoMode, ownPlace, place } from "./place";
import { existingInputProblems, inputProblems } from "./problems";
import type { AwsProps } from "./props";
import { registryProblems } from "./registries";
import { placements } from "./services/placements";
import { createState } from "./state";

export type { ExistingAwsProps } from "./existing";
export type * from "./props";
export type { AwsRegion } from "./regions";

/** Amazon Web Services: EKS in a VPC of its own, data services by RDS, ElastiCache, Amazon MQ and S3. */
export const aws = (props: AwsProps): Cloud => ({
  title: "AWS",
  guarantees,
  placements,
  problems: (path) => inputProblems(props, path),
  registryProblems,
  applicationProblems: (application, path) => applicationProblems(props.region, application, path),
  // A getter: what was given may lack a network until `problems` has said so.
  get networkCidrs() {
    return [props.network.cidr];
  },
  claims: (environment) => ownClaims(environment, props),
  dnsZones: () => (props.dns?.zones ?? []).map(({ name }) => name),
  facts: () => facts({ ...props, autoMode: isAutoMode(props) }),
  place: (environment) => place(environment, props),
  describe: (environment) => describe(environment, ownPlace(props)),
  describeService: (application, service) => describeService(application, service, ownPlace(props)),
  configure: (stack, environment) => {
    configure(stack, environment, props);
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
 * The same for a program that brings applications to an environment which another program created by `aws()`. It
 * looks the cluster up and creates nothing of it, so it has neither `createState` nor `createCluster`. Whoever runs it
 * needs the rights of its own stacks and a Kubernetes access entry, which the environment's owner lists in `access`.
 */
export const existingAws = (props: ExistingAwsProps): Cloud => ({
  title: "AWS",
  guarantees,
  placements,
  problems: (path) => existingInputProblems(props, path),
  applicationProblems: (application, path) => applicationProblems(props.region, application, path),
  facts: () => facts(existingPlace(props)),
  place: (environment) => place(environment, props),
  describe: (environment) => describe(environment, existingPlace(props)),
  describeService: (application, service) => describeService(application, service, existingPlace(props)),
  configure: (stack, environment) => {
    configure(stack, environment, existingPlace(props));
  },
  connect: (scope, environment) => connect(scope, environment, existingPlace(props)),
});
