import {
  cdktfWords,
  helmRollbackWords,
  helmUpgradeWords,
  helmWords,
  rolloutWords,
  undoWords,
} from "../../releases/commands";
import { line } from "../../releases/shell";
import { rollbackSeconds, upgradeSeconds } from "../../releases/time-outs";
import { duration } from "../alerts/promql";
import type { Operated, Running } from "./operated";

/* Commands as people paste them. Objects are named `kind/name`, which a test finds among those that were rendered. */

type Named = Pick<Operated, "application">;

const words = (...all: readonly string[]): string => line(all);

/** A command in the namespace of the application. */
export const kubectl = ({ application: { namespace } }: Named, ...rest: readonly string[]): string =>
  words("kubectl", "-n", namespace, ...rest);

/** A command in another namespace. */
export const kubectlIn = (namespace: string, ...rest: readonly string[]): string =>
  words("kubectl", "-n", namespace, ...rest);

/** A command about the cluster. */
export const kubectlOfAll = (...rest: readonly string[]): string => words("kubectl", ...rest);

/** Newest events last. */
export const events = (operated: Named): string =>
  `${kubectl(operated, "get", "events", "--sort-by=.lastTimestamp")} | tail -n 30`;

/** Last lines of every container of the pods with a label `app`. */
export const logs = (operated: Named, app: string, ...more: readonly string[]): string =>
  kubectl(operated, "logs", "-l", `app=${app}`, "--tail=100", "--all-containers", "--prefix", ...more);

/** Last lines of containers before they were restarted; a pod with none is passed over. */
export const lastWords = (operated: Named, app: string): string => logs(operated, app, "--previous", "--ignore-errors");

export const pods = (operated: Named, app: string): string =>
  kubectl(operated, "get", "pods", "-l", `app=${app}`, "-o", "wide");

export const describePods = (operated: Named, app: string): string =>
  kubectl(operated, "describe", "pods", "-l", `app=${app}`);

export const top = (operated: Named, app: string): string =>
  kubectl(operated, "top", "pods", "-l", `app=${app}`, "--containers");

/** Asks a port that is being forwarded, for as long as nothing listens there yet: at most ten seconds. */
export const curlForwarded = (): string =>
  "curl --fail --silent --show-error --retry 10 --retry-connrefused --retry-delay 1";

/** Patches one object with what JSON says. */
export const patch = (operated: Named, object: string, change: object): string =>
  kubectl(operated, "patch", object, "--type=merge", `--patch=${JSON.stringify(change)}`);

/** A rollout, until it is through or its time is over. */
export const rolledOut = ({ application }: Operated, { deployment: { metadata, spec } }: Running): string =>
  line(rolloutWords(application, metadata.name, duration(spec.progressDeadlineSeconds)));

/** Kubernetes' own way back to the pods before. */
export const undo = ({ application }: Operated, { deployment: { metadata } }: Running): string =>
  line(undoWords(application, metadata.name));

/**
 * Waits until a Job has succeeded or failed, which its own deadline brings about, shows what it said, and deletes it only if it
 * has succeeded: one that runs would end by that, and one that failed is there to be asked. `kubectl wait` alone would wait for
 * one of the two.
 */
export const endOfJob = (operated: Named, job: string): string[] => [
  `until ${kubectl(operated, "get", `job/${job}`, "-o", "jsonpath={.status.conditions[*].type}")} | grep -E 'Complete|Failed'; do sleep 5; done`,
  kubectl(operated, "logs", `job/${job}`, "--all-containers"),
  `${kubectl(operated, "wait", "--for=condition=complete", `job/${job}`, "--timeout=1s")} && ${kubectl(operated, "delete", `job/${job}`)}`,
];

/** The plan and apply of the application's stack. */
export const deploy = ({ application: { stackName } }: Named): string => line(cdktfWords("deploy", stackName));

/** The plan of the application's stack alone. */
export const diff = ({ application: { stackName } }: Named): string => line(cdktfWords("diff", stackName));

/** A command of Helm's about the release: `history`, `get values`. */
export const helm = ({ application }: Named, verb: string, ...more: readonly string[]): string =>
  line(helmWords(application, verb, ...more));

/** The way back by Helm, to the revision before the newest. */
export const helmBack = ({ application, objects }: Operated): string =>
  line(helmRollbackWords(application, { seconds: rollbackSeconds(objects) }));

/** A release of the chart as this commit has it. */
export const helmRelease = ({ application, charts, objects }: Operated, ...flags: readonly string[]): string =>
  line(
    helmUpgradeWords(application, {
      chart: `./${charts}/${application.name}`,
      seconds: upgradeSeconds(objects),
      flags,
    }),
  );
