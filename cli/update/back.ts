import type { TemplateRecord } from "../../constructs/templates/record";
import type { Outcome } from "../../constructs/templates/update/outcome";
import { type Found, updatePlan } from "../../constructs/templates/update/plan";
import { foundIn } from "./found";
import { mergeByGit } from "./git";
import { inputsBefore } from "./inputs";
import { specifierIn } from "./package";
import { ejectedIn, filesOf, labelsOf } from "./prepare";
import type { Recorded } from "./records";
import { recordedVersion } from "./versions";

/** What becomes of an ejected file that is the template's again. */
export interface Back {
  /** Nothing where there is nothing new for it. */
  readonly outcome?: Outcome;
  readonly read: ReadonlyMap<string, Found | undefined>;
  readonly record: TemplateRecord;
}

/** Puts a file together with all that it has missed since it was ejected. */
export function broughtBack(home: string, recorded: Recorded, path: string): Back {
  const { record, root, file } = recorded;
  const { template, version } = record;
  const { archive } = recordedVersion(home, template, record, file);
  const inputs = inputsBefore(archive, record, file, specifierIn(root));
  const there = ejectedIn(home, recorded, inputs, version).get(path);
  const since = record.ejected?.[path]?.version ?? version;
  const to = there?.to ?? path;
  const theirs = filesOf(archive, inputs, record).filter((one) => one.path === to);
  const ours = foundIn(root, path);
  const base = {
    path,
    text: there?.base ?? "",
    class: "merged",
    part: "code",
    executable: theirs[0]?.executable ?? ours?.executable ?? false,
  } as const;
  const read = new Map<string, Found | undefined>([[path, ours]]);
  const {
    outcomes: [outcome],
  } = updatePlan({
    record: { files: { owned: [], merged: [path], seeded: [] } },
    from: [base],
    to: theirs,
    moves: new Map(to === path ? [] : [[path, to]]),
    ejected: new Map(),
    found: (one) => {
      if (!read.has(one)) read.set(one, foundIn(root, one));
      return read.get(one);
    },
    ...{ labels: labelsOf(template, since, version), merge: mergeByGit },
  });
  const ejected = Object.fromEntries(Object.entries(record.ejected ?? {}).filter(([one]) => one !== path));
  const merged = record.files.merged.flatMap((one) => (one === path ? theirs.map(() => to) : [one]));
  return {
    ...(outcome !== undefined && { outcome }),
    read,
    record: { ...record, ejected, files: { ...record.files, merged } },
  };
}
