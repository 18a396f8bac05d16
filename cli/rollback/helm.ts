import { rolloutSeconds } from "../../constructs/kubernetes/rollout";
import { helmRollbackWords, helmWords, rolloutWords } from "../../constructs/releases/commands";
import { chooseRevision, isPending, NotAHistory, readHistory, type Revision } from "../../constructs/releases/history";
import { deploymentsIn, manifestDifferences } from "../../constructs/releases/manifest";
import { duration, rollbackSeconds } from "../../constructs/releases/time-outs";
import { EXIT, type Exit, Refused } from "../command";
import { Unanswered } from "../unanswered";
import { agreed } from "./agree";
import { reason, type Said } from "./programs";
import { complain, deploymentsOf, type Rollback, say, sayCommands, sayList, sayWhatStays, took } from "./rollback";

/* The way back where Helm releases: a release goes back whole. */

/** Goes back, or says how. */
export async function goBackByHelm(rollback: Rollback): Promise<Exit> {
  const { workloads, to } = rollback;
  if (workloads.length > 0) {
    throw new Refused(
      `${workloads.join(", ")}: Helm goes back to a revision, which is all of the application; leave workloads out, or release the older image of one`,
    );
  }
  if (to !== undefined && !/^[1-9]\d{0,8}$/.test(to)) {
    throw new Refused(`--to: got ${JSON.stringify(to)}; give the number of a revision of helm history`);
  }
  sayWhatStays(rollback, "helm");
  const helm = new Release(rollback);
  try {
    return await goBack(rollback, helm);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    complain("", error.message);
    return EXIT.wrong;
  }
}

/** Asks Helm about the release. */
class Release {
  readonly #contents = new Map<number, Promise<string>>();

  constructor(private readonly rollback: Rollback) {}

  /** Words of a command, in the context that was given. */
  words(words: readonly string[]): readonly string[] {
    const { context } = this.rollback;
    if (context === undefined) return words;
    return [...words, words[0] === "helm" ? "--kube-context" : "--context", context];
  }

  ask(verb: string, ...more: readonly string[]): Promise<Said> {
    return this.rollback.programs.ask(this.words(helmWords(this.rollback.rendered.application, verb, ...more)));
  }

  async history(): Promise<readonly Revision[]> {
    const { application } = this.rollback.rendered;
    const said = await this.ask("history", "--max", "256", "--output", "json");
    if (said.code !== 0) {
      if (/release: not found/.test(said.stderr)) return [];
      throw new Unanswered(
        `helm does not say which releases there are: ${reason(said)}\nsee that it reaches the cluster of ${this.rollback.environment}, then ask again`,
      );
    }
    try {
      return readHistory(said.stdout);
    } catch (error) {
      if (!(error instanceof NotAHistory)) throw error;
      throw new Unanswered(`what helm says of the releases of ${application.name} ${error.message}`);
    }
  }

  /** Everything that a revision holds, hooks among it. */
  content(revision: number): Promise<string> {
    const known = this.#contents.get(revision) ?? this.#read(revision);
    this.#contents.set(revision, known);
    return known;
  }

  async #read(revision: number): Promise<string> {
    const [manifest, hooks] = await Promise.all(["get manifest", "get hooks"].map((verb) => this.#get(verb, revision)));
    return `${manifest ?? ""}\n---\n${hooks ?? ""}`;
  }

  async #get(verb: string, revision: number): Promise<string> {
    const said = await this.ask(verb, "--revision", String(revision));
    if (said.code === 0) return said.stdout;
    throw new Unanswered(`helm does not say what revision ${revision} holds: ${reason(said)}`);
  }

  manifest(revision: number): Promise<string> {
    return this.#get("get manifest", revision);
  }

  /** Environment that the chart was told. @returns nothing where it was told none */
  async environment(): Promise<string | undefined> {
    const said = await this.ask("get values", "--output", "json");
    if (said.code !== 0) throw new Unanswered(`helm does not say what the release was told: ${reason(said)}`);
    const values = JSON.parse(said.stdout) as { readonly environment?: unknown } | null;
    return typeof values?.environment === "string" ? values.environment : undefined;
  }
}

const where = ({ context, current }: Rollback): string =>
  context === undefined ? `context ${current ?? "of the cluster that kubectl has now"}` : `context ${context}`;

/** Variables by which Helm asks another cluster than kubectl does. */
const APART = ["HELM_KUBECONTEXT", "HELM_KUBEAPISERVER"];

