import type { ResolvedApplication, ResolvedSecret, ResolvedService, ResolvedWorkload } from "./resolved";

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
