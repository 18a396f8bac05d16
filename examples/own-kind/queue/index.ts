import { defineService, z } from "goldenpath/services";
import { queueOnAws } from "./aws";
import { queueInCompose } from "./compose";
import { CONTRACT, DEAD_LETTERS, type QueueSpec } from "./spec";

/** A queue that speaks SQS. */
export const queue = defineService<"queue", QueueSpec>({
  kind: "queue",
  contract: CONTRACT,
  fields: { visibilitySeconds: z.int().min(0).max(43_200), attempts: z.int().min(1).max(1000) },
  defaults: { visibilitySeconds: 30, attempts: 5 },
  // No environment says a size of it.
  sizes: { managed: [], "in-cluster": [] },
  moving: (name) => ({
    out: `let workers empty ${name}, and send nothing more to it`,
    back: "send what was put aside meanwhile",
  }),
  failures: {
    [DEAD_LETTERS]: {
      severity: "critical",
      is: "has messages that no worker could handle",
      impact: "What these messages ask for is not done, until somebody sends them again.",
    },
  },
  provisioners: {
    aws: queueOnAws,
    google: { notHere: "Google Cloud has no SQS, and Pub/Sub has another API" },
    "in-cluster": { notHere: "ElasticMQ keeps its messages in memory, which is for a laptop alone" },
    compose: queueInCompose,
  },
});
