import type { EnvironmentSpec } from "../../constructs/environment";
import {
  amazonManagedPrometheus,
  type AmazonManagedPrometheusProps,
} from "../../constructs/observability/amazon/amazon-managed-prometheus";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import type { RuleGroup } from "../../constructs/observability/rules";
import { environments } from "../../environments";
import { all, one, release, type StackJson } from "../support/cloud-environment";
import { stack, synthesizeEnvironments } from "../support/reference";

/* Environments on AWS whose measures Amazon Managed Service for Prometheus keeps, as their stacks; and beside them the same in the cluster. */

type Json = Readonly<Record<string, unknown>>;

const runbooks = "https://git.example.com/runbooks";
const slack = { workspace: "Example", channelId: "C0123456789" };
const specs = environments.filter(({ name }) => ["staging", "production"].includes(name));
const names = specs.map(({ name }) => name);

const given = (props: Partial<AmazonManagedPrometheusProps> = {}) =>
  synthesizeEnvironments(
    specs.map((spec): EnvironmentSpec => ({
      ...spec,
      protect: true,
      observability: amazonManagedPrometheus({ runbooks, slack, ...props }),
    })),
  );

const managed = given();
const dropped = given({ drops: ["measures"] });
const inCluster = synthesizeEnvironments(
  specs.map((spec): EnvironmentSpec => ({
    ...spec,
    protect: true,
    observability: prometheus({ runbooks, slack: { channel: "#my-app-alerts" } }),
  })),
);

const platform = (name: string, of = managed): StackJson => stack(of, `${name}-platform`);
const statements = (policy: unknown): Json[] => (JSON.parse(String(policy)) as { Statement: Json[] }).Statement;

