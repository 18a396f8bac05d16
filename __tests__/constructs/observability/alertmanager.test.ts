import { alertmanagerFile, type AlertmanagerFileProps } from "../../../constructs/observability/alertmanager";

const props: AlertmanagerFileProps = { channel: "#my-app-alerts", webhookFile: "/secrets/slack-webhook" };
const pager = { name: "pagerduty", pagerduty_configs: [{ routing_key_file: "/secrets/key" }] };
const mail = { name: "email", email_configs: [{ to: "on-call@example.com" }] };

test("the reference application's, to the letter", () => {
  const { global, route, receivers } = alertmanagerFile(props);
  expect(global).toEqual({ resolve_timeout: "5m" });
  const { routes, ...first } = route;
  expect(first).toEqual({
    receiver: "slack-critical",
    group_by: ["alertname", "cluster"],
    group_wait: "10s",
    group_interval: "10s",
    repeat_interval: "12h",
  });
  expect(receivers[0]).toEqual({
    name: "slack-critical",
    slack_configs: [
      {
        api_url_file: "/secrets/slack-webhook",
        channel: "#my-app-alerts",
        send_resolved: true,
        title: "{{ .GroupLabels.alertname }}",
        title_link: "{{ .CommonAnnotations.runbook_url }}",
        text: '{{ range .Alerts }}{{ .Annotations.description }}{{ "\\n" }}{{ end }}',
      },
    ],
  });
  // What says nothing to people: that alerting works, and that information was held back.
  expect(routes).toEqual([
    { matchers: ['alertname="Watchdog"'], receiver: "null" },
    { matchers: ['alertname="InfoInhibitor"'], receiver: "null" },
  ]);
  expect(receivers.map(({ name }) => name)).toEqual(["slack-critical", "null"]);
});

test("whoever is called is called beside the channel, for the severities that they take", () => {
  const { route, receivers } = alertmanagerFile({
    ...props,
    called: [
      { receiver: pager, severities: ["critical"] },
      { receiver: mail, severities: ["warning", "info"] },
    ],
  });
  expect(route.routes.slice(2)).toEqual([
    { matchers: ['severity=~"critical"'], receiver: "pagerduty", continue: true },
    { matchers: ['severity=~"warning|info"'], receiver: "email", continue: true },
    { receiver: "slack-critical" },
  ]);
  expect(receivers).toEqual(expect.arrayContaining([pager, mail]));
});

test("a dead man's switch is told every minute, by the alert that always fires and by none else", () => {
  const { route, receivers } = alertmanagerFile({ ...props, deadMansSwitchFile: "/secrets/address" });
  expect(route.routes[0]).toEqual({
    matchers: ['alertname="Watchdog"'],
    receiver: "dead-mans-switch",
    group_by: ["cluster"],
    group_wait: "0s",
    group_interval: "1m",
    repeat_interval: "50s",
  });
  expect(route.routes.slice(1).map(({ receiver }) => receiver)).toEqual(["null"]);
  expect(receivers).toContainEqual({
    name: "dead-mans-switch",
    webhook_configs: [{ url_file: "/secrets/address", send_resolved: false }],
  });
});

test("rules and ways of others have their place: rules after its own, ways before whoever is called", () => {
  const rule = {
    source_matchers: ['alertname="MysqlDown"'],
    target_matchers: ['edge="orders-db"'],
    equal: ["cluster"],
  };
  const way = { matchers: ['team="shop"'], receiver: "null" };
  const own = alertmanagerFile(props).inhibit_rules;
  const file = alertmanagerFile({
    ...props,
    inhibitRules: [rule],
    routes: [way],
    called: [{ receiver: pager, severities: ["critical"] }],
  });
  expect(own).toHaveLength(3);
  expect(file.inhibit_rules).toEqual([...own, rule]);
  expect(file.route.routes.map(({ receiver }) => receiver)).toEqual([
    ...["null", "null", "null", "pagerduty", "slack-critical"],
  ]);
  expect(file.route.routes[2]).toEqual(way);
});
