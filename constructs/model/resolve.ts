import type { ApplicationSpec, Route } from "./application";
import { resolveBackups } from "./backups";
import { byName } from "./by-name";
import { secretsOf } from "./containers-of";
import { isDefaultService } from "./default-service";
import { withDefaults } from "./defaults";
import {
  type AddonOption,
  type ApplicationOverlay,
  type EnvironmentInput,
  type EnvironmentOption,
  OFF,
  type Profile,
} from "./environment";
import { resolveExternalServer } from "./external-connection";
import { promisable } from "./holdings";
import { basicAuthName, namespaceName, stackNames, workloadName, type WorkloadNaming } from "./names";
import { resolvePreviews } from "./previews";
import { type ResolvedRecovery, resolveRecovery } from "./recovery";
import { resolveObjectGroups } from "./resolve-object-groups";
import { resolveRoute, routeSettings } from "./resolve-route";
import { secretPlace, sharedOf, thereOf } from "./resolve-shared";
import { spansOf } from "./resolve-spans";
import { resolveWorkload, withOverride } from "./resolve-workload";
import type {
  Covering,
  Environment,
  ResolvedApplication,
  ResolvedBasicAuth,
  ResolvedRoute,
  ResolvedSecret,
  ResolvedService,
} from "./resolved";
import { routeKey, type RouteSettings } from "./route";
import { secretKeys } from "./secret-keys";
import {
  type OptionalField,
  type ResolvedSizing,
  type Service,
  type ServicePlacement,
  type ServiceSizing,
  SETTING_FIELDS,
  type SettingField,
} from "./service";
import { ownerName, resolveTeams } from "./team";
import { isObject } from "./validate/usable";
import { weakest } from "./weakest-profile";

export { secretPlace } from "./resolve-shared";

/** Sizes of every service in an environment that says nothing of it. */
export const SIZING: Readonly<Record<Profile, Omit<ResolvedSizing, OptionalField | "placement">>> = {
  production: { size: "medium", storage: "100Gi", highAvailability: true, backupDays: 14, passwords: 1 },
  small: { size: "small", storage: "20Gi", highAvailability: false, backupDays: 3, passwords: 1 },
};

const SETTINGS: readonly string[] = SETTING_FIELDS;

/** Who can run a service on a cloud, the default first. */
export const placementsOf = (
  cloud: Pick<EnvironmentOption, "placements">,
  service: Service,
): readonly ServicePlacement[] => cloud.placements?.(service) ?? ["managed"];

/** Every placement that an environment on a cloud may say. */
export const sayablePlacements = (
  cloud: Pick<EnvironmentOption, "placements">,
  service: Service,
): readonly ServicePlacement[] => [
  ...placementsOf(cloud, service),
  ...(service.external === undefined ? [] : (["external"] as const)),
];

/** Who runs it where the environment says nothing. Where nobody can, the model refuses it in another place. */
export const defaultPlacement = (cloud: Pick<EnvironmentOption, "placements">, service: Service): ServicePlacement =>
  placementsOf(cloud, service)[0] ?? "managed";

/** What an environment may leave unsaid. */
export function environmentDefaults(
  input: EnvironmentInput,
): Pick<
  Environment,
  "eventScaling" | "profile" | "namespaceSuffix" | "protect" | "images" | "sealedSecrets" | "metricsApis" | "release"
> {
  const profile = input.profile ?? "production";
  return {
    profile,
    namespaceSuffix: input.namespaceSuffix ?? input.name,
    protect: input.protect ?? profile === "production",
    images: input.images ?? "any",
    sealedSecrets: input.sealedSecrets ?? false,
    metricsApis: input.metricsApis ?? [],
    eventScaling: input.eventScaling ?? "off",
    release: input.release ?? "terraform",
  };
}

/** Covers what an environment says, so that nothing of it is forgotten. */
type CompleteEnvironment<
  C extends EnvironmentOption,
  R extends EnvironmentOption,
  A extends AddonOption,
  O extends EnvironmentOption,
