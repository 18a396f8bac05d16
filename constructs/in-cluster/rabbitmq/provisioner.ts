import type { Rabbitmq } from "../../services/rabbitmq";
import { RABBITMQ_VERSIONS } from "../../services/rabbitmq/versions";
import { messagesLost } from "../../services/recovery";
import { releaseProblems } from "../../services/version-rules";
import { inClusterRequest, serverProvisioner } from "../provisioner";
import { ADMINISTRATOR, rabbitmqCluster } from "./cluster";

/** RabbitMQ by its operator: three nodes, or one. */
export const rabbitmqInCluster = serverProvisioner<Rabbitmq>({
  product: "RabbitMQ by its Cluster Operator",
  versions: Object.values(RABBITMQ_VERSIONS),
  runs: ({ spec }) => RABBITMQ_VERSIONS[spec.version],
  recoverable: () => messagesLost("RabbitMQ"),
  backups: (_, { backups }) =>
    backups === undefined
      ? undefined
      : `queues, exchanges, bindings and policies by ${JSON.stringify(backups.schedule)}, kept for ${backups.keepDays} days; no messages`,
  oldPassword: "dropped",
  notes: [
    "queues are quorum queues where clients say nothing else",
    "its nodes speak to each other without TLS",
    "the administrator's password stays the first one",
  ],
  problems: (request, path) =>
    releaseProblems(request.sizing, path, "the image of a version has the release that goldenpath pins"),
  server: (request) =>
    rabbitmqCluster({
      ...inClusterRequest(request),
      ...request.service.spec,
      password: request.password(ADMINISTRATOR),
    }),
});
