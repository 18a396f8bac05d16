import { type Alert, alert, type Series } from "./alert";
import { brokers } from "./measured-services";
import { select } from "./promql";
import { growing, steady } from "./series";
import type { Watched } from "./watched";

/* Brokers that run in the cluster, by what their nodes tell. A queue is told by the node that leads it: sums are over all nodes. */

const READY = "rabbitmq_detailed_queue_messages_ready";
const CONSUMERS = "rabbitmq_detailed_queue_consumers";
const REJECTED = "rabbitmq_global_messages_dead_lettered_rejected_total";
const TOO_OFTEN = "rabbitmq_global_messages_dead_lettered_delivery_limit_total";

/** Limits at which a node takes no more messages, by what there is too little of. */
const ALARMS = {
  memory: "rabbitmq_alarms_memory_used_watermark",
  disk: "rabbitmq_alarms_free_disk_space_watermark",
} as const;

const NODE = { pod: "a" } as const;
const QUEUE = { vhost: "/", queue: "orders" } as const;

export const rabbitmqAlerts = (watched: Watched): Alert[] =>
  brokers(watched).flatMap((service) => [
    blocksPublishers(watched, service, "memory"),
    blocksPublishers(watched, service, "disk"),
    withoutConsumers(watched, service),
    notDraining(watched, service),
    deadLettered(watched, service),
  ]);

function blocksPublishers({ application: { namespace } }: Watched, service: string, of: keyof typeof ALARMS): Alert {
  const within = { namespace, service };
  const metric = ALARMS[of];
  const alarm = (value: number) => [steady(metric, { ...within, ...NODE }, value, 60)];
  return alert({
    name: "BrokerBlocksPublishers",
    value: `max(${select(metric, within)})`,
    is: "==",
    threshold: 1,
    forSeconds: 60,
    severity: "critical",
    within,
    labels: { service, alarm: of },
    says: () => ({
      summary: `${service} takes no messages`,
      description: `A node of ${service} has had too little ${of} for a minute: whoever publishes waits until there is more`,
    }),
    proof: { firing: alarm(1), quiet: [alarm(0)], firesAt: 60, shows: "1" },
  });
}

const byQueue = (selector: string): string => `sum by (vhost, queue) (${selector})`;

function withoutConsumers({ application: { namespace } }: Watched, service: string): Alert {
  const within = { namespace, service };
  const labels = { ...within, ...NODE, ...QUEUE };
  const state = (ready: number, consumers: number) => [
    steady(READY, labels, ready, 600),
    steady(CONSUMERS, labels, consumers, 600),
  ];
  return alert({
    name: "QueueWithoutConsumers",
    value: `${byQueue(select(READY, within))}\nand ${byQueue(select(CONSUMERS, within))} == 0`,
    is: ">",
    threshold: 0,
    forSeconds: 600,
    severity: "warning",
    within,
    labels: { service },
    says: ({ label, value }) => ({
      summary: `Nobody takes messages from ${label("queue")}`,
      description: `${value} messages of queue ${label("queue")} of ${service}, virtual host ${label("vhost")}, wait, and nobody has taken any for ten minutes`,
    }),
    proof: {
      firing: state(1, 0),
      quiet: [state(1, 1), state(0, 0)],
      firesAt: 600,
      labels: QUEUE,
      shows: "1",
    },
  });
}

/** Half an hour of which the least is compared with what there was before it. */
const WINDOW_SECONDS = 1800;
const STUCK_SECONDS = WINDOW_SECONDS + 900;

/** One message fewer after each half hour. */
const draining = (labels: Series["labels"]): Series => ({
  metric: READY,
  labels,
  values: "100x59 99x59 98x59 97x59 96x59",
});

/** Many messages at once into a queue that was empty for half an hour, of which ten are taken with each step. */
const batch = (labels: Series["labels"]): Series => ({ metric: READY, labels, values: "0x59 10000-10x100" });

function notDraining({ application: { namespace } }: Watched, service: string): Alert {
  const within = { namespace, service };
  const labels = { ...within, ...NODE, ...QUEUE };
  const ready = select(READY, within);
  const consumed = (consumers: number): Series => steady(CONSUMERS, labels, consumers, STUCK_SECONDS);
  const waiting = (messages: number): Series => steady(READY, labels, messages, STUCK_SECONDS);
  return alert({
    name: "QueueNotDraining",
    value: [
      `min_over_time(${byQueue(ready)}[30m:30s]) - ${byQueue(`${ready} offset 30m`)}`,
      // Whatever was empty meanwhile is drained: of a batch that has just come nothing is known yet.
      `and min_over_time(${byQueue(ready)}[30m:30s]) > 0`,
      `and ${byQueue(select(CONSUMERS, within))} > 0`,
    ].join("\n"),
    is: ">=",
    threshold: 0,
    forSeconds: STUCK_SECONDS - WINDOW_SECONDS,
    severity: "warning",
    within,
    labels: { service },
    says: ({ label }) => ({
      summary: `Queue ${label("queue")} does not get shorter`,
      description: `Queue ${label("queue")} of ${service}, virtual host ${label("vhost")}, has consumers, and for half an hour there were never fewer messages in it than before: they are stuck, or too slow`,
    }),
    proof: {
      firing: [waiting(1), consumed(1)],
      quiet: [
        [draining(labels), consumed(1)],
        [batch(labels), consumed(1)],
        [waiting(0), consumed(1)],
        [waiting(1), consumed(0)],
      ],
      firesAt: STUCK_SECONDS,
      labels: QUEUE,
      shows: "0",
    },
  });
}

/** A rate needs two samples. */
const LETTER_SECONDS = 30 + 60;

function deadLettered({ application: { namespace } }: Watched, service: string): Alert {
  const within = { namespace, service };
  const letters = (perSecond: number) =>
    [REJECTED, TOO_OFTEN].map((metric) =>
      growing(metric, { ...within, ...NODE, dead_letter_strategy: "at_most_once" }, perSecond, LETTER_SECONDS),
    );
  const rate = (metric: string): string => `sum(rate(${select(metric, within)}[15m]))`;
  return alert({
    name: "MessagesDeadLettered",
    value: `${rate(REJECTED)}\n+ ${rate(TOO_OFTEN)}`,
    is: ">",
    threshold: 0,
    forSeconds: 60,
    severity: "warning",
    within,
    labels: { service },
    says: () => ({
      summary: `${service} gives up messages`,
      description: `Within a quarter of an hour messages of ${service} were rejected, or delivered too often: they are in the queue for dead letters, and lost where there is none`,
    }),
    proof: { firing: letters(0.1), quiet: [letters(0)], firesAt: LETTER_SECONDS, shows: "0" },
  });
}
