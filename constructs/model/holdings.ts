import type { ResolvedApplication, ResolvedService } from "./resolved";

/** Something of an application that holds data: a service, wherever it runs, a volume of a workload, or a group of objects with volumes. */
export interface Holding {
  /** `events`, `backend/uploads`, or the name of the group: the word that `drops` has for it. */
  readonly name: string;
  /** Kind of service, `volume` or `objects`. */
  readonly kind: string;
}

/** Whether it is the application's, and not somebody else's who keeps its data. */
const isOwn = ({ sizing }: ResolvedService): boolean => sizing.placement !== "external";

/** No service has a slash in its name. */
export const volumeHolding = (workload: string, volume: string): string => `${workload}/${volume}`;

export const holdingsOf = ({
  services,
  workloads,
  objects,
}: Pick<ResolvedApplication, "objects" | "services" | "workloads">): Holding[] => [
  ...services.filter(isOwn).map(({ name, service }): Holding => ({ name, kind: service.kind })),
  ...workloads.flatMap(({ name, volumes }) =>
    volumes.map((volume): Holding => ({ name: volumeHolding(name, volume.name), kind: "volume" })),
  ),
  ...objects.flatMap(({ name, pods }): Holding[] =>
    (pods?.volumes.length ?? 0) > 0 ? [{ name, kind: "objects" }] : [],
  ),
];

/** Names of what may be promised to come back: holdings, and services that somebody else runs. */
export const promisable = (application: Pick<ResolvedApplication, "objects" | "services" | "workloads">): string[] => [
  ...new Set([...holdingsOf(application), ...application.services].map(({ name }) => name)),
];

/** Whether nothing may delete what has this name. */
export const isKept = ({ protect, drops }: Pick<ResolvedApplication, "protect" | "drops">, name: string): boolean =>
  protect && !drops.includes(name);

/** Whether nothing may delete what its services share, such as their key: any of them needs it. */
export const keepsShared = (application: Pick<ResolvedApplication, "protect" | "drops" | "services">): boolean =>
  application.services.filter(isOwn).some(({ name }) => isKept(application, name));
