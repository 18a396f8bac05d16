import { formatProblem } from "../../../constructs/model/problem";
import { alertManagerDefinition, templates } from "../../../constructs/observability/amazon/alert-manager";
import {
  amazonManagedPrometheus,
  type AmazonManagedPrometheusProps,
} from "../../../constructs/observability/amazon/amazon-managed-prometheus";
import { ingress } from "../../../constructs/routing/ingress";
import { environmentOption, problemsOf, production } from "../../support/input";
import { facts, resolvedEnvironment } from "../../support/resolved";

const props: AmazonManagedPrometheusProps = {
  runbooks: "https://git.example.com/runbooks",
  slack: { workspace: "Example", channelId: "C0123456789" },
};
const topics = {
  alerts: "arn:alerts",
  mail: "arn:mail",
  heartbeats: { cluster: "arn:cluster", rules: "arn:rules" },
  region: "eu-central-1",
};
const SECRET = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:production/pagerduty-AbCdEf";

type Json = Readonly<Record<string, unknown>>;

const problems = (given: unknown): string[] =>
  amazonManagedPrometheus(given as AmazonManagedPrometheusProps)
    .problems(["observability"])
    .map(formatProblem);

describe("what an environment says", () => {
  test("is a channel, and no more than that", () => {
    expect(problems(props)).toEqual([]);
    expect(problems({})).toEqual([
      "observability.runbooks: missing; give a string",
      "observability.slack: missing; give an object",
    ]);
  });

  test("has every problem said at once", () => {
    const given = {
      runbooks: "docs",
      slack: { workspace: "", channelId: "#my-app-alerts" },
      pagerDuty: { secretArn: "production/pagerduty", secretKey: "", severities: ["urgent"] },
      email: { to: "on-call", from: "alerts@example.com" },
      ...{ keepDays: 1096, retentionDays: 0, storage: "50GB", drops: ["workspace"], deadMansSwitch: true },
    };
    expect(problems(given).map((line) => line.slice(0, line.indexOf(":")))).toEqual([
      "observability.runbooks",
      "observability.slack.workspace",
      "observability.slack.channelId",
      "observability.pagerDuty.secretArn",
      "observability.pagerDuty.secretKey",
      "observability.pagerDuty.severities[0]",
      "observability.email.to",
      "observability.email.from",
      "observability.keepDays",
      "observability.retentionDays",
      "observability.storage",
      "observability.drops[0]",
      "observability.deadMansSwitch",
    ]);
  });

  test.each([undefined, null, "on", []])("%j does not make it stumble", (given) => {
    expect(problems(given).length).toBeGreaterThan(0);
    const option = amazonManagedPrometheus(given as unknown as AmazonManagedPrometheusProps);
    expect(option.warnings?.()).toEqual([]);
  });

  test("is refused where the cloud has no such service, with what to use", () => {
    const observability = amazonManagedPrometheus(props);
    const cloud = environmentOption();
    expect(problemsOf({ ...production(), cloud, observability })).toEqual([
      `environments.production.observability: a "${cloud.title}" has no Amazon Managed Service for Prometheus; ` +
        'use prometheus({...}), which runs in every cluster, or "off"',
    ]);
    const offering = { ...cloud, offers: ["Amazon Managed Service for Prometheus" as const] };
    expect(problemsOf({ ...production(), cloud: offering, observability })).toEqual([]);
  });

  test("a word in drops that names nothing is said", () => {
    expect(amazonManagedPrometheus({ ...props, drops: ["measures", "logs"] }).warnings?.()).toEqual([
      'drops: "logs" is not in it; take the word out once a deploy has deleted the store',
    ]);
  });
});

