import { NAME_LABEL } from "../../../kubernetes/labels";
import type { CronJob } from "../../../kubernetes/objects";
import type { Copied } from "../../../model/backups";
import { USERS_JOBS } from "../../../model/service-users";
import { word } from "../../../releases/shell";
import { SERVER_DISK } from "../../../services/redis/backups";
import { ofKind } from "../../alerts/watched";
import { deploy, endOfJob, kubectl, patch } from "../commands";
import { affected } from "../impact";
import { ofServer } from "../objects";
import { objectOf, type Operated } from "../operated";
import type { Section, Step } from "../page";
import { takenBack } from "../releases";
import { leftAlone } from "../scaling";
import { byHand, type Copying, copyings, cronJobsOf, failedBefore } from "./backups";

/* The way back from copies of data services in the cluster, by what is copied of each. */

/** Time in UTC that commands have, for people to change: nobody else knows when it was still well. */
const AT = "2026-01-31T13:45:00Z";

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

const suspended = (operated: Operated, all: readonly CronJob[], suspend: boolean): string[] =>
  all.map(({ metadata }) => patch(operated, `cronjob/${metadata.name}`, { spec: { suspend } }));

function stop(operated: Operated, one: Copying): Step {
  const { cronJobs, deployments } = clientsOf(operated, one.service);
  return {
    say: `Stop who writes, and the runs that copy. ${affected(operated, { kind: "service", name: one.service })} An autoscaler leaves a Deployment alone that has no pods. ${takenBack(operated)}`,
    run: [
      ...leftAlone(operated, deployments, true),
      ...deployments.map(({ metadata }) => kubectl(operated, "scale", `deployment/${metadata.name}`, "--replicas=0")),
      ...suspended(operated, [...cronJobs, ...cronJobsOf(one)], true),
    ],
  };
}

function goOn(operated: Operated, one: Copying): Step {
  const { cronJobs, deployments } = clientsOf(operated, one.service);
  return {
    say: "Look whether it is what was wanted; another time is another restore. Then copy it whole, and let everything go on.",
    run: [
      ...byHand(operated, one.whole),
      ...suspended(operated, [...cronJobsOf(one), ...cronJobs], false),
      ...deployments.map(({ metadata, spec }) =>
        kubectl(operated, "scale", `deployment/${metadata.name}`, `--replicas=${spec.replicas}`),
      ),
      ...leftAlone(operated, deployments, false),
    ],
  };
}

/** An empty server in the place of one that is gone: its users' Job has run once, and is told to run again. */
function anew(operated: Operated, service: string, more: string): Step {
  const users = ofKind(operated, "Job").filter(
    ({ metadata }) => metadata.labels[NAME_LABEL] === USERS_JOBS.make(service),
  );
  const labels = [...new Set(users.flatMap(({ spec }) => spec.template.metadata.labels["app"] ?? []))];
  const makes = labels.length === 0 ? "" : ", which makes its users anew once their Jobs are deleted";
  return {
    say: `Only where the server's disk is gone: an empty server takes its place with the next deploy${makes}. ${more}`,
    run: [...labels.map((label) => kubectl(operated, "delete", "jobs", "-l", `app=${label}`)), deploy(operated)],
  };
}

/** The CronJob's own Job, told to restore. `change`: what its pod has more. */
function restored(operated: Operated, { whole }: Copying, more: readonly string[] = [], change?: object): string[] {
  const job = `${whole.metadata.name}-by-hand`;
  const made = kubectl(
    operated,
    ...["create", "job", `--from=cronjob/${whole.metadata.name}`, job, "--dry-run=client", "-o", "yaml"],
  );
  const told = `kubectl set env --local -f - TASK=restore ${['"AT=$AT"', ...more].join(" ")} -o yaml`;
  const changed =
    change === undefined ? [] : [`kubectl patch --local -f - -o yaml ${word(`--patch=${JSON.stringify(change)}`)}`];
  return [
    failedBefore(operated, job),
    [made, told, ...changed, kubectl(operated, "create", "-f", "-")].join(" | "),
    ...endOfJob(operated, job),
  ];
}

const WAYS: Readonly<Record<Copied, (operated: Operated, one: Copying) => Section>> = {
  log: toASecond,
  whole: toACopy,
  dump: toADump,
  objects: objectsBack,
  definitions: definitionsBack,
};

/** Brings each data service back that is copied. */
export const restoreSections = (operated: Operated): Section[] =>
  copyings(operated).map((one) => WAYS[one.copied](operated, one));

/** A database, to any second that its log reaches. */
function toASecond(operated: Operated, one: Copying): Section {
  return {
    about: `Restore ${one.service} to a point in time`,
    steps: [
      anew(
        operated,
        one.service,
        "What was never copied is lost: restore with LOSE=yes below, which goes on where the copies end before the time.",
      ),
      stop(operated, one),
      {
        say: "Where the server still has its data, copy the end of its log.",
        run: one.log === undefined ? [] : byHand(operated, one.log),
      },
      {
        say: "Restore. Change the time first, in UTC: the last second in which all was well. All databases of the server are replaced; a time that the copies do not reach is refused before anything is changed, with the one that they reach. Say LOSE=yes only where the server's disk is gone.",
        run: [`AT=${AT}`, "LOSE=no", ...restored(operated, one, ['"LOSE=$LOSE"'])],
      },
      goOn(operated, one),
    ],
  };
}

