import { backendOf } from "./backend";
import type { Files, SynthesizedStack } from "./exported-stack";
import { needsOf } from "./needs";

/** Name of the file that says which files are as they were written. */
export const RECORD = ".goldenpath-export.json";

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join("\n");

/** What is to be done once before the first plan of a stack, where its state is a file. */
function move(name: string, file: string): string {
  return `The state is a file, \`${file}\`, beside \`cdktf.json\` of the program that wrote this folder. Move it here before the first \`init\`: without it a plan
wants to create everything again.

\`\`\`sh
mv ../path/to/the/program/${file} ${name}/
\`\`\`

`;
}

/** `README.md` of one stack. */
export function stackReadme(stack: SynthesizedStack, files: Files): string {
  const { name, after, written, beside } = stack;
  const backend = backendOf(written);
  const terraform = Object.keys(files).map((file) => `\`${file}\``);
  const charts = [...new Set(Object.keys(beside).map((file) => file.split("/").slice(0, 3).join("/")))];
  const stands =
    after.length === 0
      ? "It stands on no other stack."
      : `It is applied after ${after.map((one) => `[${one}](../${one}/README.md)`).join(", ")}, and finds what they made by its name.`;
  return `# ${name}

A stack of Terraform. Its state is ${backend.says}. ${stands}

## Needs

${list(needsOf(written))}

## Plan and apply

${backend.file === undefined ? "" : move(name, backend.file)}\`\`\`sh
terraform -chdir=${name} init
terraform -chdir=${name} plan
\`\`\`

The first plan has to say \`No changes\`, where the program it was written by says so too: addresses and arguments are the same. Where it does not, do not apply it.

## Files

Terraform reads all of them as one; in which of them a block stands is for people alone, and you may move it.

${list(terraform)}${charts.length === 0 ? "" : `\n\nBeside them, charts that are installed from here:\n\n${list(charts.map((one) => `\`${one}/\``))}`}
`;
}

/** `README.md` of an environment. */
export function environmentReadme(name: string, stacks: readonly SynthesizedStack[]): string {
  const rows = stacks.map(
    (stack, index) => `| ${index + 1} | [${stack.name}](${stack.name}/README.md) | ${backendOf(stack.written).says} |`,
  );
  return `# ${name}, as plain Terraform

Written by \`goldenpath export ${name}\`. Neither that program nor cdktf is needed to plan and apply what is here: each folder is a stack, in Terraform's own JSON.

| order | stack | its state |
| ----- | ----- | --------- |
${rows.join("\n")}

Apply them in this order, and destroy them in the other. No stack reads the state of another: what one needs of one before it, it looks up by its name when it is planned.

## Take over

1. Deploy what the program has now, until each of its plans says \`No changes\`.
2. Write this folder once more, and commit it.
3. In each stack: \`init\` and \`plan\`, as its README says. Each plan has to say \`No changes\`.
4. Stop the pipelines that deploy by the program, and have them plan and apply these folders.
5. Remove \`${RECORD}\`, and the folder is yours: until then \`goldenpath export\` writes it anew where nobody has changed it, and refuses where somebody has.

## What you change by hand from then on

- Objects of Kubernetes whose name ends in a hash (ConfigMaps, policies, Jobs): the hash is of what is in them. Give one another name when you change it, and change it where it is named. Jobs cannot be changed: with another name it runs again.
- An image stands in each workload that has it, and in the Jobs that run before it.
- \`terraform_data.Owner\` and \`terraform_data.Ledger\` hold in the state whose it is and what holds data. They stop a plan of somebody else's, and one that loses data; keep them as they are, or remove them last.
- Texts of checks say \`cdktf deploy\`: that is \`terraform apply\` now.

## What is lost

The model, and all that is made of it: checks of the input, the Helm chart, Docker Compose, reports of plans in the words of the model, previews, runbooks, dashboards as files, the catalog, the portal, and updates of charts and defaults by a later version. Patches stay, as what they made.
`;
}
