import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { Heartbeat } from "../../../addons/measures";
import { fitName } from "../../../model/names";
import { AWS_NAMES } from "../names";

export interface HeartbeatAlarmProps {
  readonly environment: string;
  readonly heartbeat: Heartbeat;
  /** Name of the topic that hears it. */
  readonly topic: string;
  /** Topics that are told when it stops, and when it is back. */
  readonly tell: readonly string[];
}

/** Minutes without a message after which it counts as stopped: the alert manager forgets an alert that is not renewed in five. */
const MINUTES = 10;

/** Calls people when a message that comes every minute does not come: the part of alerting that no alert can tell. */
export function watchHeartbeat(scope: Construct, props: HeartbeatAlarmProps): void {
  const { environment, heartbeat, topic, tell } = props;
  const here = new Construct(scope, `Heartbeat-${heartbeat.name}`);
  new CloudwatchMetricAlarm(here, "Default", {
    alarmName: fitName([environment, "measures", heartbeat.name], AWS_NAMES.alarm),
    alarmDescription: heartbeat.stopped,
    namespace: "AWS/SNS",
    metricName: "NumberOfMessagesPublished",
    dimensions: { TopicName: topic },
    statistic: "Sum",
    period: 60,
    evaluationPeriods: MINUTES,
    datapointsToAlarm: MINUTES,
    threshold: 1,
    comparisonOperator: "LessThanThreshold",
    // Silence is what it is about.
    treatMissingData: "breaching",
    alarmActions: [...tell],
    okActions: [...tell],
  });
}
