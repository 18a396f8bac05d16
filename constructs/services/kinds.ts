import type { Service, ServiceKind } from "../model/service";
import type { Bucket } from "./bucket";
import type { Mysql } from "./mysql";
import type { Rabbitmq } from "./rabbitmq";
import type { Redis } from "./redis";

export type { ServiceKind } from "../model/service";

/** The service of each kind, with its spec. The compiler asks every cloud for a cell per entry. */
export interface ServiceKinds extends Record<ServiceKind, Service> {
  readonly mysql: Mysql;
  readonly redis: Redis;
  readonly rabbitmq: Rabbitmq;
  readonly bucket: Bucket;
}

export type AnyService = ServiceKinds[ServiceKind];

/** Narrows a service of the model, which knows no specs, to the union of the kinds that do. */
export function isKnownService(service: Service): service is AnyService {
  return "spec" in service;
}
