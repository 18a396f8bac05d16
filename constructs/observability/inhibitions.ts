import type { ResolvedApplication } from "../model/resolved";
import type { InhibitRule } from "./alertmanager";
import { oneOfTexts } from "./alerts/promql";
import { dependants, type Part } from "./dependants";

/* Blame along the graph: who is called for what is down is not called for what needs it. */

/** Alerts that say that something of an application is not there. */
const CAUSES = { service: "DataServiceDown", workload: "WorkloadDown" } as const;

/** Alerts that a workload has when what it needs is not there. */
const EFFECTS: readonly string[] = [
  "CronJobFailed",
  "CronJobOverdue",
  "ErrorBudgetBurning",
  "ErrorBudgetBurningFast",
  "HighErrorRate",
  "HighResponseTime",
  "JobFailed",
  "PhpFpmPoolExhausted",
  "PhpFpmQueueGrowing",
  "PodCrashLooping",
  "ReplicasMissing",
  "WorkloadDown",
];

const matcher = (label: string, value: string): string => `${label}="${value}"`;

/** The same where queues are read for autoscalers. */
const effectsOf = ({ workloads }: Pick<ResolvedApplication, "workloads">): readonly string[] =>
  workloads.some((workload) => "autoscaling" in workload && workload.autoscaling?.queue !== undefined)
    ? [...EFFECTS, "QueueUnread"]
    : EFFECTS;

/** Nothing is known of a data service that is down, for which nobody is called a second time. */
const OF_A_SERVICE: InhibitRule = {
  source_matchers: [matcher("alertname", CAUSES.service)],
  target_matchers: [matcher("alertname", "DataServiceMetricsMissing")],
  equal: ["cluster", "namespace", "service"],
};

/** Rules of Alertmanager for each thing that others need, in the order of the applications. */
export const inhibitRules = (
  applications: readonly Pick<ResolvedApplication, "namespace" | "services" | "workloads">[],
): InhibitRule[] => [
  ...applications.flatMap((application) =>
    [
      ...application.services.map(({ name }): Part => ({ kind: "service", name })),
      ...application.workloads.map(({ name }): Part => ({ kind: "workload", name })),
    ].flatMap((part) => {
      const blamed = dependants(application, part);
      if (blamed.length === 0) return [];
      const namespace = matcher("namespace", application.namespace);
      return [
        {
          source_matchers: [matcher("alertname", CAUSES[part.kind]), namespace, matcher(part.kind, part.name)],
          target_matchers: [
            `alertname=~"${oneOfTexts(effectsOf(application))}"`,
            namespace,
            `workload=~"${oneOfTexts(blamed)}"`,
          ],
          equal: ["cluster"],
        },
      ];
    }),
  ),
  ...(applications.some(({ services }) => services.some(({ service }) => service.exporter !== undefined))
    ? [OF_A_SERVICE]
    : []),
];
