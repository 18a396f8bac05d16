import { NAME_LABEL } from "../../../kubernetes/labels";
import { USERS_JOBS } from "../../../model/service-users";
import type { Alert } from "../../alerts/alert";
import { type ExportedService, exportedServices } from "../../alerts/measured-services";
import { ofKind } from "../../alerts/watched";
import { observedKind } from "../../kinds/kinds";
import { deploy, kubectl, logs } from "../commands";
import { affected } from "../impact";
import { code } from "../in-words";
import { ofServer } from "../objects";
import { labelled, objectOf, type Operated } from "../operated";
import type { Playbook, Section, Step } from "../page";
import { dashboards } from "../steps";
import { brokerMetricsMissing } from "./brokers";

/* Data services as their exporters see them, wherever they run. */

const measuredOf = (operated: Operated, alerts: readonly Alert[]): ExportedService[] => {
  const names = labelled(alerts, "service");
  return exportedServices(operated).filter(({ service }) => names.includes(service.name));
};

const deploymentOf = ({ exporter }: ExportedService): string => `deployment/${exporter.metadata.name}`;

/** What the exporter met when it asked the server last. */
const says = (operated: Operated, { exporter }: ExportedService): Step => ({
  say: "What its exporter met when it asked last: no answer, a certificate, a password, too many connections.",
  run: [logs(operated, exporter.metadata.name)],
});

const elsewhere = (service: string): Step => ({
  say: `${code(service)} runs outside of the cluster, as a service of the cloud: its page there says whether it restarts, fails over, has no room left or is being cared for.`,
});

const restart = (operated: Operated, one: ExportedService): Step => ({
  say: "Restart the exporter. Nothing else of the application goes by it.",
  run: [
    kubectl(operated, "rollout", "restart", deploymentOf(one)),
    kubectl(operated, "rollout", "status", deploymentOf(one), "--timeout=5m"),
  ],
});

const sections = (
  operated: Operated,
  alerts: readonly Alert[],
  steps: (one: ExportedService) => readonly Step[],
): Section[] => measuredOf(operated, alerts).map((one) => ({ about: one.service.name, steps: steps(one) }));

/** Sections about those that the cloud runs: pods of the others say more. */
export const managedDiagnosis = (operated: Operated, alerts: readonly Alert[]): Section[] =>
  sections(operated, alerts, (one) =>
    ofServer(operated, one.service.name) === undefined
      ? [
          says(operated, one),
          elsewhere(one.service.name),
          ...dashboards(operated, "since when, and what its connections did before"),
        ]
      : [],
  );

export const managedMitigation = (operated: Operated, alerts: readonly Alert[]): Section[] =>
  sections(operated, alerts, (one) =>
    ofServer(operated, one.service.name) === undefined
      ? [
          {
            say: "A failover and a restart end by themselves within minutes, and clients connect anew. No room left on the disk does not: enlarge it in the cloud, and then in the environment's file.",
          },
          {
            say: `If only the exporter is not let in, workloads go on, and [DataServiceMetricsMissing](DataServiceMetricsMissing.md) says what to do.`,
          },
        ]
      : [],
  );

export function dataServiceMetricsMissing(operated: Operated, alerts: readonly Alert[]): Playbook {
  return {
    impact: ["Nobody feels it, and nobody is called any more: alerts that go by what it measures cannot fire."],
    diagnosis: [
      ...brokerMetricsMissing(operated, alerts),
      ...sections(operated, alerts, (one) => [
        {
          say: "Whether the exporter runs.",
          run: [
            kubectl(operated, "get", deploymentOf(one)),
            kubectl(operated, "describe", "pods", "-l", `app=${one.exporter.metadata.name}`),
          ],
        },
        says(operated, one),
        {
          say: "Whether it has its login, whether Prometheus is told of it, and whether both may come.",
          run: [
            ...login(operated, one),
            kubectl(operated, "get", `podmonitor/${one.exporter.metadata.name}`, "-o", "yaml"),
            kubectl(operated, "get", "networkpolicies"),
          ],
        },
        ...dashboards(operated, "Prometheus' page of targets says what the last attempt met"),
      ]),
    ],
    mitigation: sections(operated, alerts, (one) => [password(operated, one), restart(operated, one)]),
  };
}

