import { z } from "zod";
import type { ConnectionContract } from "../model/connection";
import { withDefaults } from "../model/defaults";
import { check } from "../model/schema";
import type { Service } from "../model/service";

export interface RabbitmqSpec {
  /** Major and minor version. @default "4.2" */
  readonly version?: "4.2" | "3.13";
  /** Virtual host. @default "/" */
  readonly virtualHost?: string;
}

/** A message broker that speaks AMQP 0-9-1. Injects `RABBITMQ_URL`. */
export interface Rabbitmq extends Service {
  readonly kind: "rabbitmq";
  readonly spec: Required<RabbitmqSpec>;
}

const SCHEMA = z.strictObject({
  version: z.enum(["4.2", "3.13"]).optional(),
  virtualHost: z.string().min(1).max(255).optional(),
});

const ADDRESS = [
  { part: "username" },
  ":",
  { part: "password" },
  "@",
  { part: "host", raw: true },
  ":",
  { part: "port", raw: true },
  "/",
  // Encoded by whoever fills it: an AMQP URL writes the virtual host "/" as "%2F".
  { part: "virtualHost", raw: true },
] as const;

const CONTRACT: ConnectionContract = {
  defaultPort: 5672,
  parts: {
    host: { secret: false },
    port: { secret: false },
    virtualHost: { secret: false },
    username: { secret: true },
    password: { secret: true },
  },
  variables: {
    RABBITMQ_URL: { template: ["amqp://", ...ADDRESS], tlsTemplate: ["amqps://", ...ADDRESS] },
  },
};

export const rabbitmq = (spec: RabbitmqSpec = {}): Rabbitmq => ({
  kind: "rabbitmq",
  contract: CONTRACT,
  sizes: ["size", "highAvailability"],
  spec: withDefaults({ version: "4.2", virtualHost: "/" }, spec),
  problems: (path) => check(SCHEMA, spec, path),
});
