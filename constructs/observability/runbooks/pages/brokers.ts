import { settingsOf } from "../../../model/held-under";
import type { Alert } from "../../alerts/alert";
import { brokers } from "../../alerts/measured-services";
import { kubectl, logs } from "../commands";
import { affected } from "../impact";
import { ofServer } from "../objects";
import { labelled, objectOf, type Operated } from "../operated";
import type { Playbook, Section, Step } from "../page";
import { dashboards } from "../steps";

/* Brokers that run in the cluster, and their queues. */

/** Container of the nodes that the operator makes. */
const CONTAINER = "rabbitmq";

interface Broker {
  readonly service: string;
  /** The StatefulSet that the operator makes, as `kind/name`. */
  readonly object: string;
}

const brokersOf = (operated: Operated, alerts: readonly Alert[]): Broker[] => {
  const names = labelled(alerts, "service");
  return brokers(operated)
    .filter((service) => names.includes(service))
    .flatMap((service) => {
      const object = ofServer(operated, service);
      return object === undefined ? [] : [{ service, object }];
    });
};

const sections = (operated: Operated, alerts: readonly Alert[], steps: (one: Broker) => readonly Step[]): Section[] =>
  brokersOf(operated, alerts).map((one) => ({ about: one.service, steps: steps(one) }));

const tool = (operated: Operated, { object }: Broker, ...command: readonly string[]): string =>
  kubectl(operated, "exec", object, "-c", CONTAINER, "--", ...command);

/** Deployments of the workloads that need it: those that publish, and those that take messages. */
const clients = (operated: Operated, { service }: Broker): string[] =>
  operated.application.workloads
    .filter(({ edges }) => edges.some((edge) => edge.to === "service" && edge.service.name === service))
    .flatMap(({ name }) => objectOf(operated, "Deployment", name)?.metadata.name ?? []);

const queues = (operated: Operated, one: Broker): Step => ({
  say: "Its queues: how many messages wait, how many are being worked on, and by how many consumers.",
  run: [
    tool(
      operated,
      one,
      ...["rabbitmqctl", "list_queues", "--vhost", virtualHost(operated, one)],
      ...["name", "messages_ready", "messages_unacknowledged", "consumers"],
    ),
  ],
});

function virtualHost({ application: { services } }: Operated, { service }: Broker): string {
  const found = services.find(({ name }) => name === service);
  const host = found && settingsOf(found)["virtualHost"];
  return typeof host === "string" ? host : "/";
}

const workers = (operated: Operated, one: Broker): Step[] => {
  const names = clients(operated, one);
  return names.length === 0
    ? []
    : [
        {
          say: "Whether those that take messages run, and what they say.",
          run: [
            kubectl(operated, "get", ...names.map((name) => `deployment/${name}`)),
            ...names.map((name) => logs(operated, name)),
          ],
        },
      ];
};

const restartWorkers = (operated: Operated, one: Broker): Step[] =>
  clients(operated, one).map((name) => ({
    say: "A consumer that hangs gives its messages back when it is restarted. Restart the one that takes from the queue of the alert.",
    run: [kubectl(operated, "rollout", "restart", `deployment/${name}`)],
  }));

const impactOf = (operated: Operated, alerts: readonly Alert[], first: string): string[] => [
  first,
  ...brokersOf(operated, alerts).map(({ service }) => affected(operated, { kind: "service", name: service })),
];

export const brokerBlocksPublishers = (operated: Operated, alerts: readonly Alert[]): Playbook => ({
  impact: impactOf(
    operated,
    alerts,
    "Whoever publishes waits: requests that send a message hang until their time-out. Consumers go on.",
  ),
  diagnosis: sections(operated, alerts, (one) => [
    { say: "Which node, and too little of what.", run: [tool(operated, one, "rabbitmq-diagnostics", "alarms")] },
    queues(operated, one),
    { say: "What memory is used for.", run: [tool(operated, one, "rabbitmq-diagnostics", "memory_breakdown")] },
    ...dashboards(operated, `"Memory of ${one.service}" and "Messages that wait in ${one.service}"`),
  ]),
  mitigation: sections(operated, alerts, () => [
    {
      say: "Let consumers catch up: more pods of the worker that takes from the longest queue. Nothing needs a restart then.",
    },
    {
      say: "Messages that nobody needs go with `rabbitmqctl purge_queue`, and are gone for good.",
    },
    { say: "For good: a larger `size` of the service, or `storage` for the disk, in the environment's file." },
  ]),
});

export const queueWithoutConsumers = (operated: Operated, alerts: readonly Alert[]): Playbook => ({
  impact: impactOf(
    operated,
    alerts,
    "What the messages ask for is not done. Of a queue for dead letters: what workers gave up waits for people.",
  ),
  diagnosis: sections(operated, alerts, (one) => [queues(operated, one), ...workers(operated, one)]),
  mitigation: sections(operated, alerts, (one) => [
    ...restartWorkers(operated, one),
    {
      say: "Dead letters are moved back once what made them is mended, by the management page's shovel or a worker of yours, or purged: the alert ends when the queue is empty. A queue that nothing takes from any more is deleted.",
    },
  ]),
});

export const queueNotDraining = (operated: Operated, alerts: readonly Alert[]): Playbook => ({
  impact: impactOf(operated, alerts, "What the messages ask for is done late, or not at all."),
  diagnosis: sections(operated, alerts, (one) => [
    queues(operated, one),
    ...workers(operated, one),
    ...dashboards(
      operated,
      `"Messages that wait in ${one.service}": a line that is flat is stuck, one that climbs is too much`,
    ),
  ]),
  mitigation: sections(operated, alerts, (one) => [
    { say: "Many that are worked on and none acknowledged: the consumer hangs, mostly for what it needs itself." },
    ...restartWorkers(operated, one),
    { say: "All consumers busy: more pods of the worker, by its `replicas` or the maximum of its autoscaler." },
  ]),
});

export const messagesDeadLettered = (operated: Operated, alerts: readonly Alert[]): Playbook => ({
  impact: impactOf(
    operated,
    alerts,
    "What these messages ask for was not done. Where the queue has no exchange for dead letters they are gone.",
  ),
  diagnosis: sections(operated, alerts, (one) => [...workers(operated, one), queues(operated, one)]),
  mitigation: sections(operated, alerts, () => [
    {
      say: "Mend what rejects them: one message that no worker can read, a release that reads another form, something that the worker needs.",
    },
    {
      say: "Give a queue that has none an exchange for dead letters (`x-dead-letter-exchange`), so that nothing is lost.",
    },
  ]),
});

/** Sections about brokers whose nodes tell nothing. */
export const brokerMetricsMissing = (operated: Operated, alerts: readonly Alert[]): Section[] =>
  sections(operated, alerts, (one) => [
    { say: "Whether its nodes run.", run: [kubectl(operated, "get", one.object)] },
    {
      say: "Whether the plugin is on, and what its port answers.",
      run: [
        tool(operated, one, "rabbitmq-plugins", "list", "-e"),
        tool(operated, one, "rabbitmq-diagnostics", "listeners"),
      ],
    },
    {
      say: "Whether Prometheus is told of it, and may come.",
      run: [
        ...monitorOf(operated, one).map((name) => kubectl(operated, "get", name, "-o", "yaml")),
        kubectl(operated, "get", "networkpolicies"),
      ],
    },
    ...dashboards(operated, "Prometheus' page of targets says what the last attempt met"),
  ]);

function monitorOf(operated: Operated, { service }: Broker): string[] {
  const found = objectOf(operated, "PodMonitor", service);
  return found === undefined ? [] : [`podmonitor/${found.metadata.name}`];
}
