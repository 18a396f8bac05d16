import { bucket } from "./bucket";
import { mysql } from "./mysql";
import { rabbitmq } from "./rabbitmq";
import { redis } from "./redis";

/** Every kind of service that this program has. Each place is asked by the compiler for a provisioner of each. */
export const SERVICES = { mysql, redis, rabbitmq, bucket } as const;

/** The service of each kind. */
export type ServiceKinds = { readonly [K in keyof typeof SERVICES]: ReturnType<(typeof SERVICES)[K]> };

export type ServiceKind = keyof ServiceKinds;

export const SERVICE_KINDS = Object.keys(SERVICES) as readonly ServiceKind[];
