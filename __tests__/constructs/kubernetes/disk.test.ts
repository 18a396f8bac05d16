import type { PodTemplate } from "../../../constructs/kubernetes/objects";
import type { ResolvedPhpFpm, ResolvedReplicated } from "../../../constructs/model/resolved";
import {
  backend,
  cron,
  find,
  findJob,
  frontend,
  migrate,
  render,
  resolvedApplication,
  withUsers,
} from "../../support/resolved";

/** Each container's limit of the node's disk, by its name. */
function limits(workload: ResolvedReplicated): Record<string, string | undefined> {
  const objects = render({ application: resolvedApplication({ workloads: [workload] }) });
  const { containers } = find(objects, "Deployment", workload.objectName).spec.template.spec;
  return Object.fromEntries(containers.map(({ name, resources }) => [name, resources.limits["ephemeral-storage"]]));
}

test("a container may fill the temporary volumes it mounts, and write its logs", () => {
  expect(limits(frontend())).toEqual({ frontend: "384Mi" });
});

test("volumes in memory and claims are not of the node's disk; each container has its own", () => {
  const uploads: Partial<ResolvedPhpFpm> = { maxBodySize: "64Mi" };
  expect(limits(backend())).toEqual({ backend: "640Mi", "backend-nginx": "640Mi" });
  expect(limits(backend(uploads))).toEqual({ backend: "1152Mi", "backend-nginx": "1152Mi" });
});

test("one that must write to its image's file system gets room for that", () => {
  const security = { user: 1000, readOnlyRootFilesystem: false, profile: "restricted" } as const;
  expect(limits(frontend({ security }))).toEqual({ frontend: "1408Mi" });
});

test("a scheduler can count on what each requests, those of Jobs and CronJobs too", () => {
  const objects = render({
    application: resolvedApplication({ workloads: [cron(), migrate()] }),
    provided: withUsers(),
  });
  const disk = ({ spec }: PodTemplate) =>
    spec.containers.map(({ resources: { requests, limits } }) => [
      requests["ephemeral-storage"],
      limits["ephemeral-storage"],
    ]);
  expect(disk(find(objects, "CronJob", "my-app-cron").spec.jobTemplate.spec.template)).toEqual([["64Mi", "384Mi"]]);
  expect(disk(findJob(objects, "my-app-migrate").spec.template)).toEqual([["64Mi", "384Mi"]]);
  // Their one temporary volume is in memory.
  for (const job of ["my-app-orders-db-users", "my-app-orders-db-retire"]) {
    expect(disk(findJob(objects, job).spec.template)).toEqual([["64Mi", "128Mi"]]);
  }
});
