import type { Cloud } from "../cloud";
import { applicationProblems } from "./application-problems";
import { guarantees } from "./guarantees";
import { configure } from "./configure";
import { ownClaims } from "./claims";
import { claims } from "./connected";
import { connect } from "./connect";
import { createCluster } from "./create-cluster";
import { describe, describeExisting, describeService } from "./describe";
import { type ExistingAzureProps, existingPlace } from "./existing";
import { facts } from "./facts";
import { ownPlace, place } from "./place";
import { existingInputProblems, inputProblems } from "./problems";
import type { AzureProps } from "./props";
import { registryProblems } from "./registries";
import { secretPlace } from "./secret-store";
import { lacks, placements } from "./services/placements";
import { createState } from "./state";

export type { ExistingAzureProps } from "./existing";
export type { AzureLocation } from "./locations";
export type * from "./props";

/**
 * Microsoft Azure: AKS in a virtual network of its own, data services by MySQL Flexible Server, Managed Redis and Blob
 * storage.
 */
export const azure = (props: AzureProps): Cloud => ({
  title: "Azure",
  guarantees,
  placements,
  lacks,
  secretPlace,
  problems: (path) => inputProblems(props, path),
  registryProblems,
  applicationProblems: (application, path) => applicationProblems(props.location, application, path),
  // A getter: what was given may lack a network until `problems` has said so.
  get networkCidrs() {
    return [props.network.cidr];
  },
  dnsZones: () => (props.dns?.zones ?? []).map(({ name }) => name),
  claims: (environment) => [...claims(props), ...ownClaims(environment, props)],
  facts: () => facts({ ...props, publicApiServer: isPublicApiServer(props) }),
  place: (environment) => place(environment, props),
  describe: (environment) => describe(environment, props),
  describeService: (application, service) => describeService(application, service, props),
  configure: (stack, environment) => {
    configure(stack, environment, { ...props, registerProviders: true });
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
 * The same for a program that brings applications to an environment which another program created by `azure()`. It
 * looks the cluster up and creates nothing of it, so it has neither `createState` nor `createCluster`. Whoever runs it
 * needs the rights of its own stacks and the roles that the environment's owner gives to those he lists in `access`.
 */
export const existingAzure = (props: ExistingAzureProps): Cloud => ({
  title: "Azure",
  guarantees,
  placements,
  lacks,
  secretPlace,
  problems: (path) => existingInputProblems(props, path),
  applicationProblems: (application, path) => applicationProblems(props.location, application, path),
  facts: () => facts(existingPlace(props)),
  place: (environment) => place(environment, props),
  describe: (environment) => describeExisting(environment, props),
  describeService: (application, service) => describeService(application, service, existingPlace(props)),
  configure: (stack, environment) => {
    configure(stack, environment, existingPlace(props));
  },
  connect: (scope, environment) => connect(scope, environment, existingPlace(props)),
});

const isPublicApiServer = ({ apiServerInNetwork, endpoint }: AzureProps): boolean =>
  apiServerInNetwork === false && endpoint.access === "allow-list";