async function goBack(given: Rollback, helm: Release): Promise<Exit> {
  const apart = given.programs.set(APART);
  if (apart.length > 0) {
    throw new Refused(
      `${apart.join(", ")}: helm would ask another cluster than kubectl; unset it, and name a context with --context`,
    );
  }
  const asked =
    given.context === undefined ? await given.programs.ask(["kubectl", "config", "current-context"]) : undefined;
  const rollback = { ...given, ...(asked?.code === 0 && { current: asked.stdout.trim() }) };
  const { application } = rollback.rendered;
  const history = await helm.history();
  const now = history.at(-1);
  if (now === undefined) {
    complain(
      "",
      `nothing to go back to: there is no release ${application.name} in ${application.namespace} of ${where(rollback)}`,
    );
    return EXIT.wrong;
  }
  const told = await helm.environment();
  if (told !== undefined && told !== rollback.environment) {
    complain(
      "",
      `${where(rollback)}: its release is of environment ${told}, not ${rollback.environment}; choose another with --context`,
    );
    return EXIT.wrong;
  }
  sayHistory(history);
  const target = rollback.to === undefined ? await chosen(history, helm) : named(history, Number(rollback.to));
  if (target === undefined) return EXIT.wrong;
  sayList(
    `From revision ${now.revision} to ${target.revision}:`,
    manifestDifferences(await helm.manifest(now.revision), await helm.manifest(target.revision)),
  );
  const seconds = rollback.seconds ?? rollbackSeconds(rollback.rendered.released);
  const back = helm.words(helmRollbackWords(application, { revision: target.revision, seconds }));
  const known = new Map(deploymentsOf(rollback).map((one) => [one.metadata.name, rolloutSeconds(one)]));
  // Those of the revision: what came with the release goes with it, and what it took away comes back.
  const waits = deploymentsIn(await helm.manifest(target.revision)).map((name) =>
    helm.words(rolloutWords(application, name, duration(rollback.seconds ?? known.get(name) ?? seconds))),
  );
  sayCommands([back, ...waits]);
  say("", "Then revert the commit that released, or the next pipeline brings it back.");
  if (!rollback.consent.run) return EXIT.done;
  if (!mayInterrupt(rollback, now)) return EXIT.wrong;
  if (!(await agreed(`Go back to revision ${target.revision} on ${where(rollback)}?`, rollback.consent))) {
    complain("nothing was done");
    return EXIT.wrong;
  }
  return run(rollback, { helm, target, back, waits });
}

/** Newest revisions that are shown. */
const SHOWN = 10;

function sayHistory(history: readonly Revision[]): void {
  const lines = history.slice(-SHOWN).map(({ revision, updated, status, description }) => {
    const [first = ""] = description.split("\n");
    return `${revision}, ${updated.replace(/^(.{10})T(.{8}).*$/, "$1 $2")}: ${status}, ${first}`;
  });
  sayList("Revisions:", lines);
}

async function chosen(history: readonly Revision[], helm: Release): Promise<Revision | undefined> {
  const choice = await chooseRevision(history, (revision) => helm.content(revision));
  if ("nothing" in choice) {
    complain("", `nothing to go back to: ${choice.nothing}`, "release what works, or name a revision with --to");
    return undefined;
  }
  say("", `Revision ${choice.to.revision}: ${choice.because}.`);
  return choice.to;
}

function named(history: readonly Revision[], revision: number): Revision | undefined {
  const found = history.find((one) => one.revision === revision);
  const why =
    found === undefined
      ? `there are ${history.map((one) => one.revision).join(", ")}`
      : found === history.at(-1)
        ? "it is the newest: there is nothing to go back to"
        : isPending(found)
          ? "it never came to its end"
          : undefined;
  if (why === undefined && found !== undefined) {
    if (found.status === "failed")
      say("", `warning: revision ${revision} failed when it was released: ${found.description}`);
    return found;
  }
  complain("", `--to: got ${revision}; ${why ?? "no such revision"}`);
  return undefined;
}

/** Whether nobody is at work on the release: how long an upgrade and its hooks may take is theirs to say. */
function mayInterrupt({ interrupted }: Rollback, now: Revision): boolean {
  if (!isPending(now) || interrupted) return true;
  const since = (Date.now() - Date.parse(now.updated)) / 1000;
  complain(
    "",
    `revision ${now.revision} is ${now.status} since ${since.toFixed(0)} s, and whoever releases it may still be at work; ` +
      "wait until it has ended, or say with --interrupted that it is gone",
  );
  return false;
}

interface Way {
  readonly helm: Release;
  readonly target: Revision;
  readonly back: readonly string[];
  readonly waits: readonly (readonly string[])[];
}

async function run(rollback: Rollback, { helm, target, back, waits }: Way): Promise<Exit> {
  const { programs } = rollback;
  const began = performance.now();
  const gone = await programs.show(back);
  const failed = gone.code === 0 ? undefined : "helm";
  const stuck: string[] = [];
  // Helm says that it waited; the control plane says whether what was waited for is there.
  if (failed === undefined) {
    for (const wait of waits)
      if ((await programs.show(wait)).code !== 0) stuck.push(wait.find((one) => one.startsWith("deployment/")) ?? "");
  }
  // What Helm has done is done, whether or not it can be asked about it.
  const newest = await helm.history().then(
    (history) => history.at(-1),
    () => undefined,
  );
  if (failed === undefined && stuck.length === 0) {
    say(
      "",
      `Back at what revision ${target.revision} was, as revision ${newest?.revision ?? "that helm does not tell"}, after ${took(began)}.`,
    );
    return EXIT.done;
  }
  complain(
    "",
    failed === undefined
      ? `revision ${target.revision} is released again, and ${stuck.join(", ")} does not become ready`
      : `helm did not come back to revision ${target.revision}, after ${took(began)}`,
    newest === undefined
      ? "helm does not tell which revision is there now: see helm history before anything is done again"
      : `the newest revision is ${newest.revision}: ${newest.status}, ${newest.description}`,
    "look why its pods are not ready; the same command again goes further back, and --to N goes to another",
  );
  return EXIT.wrong;
}
