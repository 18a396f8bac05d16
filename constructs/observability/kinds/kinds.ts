import type { Service } from "../../model/service";
import { mysqlAlerts } from "../alerts/mysql";
import { redisAlerts } from "../alerts/redis";
import { mysqlPanels } from "../dashboards/mysql";
import { redisPanels } from "../dashboards/redis";
import { MYSQL } from "../metrics/mysql";
import { REDIS } from "../metrics/redis";
import { guardedKind } from "./guarded-kind";
import type { ObservedKind } from "./observed-kind";

/** Those of this program's own kinds that exporters ask. A kind of another program brings its own. */
const OBSERVED: Readonly<Record<string, ObservedKind>> = {
  mysql: {
    source: MYSQL,
    up: "mysql_up",
    title: "MySQL",
    alerts: mysqlAlerts,
    panels: mysqlPanels,
    looks: (name) =>
      `"Connections of ${name}" and "Running in ${name}": many that run wait for each other, many that do not are pools`,
  },
  redis: {
    source: REDIS,
    up: "redis_up",
    title: "Redis",
    alerts: redisAlerts,
    panels: redisPanels,
    looks: (name) => `"Clients of ${name}": whether they come with pods, or one workload opens more and more`,
  },
};

/** `defineService` alone writes the field. */
const isObserved = (signal: object | undefined): signal is ObservedKind => signal !== undefined;

/** One for each that programs bring: of two services of a kind it is the same. */
const BROUGHT = new WeakMap<ObservedKind, ObservedKind>();

function brought(kind: ObservedKind): ObservedKind {
  const known = BROUGHT.get(kind) ?? guardedKind(kind);
  BROUGHT.set(kind, known);
  return known;
}

/** What is told of services of this kind. `undefined`: nothing, as no exporter asks it or nobody said */
export const observedKind = ({ kind, observability }: Service): ObservedKind | undefined =>
  isObserved(observability) ? brought(observability) : OBSERVED[kind];

/** That of each kind among the services once: those of this program first, in their order. */
export function observedKinds(services: readonly Service[]): ObservedKind[] {
  const found = new Set(services.flatMap((service) => observedKind(service) ?? []));
  const own = Object.values(OBSERVED).filter((kind) => found.has(kind));
  return [...own, ...[...found].filter((kind) => !own.includes(kind))];
}
