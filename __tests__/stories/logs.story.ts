import type { EnvironmentSpec } from "../../constructs/environment";
import { prometheus, type PrometheusProps } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { one } from "../support/cloud-environment";
import { stack, type StackJson, synthesizeEnvironments } from "../support/reference";
import { story } from "./support/engine";

/*
 * Logs of an environment that exists: on, changed, off and on again. What they are kept in holds data: where the environment
 * is protected it goes by the ledger's words alone.
 */

type Props = Partial<PrometheusProps>;

const runbooks = "https://git.example.com/runbooks";

const platform = (spec: EnvironmentSpec, protect: boolean, props?: Props): StackJson => {
  const slack = { channel: "#my-app-alerts" };
  const observability = props === undefined ? "off" : prometheus({ runbooks, slack, ...props });
  return stack(synthesizeEnvironments([{ ...spec, protect, observability }]), `${spec.name}-platform`);
};

/** Whether the store and the platform itself, by their names and place, come to one bucket of the ledger: once in 256. */
const share = (json: StackJson): boolean =>
  /platform stack [^"]*kept|log-store [^"]*kept/.test(JSON.stringify(one(json, "terraform_data", "Ledger")));

/** What the plan says: the ledger's words, or Terraform's own where the ledger has forgotten one of two. */
const expectRefused = (problems: readonly string[], shared: boolean, words: readonly string[]): void => {
  const text = problems.join("\n").replaceAll(/\s+/g, " ");
  if (shared) expect(text).toMatch(/terraform_data\.Kept\["[^"]*\/logs"\] has (?:lifecycle\.)?prevent_destroy set/);
  else for (const said of words) expect(text).toContain(said);
};

/** Releases, and what lines are kept in, by what happened to them. */
const said = (events: readonly { readonly action: string; readonly address: string }[]): string[] =>
  events.flatMap(({ action, address }) => {
    const [, release] = /helm_release__platform_([a-z-]+?)_[0-9A-F]{8}/.exec(address) ?? [];
    if (release !== undefined) return [`${action} ${release}`];
    const isStore = /(?:aws_s3_bucket|google_storage_bucket|azurerm_storage_account)__platform_Store-loki/.test(
      address,
    );
    return isStore ? [`${action} store`] : [];
  });

const NEW = ["loki", "loki-objects", "alloy", "alloy-objects"];
const created = NEW.map((name) => `create ${name}`);
const deleted = NEW.map((name) => `delete ${name}`);
const sorted = (steps: readonly string[]): string[] => [...steps].sort();

/** One whose store and platform share a bucket of the ledger, and one whose do not and that has a lock. */
const clouds = environments.filter(({ name }) => ["staging", "aks-staging"].includes(name));

describe.each(clouds)("the platform of $name, measured and protected", (spec) => {
  const run = story();
  const shared = share(platform(spec, true, { logs: {} }));
  const apply = async (props?: Props) => {
    await run.write(platform(spec, true, props));
    const { events, problems } = await run.apply();
    return { steps: said(events), problems };
  };

  test("gets logs, the store before Loki and Loki before what reads, and nothing is replaced", async () => {
    expect((await apply({})).problems).toEqual([]);
    const { steps, problems } = await apply({ logs: {} });
    expect(problems).toEqual([]);
    expect(sorted(steps)).toEqual(
      sorted([...created, "create store", "update kube-prometheus-stack", "update observability"]),
    );
    const place = (step: string): number => steps.indexOf(step);
    expect(place("create store")).toBeLessThan(place("create loki"));
    expect(place("create loki")).toBeLessThan(place("create loki-objects"));
    expect(place("create loki-objects")).toBeLessThan(place("create alloy"));
    expect((await apply({ logs: {} })).steps).toEqual([]);
  });

  test("keeps other days by a change in place", async () => {
    const { steps, problems } = await apply({ logs: { retentionDays: 60 } });
    expect(problems).toEqual([]);
    expect(steps.filter((step) => step !== "update store")).toEqual(["update loki"]);
  });

  test.each<[string, Props | undefined]>([
    ["without the word", {}],
    ["with everything off", undefined],
  ])("does not lose them %s: the plan says what to do", async (_, props) => {
    const { steps, problems } = await apply(props);
    expect(steps).toEqual([]);
    expectRefused(problems, shared, [
      `environments.${spec.name}: "logs" (log-store): holds data of a protected environment`,
      'say drops: ["logs"] beside it',
    ]);
  });

  test("nor by the word alone, once they are out of the program", async () => {
    const { steps, problems } = await apply({ drops: ["logs"] });
    expect(steps).toEqual([]);
    expectRefused(problems, shared, ["was never deployed with the word in drops"]);
  });

  test("lets them go in two deploys, and has them again, empty", async () => {
    const word = await apply({ logs: { retentionDays: 60 }, drops: ["logs"] });
    expect(word.problems).toEqual([]);
    expect(word.steps.filter((step) => /^(?:create|delete)/.test(step))).toEqual([]);
    const off = await apply({ drops: ["logs"] });
    expect(off.problems).toEqual([]);
    expect(sorted(off.steps)).toEqual(
      sorted([...deleted, "delete store", "update kube-prometheus-stack", "update observability"]),
    );
    expect(off.steps.indexOf("delete alloy")).toBeLessThan(off.steps.indexOf("delete loki"));
    expect(off.steps.indexOf("delete loki")).toBeLessThan(off.steps.indexOf("delete store"));
    expect((await apply({})).problems).toEqual([]);
    const again = await apply({ logs: {} });
    expect(again.problems).toEqual([]);
    expect(again.steps).toEqual(expect.arrayContaining(created));
    expect((await apply({})).problems).not.toEqual([]);
  });
});

describe("the platform of staging, not protected", () => {
  const run = story();
  const [spec] = clouds.filter(({ name }) => name === "staging");

  test("loses them by one deploy", async () => {
    if (spec === undefined) throw new Error("no staging");
    for (const props of [{ logs: {} }, undefined]) {
      await run.write(platform(spec, false, props));
      const { events, problems } = await run.apply();
      expect(problems).toEqual([]);
      expect(said(events)).toContain(props === undefined ? "delete store" : "create store");
    }
  });
});
