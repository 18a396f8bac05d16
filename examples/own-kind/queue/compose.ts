import {
  type ComposeProvisioner,
  containerProvisioner,
  NO_NEW_PRIVILEGES,
  onNetwork,
  serverHealth,
} from "goldenpath/compose";
import type { ImageVersion } from "goldenpath/services";
import type { Queue } from "./spec";

const PORT = 9324;

/** Account of every queue in ElasticMQ. */
const ACCOUNT = "000000000000";

const ELASTICMQ: ImageVersion = {
  product: "ElasticMQ",
  version: "1.6",
  endOfSupport: undefined,
  source: "https://github.com/softwaremill/elasticmq/releases",
  read: "2026-11-23",
  image: "docker.io/softwaremill/elasticmq-native:1.6.12",
};

/** The queues that it has from its start. */
const configuration = (host: string, name: string, { visibilitySeconds, attempts }: Queue["spec"]): string =>
  `include classpath("application.conf")

node-address { protocol = http, host = "${host}", port = ${PORT} }
rest-sqs { bind-port = ${PORT}, bind-hostname = "0.0.0.0" }
queues {
  "${name}" {
    defaultVisibilityTimeout = ${visibilitySeconds} seconds
    deadLettersQueue { name = "${name}-dead-letters", maxReceiveCount = ${attempts} }
  }
  "${name}-dead-letters" {}
}
`;

/** ElasticMQ, which speaks SQS. Messages are gone with its container. */
export const queueInCompose: ComposeProvisioner<Queue> = containerProvisioner<Queue>({
  container: "elasticmq",
  versions: [ELASTICMQ],
  service: ({ host, name, folder }) => ({
    image: ELASTICMQ.image,
    mem_limit: "256m",
    restart: "unless-stopped",
    volumes: [`./${folder.service("elasticmq")}/${name}.conf:/opt/elasticmq.conf:ro`],
    ...onNetwork(),
    healthcheck: serverHealth(["CMD-SHELL", `wget -q -O /dev/null "http://127.0.0.1:${PORT}/?Action=ListQueues"`]),
    security_opt: NO_NEW_PRIVILEGES,
  }),
  files: ({ host, name, folder, service: { spec } }) => ({
    [`${folder.service("elasticmq")}/${name}.conf`]: configuration(host, name, spec),
  }),
  parts: ({ host, name }) => ({
    url: `http://${host}:${PORT}/${ACCOUNT}/${name}`,
    region: "elasticmq",
    accessKeyId: "local",
  }),
  secrets: { secretAccessKey: "local" },
});
