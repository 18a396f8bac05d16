import type { Called, InhibitRule, Receiver } from "../alertmanager";
import { type AlertmanagerFile, alertmanagerFile } from "../alertmanager";
import { receiverFile } from "./names";
import { type EmailProps, type PrometheusProps, RECEIVER_SECRETS } from "./props";

type Receivers = Pick<PrometheusProps, "deadMansSwitch" | "email" | "pagerDuty" | "slack">;

const fileOf = (field: keyof typeof RECEIVER_SECRETS): string => receiverFile(RECEIVER_SECRETS[field].name);

const pager = (): Receiver => ({
  name: "pagerduty",
  pagerduty_configs: [{ routing_key_file: fileOf("pagerDuty"), send_resolved: true }],
});

const mail = ({ to, from, server, username }: EmailProps): Receiver => ({
  name: "email",
  email_configs: [
    {
      ...{ to, from, smarthost: server, auth_username: username, auth_password_file: fileOf("email") },
      require_tls: true,
      send_resolved: true,
    },
  ],
});

/** Alertmanager's configuration for the receivers of an environment, whose secrets are files. */
export function configuration(props: Receivers, inhibitRules: readonly InhibitRule[] = []): AlertmanagerFile {
  const { slack, pagerDuty, email, deadMansSwitch = false } = props;
  const called: Called[] = [
    ...(pagerDuty === undefined ? [] : [{ receiver: pager(), severities: severitiesOf(pagerDuty) }]),
    ...(email === undefined ? [] : [{ receiver: mail(email), severities: severitiesOf(email) }]),
  ];
  return alertmanagerFile({
    channel: slack.channel,
    webhookFile: fileOf("slack"),
    called,
    ...(deadMansSwitch && { deadMansSwitchFile: fileOf("deadMansSwitch") }),
    inhibitRules,
  });
}

/** Severities for which somebody is called. */
export function severitiesOf({ severities }: { readonly severities?: EmailProps["severities"] }): Called["severities"] {
  const [first = "critical", ...others] = severities ?? [];
  return [first, ...others];
}
