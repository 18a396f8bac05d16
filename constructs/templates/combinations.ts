import type { TemplateOption } from "./archive";

export type Choices = Readonly<Record<string, string>>;

/** Every combination of the choices of some options, in the order that they are written. */
export const combinationsOf = (
  options: Readonly<Record<string, Pick<TemplateOption, "choices">>>,
): readonly Choices[] =>
  Object.entries(options).reduce<readonly Choices[]>(
    (before, [name, { choices }]) => before.flatMap((one) => choices.map((choice) => ({ ...one, [name]: choice }))),
    [{}],
  );

/** Every set of names, the smallest first. */
export function setsOf(names: readonly string[]): readonly (readonly string[])[] {
  const all = names.reduce<readonly (readonly string[])[]>(
    (before, name) => [...before, ...before.map((one) => [...one, name])],
    [[]],
  );
  return [...all].sort((a, b) => a.length - b.length);
}

/** Those of the choices that some options are. */
export const only = (choices: Choices, names: readonly string[]): Choices =>
  Object.fromEntries(names.map((name) => [name, choices[name] ?? ""]));
