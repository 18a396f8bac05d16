import type { Rabbitmq } from "../../../services/rabbitmq";
import { parameterLines } from "../../../services/rabbitmq/own-parameters";
import { RABBITMQ_VERSIONS } from "../../../services/rabbitmq/versions";
import { NO_NEW_PRIVILEGES, onNetwork, published } from "../parts";
import { containerProvisioner } from "./provisioner";
import { dataVolume, PASSWORD, serverHealth, USER } from "./server";

const PORT = 5672;
const MANAGEMENT_PORT = 15_672;
/** Port of the plugin that the image has turned on: https://github.com/docker-library/rabbitmq/blob/master/4.2/ubuntu/Dockerfile */
const METRICS_PORT = 15_692;

/** A file beside the image's own, which are read by their names; then what the image does by itself. */
const configured = (parameters: Readonly<Record<string, string>>): string =>
  `printf '%s\\n' ${parameterLines(parameters)
    .map((line) => `'${line}'`)
    .join(" ")} > /etc/rabbitmq/conf.d/20-parameters.conf && exec docker-entrypoint.sh rabbitmq-server`;

/** RabbitMQ with its management UI, which the same user signs in to. */
export const rabbitmqInCompose = containerProvisioner<Rabbitmq>({
  container: "rabbitmq",
  versions: Object.values(RABBITMQ_VERSIONS),
  metricsPort: METRICS_PORT,
  service: ({ host, alone, sizing: { parameters = {} }, service: { spec } }) => ({
    image: RABBITMQ_VERSIONS[spec.version].image,
    // What it keeps belongs to a node of this name.
    hostname: host,
    mem_limit: "1g",
    restart: "unless-stopped",
    ...(Object.keys(parameters).length > 0 && { command: ["sh", "-c", configured(parameters)] }),
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
  }),
  parts: ({ host, service: { spec } }) => ({
    host,
    port: String(PORT),
    virtualHost: encodeURIComponent(spec.virtualHost),
    username: USER,
  }),
  secrets: { password: PASSWORD },
  client: ({ service: { spec } }) => [
    ...["rabbitmqctl", `--vhost=${spec.virtualHost}`, "list_queues", "name", "messages", "consumers"],
  ],
});
