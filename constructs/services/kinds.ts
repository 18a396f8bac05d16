import type { Service } from "../model/service";
import type { Bucket } from "./bucket";
import type { Mysql } from "./mysql";
import type { Rabbitmq } from "./rabbitmq";
import type { Redis } from "./redis";

/** Every service kind. A new one is a file beside this one and a line here; the compiler then asks each cloud for its cell. */
export interface ServiceKinds {
  readonly mysql: Mysql;
  readonly redis: Redis;
  readonly rabbitmq: Rabbitmq;
  readonly bucket: Bucket;
}

export type ServiceKind = keyof ServiceKinds;
export type AnyService = ServiceKinds[ServiceKind];

export const SERVICE_KINDS = ["mysql", "redis", "rabbitmq", "bucket"] as const satisfies readonly ServiceKind[];

/** Narrows a service of the model, whose kind is any string, to one of the kinds that clouds provide. */
export function isKnownService(service: Service): service is AnyService {
  return (SERVICE_KINDS as readonly string[]).includes(service.kind);
}