describe("the alert manager", () => {
  const file = (given: Partial<AmazonManagedPrometheusProps> = {}) =>
    JSON.parse(
      (JSON.parse(alertManagerDefinition({ ...props, ...given }, [], topics)) as { alertmanager_config: string })
        .alertmanager_config,
    ) as { readonly receivers: Json[]; readonly route: { readonly routes: Json[] } };

  test("calls whoever is said, for the severities that are said, and tells the channel everything", () => {
    const all = file({ pagerDuty: { secretArn: SECRET }, email: { to: "a@example.com", severities: ["warning"] } });
    expect(all.route.routes.slice(-3)).toEqual([
      { matchers: ['severity=~"critical"'], receiver: "pagerduty", continue: true },
      { matchers: ['severity=~"warning"'], receiver: "email", continue: true },
      { receiver: "slack-critical" },
    ]);
    expect(all.receivers.find(({ name }) => name === "pagerduty")).toEqual({
      name: "pagerduty",
      pagerduty_configs: [
        {
          routing_key: {
            aws_secrets_manager: { secret_arn: SECRET, secret_key: "routing_key", refresh_interval: "5m" },
          },
          send_resolved: true,
        },
      ],
    });
  });

  test("has no receiver that AWS does not take, and says the region of each topic", () => {
    const all = file({ pagerDuty: { secretArn: SECRET }, email: { to: "a@example.com" } });
    for (const { name, ...kinds } of all.receivers) {
      expect([name, Object.keys(kinds).filter((kind) => !["sns_configs", "pagerduty_configs"].includes(kind))]).toEqual(
        [name, []],
      );
      for (const topic of (kinds["sns_configs"] ?? []) as Json[]) {
        expect(topic).toMatchObject({ sigv4: { region: "eu-central-1" } });
        expect(Object.keys(topic)).not.toContain("api_url");
        expect(Object.keys(topic)).not.toContain("http_config");
      }
    }
  });

  test("names every template that its messages use", () => {
    const used = [...JSON.stringify(file({ email: { to: "a@example.com" } })).matchAll(/template \\"([\w.]+)\\"/g)].map(
      ([, name]) => name,
    );
    expect([...new Set(used)].sort()).toEqual(["goldenpath.heartbeat", "goldenpath.mail", "goldenpath.slack"]);
    for (const name of used) expect(templates()).toContain(`{{ define "${name}" }}`);
  });
});

describe("what reads the workspace", () => {
  const addons = (profile: "production" | "small") =>
    amazonManagedPrometheus(props).addons({ ...resolvedEnvironment(profile), routing: ingress() }, facts);
  const context = {
    identity: { annotations: { role: "reader" } },
    measures: { host: "aps.example.com", path: "/workspaces/ws-1", region: "eu-central-1" },
    loadBalancerAnnotations: {},
  };
  const objects = (profile: "production" | "small") => {
    const reader = addons(profile).find(({ name }) => name === "measures-reader");
    return reader?.values(context)["objects"] as Readonly<Record<string, Json>>;
  };

  test("is there before Grafana asks, and signs for that region alone", () => {
    const stack = addons("production").find(({ name }) => name === "kube-prometheus-stack");
    expect(stack?.after).toContain("measures-reader");
    expect(objects("production")["Deployment/measures-reader"]).toHaveProperty("spec.template.spec.containers.0.args", [
      ...["--name", "aps", "--region", "eu-central-1", "--host", "aps.example.com", "--port", ":8080"],
      "--log-failed-requests",
    ]);
    expect(objects("production")["ServiceAccount/measures-reader"]).toHaveProperty("metadata.annotations", {
      role: "reader",
    });
  });

  test("is two pods with a budget in production, and one without in small", () => {
    expect(objects("production")["Deployment/measures-reader"]).toHaveProperty("spec.replicas", 2);
    expect(Object.keys(objects("production"))).toContain("PodDisruptionBudget/measures-reader");
    expect(objects("small")["Deployment/measures-reader"]).toHaveProperty("spec.replicas", 1);
    expect(Object.keys(objects("small"))).not.toContain("PodDisruptionBudget/measures-reader");
  });

  test("comes from a mirror where there is one", () => {
    const reader = addons("production").find(({ name }) => name === "measures-reader");
    const named = reader?.images?.((image) => `mirror.example.com/${image}`, context);
    expect(JSON.stringify(named)).toContain(
      '"image":"mirror.example.com/public.ecr.aws/aws-observability/aws-sigv4-proxy:1.11.1"',
    );
  });
});
