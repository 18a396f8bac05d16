import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmMetricQuery,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { fitName } from "../../../model/names";
import { type Problem, refuse } from "../../../model/problem";
import type { Service } from "../../../model/service";
import { alarmsAmong, type AnyCloudAlarms, type CloudAlarm } from "../../../services/cloud-alarms";
import { nameParts } from "../../shared/provisioner";
import { headline, message } from "../../shared/told";
import { AWS_NAMES } from "../names";
import type { AwsRequest } from "../services/provisioner";
import type { AlarmTopic } from "./topic";

/** Seconds between two values of a metric, and two looks at it. */
const PERIOD_SECONDS = 60;

/** A measure of CloudWatch and its limit. */
export interface MetricWatch {
  readonly namespace: string;
  /** Names and statistics of the metrics, by the names that `expression` has for them. */
  readonly metrics: Readonly<
    Record<string, { readonly name: string; readonly stat: "Average" | "Maximum" | "Minimum" | "Sum" }>
  >;
  /** What is compared, in the words of CloudWatch's metric math. @default - the one metric itself */
  readonly expression?: string;
  readonly is: "<" | ">" | ">=";
  readonly threshold: number;
  /** Minutes for which it has to be so. */
  readonly minutes: number;
  /** What a minute without a value counts for: `breaching` where silence is the failure. */
  readonly missing: "breaching" | "notBreaching";
}

/** Events that a service of AWS sends about a resource, by their ids. */
export interface EventWatch {
  readonly source: string;
  readonly detailType: string;
  readonly ids: readonly string[];
}

export interface AwsAlarm extends CloudAlarm {
  /** Any of them tells it. */
  readonly watches: readonly (EventWatch | MetricWatch)[];
}

/** What is watched. */
export interface Alarmed {
  /** Dimensions by which CloudWatch finds the measures. */
  readonly dimensions: Record<string, string>;
  /** ARN by which its events name it. */
  readonly arn: string;
}

const COMPARISONS = {
  "<": "LessThanThreshold",
  ">": "GreaterThanThreshold",
  ">=": "GreaterThanOrEqualToThreshold",
} as const satisfies Readonly<Record<MetricWatch["is"], string>>;

const isEvents = (watch: EventWatch | MetricWatch): watch is EventWatch => "ids" in watch;

/** Makes the alarms of a service, where somebody is told. */
export function createAlarms(request: AwsRequest<Service>, alarms: AnyCloudAlarms<AwsAlarm>, alarmed: Alarmed): void {
  const topic = request.alarmTopic?.();
  if (topic === undefined) return;
  const scope = new Construct(request.scope, "Alarms");
  refuse(watchProblems(request, alarms));
  for (const [failure, alarm] of alarmsAmong(alarms)) {
    for (const watch of alarm.watches) {
      if (isEvents(watch)) tellEvents(scope, request, { failure, alarm, watch, alarmed, topic });
      else watchMetric(scope, request, { failure, alarm, watch, alarmed, topic });
    }
  }
}

/** What CloudWatch would refuse when it is made: of two metrics somebody has to say what is compared. */
function watchProblems(request: AwsRequest<Service>, alarms: AnyCloudAlarms<AwsAlarm>): Problem[] {
  const { environment, application, name } = request;
  const path = ["environments", environment, "applications", application, "services", name, "alarms"];
  return alarmsAmong(alarms).flatMap(([failure, { watches }]): Problem[] => {
    const at = [...path, failure, "watches"];
    if (!Array.isArray(watches) || watches.length === 0) {
      return [{ path: at, got: watches, fix: "give what is watched, a list of one or more" }];
    }
    return (watches as AwsAlarm["watches"]).flatMap((watch, index): Problem[] => {
      if (isEvents(watch) || watch.expression !== undefined || Object.keys(watch.metrics).length === 1) return [];
      const fix = "give one metric, or an expression of several";
      return [{ path: [...at, index, "expression"], why: "missing, and there is not one metric", fix }];
    });
  });
}

interface Watched<W> {
  readonly failure: string;
  readonly alarm: AwsAlarm;
  readonly watch: W;
  readonly alarmed: Alarmed;
  readonly topic: AlarmTopic;
}

function watchMetric(
  scope: Construct,
  request: AwsRequest<Service>,
  { failure, alarm, watch, alarmed, topic }: Watched<MetricWatch>,
): void {
  new CloudwatchMetricAlarm(scope, failure, {
    alarmName: fitName([...nameParts(request), failure], AWS_NAMES.alarm),
    alarmDescription: message(request, failure, alarm, topic.told),
    comparisonOperator: COMPARISONS[watch.is],
    threshold: watch.threshold,
    evaluationPeriods: watch.minutes,
    treatMissingData: watch.missing,
    metricQuery: queries(watch, alarmed, headline(request, failure)),
    alarmActions: [topic.arn],
    // Whoever was woken is told that it is over.
    okActions: [topic.arn],
    tags: request.tags,
  });
}

/** One query has to be what is compared: the expression, or else the only metric. */
function queries(
  { namespace, metrics, expression }: MetricWatch,
  { dimensions }: Alarmed,
  label: string,
): CloudwatchMetricAlarmMetricQuery[] {
  const values = Object.entries(metrics).map(([id, { name, stat }]): CloudwatchMetricAlarmMetricQuery => ({
    id,
    metric: { namespace, metricName: name, stat, period: PERIOD_SECONDS, dimensions },
    ...(expression === undefined && { label, returnData: true }),
  }));
  return expression === undefined ? values : [...values, { id: "compared", expression, label, returnData: true }];
}

/** An event says itself what happened; what it is of, and what to read, is put around it. */
function tellEvents(
  scope: Construct,
  request: AwsRequest<Service>,
  { failure, alarm, watch, alarmed, topic }: Watched<EventWatch>,
): void {
  const rule = new CloudwatchEventRule(scope, `${failure}-events`, {
    name: fitName([...nameParts(request), failure], { ...AWS_NAMES.eventRule, separator: "_" }),
    description: headline(request, failure),
    eventPattern: JSON.stringify({
      source: [watch.source],
      "detail-type": [watch.detailType],
      resources: [alarmed.arn],
      detail: { EventID: watch.ids },
    }),
    tags: request.tags,
  });
  new CloudwatchEventTarget(scope, `${failure}-target`, {
    rule: rule.name,
    targetId: "alarms",
    arn: topic.arn,
    inputTransformer: {
      inputPaths: { what: "$.detail.Message", id: "$.detail.EventID", at: "$.time" },
      // A text in JSON: SNS sends it as it is.
      inputTemplate: `"${message(request, failure, alarm, topic.told)} At <at>, <id>: <what>"`,
    },
  });
}
