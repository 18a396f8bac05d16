import type { CloudFacts } from "../../constructs/kubernetes/facts";
import { SESSION_LABEL } from "../../constructs/model/session-names";
import { line } from "../../constructs/releases/shell";
import { visible } from "../../constructs/report/values";
import { policiesLikeWorkload } from "../../constructs/sessions/like-workload";
import { type LivePodTemplate, type Task, taskJob, taskLabels } from "../../constructs/sessions/task";
import { EXIT, type Exit } from "../command";
import type { Cluster } from "../connect/cluster";
import type { Interrupt } from "../connect/interrupt";
import { endOf, podOf } from "../connect/pod";
import { checkRights, type Needed } from "../connect/rights";
import { reason } from "../rollback/programs";
import { complain } from "../rollback/rollback";
import { Unanswered } from "../unanswered";
import type { WantedTask } from "./asked";
import { type Ended, follow, hasBegun } from "./follow";
import { policiesOf, templateOf } from "./live";

/** A task to be run; who asks is the cluster's to say. */
export interface Run {
  readonly task: Omit<Task, "who"> & Pick<WantedTask, "madeBy">;
  readonly facts: Pick<CloudFacts, "policiesByName" | "undisturbedPodAnnotations">;
  readonly cluster: Cluster;
  /** Whether nobody waits for its end. */
  readonly detached: boolean;
  readonly interrupt: Interrupt;
}

/** Resource of each kind of policy by names. */
const BY_NAMES: Readonly<Record<NonNullable<CloudFacts["policiesByName"]>["kind"], string>> = {
  FQDNNetworkPolicy: "fqdnnetworkpolicies.networking.gke.io",
  ApplicationNetworkPolicy: "applicationnetworkpolicies.networking.k8s.aws",
  CiliumNetworkPolicy: "ciliumnetworkpolicies.cilium.io",
};

const toRun = (kind: WantedTask["madeBy"]["kind"], policies: readonly string[]): Needed => ({
  to: "run a command",
  rights: [
    ["get", kind],
    ["create", "jobs.batch"],
    ["patch", "jobs.batch"],
    ["delete", "jobs.batch"],
    ...["networkpolicies.networking.k8s.io", ...policies].flatMap((one) => [
      ["list", one],
      ["create", one],
    ]),
    ["list", "pods"],
    ["get", "pods", "--subresource=log"],
  ],
});

const NOT_BEGUN = "stopped before it began: nothing of it ran";

/** Runs a command in a pod like those of a workload, and shows what it prints until it ends. */
export async function run(asked: Run): Promise<Exit> {
  const { cluster, facts, interrupt } = asked;
  const progress: Progress = { mayRun: false };
  try {
    await cluster.signIn();
    const task = { ...asked.task, who: await cluster.who() };
    const byNames = facts.policiesByName === undefined ? [] : [BY_NAMES[facts.policiesByName.kind]];
    await checkRights(cluster, toRun(task.madeBy.kind, byNames), task.target.namespace, task.who);
    const template = await templateOf(cluster, task);
    if (interrupt.hasCome()) return notDone(interrupt, NOT_BEGUN);
    return await started(asked, task, { template, byNames, progress });
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    // An interrupt from the keyboard ends what was asked as well.
    if (interrupt.hasCome() && !progress.mayRun) return notDone(interrupt, NOT_BEGUN);
    complain(error.message);
    return EXIT.wrong;
  } finally {
    cluster.close();
  }
}

interface Progress {
  /** Whether the cluster was told to let it begin. */
  mayRun: boolean;
}

/** What comes after it must not take it for done. */
function notDone(interrupt: Interrupt, why: string): Exit {
  if (!interrupt.isUnseen()) complain(why);
  return EXIT.wrong;
}

interface Live {
  readonly template: LivePodTemplate;
  readonly byNames: readonly string[];
  readonly progress: Progress;
}

/** Words that take a Job away which never began: a deadline counts from its beginning. */
const deleted = ({ name, target }: Task): readonly string[] => [
  ...["delete", "job", name, "-n", target.namespace, "--ignore-not-found", "--wait=false"],
];

async function started(asked: Run, task: Task, live: Live): Promise<Exit> {
  const { cluster, interrupt } = asked;
  // Until the command has begun, whatever ends this program ends the Job; from then on it is the cluster's.
  let end: readonly string[] | undefined = deleted(task);
  const atExit = (): void => {
    if (end !== undefined) cluster.askNow(...end);
    cluster.close();
  };
  process.once("exit", atExit);
  try {
    await made(asked, task, live);
    if (interrupt.hasCome()) return notDone(interrupt, NOT_BEGUN);
    live.progress.mayRun = true;
    await letBegin(cluster, task);
    end = endOf(task);
    const pod = await podOf(cluster, task, { interrupt, isThere: hasBegun(task.container) });
    if (pod === undefined) return notDone(interrupt, `${task.name} is told to stop: it was not seen to begin`);
    end = undefined;
    tell(asked, task);
    if (asked.detached) return EXIT.done;
    const ended = await follow({ cluster, task, pod: pod.metadata.name, interrupt });
    return interrupt.hasCome() ? await stopped(asked, task) : await told(cluster, task, ended);
  } finally {
    process.off("exit", atExit);
    if (end !== undefined) await takenBack(cluster, task, end);
  }
}

