import { z } from "zod";
import type { ConnectionContract, Piece } from "../../model/connection";
import { withDefaults } from "../../model/defaults";
import { check } from "../../model/schema";
import type { Service } from "../../model/service";
import { LOGIN_ADDRESS } from "../login-address";
import { RABBITMQ_USERS } from "./users";

/** Major and minor versions, the newest first. */
export const RABBITMQ_VERSIONS = ["4.2", "3.13"] as const;
export type RabbitmqVersion = (typeof RABBITMQ_VERSIONS)[number];

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
export interface Rabbitmq extends Service {
  readonly kind: "rabbitmq";
  readonly spec: Required<RabbitmqSpec>;
}

const SCHEMA = z.strictObject({
  version: z.enum(RABBITMQ_VERSIONS).optional(),
  virtualHost: z
    .string()
    .max(255)
    .regex(/^[\w./:@+-]+$/, 'use letters, digits and . _ / : @ + -, e.g. "/" or "orders"')
    .optional(),
});

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

export const rabbitmq = (spec: RabbitmqSpec = {}): Rabbitmq => ({
  kind: "rabbitmq",
  contract: CONTRACT,
  users: RABBITMQ_USERS,
  sizes: {
    managed: ["size", "highAvailability", "passwords"],
    "in-cluster": ["size", "storage", "highAvailability", "passwords"],
  },
  spec: withDefaults({ version: "4.2", virtualHost: "/" }, spec),
  problems: (path) => check(SCHEMA, spec, path),
});
