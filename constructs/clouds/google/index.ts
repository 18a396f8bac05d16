import type { Cloud } from "../cloud";
import { applicationProblems } from "./application-problems";
import { guarantees } from "./guarantees";
import { ownClaims } from "./claims";
import { configure } from "./configure";
import { connect } from "./connect";
import { createCluster } from "./create-cluster";
import { describe, describeExisting, describeService } from "./describe";
import { facts } from "./facts";
import { existingPlace, isAutopilot, ownPlace, place } from "./place";
import { existingInputProblems, inputProblems } from "./problems";
import type { ExistingGoogleProps, GoogleProps } from "./props";
import { registryProblems } from "./registries";
import { secretPlace } from "./secret-store";
import { lacks, placements } from "./services/placements";
import { createState } from "./state";

export type * from "./props";
export type { GoogleRegion } from "./regions";

/** What holds for either kind of environment. */
const COMMON = { title: "Google Cloud", guarantees, placements, lacks, secretPlace } as const;

/** Google Cloud: GKE in a network of its own, data services by Cloud SQL, Memorystore and Cloud Storage. */
export const google = (props: GoogleProps): Cloud => ({
  ...COMMON,
  problems: (path) => inputProblems(props, path),
  registryProblems,
  applicationProblems: (application, path) => applicationProblems(kindOf(props), application, path),
  // A getter: what was given may lack a network until `problems` has said so.
  get networkCidrs() {
    return [props.network.cidr];
  },
  claims: (environment) => ownClaims(environment, props),
  dnsZones: () => (props.dns?.zones ?? []).map(({ domain }) => domain),
  facts: () => facts(kindOf(props)),
  place: (environment) => place(environment, props),
  describe: (environment) => describe(environment, props),
  describeService: (application, service) => describeService(application, service, kindOf(props)),
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
 * The same for a program that brings applications to an environment which another program created by `google()`. It
 * looks the cluster up and creates nothing of it, so it has neither `createState` nor `createCluster`. Whoever runs it
 * needs the rights of its own stacks and a role in the project, which the environment's owner gives in `access`.
 */
export const existingGoogle = (props: ExistingGoogleProps): Cloud => ({
  ...COMMON,
  problems: (path) => existingInputProblems(props, path),
  applicationProblems: (application, path) => applicationProblems(existingPlace(props), application, path),
  facts: () => facts(existingPlace(props)),
  place: (environment) => place(environment, props),
  describe: (environment) => describeExisting(environment, props),
  describeService: (application, service) => describeService(application, service, existingPlace(props)),
  configure: (stack, environment) => {
    configure(stack, environment, existingPlace(props));
  },
  connect: (scope, environment) => connect(scope, environment, existingPlace(props)),
});

/** What does not need the props to be valid. */
const kindOf = (props: GoogleProps) => ({ ...props, autopilot: isAutopilot(props) });