/** Keys, to one of the whole copies: onto the disk of the server, while it does not run. */
function toACopy(operated: Operated, one: Copying): Section {
  const server = ofServer(operated, one.service);
  const set = objectOf(operated, "StatefulSet", one.service);
  const [container] = set?.spec.template.spec.containers ?? [];
  if (server === undefined || set === undefined || container === undefined) {
    throw new Error(`${one.service}: copies of a server that no StatefulSet runs`);
  }
  const { name } = set.metadata;
  const disk = {
    spec: {
      template: {
        spec: {
          containers: [{ name: "backup", volumeMounts: [{ name: SERVER_DISK.volume, mountPath: SERVER_DISK.path }] }],
          volumes: [{ name: SERVER_DISK.volume, persistentVolumeClaim: { claimName: `${name}.data` } }],
        },
      },
    },
  };
  return {
    about: `Restore ${one.service} from a copy`,
    steps: [
      anew(operated, one.service, "What was never copied is lost."),
      stop(operated, one),
      {
        say: "Stop the server: its disk is written while nothing runs on it.",
        run: [
          kubectl(operated, "scale", server, "--replicas=0"),
          kubectl(operated, "wait", "--for=delete", "pods", "-l", `app=${name}`, "--timeout=3m"),
        ],
      },
      {
        say: "Restore. Change the time first, in UTC: the last second in which all was well. The last copy up to then takes the place of all keys; what was there stays on the disk, beside it. Where there is no such copy, or it cannot be read, nothing is changed. While the server answers it is refused; where a network lets nobody know whether it would, say STOPPED=yes once the command before has ended well.",
        run: [`AT=${AT}`, "STOPPED=no", ...restored(operated, one, ['"STOPPED=$STOPPED"'], disk)],
      },
      {
        say: "Start the server, which reads it.",
        run: [
          kubectl(operated, "scale", server, "--replicas=1"),
          kubectl(operated, "rollout", "status", server, "--timeout=15m"),
        ],
      },
      goOn(operated, one),
      {
        say: "Once nobody wants what was there before: it takes its place on the disk until then.",
        run: [
          kubectl(
            operated,
            ...["exec", server, "-c", container.name, "--", "sh", "-c", "rm -rf /data/appendonlydir.until-*"],
          ),
        ],
      },
    ],
  };
}

/** A database, to one of its dumps: beside the one that is there, whose place it takes. */
function toADump(operated: Operated, one: Copying): Section {
  return {
    about: `Restore ${one.service} from a copy`,
    steps: [
      anew(operated, one.service, "What was never copied is lost."),
      stop(operated, one),
      {
        say: "Restore. Change the time first, in UTC: the last second in which all was well. The last copy up to then is put into a database beside the one that is there, and takes its place when all of it is in: a restore that fails has changed nothing. The disk holds both until then.",
        run: [`AT=${AT}`, ...restored(operated, one)],
      },
      goOn(operated, one),
    ],
  };
}

/** Objects that are gone, and where somebody says so those that were written since. */
function objectsBack(operated: Operated, one: Copying): Section {
  return {
    about: `Restore objects of ${one.service}`,
    steps: [
      anew(operated, one.service, "What was never copied is lost."),
      {
        ...stop(operated, one),
        say: `${stop(operated, one).say} Where somebody deleted some objects and all others are well, nobody has to stop: suspend the runs that copy alone.`,
      },
      {
        say: "Restore. Change the time first, in UTC: the last second in which all was well; and the beginning of the keys, where only some are wanted. Objects of the last copy up to then that are not there come back, with their type and metadata. What was written since stays as it is, and is listed: where that is the damage, say REPLACE=yes, and the bucket keeps what is replaced as old versions. What came since stays.",
        run: [
          `AT=${AT}`,
          "PREFIX=",
          "REPLACE=no",
          ...restored(operated, one, ['"PREFIX=$PREFIX"', '"REPLACE=$REPLACE"']),
        ],
      },
      goOn(operated, one),
    ],
  };
}

/** Queues, exchanges and policies: beside what is there. */
function definitionsBack(operated: Operated, one: Copying): Section {
  return {
    about: `Restore the definitions of ${one.service}`,
    steps: [
      anew(operated, one.service, "Messages are lost: nothing copies them."),
      {
        ...stop(operated, one),
        say: `${stop(operated, one).say} Messages that come before their queue is there go nowhere.`,
      },
      {
        say: "Restore. Change the time first, in UTC. Queues, exchanges, bindings and policies of the last copy up to then are made where they are missing, once all nodes run; what is there stays, and users are the users' Job's. A policy or parameter of the same name stays as it is there, and is listed: to have that of the copy, delete the one that is there first, and restore again. One that somebody deleted since comes back, and holds at once.",
        run: [`AT=${AT}`, ...restored(operated, one)],
      },
      goOn(operated, one),
    ],
  };
}
