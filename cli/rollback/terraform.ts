import { cdktfWords } from "../../constructs/releases/commands";
import { line } from "../../constructs/releases/shell";
import { EXIT, type Exit, Refused } from "../command";
import { agreed } from "./agree";
import { NotSynthesized } from "./before";
import { Commits, NoCommits, revertWords } from "./commits";
import { goBackByPods } from "./pods";
import { complain, type Rollback, say, sayCommands, sayList, sayWhatStays, took } from "./rollback";
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
  if (consent.yes) {
    throw new Refused(
      `--yes: what Terraform would delete or replace has to be looked at, and cdktf deploy asks when it has planned; leave --yes out`,
    );
  }
  if (consent.run && !(await isReady(commits, application.stackName, to))) return EXIT.wrong;
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
  const lowered = [...target.before.passwords].filter(
    ([name, number]) => number < (target.now.passwords.get(name) ?? 0),
  );
  if (lowered.length > 0) {
    complain(
      "",
      ...lowered.map(
        ([name, number]) =>
          `${name}: passwords would go back to ${number}, which was used before and is never used again`,
      ),
      "take back by hand what is to go back, and leave passwords as it is; or release what works",
    );
    return EXIT.wrong;
  }
  const reverts = target.takenBack.map(revertWords);
  const deploy = cdktfWords("deploy", application.stackName);
  sayCommands([...reverts, deploy]);
  say(
    "",
    "The deploy shows its plan and asks; it ends when the pods are ready. Look at what it would delete or replace: what came with the release goes with it.",
    "Then push what was taken back, to be reviewed: until it is on its branch, the next pipeline brings the release again.",
    "What these commits changed in other environments and stacks goes back when it is pushed, by their pipelines.",
  );
  if (!consent.run) return EXIT.done;
  if (!(await agreed(`Take that back, and deploy ${application.stackName}?`, consent))) {
    complain("nothing was done");
    return EXIT.wrong;
  }
  return run(rollback, { reverts, deploy });
}

/** Whether what is here is what is deployed, as far as can be known, before anything is looked for. */
async function isReady(commits: Commits, stack: string, to: string | undefined): Promise<boolean> {
  const changed = await commits.uncommitted();
  const other = await commits.notDeployed();
  const undeployed = to === undefined ? await commits.unpushedReverts() : [];
  const problems = [
    ...(changed.length > 0
      ? [`${changed.join(", ")}: changed and not committed; commit or stash it, then ask again`]
      : []),
    ...(other === undefined ? [] : [other]),
    // A way back that was cut off would else go on with the release before it.
    ...(undeployed.length > 0
      ? [
          `${undeployed.map(({ sha }) => sha.slice(0, 12)).join(", ")}: taken back here, and pushed nowhere; deploy that, ${line(cdktfWords("deploy", stack))}, and push it; or go further back with --to`,
        ]
      : []),
  ];
  if (problems.length > 0) complain("", ...problems);
  return problems.length === 0;
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
}

async function run({ programs }: Rollback, { reverts, deploy }: Way): Promise<Exit> {
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
      `what was taken back is committed here, and pushed nowhere: ${line(deploy)} again goes on`,
    );
    return EXIT.wrong;
  }
  say("", `Back after ${took(began)}.`);
  return EXIT.done;
}
