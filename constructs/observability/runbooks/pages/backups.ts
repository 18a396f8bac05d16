import { NAME_LABEL } from "../../../kubernetes/labels";
import type { CronJob, Deployment, PersistentVolumeClaim } from "../../../kubernetes/objects";
import { USERS_JOBS } from "../../../model/service-users";
import type { Alert } from "../../alerts/alert";
import { promisedCopies } from "../../alerts/backups";
import { ofKind } from "../../alerts/watched";
import { deploy, describePods, endOfJob, kubectl, logs, patch } from "../commands";
import { affected } from "../impact";
import { code } from "../in-words";
import { ofServer } from "../objects";
import { labelled, objectOf, type Operated } from "../operated";
import type { Playbook, Section, Step } from "../page";
import { takenBack } from "../releases";
import { leftAlone } from "../scaling";

/* Copies of data services in the cluster: when they are late, and the way back. */

/** What copies one data service: whole each night, and its log every few minutes. */
interface Copied {
  readonly service: string;
  readonly whole: CronJob;
  readonly log: CronJob;
}

/** Data services in the cluster that are copied. */
export const copied = (operated: Operated): Copied[] =>
  operated.application.services.flatMap(({ name, sizing: { backups } }): Copied[] => {
    const whole = objectOf(operated, "CronJob", `${name}-backup`);
    const log = objectOf(operated, "CronJob", `${name}-log`);
    return backups === undefined || whole === undefined || log === undefined ? [] : [{ service: name, whole, log }];
  });

const claimOf = (operated: Operated, { service }: Copied): PersistentVolumeClaim | undefined =>
  ofKind(operated, "PersistentVolumeClaim").find(({ metadata }) => metadata.name.endsWith(`-${service}.copies`));

const byHand = (operated: Operated, { metadata }: CronJob): string[] => {
  const job = `${metadata.name}-by-hand`;
  return [kubectl(operated, "create", "job", `--from=cronjob/${metadata.name}`, job), ...endOfJob(operated, job)];
};

export function backupOlderThanPromised(operated: Operated, alerts: readonly Alert[]): Playbook {
  const names = labelled(alerts, "service");
  const all = copied(operated).filter(({ service }) => names.includes(service));
  const limits = promisedCopies(operated);
  return {
    impact: all.map(
      ({ service }) =>
        `Nobody notices yet. If the data of ${code(service)} were lost now, more would be missing than is promised: ${limits.find((one) => one.service === service)?.rpoSeconds ?? 0} seconds.`,
    ),
    diagnosis: all.map((one): Section => {
      const claim = claimOf(operated, one);
      const server = ofServer(operated, one.service);
      return {
        about: one.service,
        steps: [
          {
            say: "The last runs, and whether somebody suspended them.",
            run: [
              kubectl(operated, "get", `cronjob/${one.log.metadata.name}`, `cronjob/${one.whole.metadata.name}`),
              kubectl(
                operated,
                "get",
                "jobs",
                "-l",
                `app=${one.log.metadata.name}`,
                "--sort-by=.metadata.creationTimestamp",
              ),
            ],
          },
          {
            say: "What the runs said, and how their pods ended.",
            run: [logs(operated, one.log.metadata.name), describePods(operated, one.log.metadata.name)],
          },
          {
            say: "Whether the server answers, and whether the volume of the copies is bound. A nightly run that fails says when it fills up.",
            run: [
              ...(server === undefined ? [] : [kubectl(operated, "get", server)]),
              ...(claim === undefined
                ? []
                : [kubectl(operated, "get", `persistentvolumeclaim/${claim.metadata.name}`)]),
            ],
          },
        ],
      };
    }),
    mitigation: all.map((one): Section => ({
      about: one.service,
      steps: [
        {
          say: "Let the runs go on, if they were suspended, and make a copy at once. The alert ends with the next planned run that succeeds.",
          run: [
            patch(operated, `cronjob/${one.log.metadata.name}`, { spec: { suspend: false } }),
            ...byHand(operated, one.log),
          ],
        },
        {
          say: "Where the log has a gap, nothing after it can be had back before there is another whole copy: make one now.",
          run: byHand(operated, one.whole),
        },
      ],
    })),
  };
}

