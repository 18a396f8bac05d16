import type { EnvironmentInput } from "../model/environment";
import { meantIn, type Path, type Problem } from "../model/problem";
import { givenAs, type Parsed, parsedSources, type Sources } from "./origins";
import type { Place, Span } from "./source/locate";

/** A text that stands in place of a part of a file. */
export interface Edit extends Span {
  /** Path from the program's root. */
  readonly file: string;
  readonly text: string;
}

/** A problem, and what mends it where its instruction names one text that could stand in place of what was written. */
export interface Mended {
  readonly problem: Problem;
  readonly edit?: Edit;
}

/**
 * Finds what is misspelt in the program's files, and what was meant: a name or a value that stands there as it was given, of which the nearest that there is
 * was named. What is computed, what stands in files of data, and what needs more than another word has no edit.
 *
 * @param sources asked for nothing where no problem names what was meant
 */
export function mend(
  problems: readonly Problem[],
  inputs: readonly EnvironmentInput[],
  sources: Sources,
): readonly Mended[] {
  const texts = new Map<string, string>();
  let parsed: Parsed | undefined;
  return problems.map((problem) => {
    const meant = problem.at === undefined ? meantIn(problem.fix) : undefined;
    if (meant === undefined) return { problem };
    parsed ??= parsedSources(sources);
    const edit = parsed === undefined ? undefined : editOf(problem, meant, inputs, { parsed, sources });
    if (edit === undefined) return { problem };
    // One text of two environments is one edit; of two meanings the first counts.
    const at = `${edit.file}:${edit.start}`;
    const known = texts.get(at) ?? edit.text;
    texts.set(at, known);
    return known === edit.text ? { problem, edit } : { problem };
  });
}

interface Source {
  readonly parsed: Parsed;
  readonly sources: Sources;
}

function editOf(
  { path, got }: Problem,
  meant: string,
  inputs: readonly EnvironmentInput[],
  { parsed, sources }: Source,
): Edit | undefined {
  for (const { given, inner } of writtenAt(path, inputs)) {
    const bound = givenAs(parsed, sources, given);
    const place = bound === undefined ? undefined : parsed.locator.locate(bound, inner.map(String));
    const edit =
      place === undefined ? undefined : got === undefined ? renamed(place, path, meant) : valued(place, got, meant);
    if (edit !== undefined) return edit;
  }
  return undefined;
}

/** Where a problem's path may be written: what a call was given, and the way from there. */
function writtenAt(
  path: Path,
  inputs: readonly EnvironmentInput[],
): readonly { readonly given: object; readonly inner: Path }[] {
  const [kind, name, ...inner] = path;
  const applications = inputs.flatMap((input) => input.applications.map(({ application }) => application));
  if (kind === "applications") {
    return applications.filter((one) => one.name === name).map((given) => ({ given, inner }));
  }
  if (kind !== "environments") return [];
  return inputs
    .filter((input) => input.name === name)
    .flatMap((input) => {
      const [field, application, ...rest] = inner;
      if (field !== "applications" || application === undefined) return [{ given: input, inner }];
      const index = input.applications.findIndex((one) => one.application.name === application);
      const spec = input.applications[index]?.application;
      if (spec === undefined) return [];
      // What an environment says of an application comes before what the application says.
      return [
        { given: input, inner: ["applications", index, ...rest] },
        { given: spec, inner: rest },
      ];
    });
}

/** A name that is written as it is in the path. */
function renamed({ name }: Place, path: Path, meant: string): Edit | undefined {
  const written = path.at(-1);
  if (name === undefined || typeof written !== "string") return undefined;
  const { file, start, end, isShort } = name;
  const text = /^[A-Za-z_$][\w$]*$/.test(meant) ? meant : JSON.stringify(meant);
  return isShort ? { file, start, end: start, text: `${text}: ` } : { file, start, end, text };
}

/** A text that is written as it was given. */
function valued({ file, literal, span }: Place, got: unknown, meant: string): Edit | undefined {
  if (span === undefined || typeof got !== "string" || literal !== got) return undefined;
  return { file, ...span, text: JSON.stringify(meant) };
}
