import { InvalidInput, oneOf, type Problem, refuse } from "../../constructs/model/problem";
import type { Archive } from "../../constructs/templates/archive";
import type { Choices } from "../../constructs/templates/combinations";
import { type Inputs, inputsOf } from "../../constructs/templates/inputs";
import type { TemplateRecord } from "../../constructs/templates/record";

const specifierForm = /^[\w@^~<>=*./:+-]{1,400}$/;

/** What a record was made with. */
export function inputsBefore(archive: Archive, { inputs }: TemplateRecord, at: string, specifier?: string): Inputs {
  const { name = "", owner = "", package: wanted = "", ...choices } = inputs;
  // What npm has raised since is the repository's own, and no edit of a file: both versions are filled with it.
  const current = specifier !== undefined && specifierForm.test(specifier) ? specifier : wanted;
  return inRecord(at, () => inputsOf(archive, { name, owner, package: current, choices }));
}

/** Inputs of the new version, and what was not said when the record was made. */
export interface NewInputs {
  readonly inputs: Inputs;
  /** Options that the new version has, and the old one had not, or not with that choice. */
  readonly chosen: Choices;
}

/**
 * The inputs of a new version: those of before, and for what it asks more what is said, or what is usual.
 *
 * @param said choices of the command line
 * @throws InvalidInput where it has no choice any more that was made, or another one is said of what was decided
 */
export function inputsAfter(archive: Archive, { values, choices }: Inputs, said: Choices, at: string): NewInputs {
  const { template, version, options } = archive;
  const problems: Problem[] = [];
  const chosen: Record<string, string> = {};
  for (const [option, { choices: known, default: usual }] of Object.entries(options)) {
    const [before, now] = [choices[option], said[option]];
    if (before !== undefined && known.includes(before)) {
      if (now === undefined || now === before) continue;
      const why = `is ${JSON.stringify(before)} since the first day, which only its code can change`;
      problems.push({ path: ["arguments", option], got: now, why, fix: "leave it out" });
    } else if (now === undefined && before !== undefined) {
      const why = `version ${version} of ${template} has no such choice any more`;
      problems.push({ path: ["inputs", option], got: before, why, fix: `say --${option} with ${oneOf(known)}`, at });
    } else chosen[option] = now ?? usual;
  }
  for (const option of Object.keys(said).filter((name) => !Object.hasOwn(options, name))) {
    problems.push({ path: ["arguments", option], why: `${template} has no such option`, fix: "leave it out" });
  }
  refuse(problems);
  const kept = Object.entries(choices).filter(([option]) => Object.hasOwn(options, option));
  const { name, owner, package: specifier } = values;
  const all = { ...Object.fromEntries(kept), ...chosen };
  return { inputs: inputsOf(archive, { name, owner, package: specifier, choices: all }), chosen };
}

/** What is wrong with inputs is said where they are written. */
function inRecord<T>(at: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    throw new InvalidInput(
      error.problems.map(({ path: [, ...rest], ...problem }) => ({ ...problem, path: ["inputs", ...rest], at })),
    );
  }
}
