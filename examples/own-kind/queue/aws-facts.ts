import type { AwsResourceFacts } from "goldenpath/aws";
import type { ResourceTypes } from "goldenpath/services";

/*
 * What is known of the types of resources that the queue is made of: for reports on plans, for rehearsals of a destroy, for checklists
 * of an account, and for the rights of pipelines. Of a type that goldenpath knows too, it is goldenpath's word that reports take.
 */
export const AWS_RESOURCES: ResourceTypes<AwsResourceFacts> = {
  aws_sqs_queue: {
    service: "sqs",
    makes: "sqs:CreateQueue",
    // `GetQueueAttributes` is how the provider reads it.
    reads: ["Get", "List"],
    lost: { holds: "messages that wait in it", serves: "whoever sends to it" },
    destroyed: {
      taken: {
        name: "queue {name}",
        says: "taken for a minute",
        source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html",
      },
    },
    changes: { anew: ["name", "fifo_queue"], isWhole: true },
  },
  aws_sqs_queue_policy: {
    ...{ service: "sqs", makes: "sqs:SetQueueAttributes", reads: ["Get", "List"] },
    ...{ lost: {}, destroyed: {} },
    changes: { anew: ["queue_url"], isWhole: true },
  },
  aws_sqs_queue_redrive_allow_policy: {
    ...{ service: "sqs", makes: "sqs:SetQueueAttributes", reads: ["Get", "List"] },
    ...{ lost: {}, destroyed: {} },
    changes: { anew: ["queue_url"], isWhole: true },
  },
};
