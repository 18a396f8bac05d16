import { secretPlace } from "./resolve";
import type { Environment, ResolvedApplication, ResolvedSecret, ResolvedService, ResolvedWorkload } from "./resolved";

/** A secret that people make in the cloud's secret store. */
export type OutOfBandSecret = Pick<ResolvedSecret, "description" | "name" | "remoteKey">;

type Application = Pick<ResolvedApplication, "secrets" | "services" | "workloads">;

const needs = ({ edges }: ResolvedWorkload, { name }: ResolvedService): boolean =>
  edges.some((edge) => edge.to === "service" && edge.service.name === name);

const ofServer = ({ name: service, sizing: { external } }: ResolvedService): OutOfBandSecret[] =>
  Object.entries(external?.secrets ?? {}).map(([of, { name, key }]) => ({
    name,
    remoteKey: key,
    description: `${of} of ${service}, which somebody else runs at ${external?.host}`,
  }));

/** Every secret of an application that people have to make in the store: its own, and those of servers that others run. */
export function outOfBandSecrets({ secrets, services, workloads }: Application): OutOfBandSecret[] {
  const own = secrets.filter(({ sealed }) => sealed === undefined);
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
export function platformSecrets({
  name: environment,
  cloud,
  observability,
}: Pick<Environment, "name" | "cloud" | "observability">): PlatformSecret[] {
  return (observability?.secrets ?? []).map(({ name, description }) => ({
    name,
    description,
    remoteKey: secretPlace(cloud, [environment, name]),
    ...(cloud.secretProperty !== undefined && { remoteProperty: cloud.secretProperty }),
  }));
}