describe.each(names)("the platform of %s", (name) => {
  const json = platform(name);

  test("has a workspace with a key and a log of its own, which nobody deletes", () => {
    const workspace = one(json, "aws_prometheus_workspace", "Measures");
    expect(workspace).toMatchObject({
      alias: `${name}.measures`,
      kms_key_arn: expect.stringMatching(/aws_kms_key\.platform_Measures_Key/) as string,
      logging_configuration: { log_group_arn: expect.stringMatching(/aws_cloudwatch_log_group.*:\*$/) as string },
      lifecycle: { prevent_destroy: true },
    });
    expect(one(json, "aws_cloudwatch_log_group", "Measures_Log")).toMatchObject({
      name: `/aws/vendedlogs/prometheus/${name}`,
    });
    expect(one(json, "aws_prometheus_workspace_configuration", "Measures")).toMatchObject({
      retention_period_in_days: 150,
    });
    expect(JSON.stringify(one(json, "terraform_data", "Ledger"))).toContain("kept measures metrics-store ");
  });

  test("lets it go by the word alone", () => {
    const after = platform(name, dropped);
    expect(one(after, "aws_prometheus_workspace", "Measures")).toHaveProperty("lifecycle.prevent_destroy", false);
    expect(JSON.stringify(one(after, "terraform_data", "Ledger"))).toContain("released measures metrics-store ");
  });

  test("has an alert manager with the configuration of a cluster, whose receivers are topics", () => {
    const { definition } = one(json, "aws_prometheus_alert_manager_definition", "Measures");
    const { alertmanager_config: text, template_files: files } = JSON.parse(String(definition)) as {
      readonly alertmanager_config: string;
      readonly template_files: Readonly<Record<string, string>>;
    };
    const file = JSON.parse(text) as {
      readonly receivers: Json[];
      readonly route: Json;
      readonly inhibit_rules: Json[];
    };
    const { objects } = release(platform(name, inCluster), "observability").values as {
      objects: Record<string, { stringData?: Record<string, string> }>;
    };
    const inside = JSON.parse(
      objects["Secret/alertmanager-config"]?.stringData?.["alertmanager.yaml"] ?? "",
    ) as typeof file;
    expect(file.inhibit_rules).toEqual(inside.inhibit_rules);
    expect(file.inhibit_rules.length).toBeGreaterThan(3);
    const { routes, ...route } = file.route;
    expect({ ...route, routes: inside.route.routes }).toEqual(inside.route);
    expect((routes as Json[]).map(({ receiver }) => receiver)).toEqual([
      "heartbeat-cluster",
      "heartbeat-rules",
      "null",
    ]);
    expect(file.receivers.map((receiver) => [receiver["name"], Object.keys(receiver).slice(1)])).toEqual([
      ["slack-critical", ["sns_configs"]],
      ["heartbeat-cluster", ["sns_configs"]],
      ["heartbeat-rules", ["sns_configs"]],
      ["null", []],
    ]);
    expect(Object.keys(files)).toEqual(["goldenpath"]);
    expect(text).toContain('"topic_arn": "${aws_sns_topic.platform_Measures_Topics_alerts');
  });

  test("lets the alert manager of that workspace write to its topics, and alarms of the account where people read", () => {
    const policies = all(json, "aws_sns_topic_policy").filter(({ arn }) => String(arn).includes("Measures_Topics"));
    expect(policies).toHaveLength(4);
    for (const { policy } of policies) {
      const [aps, ...others] = statements(policy);
      expect(aps).toMatchObject({
        Principal: { Service: "aps.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": expect.any(String) as string },
          ArnEquals: { "aws:SourceArn": expect.stringContaining("aws_prometheus_workspace.") as string },
        },
      });
      expect(others.map(({ Principal }) => Principal)).toEqual(
        others.length === 0 ? [] : [{ Service: "cloudwatch.amazonaws.com" }],
      );
    }
    for (const topic of all(json, "aws_sns_topic").filter(({ name: of }) => String(of).includes("measures"))) {
      expect(topic["kms_master_key_id"]).toMatch(/Measures_Topics_Key/);
    }
  });

  test("tells a channel in which nobody can do anything", () => {
    expect(all(json, "aws_chatbot_slack_channel_configuration")).toEqual([
      expect.objectContaining({
        slack_channel_id: "C0123456789",
        slack_team_id: expect.stringContaining("data.aws_chatbot_slack_workspace") as string,
        sns_topic_arns: [expect.stringContaining("Topics_alerts") as string],
        guardrail_policy_arns: ["arn:aws:iam::aws:policy/AWSDenyAll"],
      }),
    ]);
    const role = one(json, "aws_iam_role", "Measures_Slack");
    expect(statements(role["assume_role_policy"])).toEqual([
      { Effect: "Allow", Principal: { Service: "chatbot.amazonaws.com" }, Action: ["sts:AssumeRole"] },
    ]);
    for (const type of ["aws_iam_role_policy", "aws_iam_role_policy_attachment"]) {
      expect(JSON.stringify(all(json, type))).not.toContain("Measures_Slack");
    }
  });

  test("calls people when a heartbeat stops, by way of the channel and of mail", () => {
    const alarms = all(json, "aws_cloudwatch_metric_alarm").filter(({ namespace }) => namespace === "AWS/SNS");
    expect(alarms.map(({ dimensions }) => dimensions)).toEqual([
      { TopicName: `${name}_measures_heartbeat-cluster` },
      { TopicName: `${name}_measures_heartbeat-rules` },
    ]);
    const topics = all(json, "aws_sns_topic").map((topic) => topic["name"]);
    for (const alarm of alarms) {
      expect(topics).toContain((alarm["dimensions"] as { TopicName: string }).TopicName);
      expect(alarm).toMatchObject({
        metric_name: "NumberOfMessagesPublished",
        treat_missing_data: "breaching",
        alarm_actions: [
          expect.stringContaining("Topics_alerts") as string,
          expect.stringContaining("Topics_alarms") as string,
        ],
      });
    }
  });

  test("has Prometheus write there, as who it is, and no Alertmanager", () => {
    const { values } = release(json, "kube-prometheus-stack");
    expect(values).toMatchObject({
      alertmanager: { enabled: false },
      defaultRules: { rules: { alertmanager: false } },
      prometheus: {
        serviceAccount: { annotations: { "goldenpath/pod-identity-association": expect.any(String) as string } },
        prometheusSpec: {
          externalLabels: { cluster: name },
          // Pods of before have no role, and would never get one.
          podMetadata: { annotations: { "goldenpath/pod-identity-association": expect.any(String) as string } },
          replicaExternalLabelName: "__replica__",
          prometheusExternalLabelNameClear: true,
          remoteWrite: [
            {
              url: expect.stringMatching(
                /^https:\/\/aps-workspaces\.eu-central-1\.amazonaws\.com\/workspaces\/\$\{aws_prometheus_workspace\..*\.id\}\/api\/v1\/remote_write$/,
              ) as string,
              sigv4: { region: "eu-central-1" },
            },
          ],
          additionalAlertManagerConfigs: [
            { scheme: "https", static_configs: [{ targets: ["aps-workspaces.eu-central-1.amazonaws.com"] }] },
          ],
        },
      },
      grafana: {
        sidecar: {
          datasources: {
            url: expect.stringMatching(/^http:\/\/measures-reader\.observability:8080\/workspaces\/\$\{/) as string,
          },
        },
      },
    });
    const { objects } = release(json, "observability").values as { objects: Json };
    expect(Object.keys(objects).filter((key) => /alertmanager/.test(key))).toEqual([]);
  });

  test("gives who writes and who reads the least, each with a role of its own", () => {
    const policies = all(json, "aws_iam_role_policy").filter(({ policy }) => String(policy).includes("aps:"));
    const actions = policies.map(({ policy }) => statements(policy).map(({ Action }) => Action));
    expect(actions).toEqual([
      [
        ["aps:RemoteWrite", "aps:CreateAlertManagerAlerts"],
        ["kms:Decrypt", "kms:GenerateDataKey"],
      ],
      [expect.arrayContaining(["aps:QueryMetrics", "aps:PutAlertManagerSilences"]) as string[], "kms:Decrypt"],
    ]);
    expect(JSON.stringify(actions[1])).not.toContain("RemoteWrite");
    for (const { policy } of policies) expect(String(policy)).not.toContain('"Resource":"*"');
    expect(
      all(json, "aws_eks_pod_identity_association")
        .filter(({ namespace }) => namespace === "observability")
        .map(({ service_account: account }) => account),
    ).toEqual(["kube-prometheus-stack-prometheus", "measures-reader"]);
  });

  test("names every secret that people make, which is Grafana's alone", () => {
    expect(
      Object.keys(json.data?.["aws_secretsmanager_secrets"] ?? {}).filter((id) => /Platform/.test(id)),
    ).toHaveLength(1);
  });
});

