import { type Command, type Given, Refused } from "../command";
import { checkConsent } from "../rollback/agree";

export const rollback: Command = {
  name: "rollback",
  summary: "say what does not go back of a release, and go back",
  description:
    "Goes back by whoever releases in the environment: Helm to a revision, Terraform to what the repository said before.\n" +
    "Asks the cluster that kubectl and helm have. Changes nothing without --run.",
  words: {
    name: "environment",
    description: "and, after it, workloads that alone go back, where Terraform releases",
    least: 1,
    most: Infinity,
  },
  options: {
    application: {
      description: "of several in the environment; the environment's default one if left out",
      value: "name",
    },
    to: { description: "revision of Helm's history, or commit; the newest that was well if left out", value: "target" },
    context: { description: "context of kubeconfig; the current one if left out", value: "name" },
    timeout: { description: "seconds to wait for pods; what their rollouts may take if left out", value: "seconds" },
    run: { description: "go back, after asking" },
    yes: { description: "do not ask" },
    interrupted: { description: "whoever left the release on its way is gone" },
  },
  exits: {
    done: "the way back is printed; with --run, it has gone back and everything is ready",
    wrong: "there is nothing to go back to, nobody answers, or it did not come back; or the input has mistakes",
  },
  async run(given, program) {
    const { words, flags, values } = given;
    const consent = { run: flags.has("run"), yes: flags.has("yes") };
    checkConsent(consent);
    const { renderedOne } = await import("../rendered-one.js");
    const { applicationOf, workloadsOf } = await import("../rollback/chosen.js");
    const { Programs } = await import("../rollback/programs.js");
    const { goBackByHelm } = await import("../rollback/helm.js");
    const { goBackByTerraform } = await import("../rollback/terraform.js");
    const [name = "", ...workloads] = words;
    const rendered = await renderedOne(program, name);
    const one = applicationOf(rendered, values.get("application"));
    const seconds = secondsOf(given);
    const [to, context] = [values.get("to"), values.get("context")];
    const asked = {
      environment: name,
      rendered: one,
      workloads: workloadsOf(one, workloads),
      ...(to !== undefined && { to }),
      ...(context !== undefined && { context }),
      ...(seconds !== undefined && { seconds }),
      interrupted: flags.has("interrupted"),
      consent,
      programs: new Programs(program.root, process.env),
    };
    if (rendered.environment.release === "helm") return goBackByHelm(asked);
    return goBackByTerraform(asked, {
      root: program.root,
      launcher: process.argv[1] ?? "",
      files: program.sources.files,
    });
  },
};

function secondsOf({ values }: Given): number | undefined {
  const text = values.get("timeout");
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new Refused(`--timeout: got ${JSON.stringify(text)}; give seconds, 1 to 999999`);
}