> = Covering<Environment<C, R, A, O>, EnvironmentInput<C, R, A, O>, "defaultApplication">;

/** Covers what an application says, and what an environment says of it. */
type CompleteApplication = Covering<
  Covering<ResolvedApplication, ApplicationSpec, "defaultServices" | "externals" | "prefixedServices">,
  ApplicationOverlay,
  "application" | "closed" | "hosts" | "moves" | "sealed"
>;

/** Covers what a route says. */
type CompleteRoute = Covering<ResolvedRoute, Route, "to" | keyof RouteSettings>;

/** Applies every default to a valid input. Invalid input gives nonsense: check it first. */
export function resolveEnvironment<
  C extends EnvironmentOption,
  R extends EnvironmentOption,
  A extends AddonOption,
  O extends EnvironmentOption,
>(input: EnvironmentInput<C, R, A, O>): CompleteEnvironment<C, R, A, O> {
  const there = thereOf(input);
  return {
    ...{ name: input.name, cloud: input.cloud, routing: input.routing },
    ...(there !== undefined && { nameThere: there }),
    observability: input.observability === OFF ? undefined : input.observability,
    ...environmentDefaults(input),
    contact: input.contact,
    costCenter: input.costCenter,
    recovery: input.recovery && resolveRecovery(input.recovery, true),
    ...sharedOf(input),
    addons: input.addons ?? [],
    previews: input.previews && resolvePreviews(input.previews),
    applications: input.applications.map((overlay) => resolveApplication(input, overlay)),
  };
}

/** What each application has of its environment. */
/** One application of an environment. Needs a valid application and overlay only; the rest may be wrong. */
export function resolveApplication(
  environment: EnvironmentInput,
  overlay: ApplicationOverlay,
  naming: WorkloadNaming = workloadName,
): CompleteApplication {
  const { profile, namespaceSuffix, protect, images } = environmentDefaults(environment);
  const app = overlay.application;
  const there = thereOf(environment);
  const services = Object.entries(app.services ?? {}).map(([name, service]): ResolvedService => ({
    name,
    service: service.override?.apply(overlay.services?.[name] ?? {}, overlay.hosts ?? {}) ?? service,
    isDefault: isDefaultService(app, name),
    sizing: resolveSizing(
      environment,
      app.name,
      service,
      overlay.services?.[name],
      promiseOf(environment, overlay, name),
    ),
    ...(overlay.moves?.includes(name) === true && { moves: true }),
  }));
  const secrets = Object.entries(app.secrets ?? {}).map(([name, spec]): ResolvedSecret => ({
    ...spec,
    name,
    remoteKey: secretPlace(environment.cloud, [there ?? environment.name, app.name, name]),
    ...(environment.cloud.secretProperty !== undefined && { remoteProperty: environment.cloud.secretProperty }),
    sealed: overlay.sealed?.[name],
  }));
  const objects = byName(app.objects, overlay.objects) ?? {};
  const namespace = namespaceName(app.name, namespaceSuffix);
  const spans = spansOf(environment, profile, app.name, namespace);
  const context = {
    ...{ application: app, namespace, objects, services, secrets, secretKeys: secretKeys(services), naming, spans },
    closed: overlay.closed ?? [],
  };
  const workloads = Object.entries(app.workloads).map(([name, workload]) =>
    resolveWorkload(name, withOverride(workload, overlay.workloads?.[name]), context),
  );
  const usersOf = (name: string): ResolvedBasicAuth => {
    const secret = secrets.find((one) => one.name === name);
    return { secretName: basicAuthName(app.name, name), ...(secret && { secret }) };
  };
  const workloadOf = new Map(workloads.map((workload) => [workload.name, workload]));
  const groups = resolveObjectGroups(context);
  return {
    name: app.name,
    owner: ownerName(app.owner),
    teams: resolveTeams([app.owner, ...Object.values(app.workloads).map(({ owner }) => owner)]),
    description: app.description,
    domain: app.domain,
    namespace,
    stackName: stackNames.application(environment.name, app.name, isDefaultApplication(environment, app.name)),
    environment: environment.name,
    ...(there !== undefined && { environmentThere: there }),
    protect,
    drops: overlay.drops ?? [],
    recovery: recoveryOf(environment, overlay, { services, workloads, objects: groups }),
    patches: Object.entries(overlay.patches ?? {}).map(([name, patch]) => ({ name, ...patch })),
    images,
    ...((environment.observability ?? OFF) !== OFF && { measured: true as const }),
    ...sharedOf(environment),
    workloads,
    defaultWorkload: app.defaultWorkload,
    services,
    objects: groups,
    secrets: secrets.filter((secret) => workloads.some((workload) => secretsOf(workload).includes(secret))),
    routes: (app.routes ?? []).flatMap((route): CompleteRoute[] => {
      const workload = workloadOf.get(route.to);
      const { hosts = {} } = overlay;
      const host = hosts[route.host];
      if (workload === undefined || host === undefined) return [];
      const { path = "/", pathType = "Prefix" } = route;
      const said = routeSettings(route, overlay.routes?.[routeKey(route)]);
      return resolveRoute({ host, hostName: route.host, path, pathType, workload }, said, hosts, usersOf);
    }),
    mainHost: app.mainHost,
    podSecurity: weakest(app),
  };
}

