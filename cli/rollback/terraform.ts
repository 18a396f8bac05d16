import { rolloutSeconds } from "../../constructs/kubernetes/rollout";
import { cdktfWords, rolloutWords } from "../../constructs/releases/commands";
import { line } from "../../constructs/releases/shell";
import { duration } from "../../constructs/releases/time-outs";
import { EXIT, type Exit } from "../command";
import { agreed } from "./agree";
import { NotSynthesized } from "./before";
import { Commits, NoCommits, revertWords } from "./commits";
import { goBackByPods } from "./pods";
import {
  complain,
  deploymentsOf,
  inContext,
  type Rollback,
  say,
  sayCommands,
  sayList,
  sayWhatStays,
  waitFor,
} from "./rollback";
import { allSince, newestChange, type Target } from "./target-commit";

/* The way back where Terraform releases: what the repository said before, applied as any other commit. */

/** Where the program is, and what it is made of. */
export interface Repository {
  readonly root: string;
  /** File of this program that was started. */
  readonly launcher: string;
  /** Files of the program, from its root. */
  readonly files: readonly string[];
}

/** Goes back, or says how. */
export async function goBackByTerraform(rollback: Rollback, repository: Repository): Promise<Exit> {
  sayWhatStays(rollback, "terraform");
  if (rollback.workloads.length > 0) return goBackByPods(rollback);
  try {
    return await goBack(rollback, repository);
  } catch (error) {
    if (!(error instanceof NoCommits) && !(error instanceof NotSynthesized)) throw error;
    complain("", error.message);
    return EXIT.wrong;
  }
}

async function goBack(rollback: Rollback, { root, launcher, files }: Repository): Promise<Exit> {
  const { programs, rendered, to, consent } = rollback;
  const { application } = rendered;
  const commits = new Commits(programs);
  if (consent.run && !(await isClean(commits))) return EXIT.wrong;
  const asked = {
    root,
    launcher,
    environment: rollback.environment,
    application: application.name,
    stack: application.stackName,
  };
  const tools = { commits, programs, files };
  const target = to === undefined ? await newestChange(asked, tools) : await allSince(to, asked, tools);
  sayList(
    `Taken back, on ${await commits.here()}, which has to be what was deployed last:`,
    target.takenBack.map(({ sha, subject }) => `${sha.slice(0, 12)} ${subject}`),
  );
  sayImages(target);
  const reverts = target.takenBack.map(revertWords);
  const deploy = cdktfWords("deploy", application.stackName);
  const waits = deploymentsOf(rollback).map((one) =>
    inContext(
      rollback,
      rolloutWords(application, one.metadata.name, duration(rollback.seconds ?? rolloutSeconds(one))),
    ),
  );
  sayCommands([...reverts, cdktfWords("diff", application.stackName), deploy, ...waits]);
  say(
    "",
    "Then push what was taken back, to be reviewed: until it is on its branch, the next pipeline brings the release again.",
  );
  if (!consent.run) return EXIT.done;
  if (!(await agreed(`Take that back, and deploy ${application.stackName}?`, consent))) {
    complain("nothing was done");
    return EXIT.wrong;
  }
  return run(rollback, { reverts, deploy: [...deploy, ...(consent.yes ? ["--auto-approve"] : [])], waits });
}

/** Whether nothing is changed that is in no commit, before anything is looked for. */
async function isClean(commits: Commits): Promise<boolean> {
  const changed = await commits.uncommitted();
  if (changed.length > 0) {
    complain("", `${changed.join(", ")}: changed and not committed; commit or stash it, then ask again`);
  }
  return changed.length === 0;
}

function sayImages({ now, before }: Target): void {
  const lines = [...before.images].flatMap(([name, image]) => {
    const is = now.images.get(name);
    return is === image ? [] : [`${name}: ${is ?? "not there"} → ${image}`];
  });
  const gone = [...now.images.keys()]
    .filter((name) => !before.images.has(name))
    .map((name) => `${name}: was not there`);
  const all = [...lines, ...gone];
  sayList("Images:", all.length > 0 ? all : ["the same as now: what changes is in the plan"]);
}

interface Way {
  readonly reverts: readonly (readonly string[])[];
  readonly deploy: readonly string[];
  readonly waits: readonly (readonly string[])[];
}

async function run({ programs }: Rollback, { reverts, deploy, waits }: Way): Promise<Exit> {
  const began = performance.now();
  for (const [done, revert] of reverts.entries()) {
    if ((await programs.show(revert)).code === 0) continue;
    await programs.ask(["git", "revert", "--abort"]);
    complain(
      "",
      `${line(revert)} did not end; ${done === 0 ? "nothing was changed" : `${done} before it are committed, nothing was deployed`}`,
      "take it back by hand, commit, and deploy; or name the commit to go back to with --to",
    );
    return EXIT.wrong;
  }
  if ((await programs.show(deploy)).code !== 0) {
    complain(
      "",
      "the deploy did not end well: what it made is made; mend what it says, and deploy again",
      "what was taken back is committed here, and pushed nowhere",
    );
    return EXIT.wrong;
  }
  return waitFor(programs, waits, began);
}
