import { rabbitmq } from "../../../constructs/services/rabbitmq";
import { draft, problemsOf } from "../../support/input";

/* What is refused of workloads that are scaled on a queue. */

const BY_QUEUE = { min: 3, max: 10, queue: "orders", messagesPerPod: 50 };

function given(
  autoscaling: object,
  environment: object = { eventScaling: "keda" },
  needs: readonly unknown[] = ["events"],
): string[] {
  const { app, environment: input, workload } = draft();
  Object.assign(app, { services: { ...app.services, events: rabbitmq(), other: rabbitmq() } });
  const api = workload("api");
  const own: readonly (string | { readonly to: string })[] = (api["needs"] ?? []) as readonly string[];
  const others = own.filter((need) => !["events", "other"].includes(typeof need === "string" ? need : need.to));
  Object.assign(api, { autoscaling: { ...BY_QUEUE, ...autoscaling }, needs: [...others, ...needs] });
  Object.assign(input, environment);
  return problemsOf(input).filter((problem) => problem.includes("autoscaling") || problem.includes("metricsApis"));
}

test("a queue of the broker that the workload needs is enough, where something reads it", () => {
  expect(given({})).toEqual([]);
});

test.each([
  [{ messagesPerPod: undefined }, "autoscaling.messagesPerPod: missing; say how many messages may wait for each pod"],
  [{ messagesPerPod: 0 }, "autoscaling.messagesPerPod: got 0; use at least 1"],
  [{ queue: undefined, cpu: 70 }, "autoscaling.messagesPerPod: got 50, of no queue; say queue too, or remove it"],
  [{ queue: "" }, 'autoscaling.queue: got ""; use up to 255 letters, digits and . _ / : @ + -'],
  [{ cpu: 70 }, "autoscaling.cpu: beside a queue: of two measures an autoscaler does not tell that it cannot read one"],
  [{ metrics: {} }, "autoscaling.metrics: beside a queue"],
  [
    { min: 0 },
    "autoscaling.min: got 0; use at least 1: nobody could tell a worker that rests at 0 from one that is down",
  ],
  [{ max: 2 }, "autoscaling.max: got 2, below min 3; raise max or lower min"],
  [
    { broker: "cache" },
    'autoscaling.broker: got "cache", no service with queues among the workload\'s needs; use "events"',
  ],
])("%j is told: %s", (more, problem) => {
  expect(given(more).join("\n")).toContain(problem);
});

test("an environment that reads no queues refuses it, in its own words", () => {
  const [problem, ...others] = given({}, {});
  expect(others).toEqual([]);
  expect(problem).toContain(
    'workloads.api.autoscaling.queue: got "orders", nothing here reads queues, and it would never scale; say eventScaling: "keda" of the environment',
  );
  expect(given({}, { eventScaling: "off" })).toEqual([problem]);
});

test("without an edge to a broker there is no way to the queue, and of two it has to say which", () => {
  expect(given({}, undefined, []).join()).toContain(
    'autoscaling.broker: the workload needs no service with queues; add the broker to needs: needs: ["events"]',
  );
  expect(given({}, undefined, ["events", { to: "other", prefix: "OTHER_" }]).join()).toContain(
    'autoscaling.broker: several of its needs have queues; say which: broker: "events" or "other"',
  );
  expect(given({ broker: "other" }, undefined, ["events", { to: "other", prefix: "OTHER_" }])).toEqual([]);
});

test("a cluster has one server of external measures", () => {
  expect(given({}, { eventScaling: "keda", metricsApis: ["custom"] })).toEqual([]);
  expect(given({}, { eventScaling: "keda", metricsApis: ["external"] }).join()).toContain(
    'metricsApis: got ["external"], with eventScaling "keda" KEDA serves external.metrics.k8s.io, and a cluster has one server of it',
  );
});
