import { printYaml, yamlDocument } from "../../yaml/write";

/** Lines are folded here: the printer does not count indents, and linters take 140 and more. */
const WIDEST = 110;

/** A document as Ansible's linters want it: with its start, and a line above it that says where it is from. */
export function document(value: unknown): string {
  const made = yamlDocument(value);
  if (made.directives !== undefined) made.directives.docStart = true;
  made.commentBefore = " Rendered from the model by `npm run render`; what is written here by hand is overwritten.";
  return printYaml(made, WIDEST);
}
