import { draft, problemsOf } from "../../support/input";

/* What is refused of autoscalers, and of measures that nothing in a cluster serves. */

const given = (more: object, environment: object = { metricsApis: ["custom", "external"] }): string[] => {
  const { environment: input, workload } = draft();
  Object.assign(workload("api"), { autoscaling: { min: 3, max: 10, ...more } });
  Object.assign(input, environment);
  return problemsOf(input);
};

const pods = { type: "Pods", metric: "busy", averageValue: 4 };
const external = { type: "External", metric: "messages", averageValue: 30 };
const policy = { type: "Pods", value: 4, periodSeconds: 60 };

test.each([
  [
    { metrics: {} },
    "autoscaling: nothing to scale on; give cpu or memory, in per cent of the request, one of metrics, or a queue",
  ],
  [{}, "autoscaling: nothing to scale on; give cpu or memory, in per cent of the request, one of metrics, or a queue"],
  [
    { metrics: { busy: { type: "Pod" } } },
    'autoscaling.metrics.busy.type: got "Pod"; use the type "Pods", "Object" or "External"',
  ],
  [
    { metrics: { busy: { ...pods, averageValue: undefined } } },
    "autoscaling.metrics.busy.averageValue: missing; give a number",
  ],
  [{ metrics: { busy: { ...pods, value: 4 } } }, "autoscaling.metrics.busy.value: unknown field"],
  [
    { metrics: { busy: { ...pods, averageValue: 0.0001 } } },
    "autoscaling.metrics.busy.averageValue: got 0.0001; use a number above 0 with up to three decimals",
  ],
  [
    { metrics: { busy: { ...pods, metric: "a/b" } } },
    'autoscaling.metrics.busy.metric: got "a/b"; use the name of a measure, without spaces, slashes and per cent signs',
  ],
  [
    { metrics: { queue: { ...external, value: 4 } } },
    "autoscaling.metrics.queue: two things to aim at; give one of value and averageValue",
  ],
  [
    { metrics: { queue: { ...external, averageValue: undefined } } },
    "autoscaling.metrics.queue: nothing to aim at; give one of value and averageValue",
  ],
  [
    { cpu: 70, behavior: { scaleUp: { stabilizationWindowSeconds: 3601 } } },
    "autoscaling.behavior.scaleUp.stabilizationWindowSeconds: got 3601; use at most 3600",
  ],
  [
    { cpu: 70, behavior: { scaleDown: { policies: [{ ...policy, periodSeconds: 1801 }] } } },
    "autoscaling.behavior.scaleDown.policies[0].periodSeconds: got 1801; use at most 1800",
  ],
  [
    { cpu: 70, behavior: { scaleUp: { policies: [] } } },
    "autoscaling.behavior.scaleUp.policies: got []; use at least 1 entry",
  ],
  [
    { cpu: 70, behavior: { scaleUp: { selectPolicy: "None" } } },
    'autoscaling.behavior.scaleUp.selectPolicy: got "None"; use "Max", "Min" or "Disabled"',
  ],
])("%j is told: %s", (more, problem) => {
  expect(given(more).join("\n")).toContain(problem);
});

test("measures alone are enough, where something serves them", () => {
  expect(given({ metrics: { busy: pods, queue: external } })).toEqual([]);
});

test("a measure that nothing serves is refused at the environment, where it could never scale", () => {
  const why = (api: string) =>
    `nothing here serves ${api}.metrics.k8s.io, and it would never scale by it; say metricsApis: ["${api}"]`;
  const both = { cpu: 70, metrics: { busy: pods, queue: external } };
  const found = given(both, {});
  expect(found).toHaveLength(2);
  expect(found[0]).toContain(`workloads.api.autoscaling.metrics.busy: ${why("custom")}`);
  expect(found[1]).toContain(`workloads.api.autoscaling.metrics.queue: ${why("external")}`);
  expect(given(both, { metricsApis: ["external"] })).toEqual([found[0]]);
  expect(given(both, { metricsApis: ["queues"] }).join()).toContain('metricsApis[0]: got "queues"');
  expect(given(both, { metricsApis: ["custom", "custom", "external"] }).join()).toContain("name each once");
});

test("an environment that scales without it needs nothing", () => {
  const { environment, overlay, workload } = draft();
  Object.assign(workload("api"), { autoscaling: { min: 3, max: 10, metrics: { queue: external } } });
  Object.assign(overlay, { workloads: { api: { autoscaling: { min: 3, max: 10, cpu: 70 } } } });
  expect(problemsOf(environment)).toEqual([]);
  Object.assign(overlay, { workloads: { api: { autoscaling: { min: 3, max: 10, metrics: { other: external } } } } });
  expect(problemsOf(environment).join()).toContain("autoscaling.metrics.other: nothing here serves");
});
