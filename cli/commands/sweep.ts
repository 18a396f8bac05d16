import { type Command, JSON_OPTION, Refused } from "../command";
import { timeAsked } from "../time";

const SECONDS = 300;

export const sweep: Command = {
  name: "sweep",
  summary: "say which previews of an environment are over, and take them away with --run",
  description:
    "Judges by their namespaces, and with --repository by their pull requests; needs no branch, and no state to be read.\n" +
    "Asks the cluster that kubectl has and the place of states. Takes away nothing that is not provably a preview's.\n" +
    "With --run it asks nobody for leave: it is for a schedule. Interrupted, and run twice at once, it does no harm.",
  words: { name: "environment", description: "the one that says previews", least: 1, most: 1 },
  options: {
    run: { description: "take away what is over" },
    repository: {
      value: "owner/name",
      description: "on GitHub: previews of its closed pull requests go, too; gh asks",
    },
    at: { value: "time", description: "in UTC, such as 2027-03-01T12:00:00Z; now if left out" },
    context: { value: "name", description: "context of kubeconfig; the current one if left out" },
    seconds: { value: "number", description: `with --run: time that a namespace has to go; ${SECONDS} by default` },
    json: JSON_OPTION,
  },
  exits: {
    done: "what is over is printed; with --run, it is gone",
    wrong: "something was not asked, is left or was refused; or the input has mistakes",
  },
  async run({ words: [name = ""], flags, values }, program) {
    const seconds = secondsOf(values.get("seconds"));
    const repository = await repositoryOf(values.get("repository"));
    const now = timeAsked("--at", values.get("at"));
    const { loadSweep } = await import("../../stacks/sweep.js");
    const { sweepPreviews } = await import("../sweep/sweep.js");
    return sweepPreviews({
      ...loadSweep(await program.environments(), name),
      ...{ now, repository, seconds },
      context: values.get("context"),
      run: flags.has("run"),
      json: flags.has("json"),
      env: process.env,
    });
  },
};

function secondsOf(text: string | undefined): number {
  if (text === undefined) return SECONDS;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new Refused(`--seconds: got ${JSON.stringify(text)}; use a whole number from 1 to 9999`);
}

async function repositoryOf(text: string | undefined): Promise<string | undefined> {
  const { isRepository, REPOSITORY_FIX } = await import("../../constructs/previews/request.js");
  if (text === undefined || isRepository(text)) return text;
  throw new Refused(`--repository: got ${JSON.stringify(text)}; ${REPOSITORY_FIX}`);
}
