import { z } from "zod";
import type { ConnectionContract, Piece } from "../../model/connection";
import { serviceBuilder, type ServiceOf } from "../define";
import { externalPart, USERNAME } from "../external-part";
import { LOGIN_ADDRESS } from "../login-address";
import { versionRules } from "../version-rules";
import { RABBITMQ_MOVE } from "./moving";
import { OWN_PARAMETERS } from "./own-parameters";
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

/** Port of brokers that speak TLS, where nobody chose another. */
const TLS_PORT = 5671;

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

const VIRTUAL_HOST = /^[\w./:@+-]{1,255}$/;
const VIRTUAL_HOST_RULE = 'use up to 255 letters, digits and . _ / : @ + -, e.g. "/" or "orders"';

/** A broker of the application's own. */
export const rabbitmq = serviceBuilder<"rabbitmq", Required<RabbitmqSpec>>({
  kind: "rabbitmq",
  category: "queue",
  contract: CONTRACT,
  fields: {
    version: z.enum(["4.2", "3.13"]),
    virtualHost: z.string().regex(VIRTUAL_HOST, VIRTUAL_HOST_RULE),
  },
  defaults: { version: "4.2", virtualHost: "/" },
  users: RABBITMQ_USERS,
  queues: { scaler: "rabbitmq", address: "RABBITMQ_URL" },
  readers: true,
  settings: versionRules(["4.2", "3.13"]),
  parameters: OWN_PARAMETERS,
  sizes: {
    managed: ["size", "highAvailability", "passwords", "parameters", "maintenance", "machine", "version"],
    "in-cluster": ["size", "storage", "highAvailability", "backups", "passwords", "parameters", "version"],
  },
  external: ({ virtualHost }) => ({
    parts: {
      username: USERNAME,
      virtualHost: { ...externalPart(VIRTUAL_HOST, VIRTUAL_HOST_RULE), value: virtualHost },
    },
    port: (tls) => (tls ? TLS_PORT : CONTRACT.defaultPort),
    connection: ({ host, port, parts }) => ({
      ...parts,
      host,
      port: String(port),
      ...(parts.virtualHost !== undefined && { virtualHost: encodeURIComponent(parts.virtualHost) }),
    }),
  }),
  heldUnder: { managed: ["virtualHost"], "in-cluster": ["virtualHost"] },
  copied: "definitions",
  moving: RABBITMQ_MOVE,
});
