import { join } from "node:path";
import type { Archive, ValueName } from "../../constructs/templates/archive";
import { combinationsOf } from "../../constructs/templates/combinations";
import { archiveOf, called, calledOf, STAND_INS } from "./archived";
import { mobile } from "./mobile";
import { nodeApi, nodeWeb, worker } from "./node";
import { phpApi } from "./php-api";
import { rendered } from "./rendering";
import type { SourceFile, TemplateSource } from "./source";

/** Every template, in the order that they are listed. */
export const sourcesOf = (root: string): readonly TemplateSource[] => [
  nodeApi(root),
  nodeWeb(root),
  phpApi(root),
  worker(root),
  mobile(root),
];

const keyOf = ({ name }: TemplateSource, choices: object): string => `${name} ${JSON.stringify(choices)}`;

/** Two more names and owners, each sorted otherwise: what is not the same under them but for the name is rendered in the new repository alone. */
const OTHERS: readonly Readonly<Record<ValueName, string>>[] = [
  { ...STAND_INS, name: "a", identifier: "a", owner: "zzz" },
  { ...STAND_INS, name: "zz-service", identifier: "zz_service", owner: "a" },
];

/** File of a program that says what is rendered. */
const OUTPUTS = "environments/outputs.ts";

/**
 * Archives of templates as they stand in this repository, with what is rendered of each combination of choices.
 *
 * @param folder for what is made meanwhile, which is emptied
 */
export async function archivesOf(root: string, sources: readonly TemplateSource[], folder: string): Promise<Archive[]> {
  const all = sources.flatMap((source) =>
    combinationsOf(source.options).map((choices) => ({ key: keyOf(source, choices), files: source.files(choices) })),
  );
  const programs = all.filter(({ files }) => files.some(({ path }) => path === OUTPUTS));
  const names = [STAND_INS, ...OTHERS];
  const outputs = await rendered(
    root,
    folder,
    names.flatMap((values) => programs.map(({ files }) => called(files, values))),
  );
  // Of what has no model nothing is rendered.
  const complete = new Map<string, readonly SourceFile[]>(all.map(({ key, files }) => [key, files]));
  for (const [index, { key, files }] of programs.entries()) {
    const [own = {}, ...others] = names.map((_, name) => outputs[name * programs.length + index] ?? {});
    const made = Object.entries(own).map(([path, text]): SourceFile => {
      const isSame = OTHERS.every(
        (values, other) => others[other]?.[calledOf(path, values)] === calledOf(text, values),
      );
      return { path, class: "owned", part: "program", ...(isSame ? { text } : { text: "", later: true }) };
    });
    complete.set(key, [...files.filter(({ path }) => own[path] === undefined), ...made]);
  }
  return sources.map((source) => archiveOf(source, (choices) => complete.get(keyOf(source, choices)) ?? []));
}

/** Where archives are built. */
export const workFolder = (root: string): string => join(root, ".cache", "templates");
