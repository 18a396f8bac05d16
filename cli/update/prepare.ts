import type { Archive } from "../../constructs/templates/archive";
import type { Choices } from "../../constructs/templates/combinations";
import type { Inputs } from "../../constructs/templates/inputs";
import { recordedInputs, recordText, type TemplateRecord } from "../../constructs/templates/record";
import { type NewFile, renderTemplate } from "../../constructs/templates/render";
import { movesOf } from "../../constructs/templates/update/moves";
import { type Found, updatePlan, type UpdatePlan, type UpdateProps } from "../../constructs/templates/update/plan";
import type { Labels } from "../../constructs/templates/update/text";
import { keptVersion } from "../new/archives";
import { filesInto, pathInto } from "../new/into";
import { foundIn } from "./found";
import { mergeByGit } from "./git";
import { inputsAfter, inputsBefore } from "./inputs";
import { specifierIn } from "./package";
import type { Recorded } from "./records";
import { recordedVersion, versionsAfter } from "./versions";

/** An update that can be made. */
export interface Prepared extends UpdatePlan {
  readonly from: number;
  readonly to: number;
  /** What the new version asks and nobody was asked before. */
  readonly chosen: Choices;
  /** Text of the record afterwards. */
  readonly text: string;
  /** What was read of files, by their paths: nothing where there is none. */
  readonly read: ReadonlyMap<string, Found | undefined>;
}

/** Files of a version as they are in a repository, or in the program that it was written into. */
export function filesOf(archive: Archive, inputs: Inputs, { into }: Pick<TemplateRecord, "into">): readonly NewFile[] {
  const { files } = renderTemplate(archive, "", inputs);
  const kept = files.filter(({ class: whose }) => whose !== "owned");
  return into === undefined ? kept : filesInto({ environments: into }, kept);
}

/** Names of what is in the marks of a conflict. */
export const labelsOf = (template: string, from: number, to: number): Labels => ({
  ours: "yours",
  base: `${template} ${from}`,
  theirs: `${template} ${to}`,
});

/**
 * Reads a repository and says what an update would make of it. Nothing is written.
 *
 * @throws InvalidInput with what an update cannot be made of
 */
export function prepare(home: string, recorded: Recorded, to: number, said: Choices): Prepared {
  const { record, root, file } = recorded;
  const { template, version: from } = record;
  const before = recordedVersion(home, template, record, file);
  const target = keptVersion(home, template, to);
  const old = inputsBefore(before.archive, record, file, specifierIn(root));
  const { inputs, chosen } = inputsAfter(target.archive, old, said, file);
  const walk = (first: number, last: number): ReadonlyMap<string, string> => movesIn(home, record, inputs, first, last);
  const read = new Map<string, Found | undefined>();
  const found = (path: string): Found | undefined => {
    if (!read.has(path)) read.set(path, foundIn(root, path));
    return read.get(path);
  };
  const plan = updatePlan({
    ...{ record, moves: walk(from, to), ejected: ejectedIn(home, recorded, old, to) },
    from: filesOf(before.archive, old, record),
    to: filesOf(target.archive, inputs, record),
    found,
    ...{ labels: labelsOf(template, from, to), merge: mergeByGit },
  });
  const { digest } = target;
  const text = recordText({ ...record, version: to, digest, inputs: recordedInputs(inputs), files: plan.files });
  return { ...plan, from, to, chosen, text, read };
}

/** Moves of files from one version to another, by their paths here. */
function movesIn(
  home: string,
  { template, into }: TemplateRecord,
  inputs: Inputs,
  from: number,
  to: number,
): ReadonlyMap<string, string> {
  const moves = movesOf(versionsAfter(home, template, from, to), inputs);
  if (into === undefined) return moves;
  const here = (path: string): string => pathInto({ environments: into }, path);
  return new Map([...moves].map(([old, path]) => [here(old), here(path)]));
}

/** What was ejected: where the template has it by now, and what it was on the day. */
export function ejectedIn(
  home: string,
  { record, file }: Recorded,
  inputs: Inputs,
  to: number,
): UpdateProps["ejected"] {
  return new Map(
    Object.entries(record.ejected ?? {}).map(([path, one]) => {
      const { archive } = recordedVersion(home, record.template, one, file);
      const base = filesOf(archive, inputs, record).find((candidate) => candidate.path === path)?.text ?? "";
      const at = (version: number): string => movesIn(home, record, inputs, one.version, version).get(path) ?? path;
      return [path, { base, before: at(record.version), to: at(to) }];
    }),
  );
}
