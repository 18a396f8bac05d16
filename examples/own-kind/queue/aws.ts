import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { Construct } from "constructs";
import {
  type AwsAlarm,
  type AwsDescribeRequest,
  type AwsPlace,
  type AwsProvisioner,
  type AwsRequest,
  createAlarms,
  serviceName,
} from "goldenpath/aws";
import { AWS_RESOURCES } from "./aws-facts";
import { DEAD_LETTERS, type Queue } from "./spec";

/** SQS keeps a message for 14 days at most: so long a dead letter waits for somebody. */
const DEAD_LETTER_SECONDS = 14 * 86_400;

/** Days of a message that no worker takes. */
const KEPT_SECONDS = 4 * 86_400;

const ALARMS: Readonly<Record<string, AwsAlarm>> = {
  [DEAD_LETTERS]: {
    when: "The queue for dead letters has had a message for five minutes",
    source:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
    read: "2026-11-30",
    watches: [
      {
        namespace: "AWS/SQS",
        metrics: { waiting: { name: "ApproximateNumberOfMessagesVisible", stat: "Maximum" } },
        ...{ is: ">", threshold: 0, minutes: 5, missing: "notBreaching" },
      },
    ],
  },
};

const nameOf = (request: AwsDescribeRequest<Queue> | AwsRequest<Queue>, ...more: readonly string[]): string =>
  serviceName(request, { max: 80 }, ...more);

export const queueOnAws: AwsProvisioner<Queue> = {
  facts: { resources: AWS_RESOURCES },
  recoverable: () => ({
    by: "SQS keeps no copy of messages",
    rpoSeconds: undefined,
    rtoSeconds: undefined,
    better: "send what must not be lost from a table of the database (an outbox)",
    source: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/welcome.html",
    read: "2026-11-30",
  }),
  elsewhere: () => ({ none: "SQS keeps no copy of messages" }),
  alarms: () => ALARMS,
  operations: (request) => ({
    failure: (failure) => (failure === DEAD_LETTERS ? sendAgain(nameOf(request, "dead-letters")) : undefined),
  }),
  describe,
  provide,
};

/** What it would be, for people: tables, the report on a move, the catalog. */
function describe(request: AwsDescribeRequest<Queue>): AwsPlace["described"] {
  return {
    placement: "managed",
    product: "Amazon SQS",
    version: undefined,
    port: request.service.contract.defaultPort,
    tls: "system",
    signIn: "identity",
    optionalParts: [],
    compute: undefined,
    disk: undefined,
    backups: undefined,
    passwords: undefined,
    name: nameOf(request),
    inState: [],
    notes: [`a message that was given out ${request.service.spec.attempts} times goes to a queue for dead letters`],
  };
}

/** Makes it. `keyArn` is the application's key, and `protect` says that no plan may delete what is in it. */
function provide(request: AwsRequest<Queue>): AwsPlace["provided"] {
  const { scope, service, lookup, keyArn, protect, tags } = request;
  const common = { kmsMasterKeyId: keyArn, tags, lifecycle: { preventDestroy: protect } };
  const besides = new Construct(scope, "DeadLetters");
  const deadLetters = new SqsQueue(besides, "Default", {
    ...common,
    name: nameOf(request, "dead-letters"),
    messageRetentionSeconds: DEAD_LETTER_SECONDS,
  });
  const queue = new SqsQueue(scope, "Default", {
    ...common,
    name: nameOf(request),
    messageRetentionSeconds: KEPT_SECONDS,
    receiveWaitTimeSeconds: 20,
    visibilityTimeoutSeconds: service.spec.visibilitySeconds,
    redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: service.spec.attempts }),
  });
  new SqsQueueRedriveAllowPolicy(besides, "Allow", {
    queueUrl: deadLetters.url,
    redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
  });
  tlsOnly(scope, queue);
  tlsOnly(besides, deadLetters);
  createAlarms(request, ALARMS, { dimensions: { QueueName: deadLetters.name }, arn: deadLetters.arn });
  const host = `sqs.${lookup.region}.amazonaws.com`;
  return {
    connection: () => ({
      parts: { url: { value: queue.url }, region: { value: lookup.region } },
      tls: true,
      // SQS answers from public addresses. Where policies know names, this name alone is open.
      endpoints: [{ cidrs: ["0.0.0.0/0"], hosts: [host], port: 443 }],
    }),
    // What the role of a workload with an edge to it may do. There is no password.
    grants: [
      {
        Effect: "Allow",
        Action: [
          ...["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"],
          ...["sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
        ],
        Resource: queue.arn,
      },
      {
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: keyArn,
        Condition: { StringEquals: { "kms:ViaService": host } },
      },
    ],
  };
}

/** Nobody comes to it without TLS, whatever rights they have. */
function tlsOnly(scope: Construct, queue: SqsQueue): void {
  const statement = {
    ...{ Sid: "TlsOnly", Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: queue.arn },
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  new SqsQueuePolicy(scope, "Policy", { queueUrl: queue.url, policy });
}

/** What people do about dead letters, with the commands, as the runbook shows it. */
const sendAgain = (deadLetters: string) => ({
  look: [
    {
      say: "How many there are.",
      run: [
        `URL=$(aws sqs get-queue-url --queue-name ${deadLetters} --query QueueUrl --output text)`,
        'aws sqs get-queue-attributes --queue-url "$URL" --attribute-names ApproximateNumberOfMessages',
      ],
    },
  ],
  mend: [
    {
      say: "Mend what failed on them, and send all of them again to the queue that they came from.",
      run: [
        'ARN=$(aws sqs get-queue-attributes --queue-url "$URL" --attribute-names QueueArn --query Attributes.QueueArn --output text)',
        'aws sqs start-message-move-task --source-arn "$ARN"',
      ],
    },
  ],
});
