import type { EnvironmentSpec } from "../../constructs/environment";
import type { Autoscaling } from "../../constructs/model/workload";
import { environments } from "../../environments";
import { stack, type StackJson, synthesizeEnvironments } from "../support/reference";
import { story } from "./support/engine";

/*
 * A worker of an environment that exists: scaled on CPU, then on its queue, on another number of messages, and on CPU again. Its
 * Deployment is never touched, so nobody sets its pods back to a number.
 */

const BY_CPU: Autoscaling = { min: 2, max: 6, cpu: 70 };
const BY_QUEUE: Autoscaling = { min: 2, max: 6, queue: "events", messagesPerPod: 50 };

const specOf = (spec: EnvironmentSpec, autoscaling: Autoscaling): EnvironmentSpec => ({
  ...spec,
  eventScaling: autoscaling.queue === undefined ? "off" : "keda",
  applications: spec.applications.map((overlay) => ({
    ...overlay,
    workloads: {
      ...overlay.workloads,
      consumer: { ...overlay.workloads?.consumer, replicas: undefined, autoscaling },
    },
  })),
});

/** Objects by what happened to them, without the hashes that their ids end in. */
const said = (events: readonly { readonly action: string; readonly address: string }[]): string[] =>
  events
    .filter(({ address }) => !/first-revisions|release-end|data__kubernetes_resources/.test(address))
    .map(({ action, address }) => `${action} ${address.replace(/^.*?_kubernetes_/, "").replace(/_[0-9A-F]{8}.*$/, "")}`)
    .sort();

// One whose broker is a pod behind a policy.
describe.each(environments.filter(({ name }) => name === "local"))("the worker of $name", (spec) => {
  const run = story();
  const application = (autoscaling: Autoscaling): StackJson =>
    stack(synthesizeEnvironments([specOf(spec, autoscaling)]), spec.name);
  const apply = async (autoscaling: Autoscaling) => {
    await run.write(application(autoscaling));
    const { events, problems } = await run.apply();
    expect(problems).toEqual([]);
    return { events, steps: said(events) };
  };
  const own = [
    ...["scaled-object-my-app-consumer", "trigger-authentication-my-app-consumer"],
    ...["config-map-my-app-consumer--queue", "network-policy-my-app-consumer--queue"],
  ];
  const HPA = "horizontal-pod-autoscaler-my-app-consumer-hpa";
  const kinds = (steps: readonly string[]): string[] => steps.map((step) => step.replaceAll(/[^a-z ]/g, ""));
  const wanted = (action: "create" | "delete"): string[] => kinds(own.map((name) => `${action} ${name}`));

  test("goes from CPU to its queue: what KEDA reads comes, the old autoscaler goes, and nothing else happens", async () => {
    await apply(BY_CPU);
    const { events, steps } = await apply(BY_QUEUE);
    expect(kinds(steps)).toEqual([...wanted("create"), ...kinds([`delete ${HPA}`])].sort());
    const place = (part: string): number => events.findIndex(({ address }) => address.includes(part));
    expect(place("trigger-authentication")).toBeLessThan(place("scaled-object"));
    expect((await apply(BY_QUEUE)).steps).toEqual([]);
  });

  test("takes another number by a change in place", async () => {
    const { steps } = await apply({ ...BY_QUEUE, messagesPerPod: 20 });
    expect(kinds(steps)).toEqual(kinds(["update scaled-object-my-app-consumer"]));
  });

  test("goes back: the object before what it signs in with, and nothing else happens", async () => {
    const { events, steps } = await apply(BY_CPU);
    expect(kinds(steps)).toEqual([...kinds([`create ${HPA}`]), ...wanted("delete")].sort());
    const place = (part: string): number => events.findIndex(({ address }) => address.includes(part));
    expect(place("scaled-object")).toBeLessThan(place("trigger-authentication"));
    expect((await apply(BY_CPU)).steps).toEqual([]);
  });
});
