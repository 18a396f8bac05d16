import type { CloudAlarms } from "../../../services/cloud-alarms";
import type { AwsAlarm, MetricWatch } from "./alarm";

/*
 * What Amazon MQ tells of a broker, which nothing in the cluster asks. Of a cluster of three each measure is the sum of its
 * nodes, and so is each limit.
 */

const METRICS = "https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-logging-monitoring.html";
const READ = "2026-11-29";

/** Part of the memory that Amazon MQ lets RabbitMQ have, from which on little is left. */
const MEMORY_NEAR = 0.8;

/** Free disk, in parts of what Amazon MQ wants to be free. */
const DISK_NEAR = 1.2;

const watch = (given: Omit<MetricWatch, "namespace">): MetricWatch => ({ namespace: "AWS/AmazonMQ", ...given });

/**
 * Amazon MQ's guide has measures of the broker alone, and for those of nodes sends to RabbitMQ's own. An older one had a dimension
 * `Node`, whose values nobody knows before the nodes are there; a query over all of them finds the one that is worst, but can be
 * compared with a number only, and not with the limit, which is a measure too.
 */
const SUMS = "; of a cluster these are sums of its three nodes, so one that is full by itself is not seen";

export const RABBITMQ_ALARMS: CloudAlarms<"rabbitmq", AwsAlarm> = {
  BrokerMemoryNearMaximum: {
    when: `RabbitMQMemUsed has been above ${MEMORY_NEAR * 100}% of RabbitMQMemLimit for five minutes${SUMS}`,
    source: METRICS,
    read: READ,
    watches: [
      watch({
        metrics: {
          used: { name: "RabbitMQMemUsed", stat: "Maximum" },
          most: { name: "RabbitMQMemLimit", stat: "Minimum" },
        },
        expression: "used / most",
        is: ">",
        threshold: MEMORY_NEAR,
        minutes: 5,
        // BrokerInterrupted tells that there is no measure.
        missing: "notBreaching",
      }),
    ],
  },
  BrokerDiskNearMinimum: {
    when: `RabbitMQDiskFree has been below ${DISK_NEAR} times RabbitMQDiskFreeLimit for five minutes${SUMS}`,
    source: METRICS,
    read: READ,
    watches: [
      watch({
        metrics: {
          free: { name: "RabbitMQDiskFree", stat: "Minimum" },
          least: { name: "RabbitMQDiskFreeLimit", stat: "Maximum" },
        },
        expression: "free / least",
        is: "<",
        threshold: DISK_NEAR,
        minutes: 5,
        missing: "notBreaching",
      }),
    ],
  },
  BrokerMessagesUnconsumed: {
    when: "MessageReadyCount has been above 0 and ConsumerCount 0 for a quarter of an hour",
    source: METRICS,
    read: READ,
    watches: [
      watch({
        metrics: {
          ready: { name: "MessageReadyCount", stat: "Minimum" },
          consumers: { name: "ConsumerCount", stat: "Maximum" },
        },
        expression: "IF(ready > 0 AND consumers == 0, 1, 0)",
        is: ">=",
        threshold: 1,
        minutes: 15,
        missing: "notBreaching",
      }),
    ],
  },
  BrokerInterrupted: {
    when: "MessageCount has had no value for ten minutes",
    source: METRICS,
    read: READ,
    watches: [
      watch({
        metrics: { messages: { name: "MessageCount", stat: "Minimum" } },
        // No number of messages is: a minute without one counts as if.
        is: "<",
        threshold: 0,
        minutes: 10,
        missing: "breaching",
      }),
    ],
  },
};
