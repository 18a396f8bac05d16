import { EXPORTER_TARGET, type Source } from "./source";

/** What each node tells of itself and of what it holds, by RabbitMQ's own plugin: whole at `/metrics`, by queue at `/metrics/detailed`. */
export const RABBITMQ: Source = {
  name: "RabbitMQ",
  evidence: "scraped",
  targetLabels: EXPORTER_TARGET,
  families: {
    rabbitmq_alarms_memory_used_watermark: { type: "gauge", labels: [] },
    rabbitmq_alarms_free_disk_space_watermark: { type: "gauge", labels: [] },
    rabbitmq_connections: { type: "gauge", labels: [] },
    rabbitmq_disk_space_available_bytes: { type: "gauge", labels: [] },
    rabbitmq_process_resident_memory_bytes: { type: "gauge", labels: [] },
    rabbitmq_resident_memory_limit_bytes: { type: "gauge", labels: [] },
    rabbitmq_global_messages_dead_lettered_delivery_limit_total: { type: "counter", labels: ["dead_letter_strategy"] },
    rabbitmq_global_messages_dead_lettered_rejected_total: { type: "counter", labels: ["dead_letter_strategy"] },
    rabbitmq_detailed_queue_messages_ready: { type: "gauge", labels: ["vhost", "queue"] },
    rabbitmq_detailed_queue_messages_unacked: { type: "gauge", labels: ["vhost", "queue"] },
    rabbitmq_detailed_queue_consumers: { type: "gauge", labels: ["vhost", "queue"] },
  },
};
