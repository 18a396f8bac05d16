import { addon } from "../../constructs/addons/environment-addon";
import type { EnvironmentSpec } from "../../constructs/environment";
import { prometheus, type PrometheusProps } from "../../constructs/observability/prometheus/prometheus";
import { environments } from "../../environments";
import { stack, type StackJson, synthesizeEnvironments } from "../support/reference";
import { story } from "./support/engine";

/*
 * `<env>-platform` of an environment that exists: observability on, changed, and off again. What an apply does to a Helm release
 * is what Terraform decides; what Helm does then is its own business.
 */

const slack = { channel: "#my-app-alerts" };

/** An add-on of the environment's own, which comes after everything. */
const own = addon({
  name: "own",
  namespace: "own",
  chart: { repository: "https://charts.example.com", name: "own", version: "1.0.0" },
  values: () => ({}),
});

/** What differs between the steps. */
type Props = Omit<PrometheusProps, "runbooks">;

const runbooks = "https://git.example.com/runbooks";

const platform = (spec: EnvironmentSpec, props?: Props): StackJson =>
  stack(
    synthesizeEnvironments([
      { ...spec, addons: [own], observability: props === undefined ? "off" : prometheus({ runbooks, ...props }) },
    ]),
    `${spec.name}-platform`,
  );

/** Releases and namespaces by what happened to them, in that order. */
const said = (events: readonly { readonly action: string; readonly address: string }[]): string[] =>
  events.flatMap(({ action, address }) => {
    const [, type, name] =
      /(helm_release|kubernetes_namespace_v1)__platform_([a-z-]+?)(?:_namespace)?_[0-9A-F]{8}/.exec(address) ?? [];
    return name === undefined ? [] : [`${action} ${type === "helm_release" ? name : `namespace ${name}`}`];
  });

const NEW = ["prometheus-operator-crds", "observability", "kube-prometheus-stack", "prometheus-node-exporter"];

describe.each(environments.filter(({ name }) => ["staging", "gke-staging", "aks-staging", "local"].includes(name)))(
  "the platform of $name",
  (spec) => {
    const run = story();
    const apply = async (props?: Props): Promise<string[]> => {
      await run.write(platform(spec, props));
      const { events, problems } = await run.apply();
      expect(problems).toEqual([]);
      return said(events);
    };

    test("is there without it", async () => {
      expect(await apply()).toContain("create own");
    });

    test("gets it with its kinds first, and nothing that was there is replaced", async () => {
      const steps = await apply({ slack });
      const place = (step: string): number => {
        expect(steps).toContain(step);
        return steps.indexOf(step);
      };
      expect(steps.filter((step) => step.startsWith("delete"))).toEqual([]);
      expect(steps.filter((step) => step.startsWith("update"))).toEqual(["update objects"]);
      expect(steps.filter((step) => /^create (?!namespace)/.test(step)).sort()).toEqual(
        NEW.map((name) => `create ${name}`).sort(),
      );
      expect(place("create prometheus-operator-crds")).toBeLessThan(place("update objects"));
      expect(place("update objects")).toBeLessThan(place("create observability"));
      expect(place("create namespace observability")).toBeLessThan(place("create observability"));
      expect(place("create observability")).toBeLessThan(place("create kube-prometheus-stack"));
      expect(await apply({ slack })).toEqual([]);
    });

    test("tells another channel, and calls somebody, by a change of one release", async () => {
      expect(await apply({ slack: { channel: "#others" } })).toEqual(["update observability"]);
      expect(await apply({ slack: { channel: "#others" }, pagerDuty: {} })).toEqual(["update observability"]);
    });

    test("keeps more days by a change in place", async () => {
      const steps = await apply({ slack: { channel: "#others" }, pagerDuty: {}, retentionDays: 7 });
      expect(steps).toEqual(["update kube-prometheus-stack"]);
    });

    test("loses it again, what runs before what it needs and the kinds at the end, and nothing else", async () => {
      const steps = await apply();
      expect(steps.filter((step) => step.startsWith("create"))).toEqual([]);
      expect(steps.filter((step) => /^delete (?!namespace)/.test(step)).sort()).toEqual(
        NEW.map((name) => `delete ${name}`).sort(),
      );
      const place = (step: string): number => steps.indexOf(step);
      expect(place("delete kube-prometheus-stack")).toBeLessThan(place("delete observability"));
      expect(place("delete observability")).toBeLessThan(place("delete prometheus-operator-crds"));
      expect(await apply()).toEqual([]);
    });
  },
);
