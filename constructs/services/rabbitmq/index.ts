import { z } from "zod";
import type { ConnectionContract, Piece } from "../../model/connection";
import { serviceBuilder, type ServiceOf } from "../define";
import { LOGIN_ADDRESS } from "../login-address";
import { RABBITMQ_MOVE } from "./moving";
import { RABBITMQ_USERS } from "./users";
import type { RABBITMQ_VERSIONS } from "./versions";

/** Major and minor version of the broker. */
export type RabbitmqVersion = keyof typeof RABBITMQ_VERSIONS;

export interface RabbitmqSpec {
  /** Major and minor version. @default "4.2" */
  readonly version?: RabbitmqVersion;
  /** Virtual host. @default "/" */
  readonly virtualHost?: string;
}

/**
 * A message broker that speaks AMQP 0-9-1. Injects `RABBITMQ_URL`, and `RABBITMQ_SSL_CA` where its certificate needs a
 * bundle.
 */
export type Rabbitmq = ServiceOf<"rabbitmq", Required<RabbitmqSpec>>;

const ADDRESS: readonly Piece[] = [
  ...LOGIN_ADDRESS,
  "/",
  // Encoded by whoever fills it: an AMQP URL writes the virtual host "/" as "%2F".
  { part: "virtualHost", raw: true },
];

const CONTRACT: ConnectionContract = {
  defaultPort: 5672,
  parts: {
    host: { secret: false },
    port: { secret: false },
    virtualHost: { secret: false },
    username: { secret: false },
    password: { secret: true },
  },
  variables: {
    RABBITMQ_URL: { template: ["amqp://", ...ADDRESS], tlsTemplate: ["amqps://", ...ADDRESS] },
    RABBITMQ_SSL_CA: { file: "caBundle" },
  },
};

/** A broker of the application's own. */
export const rabbitmq = serviceBuilder<"rabbitmq", Required<RabbitmqSpec>>({
  kind: "rabbitmq",
  contract: CONTRACT,
  fields: {
    version: z.enum(["4.2", "3.13"]),
    virtualHost: z
      .string()
      .max(255)
      .regex(/^[\w./:@+-]+$/, 'use letters, digits and . _ / : @ + -, e.g. "/" or "orders"'),
  },
  defaults: { version: "4.2", virtualHost: "/" },
  users: RABBITMQ_USERS,
  sizes: {
    managed: ["size", "highAvailability", "passwords"],
    "in-cluster": ["size", "storage", "highAvailability", "passwords"],
  },
  moving: RABBITMQ_MOVE,
});
