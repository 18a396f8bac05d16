import { join, resolve } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import { InvalidInput, oneOf } from "../../constructs/model/problem";
import { type Command, EXIT, JSON_OPTION, Refused } from "../command";
import { toJson } from "../format";
import { readImages } from "../images-file";
import { timeAsked } from "../time";

/** Folder of the stacks of previews, below that of all others: a synthesis of those takes none of these away. */
const FOLDER = "previews";

export const preview: Command = {
  name: "preview",
  summary: "write the stacks of a pull request's preview, and say in what it differs from production",
  description:
    "A preview is the applications of an environment once more, in namespaces of its cluster, for a time. The folder is\n" +
    "cdktf.out/previews, or previews in CDKTF_OUTDIR. Signs in nowhere and applies nothing.",
  words: {
    name: "environment",
    usage: "<environment> <pull-request>",
    description: "one that says previews, and the number of the pull request",
    least: 2,
    most: 2,
  },
  options: {
    repository: {
      value: "owner/name",
      description: "on GitHub, whose pull request it is: without it no sweep ends it when that is closed",
    },
    commit: { value: "commit", description: "whose images it runs, for whoever looks at its namespace" },
    images: { value: "file", description: "JSON of images by name, with digests; the environment's if left out" },
    at: { value: "time", description: "when it is deployed, in UTC, such as 2027-03-01T12:00:00Z; now if left out" },
    against: {
      value: "environment",
      description: "what it is compared with; the one of profile production if left out",
    },
    format: { value: "format", description: "how that is printed", choices: ["text", "markdown"] },
    json: JSON_OPTION,
  },
  exits: { done: "the stacks are written", wrong: "the input has mistakes, and nothing was written" },
  async run({ words: [name = "", pullRequest = ""], flags, values }, program) {
    const { loadEnvironments } = await import("../../constructs/model/load.js");
    const { FORMATS } = await import("../../constructs/previews/formats.js");
    const { EXPIRES_ANNOTATION } = await import("../../constructs/previews/names.js");
    const { readRequest } = await import("../../constructs/previews/request.js");
    const { statementOf } = await import("../../constructs/previews/statement.js");
    const { loadPreview, synthesizePreview } = await import("../../stacks/preview.js");
    const environments = await program.environments();
    const against = againstOf(environments, values.get("against"));
    const { request, problems } = readRequest({
      pullRequest,
      commit: values.get("commit"),
      repository: values.get("repository"),
    });
    if (problems.length > 0) throw new InvalidInput(problems);
    const file = values.get("images");
    const asked = {
      ...request,
      now: timeAsked("--at", values.get("at")),
      ...(file !== undefined && { images: readImages(resolve(file), file) }),
    };
    const { host, preview: made } = loadPreview(environments, name, asked);
    const [other = host] = against === undefined ? [] : loadEnvironments(environments, { only: [against] });
    const statement = statementOf(other, made);
    const outdir = join(program.outdir, FOLDER);
    const stacks = synthesizePreview(made, outdir);
    if (flags.has("json")) {
      process.stdout.write(
        toJson({
          outdir: resolve(outdir),
          stacks,
          namespaces: made.applications.map(({ namespace }) => namespace),
          expires: made.cloud.facts(made).preview?.annotations[EXPIRES_ANNOTATION],
          statement,
        }),
      );
    } else process.stdout.write((FORMATS[values.get("format") ?? "text"] ?? FORMATS.text)(statement));
    return EXIT.done;
  },
};

/** The environment that previews are compared with: the one of profile production. `undefined`: there is none. */
function againstOf(environments: readonly EnvironmentSpec[], given: string | undefined): string | undefined {
  const known = environments.map(({ name }) => name);
  if (given !== undefined) {
    if (known.includes(given)) return given;
    throw new Refused(`--against: got ${JSON.stringify(given)}; use ${oneOf(known)}`);
  }
  const production = environments.filter(({ profile = "production" }) => profile === "production");
  if (production.length < 2) return production[0]?.name;
  throw new Refused(
    `--against: there are several environments of profile production; use ${oneOf(production.map(({ name }) => name))}`,
  );
}
