import {
  MonitoringAlertPolicy,
  type MonitoringAlertPolicyConditions,
} from "@cdktf/provider-google/lib/monitoring-alert-policy";
import { Construct } from "constructs";
import type { Service } from "../../../model/service";
import { alarmsAmong, type AnyCloudAlarms, type CloudAlarm, failureOf } from "../../../services/cloud-alarms";
import { headline, message } from "../../shared/told";
import type { GoogleRequest } from "../services/provisioner";

/** Seconds over which values of a metric become one: Google takes one a minute. */
const ALIGNMENT = "60s";

/** How the values of a minute become one. */
type Aligner = "ALIGN_FRACTION_TRUE" | "ALIGN_MAX" | "ALIGN_MIN" | "ALIGN_SUM";

/** A measure of Cloud Monitoring, and its limit or its absence. */
export interface GoogleWatch {
  /** Says what is compared, as people read it beside the alarm. */
  readonly title: string;
  /** Type of the metric, with the domain of its service. */
  readonly metric: string;
  /** Labels of the metric, as conditions of a filter. @default - every series of the resource */
  readonly labels?: string;
  readonly aligner: Aligner;
  /** @default - it has to be there: its absence is the failure */
  readonly limit?: { readonly is: "<" | ">"; readonly threshold: number };
  /** Minutes for which it has to be so; 0: once is enough. */
  readonly minutes: number;
}

export interface GoogleAlarm extends CloudAlarm {
  /** Any of them tells it. */
  readonly watches: readonly GoogleWatch[];
}

/** What is watched, as Cloud Monitoring calls it. */
export interface Alarmed {
  readonly type: string;
  /** The label that tells it from others, and its value. */
  readonly label: readonly [name: string, value: string];
}

const COMPARISONS = { "<": "COMPARISON_LT", ">": "COMPARISON_GT" } as const;

/** Longest subject of a mail. */
const SUBJECT_LENGTH = 255;

/** Time after which an alarm ends that has no values any more. Longer than anybody needs to see to it. */
const AUTO_CLOSE = "86400s";

/** Makes the alarms of a service, where somebody is told. */
export function createAlarms(
  request: GoogleRequest<Service>,
  alarms: AnyCloudAlarms<GoogleAlarm>,
  alarmed: Alarmed,
): void {
  const channel = request.alarmChannel?.();
  if (channel === undefined) return;
  const scope = new Construct(request.scope, "Alarms");
  for (const [failure, alarm] of alarmsAmong(alarms)) {
    const title = headline(request, failure);
    new MonitoringAlertPolicy(scope, failure, {
      project: request.lookup.project,
      displayName: title,
      combiner: "OR",
      conditions: alarm.watches.map((watch) => condition(watch, alarmed)),
      severity: failureOf(request.service, failure).severity.toUpperCase(),
      notificationChannels: [channel.name],
      documentation: {
        subject: title.slice(0, SUBJECT_LENGTH),
        content: message(request, failure, alarm, channel.told),
        mimeType: "text/markdown",
      },
      // Whoever was woken is told that it is over.
      alertStrategy: { autoClose: AUTO_CLOSE, notificationPrompts: ["OPENED", "CLOSED"] },
      userLabels: request.labels,
    });
  }
}

function condition(watch: GoogleWatch, { type, label: [name, value] }: Alarmed): MonitoringAlertPolicyConditions {
  const { title: displayName, metric, labels, aligner, limit, minutes } = watch;
  const watched = {
    filter: [
      `resource.type = "${type}"`,
      `resource.labels.${name} = "${value}"`,
      `metric.type = "${metric}"`,
      ...(labels === undefined ? [] : [labels]),
    ].join(" AND "),
    duration: `${minutes * 60}s`,
    aggregations: [{ alignmentPeriod: ALIGNMENT, perSeriesAligner: aligner }],
    trigger: { count: 1 },
  };
  // Who tells it may change, as the servers of an instance do at a failover: of all of them somebody has to.
  const byAnybody = [{ alignmentPeriod: ALIGNMENT, perSeriesAligner: aligner, crossSeriesReducer: "REDUCE_MAX" }];
  return limit === undefined
    ? { displayName, conditionAbsent: { ...watched, aggregations: byAnybody } }
    : {
        displayName,
        conditionThreshold: { ...watched, comparison: COMPARISONS[limit.is], thresholdValue: limit.threshold },
      };
}
