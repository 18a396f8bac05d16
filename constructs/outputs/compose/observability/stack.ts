import type { ConfigurationFolder } from "../configuration";
import type { ComposeService, HealthCheck } from "../document";
import { getting } from "../health";
import { MAIL_CATCHER } from "../names";
import { CONFINED, HEALTHY, onNetwork, published } from "../parts";
import { ALERTMANAGER_IMAGE, GRAFANA_IMAGE, PROMETHEUS_IMAGE } from "./images";
import { ALERTMANAGER, GRAFANA, PAGES, PROFILE, PROMETHEUS } from "./names";

/* Prometheus, Alertmanager and Grafana. Whoever reaches this machine's loopback sees what they show, and nobody else does. */

/** Where containers see their files. */
export const CONFIGURED = "/etc/goldenpath";

const health = (url: string): HealthCheck => ({
  test: getting(url),
  interval: "10s",
  timeout: "3s",
  retries: 6,
  start_period: "60s",
  start_interval: "1s",
});

/** Links in alerts and messages lead to where people open it. */
const externalUrl = (name: keyof typeof PAGES): string =>
  `--web.external-url="http://localhost:\${${PAGES[name].variable}:-${PAGES[name].port}}/"`;

const portOf = (name: keyof typeof PAGES): Pick<ComposeService, "environment" | "ports"> => ({
  environment: { [PAGES[name].variable]: { fromEnvironment: PAGES[name].variable } },
  ports: [published(PAGES[name].port, PAGES[name].variable)],
});

/** The image's own user, who owns its folder of data. */
const NOBODY = "65534:65534";

export const prometheus = ({ observability }: ConfigurationFolder): ComposeService => ({
  image: PROMETHEUS_IMAGE,
  profiles: [PROFILE],
  user: NOBODY,
  mem_limit: "512m",
  restart: "unless-stopped",
  entrypoint: [
    "sh",
    "-c",
    [
      `exec prometheus --config.file=${CONFIGURED}/prometheus.yaml --storage.tsdb.path=/prometheus`,
      // What `npm run render` writes is read within half a minute.
      "--storage.tsdb.retention.time=7d --storage.tsdb.retention.size=1GB --config.auto-reload",
      externalUrl(PROMETHEUS),
    ].join(" "),
  ],
  ...portOf(PROMETHEUS),
  volumes: [`./${observability}/prometheus:${CONFIGURED}:ro`, "prometheus-data:/prometheus"],
  tmpfs: ["/tmp"],
  ...onNetwork(),
  healthcheck: health(`http://127.0.0.1:${PAGES[PROMETHEUS].port}/-/ready`),
  read_only: true,
  ...CONFINED,
});

/** @param mails whether it has somebody to send mail to */
export const alertmanager = ({ observability }: ConfigurationFolder, mails: boolean): ComposeService => ({
  image: ALERTMANAGER_IMAGE,
  profiles: [PROFILE],
  user: NOBODY,
  mem_limit: "128m",
  restart: "unless-stopped",
  entrypoint: [
    "sh",
    "-c",
    [
      `exec alertmanager --config.file=${CONFIGURED}/alertmanager.yaml --storage.path=/alertmanager`,
      "--cluster.listen-address=",
      externalUrl(ALERTMANAGER),
    ].join(" "),
  ],
  ...portOf(ALERTMANAGER),
  volumes: [`./${observability}/alertmanager:${CONFIGURED}:ro`, "alertmanager-data:/alertmanager"],
  tmpfs: ["/tmp"],
  ...onNetwork(),
  ...(mails && { depends_on: { [MAIL_CATCHER]: HEALTHY } }),
  healthcheck: health(`http://127.0.0.1:${PAGES[ALERTMANAGER].port}/-/ready`),
  read_only: true,
  ...CONFINED,
});

/** Path of the dashboards in the container. */
export const DASHBOARDS = "/dashboards";

/** Everybody looks, nobody signs in: what it shows is written in files, and it keeps nothing. */
export const grafana = ({ observability }: ConfigurationFolder): ComposeService => ({
  image: GRAFANA_IMAGE,
  profiles: [PROFILE],
  user: "472:0",
  mem_limit: "512m",
  restart: "unless-stopped",
  environment: {
    GF_AUTH_ANONYMOUS_ENABLED: "true",
    GF_AUTH_ANONYMOUS_ORG_ROLE: "Viewer",
    GF_AUTH_DISABLE_LOGIN_FORM: "true",
    GF_AUTH_BASIC_ENABLED: "false",
    GF_USERS_ALLOW_SIGN_UP: "false",
    // Explore, where links to lines and traces lead: it gives nothing that could be kept.
    GF_USERS_VIEWERS_CAN_EDIT: "true",
    GF_ANALYTICS_REPORTING_ENABLED: "false",
    GF_ANALYTICS_CHECK_FOR_UPDATES: "false",
    GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES: "false",
    // Else it replaces what the image brings, Prometheus' source among it, by what is newer that day: here it may not write there.
    GF_PLUGINS_PREINSTALL_AUTO_UPDATE: "false",
    GF_LOG_MODE: "console",
  },
  ports: [published(PAGES[GRAFANA].port, PAGES[GRAFANA].variable)],
  volumes: [
    `./${observability}/grafana/provisioning:/etc/grafana/provisioning:ro`,
    `./${observability}/grafana/dashboards:${DASHBOARDS}:ro`,
  ],
  tmpfs: ["/tmp", "/var/lib/grafana"],
  ...onNetwork(),
  depends_on: { [PROMETHEUS]: HEALTHY },
  healthcheck: health(`http://127.0.0.1:${PAGES[GRAFANA].port}/api/health`),
  read_only: true,
  ...CONFINED,
});