/** How a password becomes right: a Job gives one to who has a user of its own, others come with the server. */
function password(operated: Operated, { service: { name } }: ExportedService): Step {
  return ofKind(operated, "Job").some(({ metadata }) => metadata.labels[NAME_LABEL] === USERS_JOBS.make(name))
    ? {
        say: "A password that does not fit is made right by the next deploy: the Job that makes users gives its user the password of the store.",
        run: [deploy(operated)],
      }
    : {
        say: "A password that does not fit: no Job gives one here, it comes with the server. [Rotate secrets](rotate-secrets.md) says how the server and the store get the same one, and whether it can be another.",
      };
}

function login(operated: Operated, { exporter }: ExportedService): string[] {
  const found = objectOf(operated, "ExternalSecret", exporter.metadata.labels["app.kubernetes.io/name"] ?? "");
  return found === undefined ? [] : [kubectl(operated, "get", `externalsecret/${found.metadata.name}`)];
}

const looks = ({ service: { name, service } }: ExportedService): string =>
  observedKind(service)?.looks(name) ?? "who opens connections, and since when";

/** Who has connections, by the application: what its pools may open is in the model. */
function connections(operated: Operated, alerts: readonly Alert[], impact: string): Playbook {
  const names = labelled(alerts, "service");
  return {
    impact: [impact, ...names.map((name) => affected(operated, { kind: "service", name }))],
    diagnosis: sections(operated, alerts, (one) => [
      ...dashboards(operated, looks(one)),
      {
        say: "Which workloads have how many pods: each pod keeps connections of its own.",
        run: [
          kubectl(operated, "get", "deployments", "-o", "wide"),
          kubectl(operated, "get", "horizontalpodautoscalers"),
        ],
      },
      {
        say: "What the application may open at most, beside what the server takes.",
        run: ["npx goldenpath capacity"],
      },
    ]),
    mitigation: sections(operated, alerts, () => [
      {
        say: "What holds connections and does not work gives them back with a restart. See who first: a restart of everything at once opens them all anew.",
        run: callers(operated, names).map((name) => kubectl(operated, "rollout", "restart", `deployment/${name}`)),
      },
      {
        say: "For good: smaller pools or a lower maximum of the autoscaler in the environment's file, or a larger size of the service, which takes more. Another size restarts it.",
      },
    ]),
  };
}

/** Deployments of workloads that need one of them. */
function callers(operated: Operated, services: readonly string[]): string[] {
  return operated.application.workloads
    .filter(({ edges }) => edges.some((edge) => edge.to === "service" && services.includes(edge.service.name)))
    .flatMap(({ name }) => objectOf(operated, "Deployment", name)?.metadata.name ?? []);
}

export const databaseConnectionsNearLimit = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  connections(operated, alerts, "Nobody yet. When all connections are open, every request that needs a new one fails.");

export const databaseConnectionsRefused = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  connections(operated, alerts, "Requests that need a new connection fail now.");

export const cacheConnectionsRefused = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  connections(operated, alerts, "Requests that need a new connection fail now.");

function memory(operated: Operated, alerts: readonly Alert[], impact: string): Playbook {
  return {
    impact: [impact, ...labelled(alerts, "service").map((name) => affected(operated, { kind: "service", name }))],
    diagnosis: sections(operated, alerts, ({ service: { name } }) => [
      ...dashboards(
        operated,
        `"Memory of ${name}", "Hits of ${name}" and "Commands of ${name}": since when, and whether keys are evicted`,
      ),
      {
        say: "Who writes to it: what their last release has changed is the first thing to look at. Keys without a time to live stay for good.",
        run: callers(operated, [name]).map((deployment) =>
          kubectl(operated, "rollout", "history", `deployment/${deployment}`),
        ),
      },
    ]),
    mitigation: sections(operated, alerts, () => [
      { say: "Give keys a time to live, or a shorter one, in the program that writes them." },
      {
        say: "A larger `size` of the service in the environment's file has more memory. In the cluster its pod is replaced for it.",
      },
    ]),
  };
}

export const cacheMemoryNearLimit = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  memory(
    operated,
    alerts,
    "Nobody yet. What happens when it is full depends on its policy of eviction: the alert says it.",
  );

export const cacheEvicting = (operated: Operated, alerts: readonly Alert[]): Playbook =>
  memory(
    operated,
    alerts,
    "Keys are gone before their time: the database is asked more, and who keeps sessions there is signed out.",
  );
