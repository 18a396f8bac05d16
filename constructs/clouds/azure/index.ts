import type { Cloud } from "../cloud";
import { isCalled } from "../shared/imports";
import { ownClaims } from "./claims";
import { configure } from "./configure";
import { connect } from "./connect";
import { claims } from "./connected";
import { createCluster } from "./create-cluster";
import { describe, describeExisting } from "./describe";
import { type ExistingAzureProps, existingPlace } from "./existing";
import { facts } from "./facts";
import { guarantees } from "./guarantees";
import { madeName, wholeOf } from "./imports";
import { kindZoneProblems } from "./kind-zone-problems";
import { AKS_VERSIONS } from "./kubernetes-versions";
import { nameOf } from "./names";
import { isMade } from "./network-props";
import { nodeSupply } from "./node-supply";
import { operations } from "./operations";
import { pipeline } from "./pipeline";
import { ownPlace, type Place, place } from "./place";
import { existingPreflight, preflight } from "./preflight";
import { previewStates } from "./preview-states";
import { existingInputProblems, inputProblems } from "./problems";
import type { AzureProps } from "./props";
import { registryProblems } from "./registries";
import { secretPlace } from "./secret-store";
import { askedOf, AZURE_SERVICES } from "./services/provisioners";
import { createState } from "./state";

export type { ExistingAzureProps, FoundNetwork } from "./existing";
export type { AzureLocation } from "./locations";
export type * from "./props";
export { azureServices, type AzureServicesProps, type EndpointNetwork, type MysqlNetwork } from "./service-place";
export { type AzureAlarm, createAlarms, HEALTH, type MetricWatch } from "./alarms/alarm";
export { flexibleServerAlarms, type FlexibleServers, type WatchedServer } from "./flexible-server/alarms";
export { type AskedServer, flexibleServerFailure } from "./flexible-server/failures";
export type { ImportedEngine } from "./flexible-server/engine";
export {
  beforeImport,
  importNotes,
  type ImportedServer,
  keptSubnet,
  loginOf,
  lookAtSubnet,
  SERVER_AS_IT_WAS,
  serverConditions,
  serverImportProblems,
  serverImports,
} from "./flexible-server/imports";
export { importedGroup, importedName, type MaybeImported } from "./imports";
export { keepSecret } from "./keep-secret";
export { sendLogs } from "./logs";
export { MYSQL_ROOTS as DATABASE_ROOTS } from "./mysql-roots";
export { globalName } from "./names";
export { type Administrator, createAdministrator, maintenanceWindow } from "./services/administrator";
export { groupOf, serviceGroup } from "./services/names";
export {
  type AzureDescribeRequest,
  type AzureKindFacts,
  type AzurePlace,
  type AzureProvisioner,
  type AzureRequest,
  type AzureResourceFacts,
  createEndpoint,
  endpointName,
  identityOf,
  lockService,
} from "./services/provisioner";
export { passwords, userSecretPlace } from "./services/users";

/** What needs no check of what was given. */
type Known = Parameters<typeof askedOf>[0] & Parameters<typeof configure>[2];

/** What both kinds of environment have. What was given is asked when it is needed: it may be wrong until `problems` has said so. */
const common = (known: () => Known, placeOf: () => Place) =>
  ({
    title: "Azure",
    resourceTypePrefix: "azurerm_",
    permissions: "azure",
    guarantees,
    ...AZURE_SERVICES.option,
    secretPlace,
    applicationProblems: (application, path) => AZURE_SERVICES.problems(application, askedOf(known()), path),
    facts: () => facts(known()),
    place: (environment) => place(environment, known()),
    importTakes: wholeOf,
    describeService: (application, service) => AZURE_SERVICES.describe(application, service, askedOf(known())),
    isMadeAs: (application, service, id) =>
      isCalled(AZURE_SERVICES.describe(application, service, askedOf(known())).name, madeName(id)),
    connections: (service) => AZURE_SERVICES.connections(service),
    resourceTypes: (services) => AZURE_SERVICES.resourceTypes(services),
    clusterBackups: true,
    elsewhere: {
      // https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/mysql_flexible_server#geo_redundant_backup_enabled-1
      none:
        "copies of a MySQL server go to the paired region alone, with a key there, and to the provider asking for them later is asking for " +
        "another, empty server; accounts and shares are copied nowhere either",
      instead:
        "keep dumps of the database and copies of the containers in an account of another region, by a stack of your own",
    },
    recoverable: (application, holding) => AZURE_SERVICES.recoverable(application, holding),
    operations: (environment) => operations(environment, known()),
    previewStates: (environment, folder) => previewStates(environment, known(), folder),
    versions: (services) => [...AKS_VERSIONS, ...AZURE_SERVICES.versions(services)],
    configure: (stack, environment, options) => {
      configure(stack, environment, known(), options);
    },
    connect: (scope, environment) => connect(scope, environment, placeOf()),
  }) satisfies Partial<Cloud>;

const isPublicApiServer = ({ apiServerInNetwork, endpoint }: AzureProps): boolean =>
  apiServerInNetwork === false && endpoint.access === "allow-list";

/**
 * Microsoft Azure: AKS in a virtual network of its own, data services by MySQL Flexible Server, Managed Redis and Blob
 * storage.
 */
export const azure = (props: AzureProps): Cloud => {
  const shared = common(
    () => ({ ...props, publicApiServer: isPublicApiServer(props), registerProviders: true }),
    () => ownPlace(props),
  );
  return {
    ...shared,
    problems: (path) => inputProblems(props, path),
    applicationProblems: (application, path) => [
      ...shared.applicationProblems(application, path),
      ...kindZoneProblems(props, application, path),
    ],
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
    dnsZones: () => (props.dns?.zones ?? []).map(({ name }) => name),
    claims: (environment) => [...claims(props), ...ownClaims(environment, props)],
    describe: (environment) => describe(environment, props),
    createState: (stack, environment) => {
      createState(stack, environment, props);
    },
    createCluster: (scope, environment) => {
      createCluster(scope, environment, props);
    },
  };
};

/**
 * The same for a program that brings applications to an environment which another program created by `azure()`. It
 * looks the cluster up and creates nothing of it, so it has neither `createState` nor `createCluster`. Whoever runs it
 * needs the rights of its own stacks and the roles that the environment's owner gives to those he lists in `access`.
 */
export const existingAzure = (props: ExistingAzureProps): Cloud => {
  const placeOf = (): Place => existingPlace(props);
  return {
    ...common(placeOf, placeOf),
    problems: (path) => existingInputProblems(props, path),
    // How its API is reached, its owner knows.
    pipeline: (environment) => pipeline(environment, props, "anybody"),
    preflight: (environment, stacks) => existingPreflight(props, environment, stacks),
    nameThere: (environment) => nameOf(environment, { ...props }),
    describe: (environment) => describeExisting(environment, props),
  };
};