async function takenBack(cluster: Cluster, { name, until }: Task, end: readonly string[]): Promise<void> {
  const said = await cluster.askUndisturbed(...end);
  if (said.code === 0 || said.stderr.includes("(NotFound)")) return;
  complain(`${name} could not be ended from here: ${reason(said)}`, `if it runs, it ends at ${until} by itself`);
}

/** Makes the Job, which waits, and its ways through the network. */
async function made({ cluster, facts }: Run, task: Task, { template, byNames }: Live): Promise<void> {
  const { namespace } = task.target;
  const { uid } = (await cluster.create(taskJob(task, template, facts.undisturbedPodAnnotations))).metadata;
  const pods = {
    workload: { ...template.metadata?.labels, ...task.selector },
    task: taskLabels(task, template),
    own: { [SESSION_LABEL]: task.name },
  };
  const policies = policiesLikeWorkload(task, await policiesOf(cluster, namespace, byNames), pods, uid);
  for (const policy of policies) await cluster.create(policy);
}

async function letBegin(cluster: Cluster, { name, target }: Task): Promise<void> {
  const begin = JSON.stringify({ spec: { suspend: false } });
  const said = await cluster.askUndisturbed(
    "patch",
    "job",
    name,
    "-n",
    target.namespace,
    "--type",
    "merge",
    "-p",
    begin,
  );
  if (said.code !== 0) throw new Unanswered(`the cluster does not let ${name} begin: ${reason(said)}`);
}

/** Says on the error stream what it is, as all else is the command's to say. */
function tell(
  { cluster, detached }: Run,
  { name, target, environment, who, reason: why, until, container }: Task,
): void {
  const at = ["-n", target.namespace];
  complain(
    `${name} runs like ${target.name} of ${environment}, for ${who}${why === undefined ? "" : ` (${why})`}, until ${until} at the most.`,
  );
  if (!detached) return;
  complain(
    ...["", "What it prints, and how to end it:"],
    `  ${line(cluster.words("logs", `job/${name}`, ...at, "-c", container, "--follow"))}`,
    `  ${line(cluster.words(...endOf({ name, target })))}`,
    ...(cluster.isOwn ? ["  (with the cluster's own settings: the commands of the runbooks give them)"] : []),
  );
}

/** Ends it for whoever is done with it; a terminal that was closed ends nothing. */
async function stopped({ cluster, interrupt }: Run, task: Task): Promise<Exit> {
  // It goes on, and how it ends is not known.
  if (interrupt.isUnseen()) return EXIT.wrong;
  const said = await cluster.askUndisturbed(...endOf(task));
  if (said.code === 0) {
    complain("", `${task.name} is told to stop: what it did until now stays done.`);
  } else {
    complain("", `${task.name} may still run: ${reason(said)}`, `it ends at ${task.until} by itself`);
  }
  return EXIT.wrong;
}

/** Says how it ended. */
async function told(cluster: Cluster, { name, target, until }: Task, ended: Ended | undefined): Promise<Exit> {
  if (ended?.exitCode === 0) return EXIT.done;
  const why = ended === undefined ? await goneWhy(cluster, name, target.namespace) : wordsOf(ended, until);
  complain(`${name} failed: ${why}`);
  return EXIT.wrong;
}

function wordsOf({ exitCode, reason: kind, message }: Ended, until: string): string {
  if (kind === "OOMKilled") return "it took more memory than its container may have";
  const of = [kind, message].filter((one) => one !== undefined && one !== "" && one !== "Error").join(": ");
  const late = Date.now() >= Date.parse(until) - 10_000 ? "its time is over" : "";
  const code = exitCode === undefined ? "" : `the command ended with ${exitCode}`;
  return visible([late, code, of].filter((one) => one !== "").join("; "));
}

/** Why there is no pod any more, in the words of its Job. */
async function goneWhy(cluster: Cluster, name: string, namespace: string): Promise<string> {
  const said = await cluster.must(
    "the cluster does not show the task",
    "get",
    "job",
    name,
    "-n",
    namespace,
    "-o",
    "json",
  );
  const { status } = JSON.parse(said) as {
    readonly status?: { readonly conditions?: readonly { readonly type: string; readonly message?: string }[] };
  };
  const failed = status?.conditions?.find(({ type }) => type === "Failed");
  return visible(failed?.message ?? "its pod is gone");
}
