import type { ConnectionContract, ServiceOf } from "goldenpath/services";

/** What a developer says of a queue. Every field has a default. */
export interface QueueSpec {
  /** Seconds that a worker has for one message, before another one gets it: 0 to 43200. */
  readonly visibilitySeconds: number;
  /** How often a message is given out, before it goes to the queue for dead letters: 1 to 1000. */
  readonly attempts: number;
}

export type Queue = ServiceOf<"queue", QueueSpec>;

/** What every workload with an edge to a queue learns, wherever the queue is. */
export const CONTRACT: ConnectionContract = {
  defaultPort: 443,
  parts: {
    url: { secret: false },
    region: { secret: false },
    // On AWS the identity of the workload is the permission. What stands for SQS on a laptop wants some key.
    accessKeyId: { secret: false, optional: true },
    secretAccessKey: { secret: true, optional: true },
  },
  variables: {
    QUEUE_URL: { template: [{ part: "url", raw: true }] },
    QUEUE_REGION: { template: [{ part: "region", raw: true }] },
    QUEUE_ACCESS_KEY_ID: { template: [{ part: "accessKeyId", raw: true }] },
    QUEUE_SECRET_ACCESS_KEY: { template: [{ part: "secretAccessKey", raw: true }] },
  },
};

/** A failure that only AWS sees, as alarms and runbooks call it. */
export const DEAD_LETTERS = "QueueHasDeadLetters";
