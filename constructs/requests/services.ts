import { kindsOf, serviceOfKind } from "../kinds/kinds";
import type { EnvironmentOption } from "../model/environment";
import { defaultPlacement } from "../model/resolve";
import type { Service, ServicePlacement, ServiceSizing } from "../model/service";
import { bucket } from "../services/bucket";
import { rabbitmq, type RabbitmqSpec } from "../services/rabbitmq";
import { redis, type RedisSpec } from "../services/redis";
import type { ServiceRequest } from "./request";

/** Fields of a request that its service is told. */
export const SETTINGS: Readonly<Record<ServiceRequest["request"], readonly string[]>> = {
  bucket: ["keepVersionsDays"],
  cache: ["eviction"],
  database: ["database", "version"],
  queue: ["version"],
};

/** The service that a program would have written. What is wrong with its settings its kind says, when all is checked. */
export function serviceOf(request: ServiceRequest): Service {
  switch (request.request) {
    case "bucket":
      return bucket(given({ keepVersionsDays: request.keepVersionsDays }));
    case "cache":
      return redis(given({ eviction: request.eviction as RedisSpec["eviction"] }));
    case "database":
      return serviceOfKind(
        request.engine ?? kindsOf("database")[0],
        given({ database: request.database, version: request.version }),
      );
    case "queue":
      return rabbitmq(given({ version: request.version as RabbitmqSpec["version"] }));
  }
}

function given<T extends object>(spec: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/**
 * A size as an environment would say it of a service. What the service has not where it would run is left out: a size is said for all
 * places, and an environment that said it would be refused.
 *
 * @param isTemporary whether one of it runs in the cluster, wherever the cloud would run it
 * @param written where the environment's own file says that it runs
 */
export function sizingThere(
  cloud: Pick<EnvironmentOption, "placements">,
  service: Service,
  sizing: ServiceSizing,
  { isTemporary, written }: { readonly isTemporary: boolean; readonly written: ServicePlacement | undefined },
): ServiceSizing {
  const placement = written ?? (isTemporary ? "in-cluster" : defaultPlacement(cloud, service));
  const known: readonly string[] = service.sizes[placement] ?? [];
  const kept = Object.fromEntries(Object.entries(sizing).filter(([field]) => known.includes(field)));
  if (!isTemporary) return kept;
  return { ...kept, placement: "in-cluster", ...(known.includes("highAvailability") && { highAvailability: false }) };
}
