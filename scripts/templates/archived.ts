import { type Archive, type ArchivedFile, mark, type ValueName, VALUES } from "../../constructs/templates/archive";
import { type Choices, combinationsOf, only, setsOf } from "../../constructs/templates/combinations";
import type { SourceFile, TemplateSource } from "./source";

/** What stands in the sources, which run as they are, for what others are called. */
export const STAND_INS: Readonly<Record<ValueName, string>> = {
  name: "my-app",
  identifier: "my_app",
  owner: "my-team",
  package: "0.0.0-specifier",
};

const MARKS = Object.fromEntries(VALUES.map((name) => [name, mark(name)])) as Record<ValueName, string>;

/** Longer words that have one in them, and other ways to write it: a name put into them would make nonsense. */
const MISSED =
  /(?:my-app|my_app|my-team)(?=[a-z0-9])|(?<=[a-z0-9])(?<!%[0-9A-F]{2}|\\n)(?:my-app|my_app|my-team)|\bMy-app|\b[Mm]y ?App\b|\bmy ?app\b|MY_APP|my_team|\bMy-team|\b[Mm]y ?[Tt]eam\b/;

/**
 * A template of its files for each combination of choices: each file once for the smallest set of options that decides what it is.
 *
 * @throws Error where a text has a word that would be torn apart
 */
export function archiveOf(source: TemplateSource, filesFor: (choices: Choices) => readonly SourceFile[]): Archive {
  const { name, version, title, description, makes, options, renamed } = source;
  const combinations = combinationsOf(options).map((choices) => ({
    choices,
    files: new Map(filesFor(choices).map((file) => [file.path, marked(file)])),
  }));
  const paths = [...new Set(combinations.flatMap(({ files }) => [...files.keys()]))];
  const files = paths.flatMap((path): ArchivedFile[] => {
    const cases = combinations.map(({ choices, files }) => ({ choices, file: files.get(path) }));
    const deciding = setsOf(Object.keys(options)).find((names) => decides(names, cases)) ?? [];
    const told = new Map(
      cases.map(({ choices, file }) => [JSON.stringify(only(choices, deciding)), { choices, file }]),
    );
    return [...told.values()].flatMap(({ choices, file }) =>
      file === undefined ? [] : [{ ...file, ...(deciding.length > 0 && { when: only(choices, deciding) }) }],
    );
  });
  // By code unit, which no language of a machine changes; of one path as the choices are written.
  const ordered = files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const about = { title, description, ...(makes !== undefined && { makes }) };
  const moves = renamed === undefined ? {} : { renamed: movesOf(renamed, ordered) };
  return { format: 1, template: name, version, ...about, options, ...moves, files: ordered };
}

/** A text of the sources with other values in place of the stand-ins. */
export const calledOf = (text: string, values: Readonly<Record<ValueName, string>>): string =>
  Object.entries(STAND_INS).reduce((done, [name, stand]) => done.replaceAll(stand, values[name as ValueName]), text);

/** @throws Error where what was renamed is there still, or is not there under its new path */
function movesOf(renamed: Readonly<Record<string, string>>, files: readonly ArchivedFile[]): Record<string, string> {
  const paths = new Set(files.map(({ path }) => path));
  const moves = Object.entries(renamed).map(([from, to]) => [calledOf(from, MARKS), calledOf(to, MARKS)] as const);
  for (const [from, to] of moves) {
    if (paths.has(from)) throw new Error(`${from}: was renamed, and is there; take it out of renamed`);
    if (!paths.has(to)) throw new Error(`${to}: is no file of the template; correct renamed`);
  }
  return Object.fromEntries(moves);
}

function decides(names: readonly string[], cases: readonly { choices: Choices; file?: ArchivedFile }[]): boolean {
  const seen = new Map<string, string>();
  return cases.every(({ choices, file }) => {
    const [key, text] = [JSON.stringify(only(choices, names)), JSON.stringify(file ?? null)];
    const before = seen.get(key);
    seen.set(key, text);
    return before === undefined || before === text;
  });
}

export const called = (
  files: readonly SourceFile[],
  values: Readonly<Record<ValueName, string>>,
): readonly SourceFile[] =>
  files.map((file) => ({ ...file, path: calledOf(file.path, values), text: calledOf(file.text, values) }));

function marked({ path, text, executable, later, ...rest }: SourceFile): ArchivedFile {
  const found = MISSED.exec(text) ?? MISSED.exec(path);
  if (found !== null) {
    const around = text.slice(Math.max(0, found.index - 40), found.index + 40);
    throw new Error(
      `${path}: has ${JSON.stringify(found[0])}, which a name would tear apart: ${JSON.stringify(around)}`,
    );
  }
  const flags = { ...(executable === true && { executable }), ...(later === true && { later }) };
  return { path: calledOf(path, MARKS), ...rest, ...flags, text: calledOf(text, MARKS) };
}
