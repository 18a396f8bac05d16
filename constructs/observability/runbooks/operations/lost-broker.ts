import { NAME_LABEL } from "../../../kubernetes/labels";
import type { ResolvedService } from "../../../model/resolved";
import { USERS_JOBS } from "../../../model/service-users";
import { ofKind } from "../../alerts/watched";
import { deploy, kubectl, logs, rolledOut } from "../commands";
import { affected } from "../impact";
import { code, listed } from "../in-words";
import { ofServer } from "../objects";
import { type Beside, type Operated, running } from "../operated";
import type { Section } from "../page";
import type { Operation } from "./operation";

/** Brokers that are gone with what waited in them. None where nobody has one, or others run it. */
export function lostBroker(operated: Operated, beside: Beside): Operation[] {
  const all = operated.application.services.filter(
    ({ service, sizing }) => service.kind === "rabbitmq" && sizing.placement !== "external",
  );
  if (all.length === 0) return [];
  return [
    {
      file: "lost-broker",
      title: "The broker is lost",
      alerts: ["DataServiceDown", "BrokerBlocksPublishers", "QueueWithoutConsumers"],
      meaning: [
        `${listed(all.map(({ name }) => code(name)))}: the server is gone, or its disk. One that restarts or fails over comes back by itself, with what it had on its disk.`,
        ...all.map(({ name }) => {
          const back = beside.recoverable(name);
          return `${code(name)}: ${back === undefined ? "how its messages come back is not known here" : back.by}.`;
        }),
      ],
      impact: [
        ...all.map(({ name }) => affected(operated, { kind: "service", name })),
        "Messages that waited are gone. Who published them has been told that they were taken, and does not send them again.",
      ],
      diagnosis: all.map((service): Section => ({ about: service.name, steps: look(operated, service) })),
      mitigation: all.map((service): Section => ({ about: service.name, steps: anew(operated, service) })),
    },
  ];
}

const clientsOf = (operated: Operated, { name }: ResolvedService) =>
  running(operated).filter(({ workload }) =>
    workload.edges.some((edge) => edge.to === "service" && edge.service.name === name),
  );

function look(operated: Operated, service: ResolvedService) {
  const object = ofServer(operated, service.name);
  return [
    object === undefined
      ? {
          say: "Whether the cloud has it: a broker that is gone is in the plan as something to create.",
          run: [`npx cdktf diff ${operated.application.stackName}`],
        }
      : {
          say: "Whether its pods and its disks are there.",
          run: [
            kubectl(operated, "get", object),
            kubectl(operated, "get", "persistentvolumeclaims,pods", "-o", "wide"),
          ],
        },
    {
      say: "What its clients meet: no answer, or a user that is not known, as on a server that is new.",
      run: clientsOf(operated, service).map(({ deployment }) => logs(operated, deployment.metadata.name)),
    },
  ].filter(({ run }) => run.length > 0);
}

/** A new and empty server has no users: the Jobs that made them run once, and are told to run again. */
function anew(operated: Operated, service: ResolvedService) {
  const labels = ofKind(operated, "Job")
    .filter(({ metadata }) => metadata.labels[NAME_LABEL] === USERS_JOBS.make(service.name))
    .flatMap(({ spec }) => spec.template.metadata.labels["app"] ?? []);
  const clients = clientsOf(operated, service);
  return [
    {
      say: "Only where the server or its disk is gone: the deploy makes an empty one, and its users once their Job is deleted.",
      run: [
        ...[...new Set(labels)].map((label) => kubectl(operated, "delete", "jobs", "-l", `app=${label}`)),
        deploy(operated),
      ],
    },
    ...(clients.length === 0
      ? []
      : [
          {
            say: "Its clients connect anew and declare their exchanges and queues: those that do so at their start alone have to be restarted. Consumers first, so that nothing is published to an exchange without a queue.",
            run: [...clients]
              .sort((a, b) => Number(a.workload.kind !== "worker") - Number(b.workload.kind !== "worker"))
              .flatMap((one) => [
                kubectl(operated, "rollout", "restart", `deployment/${one.deployment.metadata.name}`),
                rolledOut(operated, one),
              ]),
          },
        ]),
    {
      say: "What waited is found by what the application knows: what was written to its databases since, and whose work is not done.",
    },
  ];
}
