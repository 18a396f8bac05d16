import type { AlertTopics } from "../../addons/measures";
import type { JsonObject } from "../../kubernetes/json";
import {
  alertmanagerFile,
  ALWAYS_FIRING,
  type Called,
  type Heartbeat,
  type InhibitRule,
  MESSAGE,
  type Receiver,
  SLACK_RECEIVER,
} from "../alertmanager";
import { severitiesOf } from "../prometheus/receivers";
import { HEARTBEATS, RULES_EVALUATED } from "./names";
import type { AmazonManagedPrometheusProps, PagerDutySecretProps } from "./props";

/*
 * The alert manager of a workspace: the same file as in a cluster, whose receivers are topics of SNS, and PagerDuty. It knows no
 * webhook: https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver.html
 */

/** File with the templates below. */
const TEMPLATES = "goldenpath";

const RESOLVED = '{{ if eq .Status "resolved" }}Resolved: {{ end }}';

/** A text of an alert within a text of JSON: Go quotes it as JSON does, and the quotes around it go. */
const inJson = (value: string): string => `{{ reReplaceAll "^\\"|\\"$" "" (printf "%q" (${value} | printf "%s")) }}`;

/**
 * A notification of Amazon Q's own form: what is told in Slack has title and text of the configuration in a cluster, and says so
 * when it is over, as there is no colour. https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
 */
const SLACK = [
  '{"version":"1.0","source":"custom","content":{"textType":"client-markdown"',
  `,"title":"${RESOLVED}${inJson(".GroupLabels.alertname")}"`,
  `,"description":"{{ range .Alerts }}${inJson(".Annotations.description")}\\n{{ end }}"`,
  `{{ with .CommonAnnotations.runbook_url }},"nextSteps":["${inJson(".")}"]{{ end }}`,
  "}}",
].join("");

const MAIL = `${MESSAGE.text}{{ with .CommonAnnotations.runbook_url }}{{ "\\n" }}Runbook: {{ . }}{{ end }}`;

const define = (name: string, text: string): string => `{{ define "${name}" }}${text}{{ end }}`;

/** Templates of messages, as one file of Alertmanager has them. */
export const templates = (): string =>
  `${[define("goldenpath.slack", SLACK), define("goldenpath.mail", MAIL), define("goldenpath.heartbeat", "{{ .Status }}")].join("\n")}\n`;

interface Message {
  readonly template: "heartbeat" | "mail" | "slack";
  /** ASCII, of a hundred characters at most: SNS replaces any other. */
  readonly subject: string;
  readonly resolved: boolean;
}

const topic = (arn: string, region: string, { template, subject, resolved }: Message): JsonObject => ({
  topic_arn: arn,
  sigv4: { region },
  send_resolved: resolved,
  subject,
  message: `{{ template "goldenpath.${template}" . }}`,
});

const slack = ({ alerts, region }: AlertTopics): Receiver => ({
  name: SLACK_RECEIVER,
  sns_configs: [topic(alerts, region, { template: "slack", subject: MESSAGE.title, resolved: true })],
});

/** @see https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-pagerduty-configure-alertmanager.html */
const pager = ({ secretArn, secretKey = "routing_key" }: PagerDutySecretProps): Receiver => ({
  name: "pagerduty",
  pagerduty_configs: [
    {
      routing_key: { aws_secrets_manager: { secret_arn: secretArn, secret_key: secretKey, refresh_interval: "5m" } },
      send_resolved: true,
    },
  ],
});

const mail = (arn: string, region: string): Receiver => ({
  name: "email",
  sns_configs: [topic(arn, region, { template: "mail", subject: `${RESOLVED}${MESSAGE.title}`, resolved: true })],
});

function heartbeat(alert: string, name: string, { heartbeats, region }: AlertTopics): Heartbeat {
  const arn = heartbeats[name];
  if (arn === undefined) throw new Error(`no topic for the heartbeat ${name}`);
  return {
    alert,
    receiver: {
      name: `heartbeat-${name}`,
      sns_configs: [topic(arn, region, { template: "heartbeat", subject: "heartbeat", resolved: false })],
    },
  };
}

/** Configuration and templates as the workspace takes them. JSON is YAML. */
export function alertManagerDefinition(
  { pagerDuty, email }: Pick<AmazonManagedPrometheusProps, "email" | "pagerDuty">,
  inhibitRules: readonly InhibitRule[],
  topics: AlertTopics,
): string {
  const called: Called[] = [
    ...(pagerDuty === undefined ? [] : [{ receiver: pager(pagerDuty), severities: severitiesOf(pagerDuty) }]),
    ...(email === undefined || topics.mail === undefined
      ? []
      : [{ receiver: mail(topics.mail, topics.region), severities: severitiesOf(email) }]),
  ];
  const file = alertmanagerFile({
    told: slack(topics),
    called,
    heartbeats: [
      heartbeat(ALWAYS_FIRING, HEARTBEATS.cluster, topics),
      heartbeat(RULES_EVALUATED, HEARTBEATS.rules, topics),
    ],
    inhibitRules,
    templates: [TEMPLATES],
  });
  const definition = {
    alertmanager_config: `${JSON.stringify(file, undefined, 2)}\n`,
    template_files: { [TEMPLATES]: templates() },
  };
  return `${JSON.stringify(definition, undefined, 2)}\n`;
}
