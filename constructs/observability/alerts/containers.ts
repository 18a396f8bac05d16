import type { Container, Deployment } from "../../kubernetes/objects";
import { parseBytes, parseCpu } from "../../model/quantity";
import { type Alert, alert } from "./alert";
import { humanize1024 } from "./in-words";
import { select } from "./promql";
import { growing, steady } from "./series";
import { deploymentsOf, nameOf, podsOf, type Watched } from "./watched";

/* How near containers of pods that run for good are to what they get at most: the limits are those that were rendered. */

const MEMORY = "container_memory_working_set_bytes";
const CPU = "container_cpu_usage_seconds_total";

/** Part of a limit from which on it is near, in per cent. */
const NEAR = 90;

const MEBIBYTE = 2 ** 20;

export const containerAlerts = (watched: Watched): Alert[] =>
  deploymentsOf(watched).flatMap((object) =>
    object.spec.template.spec.containers.flatMap((container) => [
      ...highMemory(watched, object, container),
      ...highCpu(watched, object, container),
    ]),
  );

const within = ({ application }: Watched, { metadata }: Deployment, { name }: Container) => ({
  namespace: application.namespace,
  container: name,
  pod: podsOf(metadata.name),
});

const labelsOf = ({ application }: Watched, { metadata }: Deployment, { name }: Container) => ({
  namespace: application.namespace,
  container: name,
  pod: `${metadata.name}-5d8f7c9b6d-x2x4z`,
});

function highMemory(watched: Watched, object: Deployment, container: Container): Alert[] {
  const limit = parseBytes(container.resources.limits.memory);
  if (limit === undefined) return [];
  const workload = nameOf(object, watched);
  const labels = labelsOf(watched, object, container);
  const threshold = Math.floor((limit * NEAR) / 100 / MEBIBYTE) * MEBIBYTE;
  const using = (bytes: number) => [steady(MEMORY, labels, bytes, 600)];
  const matchers = within(watched, object, container);
  return [
    alert({
      name: "HighMemoryUsage",
      value: `max by (pod) (${select(MEMORY, matchers)})`,
      is: ">",
      threshold,
      forSeconds: 600,
      severity: "warning",
      within: matchers,
      labels: { workload, container: container.name },
      shownBy: "humanize1024",
      says: ({ label, value }) => ({
        summary: `${label("pod")} is short of memory`,
        description: `Container ${container.name} of pod ${label("pod")} has used ${value}B of its ${container.resources.limits.memory} for ten minutes; at the limit it is killed`,
      }),
      proof: {
        firing: using(threshold + MEBIBYTE),
        quiet: [using(threshold)],
        firesAt: 600,
        labels: { pod: labels.pod },
        shows: humanize1024(threshold + MEBIBYTE),
      },
    }),
  ];
}

function highCpu(watched: Watched, object: Deployment, container: Container): Alert[] {
  const limit = parseCpu(container.resources.limits.cpu);
  if (limit === undefined) return [];
  const workload = nameOf(object, watched);
  const labels = labelsOf(watched, object, container);
  const threshold = Math.floor((limit * NEAR) / 100) / 1000;
  const step = 0.001;
  // A rate is whole once its window is.
  const firesAt = 300 + 900;
  const using = (cores: number) => [growing(CPU, labels, cores, firesAt)];
  const matchers = within(watched, object, container);
  return [
    alert({
      name: "HighCpuUsage",
      // To a thousandth of a core, as limits are written: rates are sums of what is not exact.
      value: `round(max by (pod) (rate(${select(CPU, matchers)}[5m])), ${step})`,
      is: ">",
      threshold,
      forSeconds: 900,
      severity: "warning",
      within: matchers,
      labels: { workload, container: container.name },
      says: ({ label, value }) => ({
        summary: `${label("pod")} is short of CPU`,
        description: `Container ${container.name} of pod ${label("pod")} has used ${value} cores of its ${container.resources.limits.cpu} for a quarter of an hour; at the limit it is slowed down`,
      }),
      proof: {
        firing: using((Math.round(threshold * 1000) + 1) / 1000),
        quiet: [using(threshold)],
        firesAt,
        labels: { pod: labels.pod },
        shows: String((Math.round(threshold * 1000) + 1) / 1000),
      },
    }),
  ];
}
