import type { EnvironmentSpec } from "../../constructs/environment";
import { prometheus, type PrometheusProps } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { stack, type StackJson, synthesizeEnvironments } from "../support/reference";
import { story } from "./support/engine";

/*
 * Traces of an environment that exists: on, changed, off and on again, in its platform and in its application. What they are
 * kept in holds data, as what logs are kept in: `logs.story.ts` has every way to lose that.
 */

type Props = Partial<PrometheusProps>;

const runbooks = "https://git.example.com/runbooks";

function stackOf(spec: EnvironmentSpec, name: string, protect: boolean, props: Props): StackJson {
  const observability = prometheus({ runbooks, slack: { channel: "#my-app-alerts" }, ...props });
  return stack(synthesizeEnvironments([{ ...spec, protect, observability }]), name);
}

type Events = readonly { readonly action: string; readonly address: string }[];

/** Releases, and what traces are kept in, by what happened to them. */
const said = (events: Events): string[] =>
  events.flatMap(({ action, address }) => {
    const [, release] = /helm_release__platform_([a-z-]+?)_[0-9A-F]{8}/.exec(address) ?? [];
    if (release !== undefined) return [`${action} ${release}`];
    return /(?:aws_s3_bucket|azurerm_storage_account)__platform_Store-tempo/.test(address) ? [`${action} store`] : [];
  });

const NEW = ["tempo", "tempo-objects", "otlp", "otlp-objects"];
/** Grafana has another source, to which lines lead, and the dashboard of the environment a row about it. */
const GRAFANA = ["update kube-prometheus-stack", "update observability"];
const sorted = (steps: readonly string[]): string[] => [...steps].sort();

const [local] = environments.filter(({ name }) => name === "local");
const staging = environments.find(({ name }) => name === "staging");
if (staging === undefined || local === undefined) throw new Error("no environments");

describe("the platform of staging, measured and protected", () => {
  const run = story();
  const apply = async (props: Props) => {
    await run.write(stackOf(staging, "staging-platform", true, props));
    const { events, problems } = await run.apply();
    return { steps: said(events), problems };
  };

  test("gets traces beside logs, the store before Tempo and Tempo before who sends to it, and nothing is replaced", async () => {
    expect((await apply({ logs: {} })).problems).toEqual([]);
    const { steps, problems } = await apply({ logs: {}, traces: {} });
    expect(problems).toEqual([]);
    expect(sorted(steps)).toEqual(sorted([...NEW.map((name) => `create ${name}`), "create store", ...GRAFANA]));
    const place = (step: string): number => steps.indexOf(step);
    expect(place("create store")).toBeLessThan(place("create tempo"));
    expect(place("create tempo")).toBeLessThan(place("create tempo-objects"));
    expect(place("create tempo-objects")).toBeLessThan(place("create otlp"));
    expect((await apply({ logs: {}, traces: {} })).steps).toEqual([]);
  });

  test("keeps other days by a change in place, and another ratio changes what is expected of it", async () => {
    const days = await apply({ logs: {}, traces: { retentionDays: 7 } });
    expect(days.problems).toEqual([]);
    expect(days.steps.filter((step) => step !== "update store")).toEqual(["update tempo"]);
    const ratio = await apply({ logs: {}, traces: { retentionDays: 7, ratio: 0.5 } });
    expect(ratio.steps).toEqual(["update tempo-objects"]);
  });

  test("does not lose them without the word, and lets them go in two deploys, logs left as they are", async () => {
    const refused = await apply({ logs: {} });
    expect(refused.steps).toEqual([]);
    expect(refused.problems.join("\n")).toMatch(/traces/);
    expect((await apply({ logs: {}, traces: {}, drops: ["traces"] })).problems).toEqual([]);
    const off = await apply({ logs: {}, drops: ["traces"] });
    expect(off.problems).toEqual([]);
    expect(sorted(off.steps)).toEqual(sorted([...NEW.map((name) => `delete ${name}`), "delete store", ...GRAFANA]));
    expect(off.steps.indexOf("delete otlp")).toBeLessThan(off.steps.indexOf("delete tempo"));
    expect(off.steps.indexOf("delete tempo")).toBeLessThan(off.steps.indexOf("delete store"));
    expect((await apply({ logs: {} })).problems).toEqual([]);
    expect((await apply({ logs: {}, traces: {} })).steps).toContain("create tempo");
  });
});

/** `config-map backend` of a resource's address. */
const kindAndName = (address: string): string => {
  const [, kind, name] = /_kubernetes_([a-z-]+?)-my-app-?([a-z]+)_[0-9A-F]{8}/.exec(address) ?? [];
  if (kind !== undefined && name !== undefined) return `${kind} ${name}`;
  return address.includes("_release-end_") ? "release-end" : address;
};

describe("the application on a cluster of this machine", () => {
  const run = story();
  const apply = async (props: Props): Promise<string[]> => {
    await run.write(stackOf(local, "local", false, props));
    const { events, problems } = await run.apply();
    expect(problems).toEqual([]);
    return sorted(events.map(({ action, address }) => `${action} ${kindAndName(address)}`));
  };
  const SENDING = ["backend", "consumer", "frontend", "notifications", "cron"];
  // Turned off its stack is the one before, byte by byte (`stacks/traces.test.ts`), so a plan is this one backwards.
  // What pods are told has a name for each content, and so has a policy: the old ones go when nothing names them any more.
  const steps = sorted([
    // What waits for all of a release.
    "update release-end",
    // It leads to the traces of its application.
    "update config-map dashboard",
    ...SENDING.flatMap((name) => [
      ...["create", "delete"].flatMap((action) => [`${action} config-map ${name}`, `${action} network-policy ${name}`]),
      `update ${name === "cron" ? "cron-job" : "deployment"} ${name}`,
    ]),
  ]);

  test("is told where spans go by other variables and policies, its dashboard leads there, and nothing else changes", async () => {
    await apply({});
    expect(await apply({ traces: {} })).toEqual(steps);
  });
});