/** Time in UTC that commands have, for people to change: nobody else knows when it was still well. */
const AT = "2026-01-31T13:45:00Z";

const suspended = (operated: Operated, all: readonly CronJob[], suspend: boolean): string[] =>
  all.map(({ metadata }) => patch(operated, `cronjob/${metadata.name}`, { spec: { suspend } }));

/** Workloads that write to a service: those that are scaled, and those that come by the clock. */
function clientsOf(operated: Operated, service: string) {
  const names = operated.application.workloads
    .filter(({ edges }) => edges.some((edge) => edge.to === "service" && edge.service.name === service))
    .map(({ name }) => name);
  return {
    deployments: names.flatMap((name) => objectOf(operated, "Deployment", name) ?? []),
    cronJobs: names.flatMap((name) => objectOf(operated, "CronJob", name) ?? []),
  };
}

/** An empty server in the place of one that is gone: its users' Job has run once, and is told to run again. */
function anew(operated: Operated, service: string): Step {
  const users = ofKind(operated, "Job").filter(
    ({ metadata }) => metadata.labels[NAME_LABEL] === USERS_JOBS.make(service),
  );
  const labels = [...new Set(users.flatMap(({ spec }) => spec.template.metadata.labels["app"] ?? []))];
  return {
    say: "Only where the server's disk is gone: an empty server takes its place with the next deploy, which makes its users anew once their Jobs are deleted. What was never copied is lost: restore with LOSE=yes below, which goes on where the copies end before the time.",
    run: [...labels.map((label) => kubectl(operated, "delete", "jobs", "-l", `app=${label}`)), deploy(operated)],
  };
}

/** Brings the database back to a point in time, by the copies that the CronJobs made. */
export function restoreSections(operated: Operated): Section[] {
  return copied(operated).map((one): Section => {
    const cronJob = one.whole.metadata.name;
    const job = `${cronJob}-by-hand`;
    const { cronJobs, deployments } = clientsOf(operated, one.service);
    const scaled = (replicas: (deployment: Deployment) => number): string[] =>
      deployments.map((deployment) =>
        kubectl(operated, "scale", `deployment/${deployment.metadata.name}`, `--replicas=${replicas(deployment)}`),
      );
    const copying = [one.log, one.whole];
    return {
      about: `Restore ${one.service} to a point in time`,
      steps: [
        anew(operated, one.service),
        {
          say: `Stop who writes, and the runs that copy. ${affected(operated, { kind: "service", name: one.service })} An autoscaler leaves a Deployment alone that has no pods. ${takenBack(operated)}`,
          run: [
            ...leftAlone(operated, deployments, true),
            ...scaled(() => 0),
            ...suspended(operated, [...cronJobs, ...copying], true),
          ],
        },
        { say: "Where the server still has its data, copy the end of its log.", run: byHand(operated, one.log) },
        {
          say: "Restore. Change the time first, in UTC: the last second in which all was well. All databases of the server are replaced; a time that the copies do not reach is refused before anything is changed, with the one that they reach. Say LOSE=yes only where the server's disk is gone.",
          run: [
            `AT=${AT}`,
            "LOSE=no",
            `${kubectl(operated, "create", "job", `--from=cronjob/${cronJob}`, job, "--dry-run=client", "-o", "yaml")} | kubectl set env --local -f - TASK=restore "AT=$AT" "LOSE=$LOSE" -o yaml | ${kubectl(operated, "create", "-f", "-")}`,
            ...endOfJob(operated, job),
          ],
        },
        {
          say: "Look whether it is what was wanted; another time is another restore. Then copy it whole, and let everything go on.",
          run: [
            ...byHand(operated, one.whole),
            ...suspended(operated, [...copying, ...cronJobs], false),
            ...scaled(({ spec }) => spec.replicas),
            ...leftAlone(operated, deployments, false),
          ],
        },
      ],
    };
  });
}
