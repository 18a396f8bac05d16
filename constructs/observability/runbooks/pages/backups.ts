import type { CronJob, PersistentVolumeClaim } from "../../../kubernetes/objects";
import type { Alert } from "../../alerts/alert";
import { promisedCopies } from "../../alerts/backups";
import { ofKind } from "../../alerts/watched";
import { describePods, kubectl, logs, patch, word } from "../commands";
import { affected } from "../impact";
import { code } from "../in-words";
import { ofServer } from "../objects";
import { labelled, objectOf, type Operated } from "../operated";
import type { Playbook, Section, Step } from "../page";

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
  return [
    kubectl(operated, "create", "job", `--from=cronjob/${metadata.name}`, job),
    kubectl(operated, "wait", "--for=condition=complete", `job/${job}`, "--timeout=10m"),
    kubectl(operated, "logs", `job/${job}`),
    kubectl(operated, "delete", `job/${job}`),
  ];
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
            say: "Whether the server answers, and whether the volume of the copies is bound; an alert about a volume that fills up says when it is full.",
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

/** Brings the database back to a point in time, by the copies that the CronJobs made. */
export function restoreSections(operated: Operated): Section[] {
  return copied(operated).map((one): Section => {
    const cronJob = one.whole.metadata.name;
    const job = `${cronJob}-by-hand`;
    const clients = operated.application.workloads
      .filter(({ edges }) => edges.some((edge) => edge.to === "service" && edge.service.name === one.service))
      .map(({ name }) => name);
    const deployments = clients.flatMap((name) => objectOf(operated, "Deployment", name) ?? []);
    const scale = (replicas: number): Step["run"] =>
      deployments.map(({ metadata }) =>
        kubectl(operated, "scale", `deployment/${metadata.name}`, `--replicas=${replicas}`),
      );
    return {
      about: `Restore ${one.service} to a point in time`,
      steps: [
        {
          say: `What is lost is what changed after that time. ${affected(operated, { kind: "service", name: one.service })} Stop who writes; an autoscaler sets no pods of its own while there are none.`,
          ...(deployments.length > 0 && { run: scale(0) }),
        },
        {
          say: "Where the server still answers, copy the end of its log, and keep the CronJobs still meanwhile.",
          run: [
            ...[one.log, one.whole].map(({ metadata }) =>
              patch(operated, `cronjob/${metadata.name}`, { spec: { suspend: true } }),
            ),
            ...byHand(operated, one.log),
          ],
        },
        {
          say: `Where the server or its disk is gone, deploy first: an empty one takes its place, and its users are made anew.`,
          run: [word("npx") + " cdktf deploy " + word(operated.application.stackName)],
        },
        {
          say: `Restore. Change the time, in UTC: the last second that was still well. All databases of the server are replaced; what cannot be reached is refused before anything is changed, with the times that can.`,
          run: [
            `AT=${AT}`,
            `${kubectl(operated, "create", "job", `--from=cronjob/${cronJob}`, job, "--dry-run=client", "-o", "yaml")} | kubectl set env --local -f - TASK=restore "AT=$AT" -o yaml | ${kubectl(operated, "create", "-f", "-")}`,
            kubectl(operated, "wait", "--for=condition=complete", `job/${job}`, "--timeout=6h"),
            kubectl(operated, "logs", `job/${job}`),
            kubectl(operated, "delete", `job/${job}`),
          ],
        },
        {
          say: "Copy the result whole, since the way back from here begins with it; then let the CronJobs and the clients go on. An autoscaler takes its pods up to what it needs by itself.",
          run: [
            ...byHand(operated, one.whole),
            ...[one.log, one.whole].map(({ metadata }) =>
              patch(operated, `cronjob/${metadata.name}`, { spec: { suspend: false } }),
            ),
            ...deployments.map(({ metadata, spec }) =>
              kubectl(operated, "scale", `deployment/${metadata.name}`, `--replicas=${spec.replicas}`),
            ),
          ],
        },
      ],
    };
  });
}
