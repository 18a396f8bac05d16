import type { ResolvedApplication } from "../../../model/resolved";
import { MESSAGE, type Receiver } from "../../../observability/alertmanager";
import { lineSource } from "../../../observability/local/lines";
import { isTraced, spanSource } from "../../../observability/local/spans";
import { SMTP_PORT } from "../mail";
import { MAIL_CATCHER } from "../names";
import { LOKI_URL, TEMPO_URL } from "./keepers";
import { ALERTMANAGER, PAGES, PROMETHEUS } from "./names";
import { DASHBOARDS } from "./stack";

/* What Alertmanager and Grafana are told that is of no application. */

/** Host and port by which containers reach each other's pages. */
export const addressOf = (name: keyof typeof PAGES): string => `${name}:${PAGES[name].port}`;

/** Every alert as mail to the catcher, with the title and text that a channel of Slack would have. */
export const BY_MAIL: Receiver = {
  name: "mail",
  email_configs: [
    {
      to: "developers@localhost",
      from: "alertmanager@localhost",
      smarthost: `${MAIL_CATCHER}:${SMTP_PORT}`,
      require_tls: false,
      send_resolved: true,
      headers: { Subject: `[{{ .Status }}] ${MESSAGE.title}` },
      html: "",
      text: `${MESSAGE.text}${MESSAGE.link}\n`,
    },
  ],
};

/** Nobody is told: who wants to know opens Alertmanager. */
export const ON_ITS_PAGE: Receiver = { name: "page" };

/** What Grafana asks, with the ways of a cluster from lines to traces and back. */
export const dataSources = (application: ResolvedApplication) => ({
  apiVersion: 1,
  datasources: [
    {
      name: "Prometheus",
      uid: PROMETHEUS,
      type: "prometheus",
      access: "proxy",
      url: `http://${addressOf(PROMETHEUS)}`,
      isDefault: true,
      editable: false,
      jsonData: { timeInterval: "30s" },
    },
    {
      name: "Alertmanager",
      uid: ALERTMANAGER,
      type: "alertmanager",
      access: "proxy",
      url: `http://${addressOf(ALERTMANAGER)}`,
      editable: false,
      jsonData: { implementation: "prometheus" },
    },
    lineSource(application, LOKI_URL, isTraced(application)),
    ...(isTraced(application) ? [spanSource(TEMPO_URL)] : []),
  ],
});

/** Where Grafana finds dashboards. */
export const PROVIDERS = {
  apiVersion: 1,
  providers: [
    { name: "goldenpath", type: "file", disableDeletion: true, allowUiUpdates: false, options: { path: DASHBOARDS } },
  ],
};
