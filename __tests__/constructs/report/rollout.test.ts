import { rolloutOf } from "../../../constructs/report/rollout";

/* Numbers of a rollout, by what Kubernetes does with what the provider is told. */

const DEPLOYMENT = "kubernetes_deployment_v1";

const probe = (seconds: number) => [{ initial_delay_seconds: seconds }];

const spec = (more: object = {}, pod: object = {}) => ({
  spec: [
    {
      replicas: "4",
      min_ready_seconds: 10,
      progress_deadline_seconds: 600,
      strategy: [{ type: "RollingUpdate", rolling_update: [{ max_surge: "25%", max_unavailable: "0" }] }],
      template: [
        {
          spec: [
            {
              termination_grace_period_seconds: 60,
              container: [{ readiness_probe: probe(5), startup_probe: [] }],
              ...pod,
            },
          ],
        },
      ],
      ...more,
    },
  ],
});

test("a quarter more pods at a time, and none less", () => {
  expect(rolloutOf(DEPLOYMENT, spec())).toMatchObject({
    pods: 4,
    atATime: 1,
    fewestReady: 4,
    leastSeconds: 60,
    graceSeconds: 60,
    deadlineSeconds: 600,
  });
});

test.each([
  ["1", "0", 1, 4],
  ["0", "1", 1, 3],
  ["50%", "50%", 4, 2],
  ["0", "0", 1, 3],
  ["30%", "30%", 3, 3],
])("a surge of %s and %s unavailable", (max_surge, max_unavailable, atATime, fewestReady) => {
  const strategy = [{ type: "RollingUpdate", rolling_update: [{ max_surge, max_unavailable }] }];
  expect(rolloutOf(DEPLOYMENT, spec({ strategy }))).toMatchObject({ atATime, fewestReady });
});

test("one that is made anew is away", () => {
  expect(rolloutOf(DEPLOYMENT, spec({ strategy: [{ type: "Recreate" }] }))).toMatchObject({
    atATime: 4,
    fewestReady: 0,
    leastSeconds: 15,
  });
  expect(rolloutOf("kubernetes_stateful_set_v1", spec({ replicas: "1" }))).toMatchObject({
    fewestReady: 0,
    atATime: 1,
  });
});

test("the slowest container counts, with its start", () => {
  const container = [{ readiness_probe: probe(5) }, { readiness_probe: probe(2), startup_probe: probe(30) }];
  expect(rolloutOf(DEPLOYMENT, spec({ replicas: "1" }, { container }))?.leastSeconds).toBe(42);
});

test("without a number the autoscaler's is taken, and it is said whose it is", () => {
  const rollout = rolloutOf(DEPLOYMENT, spec({ replicas: null }), 3);
  expect(rollout?.pods).toBe(3);
  expect(rollout?.because[0]).toEqual({ what: "3 pods", from: "autoscaling.min of the model" });
});

test("nothing is said where only the apply tells the pods", () => {
  expect(rolloutOf(DEPLOYMENT, { spec: [{}] })).toBeUndefined();
});
