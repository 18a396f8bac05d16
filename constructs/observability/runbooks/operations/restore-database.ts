import { NAME_LABEL } from "../../../kubernetes/labels";
import type { ResolvedService } from "../../../model/resolved";
import { USERS_JOBS } from "../../../model/service-users";
import { ofKind } from "../../alerts/watched";
import { deploy, kubectl, patch } from "../commands";
import { affected } from "../impact";
import { code } from "../in-words";
import { type Beside, objectOf, type Operated } from "../operated";
import type { Section, Step } from "../page";
import { takenBack } from "../releases";
import { leftAlone } from "../scaling";
import type { Operation } from "./operation";

/** Time in UTC that commands have, for people to change: nobody else knows when it was still well. */
const AT = "export AT=2026-01-31T13:45:00Z";

/** Databases of the cloud's, brought back to a point in time; nothing where there are none. */
export function restoreDatabases(operated: Operated, beside: Beside): Operation[] {
  const { application } = operated;
  const all = application.services.flatMap((service) => {
    const restore = beside.cloud.restore(application, service);
    return restore === undefined ? [] : [{ service, ...restore }];
  });
  if (all.length === 0) return [];
  return [
    {
      file: "restore-a-database",
      title: "Restore a database to a point in time",
      alerts: ["DataServiceDown"],
      meaning: [
        "Data were deleted or spoilt, by people or by a program, and were still well at a time that the copies reach.",
        ...all.map(({ service: { name, sizing } }) => `${code(name)}: ${sizing.backupDays} days are kept.`),
        "Of these commands AWS' were read by its own tool, most flags of Google's looked up in theirs, and Azure's written from knowledge. Nobody has run them against a cloud from here: try them in an environment without users before you need them, and measure how long it takes.",
      ],
      impact: [
        ...all.map(({ service }) => affected(operated, { kind: "service", name: service.name })),
        "What was written after the time is gone, or has to be copied from the old server by hand. A restore takes from minutes to hours, by the size of the data.",
      ],
      diagnosis: [
        {
          steps: [
            {
              say: "When was it still well? What was released and what ran in those minutes says it best.",
              run: [
                kubectl(operated, "get", "replicasets", "--sort-by=.metadata.creationTimestamp"),
                kubectl(operated, "get", "jobs", "--sort-by=.metadata.creationTimestamp"),
              ],
            },
            {
              say: "Change the time, in UTC: the last second in which all was well. Later commands of this shell use it.",
              run: [AT],
            },
          ],
        },
      ],
      mitigation: all.map(({ service, steps, last, bringsUsers }): Section => ({
        about: service.name,
        steps: [
          stop(operated, service),
          ...steps,
          ...(bringsUsers ? [usersAgain(operated, service)] : []),
          goOn(operated, service),
          ...last,
        ],
      })),
    },
  ];
}

function clientsOf(operated: Operated, { name: service }: ResolvedService) {
  const names = operated.application.workloads
    .filter(({ edges }) => edges.some((edge) => edge.to === "service" && edge.service.name === service))
    .map(({ name }) => name);
  return {
    deployments: names.flatMap((name) => objectOf(operated, "Deployment", name) ?? []),
    cronJobs: names.flatMap((name) => objectOf(operated, "CronJob", name) ?? []),
  };
}

function stop(operated: Operated, service: ResolvedService): Step {
  const { cronJobs, deployments } = clientsOf(operated, service);
  return {
    say: `Stop who writes. An autoscaler leaves a Deployment alone that has no pods. ${takenBack(operated)}`,
    run: [
      ...leftAlone(operated, deployments, true),
      ...deployments.map(({ metadata }) => kubectl(operated, "scale", `deployment/${metadata.name}`, "--replicas=0")),
      ...cronJobs.map(({ metadata }) => patch(operated, `cronjob/${metadata.name}`, { spec: { suspend: true } })),
    ],
  };
}

/** The restored server has the users and passwords of that time: the Jobs that made them run once, and are told to run again. */
function usersAgain(operated: Operated, { name, sizing }: ResolvedService): Step {
  const labels = ofKind(operated, "Job")
    .filter(({ metadata }) => metadata.labels[NAME_LABEL] === USERS_JOBS.make(name))
    .flatMap(({ spec }) => spec.template.metadata.labels["app"] ?? []);
  return {
    say: `Look at the data first: this deploy may start workloads again. The server has the users and passwords of that time. The Job that makes them right has run, and is deleted, so that the deploy runs it again. If it is refused, the administrator's password is an older one too: raise ${code("passwords")} of ${code(name)} from ${sizing.passwords} to ${sizing.passwords + 1} and deploy again.`,
    run: [
      ...[...new Set(labels)].map((label) => kubectl(operated, "delete", "jobs", "-l", `app=${label}`)),
      deploy(operated),
    ],
  };
}

function goOn(operated: Operated, service: ResolvedService): Step {
  const { cronJobs, deployments } = clientsOf(operated, service);
  return {
    say: "Look whether it is what was wanted; then let everything go on.",
    run: [
      ...deployments.map(({ metadata, spec }) =>
        kubectl(operated, "scale", `deployment/${metadata.name}`, `--replicas=${spec.replicas}`),
      ),
      ...leftAlone(operated, deployments, false),
      ...cronJobs.map(({ metadata }) => patch(operated, `cronjob/${metadata.name}`, { spec: { suspend: false } })),
    ],
  };
}