/** What the environment says of everything that holds data, or what it says of that one. */
function recoveryOf(
  environment: EnvironmentInput,
  overlay: ApplicationOverlay,
  holders: Parameters<typeof promisable>[0],
): ResolvedApplication["recovery"] {
  return Object.fromEntries(
    promisable(holders).flatMap((name) => {
      const promise = promiseOf(environment, overlay, name);
      return promise === undefined ? [] : [[name, promise]];
    }),
  );
}

function promiseOf(
  { recovery }: EnvironmentInput,
  { recovery: own = {} }: ApplicationOverlay,
  name: string,
): ResolvedRecovery | undefined {
  const said = own[name] ?? recovery;
  return said === undefined || said === false ? undefined : resolveRecovery(said, own[name] === undefined);
}

/** What is said of its size: settings are the service's own, which was given them. */
const sizeOnly = (given: ServiceSizing = {}): Omit<ServiceSizing, SettingField> =>
  Object.fromEntries(Object.entries(given).filter(([field]) => !SETTINGS.includes(field)));

function resolveSizing(
  environment: EnvironmentInput,
  application: string,
  service: Service,
  given: ServiceSizing | undefined,
  promise: ResolvedRecovery | undefined,
): ResolvedSizing {
  const { cloud, name } = environment;
  const { profile } = environmentDefaults(environment);
  const { backups, external, ...sizing } = sizeOnly(given);
  const sized = withDefaults({ ...SIZING[profile], placement: defaultPlacement(cloud, service) }, sizing);
  const resolved: ResolvedSizing = {
    ...sized,
    ...(backups !== undefined && { backups: resolveBackups(backups, promise, sized.storage, service.copied) }),
  };
  if (external === undefined) return resolved;
  const place = (secret: string) => ({
    key: secretPlace(cloud, [thereOf(environment) ?? name, application, secret]),
    ...(cloud.secretProperty !== undefined && { property: cloud.secretProperty }),
  });
  return { ...resolved, external: resolveExternalServer(service, external, place) };
}

const nameOf = (application: unknown): unknown => (isObject(application) ? application.name : undefined);

/** Whether the environment's own name is that of the application's stack: by its name, never by its position. */
export function isDefaultApplication(
  { applications, defaultApplication }: Pick<EnvironmentInput, "applications" | "defaultApplication">,
  application: string,
): boolean {
  if (defaultApplication !== undefined) return defaultApplication === application;
  // Another one in the list may have any form: it is reported elsewhere.
  return applications.every((overlay: unknown) => isObject(overlay) && nameOf(overlay.application) === application);
}