describe.each(names)("the application of %s", (name) => {
  const json = stack(managed, name);
  const inside = stack(inCluster, name);
  const kinds = (of: StackJson): string[] =>
    all(of, "kubernetes_manifest").flatMap(({ manifest }) => (manifest as { kind: string }).kind);

  test("has its rules in the workspace that the platform made, and none in the cluster", () => {
    expect(kinds(json).filter((kind) => kind === "PrometheusRule")).toEqual([]);
    expect(kinds(json).filter((kind) => kind === "PodMonitor")).toEqual(
      kinds(inside).filter((kind) => kind === "PodMonitor"),
    );
    expect(Object.values(json.data?.["aws_prometheus_workspaces"] ?? {})).toMatchObject([
      { alias_prefix: one(platform(name), "aws_prometheus_workspace", "Measures")["alias"] },
    ]);
  });

  test("they are those of the cluster, each alert with the label that Prometheus would add", () => {
    const { groups } = JSON.parse(String(one(json, "aws_prometheus_rule_group_namespace", "Rules")["data"])) as {
      groups: RuleGroup[];
    };
    const expected = all(inside, "kubernetes_manifest").flatMap(({ manifest }) => {
      const { kind, spec } = manifest as { kind: string; spec: { groups: RuleGroup[] } };
      return kind === "PrometheusRule" ? spec.groups : [];
    });
    expect(expected.length).toBeGreaterThan(5);
    const labelled = expected.map((group) => ({
      ...group,
      rules: group.rules.map((rule) =>
        "alert" in rule ? { ...rule, labels: { ...rule.labels, cluster: name } } : rule,
      ),
    }));
    const sorted = (list: readonly RuleGroup[]) => list.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    expect(sorted(groups)).toEqual(sorted(labelled));
  });
});
