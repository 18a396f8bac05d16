import type { PinnedVersion } from "../../services/pinned-version";
import type { Fact } from "../pin";

const image = (name: string, said: PinnedVersion): Fact => ({ kind: "image", names: [name], ...said });

const node = (version: string, endOfSupport: PinnedVersion["endOfSupport"]): PinnedVersion => ({
  product: "Node.js",
  version,
  endOfSupport,
  source: "https://endoflife.date/nodejs",
  read: "2026-08-22",
});

/** Lines of Node.js, as an image and as the program that runs this one. */
export const NODE = {
  20: node("20", "2026-04-30"),
  22: node("22", "2027-04-30"),
  24: node("24", "2028-04-30"),
  26: node("26", "2029-04-30"),
} as const;

const PHP: Readonly<Record<string, PinnedVersion["endOfSupport"]>> = {
  "8.1": "2025-12-31",
  "8.2": "2026-12-31",
  "8.3": "2027-12-31",
  "8.4": "2028-12-31",
  "8.5": "2029-12-31",
};

/** Images that no kind of service brings. Those of services are in `constructs/services/`. */
export const IMAGES: readonly Fact[] = [
  image("docker.io/library/nginx", {
    product: "nginx",
    version: "1.30",
    endOfSupport: undefined,
    endedBy: "the next stable branch ends it, about each April",
    source: "https://endoflife.date/nginx",
    read: "2026-08-22",
  }),
  image("ghcr.io/rabbitmq/cluster-operator", {
    product: "RabbitMQ Cluster Operator",
    version: "2.22",
    endOfSupport: undefined,
    source: "https://github.com/rabbitmq/cluster-operator/releases",
    read: "2026-08-11",
  }),
  image("quay.io/prometheus/mysqld-exporter", {
    product: "mysqld_exporter",
    version: "0.20",
    endOfSupport: undefined,
    endedBy: "the next minor version ends it",
    source: "https://github.com/prometheus/mysqld_exporter/blob/main/CHANGELOG.md",
    read: "2026-08-18",
  }),
  image("docker.io/oliver006/redis_exporter", {
    product: "redis_exporter",
    version: "1.88",
    endOfSupport: undefined,
    endedBy: "the next minor version ends it",
    source: "https://github.com/oliver006/redis_exporter/releases",
    read: "2026-08-06",
  }),
  image("docker.io/library/haproxy", {
    product: "HAProxy",
    version: "3.2",
    endOfSupport: "2030-04-01",
    source: "https://endoflife.date/haproxy",
    read: "2026-05-11",
  }),
  image("quay.io/prometheus/prometheus", {
    product: "Prometheus",
    version: "3.14",
    endOfSupport: undefined,
    endedBy: "the next minor version ends it",
    source: "https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md",
    read: "2026-11-29",
  }),
  image("quay.io/prometheus/alertmanager", {
    product: "Alertmanager",
    version: "0.34",
    endOfSupport: undefined,
    endedBy: "the next minor version ends it",
    source: "https://github.com/prometheus/alertmanager/blob/main/CHANGELOG.md",
    read: "2026-11-29",
  }),
  image("docker.io/grafana/grafana", {
    product: "Grafana",
    version: "13.2",
    endOfSupport: undefined,
    source: "https://grafana.com/docs/grafana/latest/upgrade-guide/when-to-upgrade/",
    read: undefined,
  }),
  image("public.ecr.aws/aws-observability/aws-sigv4-proxy", {
    product: "AWS SigV4 Proxy",
    version: "1.11",
    endOfSupport: undefined,
    endedBy: "the next minor version ends it",
    source: "https://github.com/awslabs/aws-sigv4-proxy/releases",
    read: "2026-11-29",
  }),
  image("docker.io/grafana/loki", {
    product: "Loki",
    version: "3.7",
    endOfSupport: undefined,
    source: "https://github.com/grafana/loki/releases",
    read: undefined,
  }),
  image("docker.io/grafana/tempo", {
    product: "Tempo",
    version: "2.10",
    endOfSupport: undefined,
    source: "https://github.com/grafana/tempo/releases",
    read: undefined,
  }),
  image("docker.io/grafana/alloy", {
    product: "Grafana Alloy",
    version: "1.18",
    endOfSupport: undefined,
    source: "https://github.com/grafana/alloy/releases",
    read: undefined,
  }),
  image("gcr.io/google.com/cloudsdktool/google-cloud-cli", {
    product: "Google Cloud CLI",
    version: "528",
    endOfSupport: undefined,
    source: "https://cloud.google.com/sdk/docs/release-notes",
    read: undefined,
  }),
  image("docker.io/axllent/mailpit", {
    product: "Mailpit",
    version: "1.27",
    endOfSupport: undefined,
    source: "https://pkg.go.dev/github.com/axllent/mailpit?tab=versions",
    read: "2026-11-28",
  }),
  image("docker.io/library/composer", {
    product: "Composer",
    version: "2.10",
    endOfSupport: undefined,
    endedBy: "the next minor version ends it",
    source: "https://endoflife.date/composer",
    read: "2026-08-22",
  }),
  image("docker.io/library/composer", {
    product: "Composer",
    version: "2.9",
    endOfSupport: "2026-05-28",
    source: "https://endoflife.date/composer",
    read: "2026-08-22",
  }),
  ...Object.values(NODE).map((line) => image("docker.io/library/node", line)),
  ...Object.entries(PHP).map(([version, endOfSupport]) =>
    image("docker.io/library/php", {
      product: "PHP",
      version,
      endOfSupport,
      source: "https://endoflife.date/php",
      read: "2026-08-22",
    }),
  ),
];
