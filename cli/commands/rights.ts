import { type Command, EXIT, JSON_OPTION } from "../command";
import { toJson } from "../format";
import { FORM_WORDS, formsOf, repositoryOf } from "../rights/asked";

export const rights: Command = {
  name: "rights",
  summary: "print what makes the identities of an environment's jobs in its cloud",
  description:
    "Whom a cloud lets in and what for, with the names of this environment, of its stacks and of the branches that the\n" +
    "workflows deploy from. With --folder also a script that makes what is missing, and changes nothing that is there.\n" +
    "Nothing here signs in anywhere, and nothing in it is secret.",
  words: { name: "environment", description: "the one that jobs plan and deploy", least: 1, most: 1 },
  options: {
    repository: { value: "owner/name", description: "the repository on GitHub whose jobs they are" },
    "owner-id": { value: "number", description: "number of its owner: gh api repos/<owner>/<name> --jq .owner.id" },
    "repository-id": { value: "number", description: "its own number: gh api repos/<owner>/<name> --jq .id" },
    subjects: {
      value: "form",
      description: "subjects that are trusted; what is safe on the cloud if left out",
      choices: FORM_WORDS,
    },
    "identities-in": { value: "place", description: "on Azure, the subscription that the identities are made in" },
    folder: { value: "folder", description: "where documents, make.sh and a README are written" },
    json: JSON_OPTION,
  },
  exits: {
    done: "it is printed or written, or there is nothing to make",
    wrong: "the input has mistakes, and nothing was written",
  },
  async run({ words: [name = ""], flags, values }, program) {
    const { rightsOf } = await import("../rights/rights-of.js");
    const made = await rightsOf({
      name,
      environments: await program.environments(),
      outputs: () => program.outputsIfAny(),
      repository: () => repositoryOf(values),
      forms: formsOf(values.get("subjects")),
      identitiesIn: values.get("identities-in"),
    });
    if ("none" in made) {
      if (flags.has("json")) process.stdout.write(toJson({ environment: name, none: made.none }));
      else process.stdout.write(`${name}: there is nothing to make: ${made.none}\n`);
      return EXIT.done;
    }
    const { files, limits } = made;
    for (const limit of limits) process.stderr.write(`note: ${limit}\n`);
    const folder = values.get("folder");
    if (folder !== undefined) {
      const { writeFolder } = await import("../rights/folder.js");
      const found = writeFolder(folder, files);
      if (!flags.has("json")) process.stdout.write(writtenText(folder, found.length));
    }
    if (flags.has("json")) {
      process.stdout.write(toJson(made));
    } else if (folder === undefined) {
      process.stdout.write(
        Object.entries(files)
          .map(([file, text]) => `==> ${file} <==\n${text}`)
          .join("\n"),
      );
    }
    return EXIT.done;
  },
};

function writtenText(folder: string, count: number): string {
  const next = `next: bash ${folder}/make.sh --look`;
  return `${folder}: ${count === 0 ? "is as it was" : `${count} ${count === 1 ? "file" : "files"} written`}; ${next}\n`;
}
