import type { ResolvedApplication, ResolvedService } from "./resolved";

/** Something of an application that holds data: a service, wherever it runs, a volume of a workload, or a group of objects with volumes. */
export interface Holding {
  /** `events`, `orders-db/copies`, `backend/uploads`, or the name of the group: the word that `drops` has for it. */
  readonly name: string;
  /** Kind of service, `volume` or `objects`. */
  readonly kind: string;
}

/** Whether it is the application's, and not somebody else's who keeps its data. */
const isOwn = ({ sizing }: ResolvedService): boolean => sizing.placement !== "external";

/** No service has a slash in its name. */
export const volumeHolding = (workload: string, volume: string): string => `${workload}/${volume}`;

/** Copies of a service in the cluster, on a volume that stays when the service's own goes. */
export const copiesHolding = (service: string): string => `${service}/copies`;

const copiesOf = ({ name, sizing: { backups } }: ResolvedService): Holding[] =>
  backups === undefined ? [] : [{ name: copiesHolding(name), kind: "volume" }];

export const holdingsOf = ({
  services,
  workloads,
  objects,
}: Pick<ResolvedApplication, "objects" | "services" | "workloads">): Holding[] => [
  ...services.filter(isOwn).flatMap((one): Holding[] => [{ name: one.name, kind: one.service.kind }, ...copiesOf(one)]),
  ...workloads.flatMap(({ name, volumes }) =>
    volumes.map((volume): Holding => ({ name: volumeHolding(name, volume.name), kind: "volume" })),
  ),
  ...objects.flatMap(({ name, pods }): Holding[] =>
    (pods?.volumes.length ?? 0) > 0 ? [{ name, kind: "objects" }] : [],
  ),
];

/** Names of what may be promised to come back: holdings but copies of others, and services that somebody else runs. */
export function promisable(application: Pick<ResolvedApplication, "objects" | "services" | "workloads">): string[] {
  const copies = application.services.map(({ name }) => copiesHolding(name));
  const names = [...holdingsOf(application), ...application.services].map(({ name }) => name);
  return [...new Set(names)].filter((name) => !copies.includes(name));
}

/** Whether nothing may delete what has this name. */
export const isKept = ({ protect, drops }: Pick<ResolvedApplication, "protect" | "drops">, name: string): boolean =>
  protect && !drops.includes(name);

/** Whether nothing may delete what its services share, such as their key: any of them needs it. */
export const keepsShared = (application: Pick<ResolvedApplication, "protect" | "drops" | "services">): boolean =>
  application.services.filter(isOwn).some(({ name }) => isKept(application, name));
