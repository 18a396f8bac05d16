import { cron, facts, find, render, resolvedApplication } from "../../support/resolved";

const { spec, metadata } = find(render(), "CronJob", "my-app-cron");
const job = spec.jobTemplate.spec;

test("keeps schedule, time zone, concurrency and deadlines as given", () => {
  expect(spec).toMatchObject({
    schedule: "*/5 * * * *",
    timeZone: "Etc/UTC",
    concurrencyPolicy: "Forbid",
    startingDeadlineSeconds: 300,
  });
  expect(job).toMatchObject({ backoffLimit: 1, activeDeadlineSeconds: 3600 });
});

test("leaves finished runs to be read, for a while", () => {
  expect(job.template.spec.restartPolicy).toBe("Never");
  expect(job.ttlSecondsAfterFinished).toBe(86_400);
});

test("asks node autoscalers, in the cloud's words, to let a run end, and says nothing where there are none", () => {
  const undisturbedPodAnnotations = { "example.com/do-not-disturb": "yes" };
  const objects = render({ facts: { ...facts, undisturbedPodAnnotations } });
  const asked = find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template.metadata;
  expect(asked.annotations).toEqual(undisturbedPodAnnotations);
  expect(job.template.metadata).not.toHaveProperty("annotations");
});

test("has pods that the workload's policy selects", () => {
  expect(metadata.labels.app).toBe("my-app-cron");
  expect(job.template.metadata.labels.app).toBe("my-app-cron");
  const policy = find(render(), "NetworkPolicy", "my-app-cron");
  expect(policy.spec.podSelector.matchLabels).toEqual({ app: "my-app-cron" });
});

test("counts in the quota by what its concurrency allows", () => {
  const pods = (concurrency: "Allow" | "Forbid" | "Replace") => {
    const application = resolvedApplication({ workloads: [cron({ concurrency })], routes: [] });
    return find(render({ application }), "ResourceQuota", "quota").spec.hard.pods;
  };
  expect([pods("Allow"), pods("Forbid"), pods("Replace")]).toEqual(["3", "1", "2"]);
});
