import type { CronJob, Job } from "../../../kubernetes/objects";
import { USERS_JOBS } from "../../../model/service-users";
import type { Alert } from "../../alerts/alert";
import { nameOf, ofKind } from "../../alerts/watched";
import { deploy, describePods, endOfJob, events, kubectl, logs, patch } from "../commands";
import { affected } from "../impact";
import { code } from "../in-words";
import { labelled, type Operated } from "../operated";
import type { Playbook, Section, Step } from "../page";
import { takenBack } from "../releases";
import { failedBefore, lastingCause } from "./backups";

/* Runs that fail, and runs that do not come. */

interface Scheduled {
  readonly name: string;
  readonly object: CronJob;
}

function scheduled(operated: Operated, alerts: readonly Alert[]): Scheduled[] {
  const names = labelled(alerts, "workload");
  return ofKind(operated, "CronJob")
    .map((object) => ({ name: nameOf(object, operated), object }))
    .filter(({ name }) => names.includes(name));
}

const sections = (all: readonly Scheduled[], steps: (one: CronJob) => readonly Step[]): Section[] =>
  all.map(({ name, object }) => ({ about: name, steps: steps(object) }));

const runs = (operated: Operated, { metadata }: CronJob): Step => ({
  say: "Its runs: when each was planned, and what became of it.",
  run: [
    kubectl(operated, "get", `cronjob/${metadata.name}`),
    kubectl(operated, "get", "jobs", "-l", `app=${metadata.name}`, "--sort-by=.metadata.creationTimestamp"),
  ],
});

/** A run outside of the schedule. */
function byHand(operated: Operated, { metadata }: CronJob): Step {
  const job = `${metadata.name}-by-hand`;
  return {
    say: "When the cause is mended, run it once; a run that succeeded is deleted. Its success ends the alert with the next planned run that succeeds.",
    run: [
      failedBefore(operated, job),
      kubectl(operated, "create", "job", `--from=cronjob/${metadata.name}`, job),
      ...endOfJob(operated, job),
    ],
  };
}

const impactOf = (operated: Operated, all: readonly Scheduled[], line: string): string[] => [
  line,
  ...all.map(({ name }) => affected(operated, { kind: "workload", name })),
];

export function cronJobFailed(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = scheduled(operated, alerts);
  return {
    impact: impactOf(operated, all, "What the runs do is not done until one succeeds."),
    diagnosis: sections(all, (one) => [
      runs(operated, one),
      { say: `What the runs said.${lastingCause(operated, one)}`, run: [logs(operated, one.metadata.name)] },
      { say: "How their pods ended.", run: [describePods(operated, one.metadata.name)] },
    ]),
    mitigation: sections(all, (one) => [
      byHand(operated, one),
      {
        say: `Runs that do harm stop so, until ${code("false")} is said in the same way. ${takenBack(operated)}`,
        run: [patch(operated, `cronjob/${one.metadata.name}`, { spec: { suspend: true } })],
      },
    ]),
  };
}

export function cronJobOverdue(operated: Operated, alerts: readonly Alert[]): Playbook {
  const all = scheduled(operated, alerts);
  return {
    impact: impactOf(operated, all, "What the runs do has not been done for longer than the schedule allows."),
    diagnosis: sections(all, (one) => [
      runs(operated, one),
      {
        say: `Whether one still goes on: ${one.spec.concurrencyPolicy === "Forbid" ? "none starts beside it" : `the policy is ${code(one.spec.concurrencyPolicy)}`}, and it is ended after ${one.spec.jobTemplate.spec.activeDeadlineSeconds} seconds. A start that is ${one.spec.startingDeadlineSeconds} seconds late is left out.`,
        run: [kubectl(operated, "describe", `cronjob/${one.metadata.name}`), events(operated)],
      },
      { say: "What the runs said.", run: [logs(operated, one.metadata.name)] },
    ]),
    mitigation: sections(all, (one) => [
      {
        say: "A run that hangs is deleted with its pods; the next one comes by the schedule.",
        run: [kubectl(operated, "delete", "jobs", "-l", `app=${one.metadata.name}`)],
      },
      byHand(operated, one),
    ]),
  };
}

/** The data service whose users a Job makes; `undefined` for every other Job. */
const serviceOf = ({ application: { services } }: Operated, name: string): string | undefined =>
  services.find((service) => USERS_JOBS.make(service.name) === name)?.name;

const labelApp = ({ spec, metadata }: Job): string =>
  spec.template.metadata.labels["app"] ?? metadata.labels["app"] ?? "";

export function jobFailed(operated: Operated, alerts: readonly Alert[]): Playbook {
  const names = labelled(alerts, "workload");
  // The Jobs of a service's users have one label.
  const all = [
    ...new Map(
      ofKind(operated, "Job")
        .map((job) => ({ name: nameOf(job, operated), app: labelApp(job) }))
        .filter(({ name }) => names.includes(name))
        .map((one) => [one.name, one]),
    ).values(),
  ];
  return {
    impact: [
      "The release stands still: what comes after the Job is as it was, and goes on.",
      ...all.flatMap(({ name }) => {
        const service = serviceOf(operated, name);
        return service === undefined
          ? []
          : [
              `${code(name)} makes the users of ${code(service)}. ${affected(operated, { kind: "service", name: service })}`,
            ];
      }),
    ],
    diagnosis: all.map(({ name, app }) => ({
      about: name,
      steps: [
        { say: "The Job of each revision.", run: [kubectl(operated, "get", "jobs", "-l", `app=${app}`)] },
        { say: "What it said.", run: [logs(operated, app)] },
        {
          say: "Why it was given up, and how its pods ended.",
          run: [kubectl(operated, "describe", "jobs", "-l", `app=${app}`), describePods(operated, app)],
        },
      ],
    })),
    mitigation: [{ steps: [again(operated)] }],
  };
}

function again(operated: Operated): Step {
  return operated.release === "helm"
    ? {
        say: "Mend the cause, and let the pipeline release again: Helm deletes the failed Job first. The Jobs of a service's users are Terraform's, and run again with the deploy.",
        run: [deploy(operated)],
      }
    : {
        say: "Mend the cause, and deploy again: the Job is run once more, and what waited for it follows.",
        run: [deploy(operated)],
      };
}
