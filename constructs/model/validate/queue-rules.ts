import type { EnvironmentInput } from "../environment";
import { needOf } from "../need";
import { oneOf, type Path } from "../problem";
import type { Autoscaling, Workload } from "../workload";
import type { Report } from "./report";
import type { Finding } from "./rule";
import type { UsableApplication } from "./usable";

/* Autoscalers that go by the length of a queue. */

/** What is said of a queue by halves, or beside it. */
export function queueFindings({ queue, messagesPerPod, broker, ...others }: Autoscaling): Finding[] {
  if (queue === undefined) {
    const fix = "say queue too, or remove it";
    return Object.entries({ messagesPerPod, broker }).flatMap(([field, got]) =>
      got === undefined ? [] : [{ field: ["autoscaling", field], got, why: "of no queue", fix }],
    );
  }
  const beside = (["cpu", "memory", "metrics"] as const).filter((field) => others[field] !== undefined);
  return [
    ...(messagesPerPod === undefined
      ? [
          {
            field: ["autoscaling", "messagesPerPod"],
            why: "missing",
            fix: "say how many messages may wait for each pod",
          },
        ]
      : []),
    ...beside.map((field) => ({
      field: ["autoscaling", field],
      why: "beside a queue: of two measures an autoscaler does not tell that it cannot read one while it adds pods by the other",
      fix: "scale on the queue alone, or remove queue",
    })),
  ];
}

/** A queue that nothing here reads, or that no edge leads to: the workload would never scale, in silence. */
export function checkQueue(
  report: Report,
  paths: { readonly environment: Path; readonly base: Path; readonly override: Path },
  input: EnvironmentInput,
  { app }: UsableApplication,
  workload: Workload,
): void {
  const sound = (field: string): boolean =>
    report.sound([...paths.base, field]) && report.sound([...paths.override, field]);
  if (!("autoscaling" in workload) || !sound("autoscaling") || !report.sound([...paths.environment, "eventScaling"]))
    return;
  const { queue, broker } = workload.autoscaling ?? {};
  if (queue === undefined) return;
  const at = [...paths.override, "autoscaling"];
  if (input.eventScaling !== "keda") {
    report.add({
      path: [...at, "queue"],
      got: queue,
      why: "nothing here reads queues, and it would never scale",
      fix: 'say eventScaling: "keda" of the environment, or autoscaling without a queue here',
    });
  }
  if (!sound("needs")) return;
  const withQueues = [...new Set((workload.needs ?? []).map((need) => needOf(need).to))].filter(
    (name) => app.services?.[name]?.queues !== undefined,
  );
  if (broker !== undefined && !withQueues.includes(broker)) {
    const fix = withQueues.length === 0 ? "add the broker to needs" : `use ${oneOf(withQueues)}`;
    report.add({ path: [...at, "broker"], got: broker, why: "no service with queues among the workload's needs", fix });
  } else if (broker === undefined && withQueues.length !== 1) {
    const why =
      withQueues.length === 0 ? "the workload needs no service with queues" : "several of its needs have queues";
    const fix =
      withQueues.length === 0
        ? 'add the broker to needs: needs: ["events"]'
        : `say which: broker: ${oneOf(withQueues)}`;
    report.add({ path: [...at, "broker"], why, fix });
  }
}

/** A cluster has one server of the API by which KEDA tells lengths. */
export function checkEventScaling(report: Report, path: Path, { eventScaling, metricsApis }: EnvironmentInput): void {
  const at = [...path, "metricsApis"];
  if (eventScaling !== "keda" || !report.sound(at) || metricsApis?.includes("external") !== true) return;
  report.add({
    path: at,
    got: metricsApis,
    why: 'with eventScaling "keda" KEDA serves external.metrics.k8s.io, and a cluster has one server of it',
    fix: 'remove "external" and scale on a queue, or remove eventScaling',
  });
}
