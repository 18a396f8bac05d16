import type { CronJob, PersistentVolumeClaim } from "../../../kubernetes/objects";
import type { Copied } from "../../../model/backups";
import { BACKUP_SUFFIXES } from "../../../model/names";
import type { Alert } from "../../alerts/alert";
import { promisedCopies } from "../../alerts/backups";
import { ofKind } from "../../alerts/watched";
import { describePods, endOfJob, kubectl, logs, patch } from "../commands";
import { code } from "../in-words";
import { ofServer } from "../objects";
import { labelled, objectOf, type Operated } from "../operated";
import type { Playbook, Section } from "../page";

/* Copies of data services in the cluster: what there is of them, and what to do when they are late. */

/** What copies one data service: whole by a schedule, and its log every few minutes where it has one. */
export interface Copying {
  readonly service: string;
  /** What is copied of it. */
  readonly copied: Copied;
  readonly whole: CronJob;
  readonly log: CronJob | undefined;
}

/** Data services in the cluster that are copied. */
export const copyings = (operated: Operated): Copying[] =>
  operated.application.services.flatMap(({ name, service, sizing: { backups } }): Copying[] => {
    const [whole, log] = [BACKUP_SUFFIXES.whole, BACKUP_SUFFIXES.log].map((suffix) =>
      objectOf(operated, "CronJob", `${name}-${suffix}`),
    );
    if (backups === undefined || whole === undefined || service.copied === undefined) return [];
    return [
      {
        service: name,
        copied: service.copied,
        whole,
        log: backups.logMinutes === undefined ? undefined : log,
      },
    ];
  });

/** The one that runs oftener first. */
export const cronJobsOf = ({ log, whole }: Copying): CronJob[] => (log === undefined ? [whole] : [log, whole]);

const LASTING: Readonly<Record<Copied, string>> = {
  log: "",
  whole: "",
  dump: "",
  objects:
    " Where they name objects that are not copied: each run fails, after it copied the others, as long as there is one whose key has a control character, which the server does not tell to anybody who lists. Put it again under a plain key, and delete it.",
  definitions:
    " Where they name a virtual host that is not copied: each run fails, after it copied the others, as long as there is one whose name has a quotation mark, a backslash or a control character. Make one with a plain name, have its programs use that, and delete it.",
};

/** What the runs of a CronJob may say that no other try mends. Empty for what copies nothing. */
export function lastingCause(operated: Operated, { metadata }: CronJob): string {
  const one = copyings(operated).find((all) => cronJobsOf(all).some((own) => own.metadata.name === metadata.name));
  return one === undefined ? "" : LASTING[one.copied];
}

const claimOf = (operated: Operated, { service }: Copying): PersistentVolumeClaim | undefined =>
  ofKind(operated, "PersistentVolumeClaim").find(({ metadata }) => metadata.name.endsWith(`-${service}.copies`));

/** A Job that failed stays for days, and its name with it: whoever makes another has seen what it said. One that runs is let be. */
export const failedBefore = (operated: Operated, job: string): string =>
  `if ${kubectl(operated, "get", `job/${job}`, "--ignore-not-found", "-o", "jsonpath={.status.conditions[*].type}")} | grep Failed; then ${kubectl(operated, "delete", `job/${job}`)}; fi`;

export const byHand = (operated: Operated, { metadata }: CronJob): string[] => {
  const job = `${metadata.name}-by-hand`;
  return [
    failedBefore(operated, job),
    kubectl(operated, "create", "job", `--from=cronjob/${metadata.name}`, job),
    ...endOfJob(operated, job),
  ];
};

export function backupOlderThanPromised(operated: Operated, alerts: readonly Alert[]): Playbook {
  const names = labelled(alerts, "service");
  const all = copyings(operated).filter(({ service }) => names.includes(service));
  const limits = promisedCopies(operated);
  return {
    impact: all.map(
      ({ service }) =>
        `Nobody notices yet. If the data of ${code(service)} were lost now, more would be missing than is promised: ${limits.find((one) => one.service === service)?.rpoSeconds ?? 0} seconds.`,
    ),
    diagnosis: all.map((one): Section => {
      const claim = claimOf(operated, one);
      const server = ofServer(operated, one.service);
      const often = one.log ?? one.whole;
      return {
        about: one.service,
        steps: [
          {
            say: "The last runs, and whether somebody suspended them.",
            run: [
              kubectl(operated, "get", ...cronJobsOf(one).map(({ metadata }) => `cronjob/${metadata.name}`)),
              kubectl(
                operated,
                "get",
                "jobs",
                "-l",
                `app=${often.metadata.name}`,
                "--sort-by=.metadata.creationTimestamp",
              ),
            ],
          },
          {
            say: "What the runs said, and how their pods ended.",
            run: [logs(operated, often.metadata.name), describePods(operated, often.metadata.name)],
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
    mitigation: all.map((one): Section => {
      const often = one.log ?? one.whole;
      return {
        about: one.service,
        steps: [
          {
            say: "Let the runs go on, if they were suspended, and make a copy at once. The alert ends with the next planned run that succeeds.",
            run: [
              patch(operated, `cronjob/${often.metadata.name}`, { spec: { suspend: false } }),
              ...byHand(operated, often),
            ],
          },
          ...(one.log === undefined
            ? []
            : [
                {
                  say: "Where the log has a gap, nothing after it can be had back before there is another whole copy: make one now.",
                  run: byHand(operated, one.whole),
                },
              ]),
        ],
      };
    }),
  };
}
