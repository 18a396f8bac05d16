import { draft, problemsOf } from "../../support/input";

/* What is refused of what workloads promise. */

const given = (fields: object, workload = "api", override?: object): string => {
  const { environment, workload: raw } = draft();
  Object.assign(raw(workload), fields);
  const [application] = environment.applications as { workloads?: object }[];
  if (application !== undefined && override !== undefined) application.workloads = { [workload]: override };
  return problemsOf(environment).join("\n");
};

const metrics = { path: "/metrics" };

test.each([
  [
    { objectives: { availability: 99.9 } },
    "objectives: nothing is known of its requests: it has no metrics; say where",
  ],
  [{ metrics, objectives: {} }, "objectives: promises nothing; give availability, latency or both, or remove it"],
  [{ metrics, objectives: { availability: 99.9999 } }, "objectives.availability: got 99.9999; use at most 99.999"],
  [{ metrics, objectives: { availability: 90 } }, "objectives.availability: got 90; use at least 95"],
  [{ metrics, objectives: { availability: "99.9" } }, 'objectives.availability: got "99.9"; use a number'],
  [
    { metrics, objectives: { latency: { percent: 95, withinSeconds: 0.3 } } },
    "objectives.latency.withinSeconds: got 0.3, requests are not counted at that time; use one of 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, or say metrics.buckets where the program has others",
  ],
  [
    {
      metrics: { ...metrics, buckets: [0.1, 0.3] },
      objectives: { latency: { percent: 95, withinSeconds: 1 } },
    },
    "objectives.latency.withinSeconds: got 1, requests are not counted at that time; use one of 0.1, 0.3, or say",
  ],
  [
    { metrics: { ...metrics, buckets: [0.1, 0.3, 0.3] } },
    "metrics.buckets[2]: got 0.3, not above the one before it; list the bounds in ascending order, each once",
  ],
  [{ metrics, objectives: { uptime: 99.9 } }, "objectives.uptime: unknown field; remove it"],
])("of %j is told: %s", (fields, problem) => {
  expect(given(fields)).toContain(problem);
});

test("what is measured may be promised, at the times that it is counted at", () => {
  expect(given({ metrics, objectives: { availability: 99.95, latency: { percent: 99, withinSeconds: 2.5 } } })).toBe(
    "",
  );
  expect(
    given({ metrics: { ...metrics, buckets: [0.3] }, objectives: { latency: { percent: 95, withinSeconds: 0.3 } } }),
  ).toBe("");
});

test("gRPC has no requests with a status of HTTP", () => {
  const ports = { metrics: 9464 };
  const fields = { protocol: "grpc", ports, metrics: { port: "metrics" }, objectives: { availability: 99.9 } };
  expect(given(fields, "web")).toContain("objectives: requests of gRPC have no status of HTTP");
});

test("what answers no requests promises nothing", () => {
  expect(given({ objectives: { availability: 99.9 } }, "nightly")).toContain("objectives: unknown field; remove it");
  expect(given({}, "nightly", { objectives: { availability: 99.9 } })).toContain(
    "got an object, a cron answers no requests",
  );
  expect(given({}, "queue", { objectives: { availability: 99.9 } })).toContain("a worker answers no requests");
});

test("an environment promises otherwise, or nothing", () => {
  const fields = { metrics, objectives: { availability: 99.9 } };
  expect(given(fields, "api", { objectives: false })).toBe("");
  expect(given(fields, "api", { objectives: { availability: 99 } })).toBe("");
  expect(given({}, "api", { objectives: { availability: 99 } })).toContain("it has no metrics");
});
