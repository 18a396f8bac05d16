import { brokers } from "../alerts/measured-services";
import { select } from "../alerts/promql";
import type { Watched } from "../alerts/watched";
import type { Panel, Row } from "./panel";

/** What brokers in the cluster hold, by queue, and how near their nodes are to taking no more. */
export function rabbitmqRow(watched: Watched): Row {
  const { namespace } = watched.application;
  return {
    title: "RabbitMQ",
    panels: brokers(watched).flatMap((service): Panel[] => {
      const of = (metric: string): string => select(metric, { namespace, service });
      const byQueue = (metric: string): string => `sum by (queue) (${of(metric)})`;
      return [
        {
          title: `Messages that wait in ${service}`,
          description:
            "Messages of each queue that nobody has taken. QueueNotDraining fires where a line does not come down.",
          unit: "short",
          queries: [{ expr: byQueue("rabbitmq_detailed_queue_messages_ready"), legend: "{{queue}}" }],
        },
        {
          title: `Messages that are worked on in ${service}`,
          description: "Messages that a consumer has taken and not acknowledged.",
          unit: "short",
          queries: [{ expr: byQueue("rabbitmq_detailed_queue_messages_unacked"), legend: "{{queue}}" }],
        },
        {
          title: `Consumers of ${service}`,
          description: "Consumers of each queue. With none its messages wait, and QueueWithoutConsumers fires.",
          unit: "short",
          queries: [{ expr: byQueue("rabbitmq_detailed_queue_consumers"), legend: "{{queue}}" }],
        },
        {
          title: `Memory of ${service}`,
          description:
            "Part of the memory from which on a node takes no more messages, by node. BrokerBlocksPublishers fires at the line.",
          unit: "percentunit",
          limit: 1,
          queries: [
            {
              expr: `max by (pod) (${of("rabbitmq_process_resident_memory_bytes")}) / max by (pod) (${of("rabbitmq_resident_memory_limit_bytes")})`,
              legend: "{{pod}}",
            },
          ],
        },
        {
          title: `Connections of ${service}`,
          description: "Connections of clients, by node.",
          unit: "short",
          queries: [{ expr: `max by (pod) (${of("rabbitmq_connections")})`, legend: "{{pod}}" }],
        },
        {
          title: `Free on the disks of ${service}`,
          description: "Space that is free where each node keeps messages.",
          unit: "bytes",
          queries: [{ expr: `min by (pod) (${of("rabbitmq_disk_space_available_bytes")})`, legend: "{{pod}}" }],
        },
      ];
    }),
  };
}
