import {
  amazonManagedPrometheus,
  type AmazonManagedPrometheusProps,
} from "../../constructs/observability/amazon/amazon-managed-prometheus";
import type { Observability } from "../../constructs/observability/observability";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { one } from "../support/cloud-environment";
import { stack, type StackJson, synthesizeEnvironments } from "../support/reference";
import { story } from "./support/engine";

/*
 * A platform on AWS that exists, protected: measures in the cluster, then in Amazon Managed Service for Prometheus, and back. What
 * the workspace holds goes by the ledger's words alone.
 */

const runbooks = "https://git.example.com/runbooks";
const inCluster = prometheus({ runbooks, slack: { channel: "#my-app-alerts" } });
const managed = (props: Partial<AmazonManagedPrometheusProps> = {}): Observability =>
  amazonManagedPrometheus({ runbooks, slack: { workspace: "Example", channelId: "C0123456789" }, ...props });

const [production] = environments.filter(({ name }) => name === "production");

function written(name: "production" | "production-platform", observability: Observability | "off"): StackJson {
  if (production === undefined) throw new Error("no production");
  return stack(synthesizeEnvironments([{ ...production, protect: true, observability }]), name);
}

/** Whether the workspace and the platform itself, by their names and place, come to one bucket of the ledger: once in 256. */
const shared = /platform stack [^"]*kept|metrics-store [^"]*kept/.test(
  JSON.stringify(one(written("production-platform", managed()), "terraform_data", "Ledger")),
);

/** Releases, and what holds measures or tells people, by what happened to them. */
const said = (events: readonly { readonly action: string; readonly address: string }[]): string[] =>
  events.flatMap(({ action, address }) => {
    const [, release] = /helm_release__platform_([a-z-]+?)_[0-9A-F]{8}/.exec(address) ?? [];
    if (release !== undefined) return [`${action} ${release}`];
    const [, type] =
      /(aws_prometheus_[a-z_]+|aws_chatbot_slack_channel[a-z_]+|aws_cloudwatch_metric_alarm)__/.exec(address) ?? [];
    return type === undefined ? [] : [`${action} ${type}`];
  });

const sorted = (steps: readonly string[]): string[] => [...steps].sort();

const MADE = [
  "aws_chatbot_slack_channel_configuration",
  "aws_cloudwatch_metric_alarm",
  "aws_cloudwatch_metric_alarm",
  "aws_prometheus_alert_manager_definition",
  "aws_prometheus_rule_group_namespace",
  "aws_prometheus_workspace",
  "aws_prometheus_workspace_configuration",
  "measures-reader",
];

describe("the platform of production, protected", () => {
  const run = story();
  const apply = async (observability: Observability | "off") => {
    await run.write(written("production-platform", observability));
    const { events, problems } = await run.apply();
    return { steps: said(events), problems };
  };

  test("goes from the cluster to the workspace: that first, and what was there is changed in place", async () => {
    expect((await apply(inCluster)).problems).toEqual([]);
    const { steps, problems } = await apply(managed());
    expect(problems).toEqual([]);
    expect(sorted(steps)).toEqual(
      sorted([...MADE.map((made) => `create ${made}`), "update kube-prometheus-stack", "update observability"]),
    );
    const place = (step: string): number => steps.indexOf(step);
    expect(place("create aws_prometheus_workspace")).toBeLessThan(place("create measures-reader"));
    expect(place("create measures-reader")).toBeLessThan(place("update kube-prometheus-stack"));
    expect((await apply(managed())).steps).toEqual([]);
  });

  test("keeps other days, and tells another channel, without a word to the cluster", async () => {
    expect((await apply(managed({ keepDays: 400 }))).steps).toEqual(["update aws_prometheus_workspace_configuration"]);
    const { steps, problems } = await apply(
      managed({ keepDays: 400, slack: { workspace: "Example", channelId: "C9876543210" } }),
    );
    expect(problems).toEqual([]);
    expect(steps).toEqual(["update aws_chatbot_slack_channel_configuration"]);
  });

  test.each<[string, Observability | "off"]>([
    ["back in the cluster", inCluster],
    ["with everything off", "off"],
  ])("does not lose them %s without the word: the plan says what to do", async (_, observability) => {
    const { steps, problems } = await apply(observability);
    expect(steps).toEqual([]);
    const text = problems.join("\n").replaceAll(/\s+/g, " ");
    if (shared)
      expect(text).toMatch(/terraform_data\.Kept\["[^"]*\/measures"\] has (?:lifecycle\.)?prevent_destroy set/);
    else {
      expect(text).toContain(
        'environments.production: "measures" (metrics-store): holds data of a protected environment',
      );
      expect(text).toContain('say drops: ["measures"] beside it');
    }
  });

  test("lets them go in two deploys, and is in the cluster again as it was", async () => {
    const word = await apply(managed({ keepDays: 400, drops: ["measures"] }));
    expect(word.problems).toEqual([]);
    expect(word.steps.filter((step) => /^(?:create|delete)/.test(step))).toEqual([]);
    const back = await apply(inCluster);
    expect(back.problems).toEqual([]);
    expect(sorted(back.steps)).toEqual(
      sorted([...MADE.map((made) => `delete ${made}`), "update kube-prometheus-stack", "update observability"]),
    );
    // Prometheus knows no workspace any more before it goes.
    expect(back.steps.indexOf("delete measures-reader")).toBeLessThan(
      back.steps.indexOf("delete aws_prometheus_workspace"),
    );
    expect((await apply(inCluster)).steps).toEqual([]);
    expect((await apply(managed())).problems).toEqual([]);
  });
});

describe("the application of production", () => {
  const run = story();
  const rules = (events: readonly { readonly action: string; readonly address: string }[]): string[] => [
    ...new Set(
      events.flatMap(({ action, address }) =>
        /_prometheus-?rule-|aws_prometheus_rule_group_namespace/i.test(address)
          ? [`${action} ${address.includes("aws_prometheus") ? "workspace" : "objects"}`]
          : [],
      ),
    ),
  ];

  const apply = async (observability: Observability) => {
    await run.write(written("production", observability));
    const { events, problems } = await run.apply();
    expect(problems).toEqual([]);
    return events;
  };

  test("has its rules in the cluster", async () => {
    expect(rules(await apply(inCluster))).toEqual(["create objects"]);
  });

  test("takes them to the workspace, and nothing that runs or holds data changes", async () => {
    const events = await apply(managed());
    expect(sorted(rules(events))).toEqual(["create workspace", "delete objects"]);
    expect(events.filter(({ address }) => /deployment|stateful|aws_(?:db|s3|elasticache|mq)/.test(address))).toEqual(
      [],
    );
  });

  test("and back", async () => {
    expect(sorted(rules(await apply(inCluster)))).toEqual(["create objects", "delete workspace"]);
  });
});
