import type { JsonObject } from "../kubernetes/json";

/** How bad an alert is, as its label `severity` says it. */
export const SEVERITIES = ["critical", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** An alert that is silent while others fire. */
export interface InhibitRule {
  /** Matchers of the alert that is told: `alertname="MysqlDown"`. */
  readonly source_matchers: readonly string[];
  /** Matchers of those that are not, meanwhile. */
  readonly target_matchers: readonly string[];
  /** Labels that both must have alike. @default - none */
  readonly equal?: readonly string[];
}

/** A way of alerts to a receiver, beside the one that all of them take. */
export interface Route {
  readonly matchers: readonly string[];
  readonly receiver: string;
  /** Whether they take the ways after it too. @default false */
  readonly continue?: boolean;
  readonly group_by?: readonly string[];
  readonly group_wait?: string;
  readonly group_interval?: string;
  readonly repeat_interval?: string;
}

/** Somebody who is told, with the fields of Alertmanager's own configuration. */
export interface Receiver {
  readonly name: string;
  readonly slack_configs?: readonly JsonObject[];
  readonly pagerduty_configs?: readonly JsonObject[];
  readonly email_configs?: readonly JsonObject[];
  readonly webhook_configs?: readonly JsonObject[];
  readonly sns_configs?: readonly JsonObject[];
}

/** An alert that always fires, and who hears of it every minute, to notice when it does not come. */
export interface Heartbeat {
  readonly alert: string;
  readonly receiver: Receiver;
}

/** Who is called beside the channel. */
export interface Called {
  readonly receiver: Receiver;
  /** Severities for which. */
  readonly severities: readonly [Severity, ...Severity[]];
}

/** The channel of Slack that every alert is told in. */
interface InSlack {
  /** Its name: `#my-app-alerts`. */
  readonly channel: string;
  /** Path of the file with the webhook of Slack. */
  readonly webhookFile: string;
}

/** Somebody else who is told every alert. */
interface Elsewhere {
  readonly told: Receiver;
}

export type AlertmanagerFileProps = Beside & (Elsewhere | InSlack);

interface Beside {
  /** Called as well. @default - nobody */
  readonly called?: readonly Called[];
  /** Path of the file with the address that is told, every minute, that alerts arrive. @default - nobody notices that they do not */
  readonly deadMansSwitchFile?: string;
  /** The same by others, each of an alert of its own. @default - nobody */
  readonly heartbeats?: readonly Heartbeat[];
  /** Names of files with templates. @default - none */
  readonly templates?: readonly string[];
  /** Rules beside those for one alert in several severities. @default - none */
  readonly inhibitRules?: readonly InhibitRule[];
  /** Ways before the others, of alerts that are not told as all others are. @default - none */
  readonly routes?: readonly Route[];
}

/** Alertmanager's configuration, as its file `alertmanager.yaml` has it. Nothing in it is secret. */
export interface AlertmanagerFile {
  readonly global: { readonly resolve_timeout: string };
  readonly route: Omit<Route, "continue" | "matchers"> & {
    readonly routes: readonly (Omit<Route, "matchers"> & { readonly matchers?: readonly string[] })[];
  };
  readonly inhibit_rules: readonly InhibitRule[];
  readonly receivers: readonly Receiver[];
  readonly templates?: readonly string[];
}

/** The receiver of every alert in Slack. */
export const SLACK_RECEIVER = "slack-critical";
/** The receiver that tells nobody. */
const NOBODY = "null";
const DEAD_MANS_SWITCH = "dead-mans-switch";

/** Alerts that say something of alerting itself: one that always fires, and one that stands for all of severity `info`. */
export const ALWAYS_FIRING = "Watchdog";
const INFO_INHIBITOR = "InfoInhibitor";

const ignored = (alert: string): Route => ({ matchers: [`alertname="${alert}"`], receiver: NOBODY });

/** Notifications go out at each `group_interval` for which `repeat_interval` is over: a little less, or it is every second one. */
const everyMinute = ({ alert, receiver }: Heartbeat): Route => ({
  matchers: [`alertname="${alert}"`],
  receiver: receiver.name,
  group_by: ["cluster"],
  group_wait: "0s",
  group_interval: "1m",
  repeat_interval: "50s",
});

/** What is critical is not told as a warning too; what is for information alone, only where something else is wrong. */
const BY_SEVERITY: readonly InhibitRule[] = [
  {
    source_matchers: ['severity="critical"'],
    target_matchers: ['severity=~"warning|info"'],
    equal: ["namespace", "alertname"],
  },
  {
    source_matchers: ['severity="warning"'],
    target_matchers: ['severity="info"'],
    equal: ["namespace", "alertname"],
  },
  {
    source_matchers: [`alertname="${INFO_INHIBITOR}"`],
    target_matchers: ['severity="info"'],
    equal: ["namespace"],
  },
];

/** What people read, as templates of Alertmanager. */
export const MESSAGE = {
  title: "{{ .GroupLabels.alertname }}",
  link: "{{ .CommonAnnotations.runbook_url }}",
  text: '{{ range .Alerts }}{{ .Annotations.description }}{{ "\\n" }}{{ end }}',
} as const;

const slack = ({ channel, webhookFile }: InSlack): Receiver => ({
  name: SLACK_RECEIVER,
  slack_configs: [
    {
      api_url_file: webhookFile,
      channel,
      send_resolved: true,
      title: MESSAGE.title,
      title_link: MESSAGE.link,
      text: MESSAGE.text,
    },
  ],
});

const deadMansSwitch = (file: string): Receiver => ({
  name: DEAD_MANS_SWITCH,
  webhook_configs: [{ url_file: file, send_resolved: false }],
});

/**
 * Alertmanager's configuration: one pure function, so that a cluster, Compose and a managed Alertmanager tell the same people
 * the same. Every alert reaches the channel, and those of a severity whoever is called for it as well.
 * @see https://prometheus.io/docs/alerting/latest/configuration/
 */
export function alertmanagerFile(props: AlertmanagerFileProps): AlertmanagerFile {
  const { called = [], routes = [], inhibitRules = [], deadMansSwitchFile, templates } = props;
  const heartbeats = [
    ...(deadMansSwitchFile === undefined
      ? []
      : [{ alert: ALWAYS_FIRING, receiver: deadMansSwitch(deadMansSwitchFile) }]),
    ...(props.heartbeats ?? []),
  ];
  const first = "told" in props ? props.told : slack(props);
  const calling = called.map(({ receiver, severities }) => ({
    matchers: [`severity=~"${severities.join("|")}"`],
    receiver: receiver.name,
    continue: true,
  }));
  return {
    global: { resolve_timeout: "5m" },
    route: {
      receiver: first.name,
      group_by: ["alertname", "cluster"],
      group_wait: "10s",
      group_interval: "10s",
      repeat_interval: "12h",
      routes: [
        ...(heartbeats.some(({ alert }) => alert === ALWAYS_FIRING) ? [] : [ignored(ALWAYS_FIRING)]),
        ...heartbeats.map(everyMinute),
        ignored(INFO_INHIBITOR),
        ...routes,
        ...calling,
        // An alert that took another way does not take the first one, unless it is told so.
        ...(calling.length > 0 ? [{ receiver: first.name }] : []),
      ],
    },
    inhibit_rules: [...BY_SEVERITY, ...inhibitRules],
    receivers: [
      first,
      ...called.map(({ receiver }) => receiver),
      ...heartbeats.map(({ receiver }) => receiver),
      { name: NOBODY },
    ],
    ...(templates && { templates }),
  };
}
