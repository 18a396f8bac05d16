import { nameThere } from "./name-there";
import { secretPlace } from "./resolve";
import type { Environment, ResolvedApplication, ResolvedSecret, ResolvedService, ResolvedWorkload } from "./resolved";

/** A secret that people make in the cloud's secret store. */
export type OutOfBandSecret = Pick<ResolvedSecret, "description" | "name" | "remoteKey"> & {
  /** What its value has to be. @default - any text */
  readonly form?: "htpasswd";
};

type Application = Pick<ResolvedApplication, "routes" | "secrets" | "services" | "workloads">;

const needs = ({ edges }: ResolvedWorkload, { name }: ResolvedService): boolean =>
  edges.some((edge) => edge.to === "service" && edge.service.name === name);

const ofServer = ({ name: service, sizing: { external } }: ResolvedService): OutOfBandSecret[] =>
  Object.entries(external?.secrets ?? {}).map(([of, { name, key }]) => ({
    name,
    remoteKey: key,
    description: `${of} of ${service}, which somebody else runs at ${external?.host}`,
  }));

/** A declared secret by which routes ask for passwords, and the Secret in the cluster that is made of it. */
export interface RouteSecret {
  readonly secretName: string;
  readonly secret: ResolvedSecret;
}

/** Every declared secret by which routes ask for passwords, each once. */
export function routeSecrets({ routes }: Pick<ResolvedApplication, "routes">): RouteSecret[] {
  const all = routes.flatMap(({ settings }): RouteSecret[] => {
    const { secretName, secret } = settings?.basicAuth ?? {};
    return secretName === undefined || secret === undefined ? [] : [{ secretName, secret }];
  });
  return [...new Map(all.map((one) => [one.secretName, one])).values()];
}

/** Every declared secret that is used: by workloads, by routes, or both. */
export function usedSecrets(application: Pick<ResolvedApplication, "routes" | "secrets">): ResolvedSecret[] {
  const { secrets } = application;
  const ofRoutes = routeSecrets(application).map(({ secret }) => secret);
  return [...secrets, ...ofRoutes.filter(({ name }) => secrets.every((other) => other.name !== name))];
}

/** What whoever makes it is told, in place of the description alone. */
const htpasswd = ({ name, remoteKey, description }: ResolvedSecret): OutOfBandSecret => ({
  ...{ name, remoteKey, form: "htpasswd" },
  description: `${description}; a line for each person, as \`htpasswd -nbs NAME PASSWORD\` prints it`,
});

/** Every secret of an application that people have to make in the store: its own, and those of servers that others run. */
export function outOfBandSecrets(application: Application): OutOfBandSecret[] {
  const { services, workloads } = application;
  const asked = new Set(routeSecrets(application).map(({ secret }) => secret.name));
  const own = usedSecrets(application)
    .filter(({ sealed }) => sealed === undefined)
    .map((secret) => (asked.has(secret.name) ? htpasswd(secret) : secret));
  const others = services.filter((service) => workloads.some((workload) => needs(workload, service))).flatMap(ofServer);
  // Two services may have one password.
  const once = new Map(others.map((secret) => [secret.name, secret]));
  return [...own, ...once.values()];
}

/** What the options of an environment need beside its applications, as other secrets that people make. */
export interface PlatformSecret extends OutOfBandSecret {
  /** Key of the value in the store's secret. @default - the secret is the value */
  readonly remoteProperty?: string;
}

/** Secrets of the platform, one of each for the environment: `staging/slack-webhook`. */
export function platformSecrets(
  environment: Pick<Environment, "name" | "nameThere" | "cloud" | "observability">,
): PlatformSecret[] {
  const { cloud, observability } = environment;
  return (observability?.secrets ?? []).map(({ name, description }) => ({
    name,
    description,
    remoteKey: secretPlace(cloud, [nameThere(environment), name]),
    ...(cloud.secretProperty !== undefined && { remoteProperty: cloud.secretProperty }),
  }));
}
