import { RABBITMQ_IMAGES } from "../../../in-cluster/images";
import type { Rabbitmq } from "../../../services/rabbitmq";
import { NO_NEW_PRIVILEGES, onNetwork, published } from "../parts";
import {
  dataVolume,
  type LocalServer,
  type LocalServerRequest,
  PASSWORD,
  secretPart,
  serverHealth,
  USER,
} from "./server";

const PORT = 5672;
const MANAGEMENT_PORT = 15_672;

/** RabbitMQ with its management UI, which the same user signs in to. */
export const rabbitmqContainer = ({ host, alone, spec }: LocalServerRequest<Rabbitmq["spec"]>): LocalServer => ({
  service: {
    image: RABBITMQ_IMAGES[spec.version],
    // What it keeps belongs to a node of this name.
    hostname: host,
    mem_limit: "1g",
    restart: "unless-stopped",
    environment: {
      RABBITMQ_DEFAULT_USER: USER,
      RABBITMQ_DEFAULT_PASS: PASSWORD,
      RABBITMQ_DEFAULT_VHOST: spec.virtualHost,
    },
    ports: [published(MANAGEMENT_PORT, "RABBITMQ_UI_PORT", alone)],
    volumes: [`${dataVolume(host)}:/var/lib/rabbitmq`],
    ...onNetwork(),
    healthcheck: {
      ...serverHealth(["CMD", "rabbitmq-diagnostics", "--quiet", "check_port_listener", String(PORT)]),
      // Each one is an Erlang machine of its own.
      interval: "30s",
      timeout: "10s",
      start_interval: "5s",
    },
    stop_grace_period: "60s",
    security_opt: NO_NEW_PRIVILEGES,
  },
  connection: {
    parts: {
      host: { value: host },
      port: { value: String(PORT) },
      virtualHost: { value: encodeURIComponent(spec.virtualHost) },
      username: { value: USER },
      password: secretPart(host, "password"),
    },
    tls: false,
    endpoints: [],
  },
  secrets: { password: PASSWORD },
});
