import { json, listed, REF, type Translations } from "../translation";

interface Query {
  readonly id: string;
  readonly expression?: string;
  readonly label?: string;
  readonly return_data?: boolean;
  readonly metric?: {
    readonly dimensions: Readonly<Record<string, unknown>>;
    readonly metric_name: string;
    readonly namespace: string;
    readonly period: number;
    readonly stat: string;
  };
}

/** A map of names and values, as a list. */
const dimensions = (value: unknown): unknown =>
  Object.entries(value as Readonly<Record<string, unknown>>).map(([Name, Value]) => ({ Name, Value }));

/** Queries of an alarm: CloudFormation has the metric apart from how it is read. */
const metrics = (value: unknown): unknown =>
  (value as readonly Query[]).map(({ id, expression, label, metric, return_data: returned = false }) => ({
    Id: id,
    ReturnData: returned,
    ...(expression !== undefined && { Expression: expression }),
    ...(label !== undefined && { Label: label }),
    ...(metric !== undefined && {
      MetricStat: {
        Metric: {
          Namespace: metric.namespace,
          MetricName: metric.metric_name,
          Dimensions: dimensions(metric.dimensions),
        },
        Period: metric.period,
        Stat: metric.stat,
      },
    }),
  }));

/** What tells people of failures. */
export const alarms: Translations = {
  aws_cloudwatch_metric_alarm: {
    type: "AWS::CloudWatch::Alarm",
    says: {
      alarm_actions: "AlarmActions",
      dimensions: { name: "Dimensions", value: dimensions },
      metric_query: { name: "Metrics", value: metrics },
      ok_actions: "OKActions",
    },
  },
  aws_sns_topic: { type: "AWS::SNS::Topic", says: { name: "TopicName" }, reads: { arn: REF } },
  aws_sns_topic_policy: {
    type: "AWS::SNS::TopicPolicy",
    says: { arn: { name: "Topics", value: listed }, policy: { name: "PolicyDocument", value: json } },
  },
  aws_sns_topic_subscription: { type: "AWS::SNS::Subscription" },
};
