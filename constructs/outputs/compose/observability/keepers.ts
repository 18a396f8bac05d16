import { LOKI_PORT } from "../../../observability/local/lines";
import { OTLP, TEMPO_PORT } from "../../../observability/local/spans";
import type { ConfigurationFolder } from "../configuration";
import type { ComposeService } from "../document";
import { TOOLS_IMAGE } from "../front";
import { COMPLETED, CONFINED, HEALTHY, onNetwork } from "../parts";
import { ownersOf } from "../volumes";
import { ALLOY_IMAGE, LOKI_IMAGE, TEMPO_IMAGE } from "./images";
import { ALLOY, KEEPERS, LOKI, OTLP_COLLECTOR, PROFILE, TEMPO } from "./names";
import { CONFIGURED } from "./stack";

/*
 * Loki and Tempo, and what brings them lines and spans. None of them has a port of the machine: Grafana shows what they keep. Images
 * of all but Loki have no client that could ask how they are; alerts say when nothing arrives.
 */

/** The user of Loki's and of Tempo's image. */
const KEEPER = "10001:10001";

/** The user of Alloy's image. */
const ALLOY_USER = "473:473";

/** Where Loki and Tempo have their data. */
export const LOKI_DATA = "/loki";
const TEMPO_DATA = "/var/tempo";

/** Where Alloy sees the folders of Docker's containers. */
export const CONTAINERS = "/var/lib/docker/containers";

/** Variable of who has Docker's folders elsewhere, as without root. */
const CONTAINERS_VARIABLE = "DOCKER_CONTAINERS";

export const LOKI_URL = `http://${LOKI}:${LOKI_PORT}`;
export const TEMPO_URL = `http://${TEMPO}:${TEMPO_PORT}`;

const PART = { profiles: [PROFILE], restart: "unless-stopped", tmpfs: ["/tmp"], ...onNetwork() } as const;

const owner = (names: readonly string[]): ComposeService =>
  ownersOf(TOOLS_IMAGE, names, [`chown ${KEEPER} ${names.map((name) => `/volumes/${name}`).join(" ")}`], [PROFILE]);

const loki = ({ observability }: ConfigurationFolder): ComposeService => ({
  ...PART,
  image: LOKI_IMAGE,
  user: KEEPER,
  mem_limit: "512m",
  command: [`-config.file=${CONFIGURED}/loki.yaml`],
  volumes: [`./${observability}/loki:${CONFIGURED}:ro`, `loki-data:${LOKI_DATA}`],
  depends_on: { [KEEPERS]: COMPLETED },
  healthcheck: {
    test: ["CMD", "/usr/bin/loki", "-health"],
    interval: "10s",
    timeout: "3s",
    retries: 6,
    start_period: "60s",
    start_interval: "1s",
  },
  read_only: true,
  ...CONFINED,
});

const run = (config: string, storage: string): readonly string[] => [
  ...["/bin/alloy", "run", `--storage.path=${storage}`, "--server.http.listen-addr=0.0.0.0:12345"],
  ...["--disable-reporting", `${CONFIGURED}/${config}`],
];

const alloy = ({ observability }: ConfigurationFolder): ComposeService => ({
  ...PART,
  comment: `Root of its own container, without a capability, as Docker's files are root's. It may read what every container of this
machine wrote, and its settings, which have its variables in them; it may change nothing, and has no socket of Docker's.`,
  image: ALLOY_IMAGE,
  user: "0:0",
  mem_limit: "256m",
  entrypoint: run("lines.alloy", "/alloy"),
  volumes: [
    `./${observability}/alloy:${CONFIGURED}:ro`,
    { machine: { fromEnvironment: CONTAINERS_VARIABLE, otherwise: CONTAINERS }, path: CONTAINERS },
    "alloy-data:/alloy",
  ],
  depends_on: { [LOKI]: HEALTHY },
  healthcheck: { disable: true },
  read_only: true,
  ...CONFINED,
});

const tempo = ({ observability }: ConfigurationFolder): ComposeService => ({
  ...PART,
  image: TEMPO_IMAGE,
  user: KEEPER,
  mem_limit: "512m",
  command: [`-config.file=${CONFIGURED}/tempo.yaml`],
  volumes: [`./${observability}/tempo:${CONFIGURED}:ro`, `tempo-data:${TEMPO_DATA}`],
  depends_on: { [KEEPERS]: COMPLETED },
  healthcheck: { disable: true },
  read_only: true,
  ...CONFINED,
});

const collector = ({ observability }: ConfigurationFolder): ComposeService => ({
  ...PART,
  image: ALLOY_IMAGE,
  user: ALLOY_USER,
  mem_limit: "256m",
  entrypoint: run("spans.alloy", "/tmp/alloy"),
  expose: Object.values(OTLP).map(String),
  volumes: [`./${observability}/otlp:${CONFIGURED}:ro`],
  healthcheck: { disable: true },
  // Time to hand over to Tempo what waits.
  stop_grace_period: "60s",
  read_only: true,
  ...CONFINED,
});

/** Containers by their names, in their order in the file. @param traced whether a workload sends spans */
export const keepers = (folder: ConfigurationFolder, traced: boolean): Readonly<Record<string, ComposeService>> => ({
  [KEEPERS]: owner(["loki-data", ...(traced ? ["tempo-data"] : [])]),
  [LOKI]: loki(folder),
  [ALLOY]: alloy(folder),
  ...(traced && { [TEMPO]: tempo(folder), [OTLP_COLLECTOR]: collector(folder) }),
});
