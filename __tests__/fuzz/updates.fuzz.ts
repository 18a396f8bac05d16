import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keptVersion } from "../../cli/new/archives";
import { changesOf } from "../../cli/update/changes";
import { markedIn } from "../../cli/update/marks";
import { prepare } from "../../cli/update/prepare";
import { recordIn } from "../../cli/update/records";
import { writeChanges } from "../../cli/update/write";
import type { Archive } from "../../constructs/templates/archive";
import type { Choices } from "../../constructs/templates/combinations";
import { inputsOf } from "../../constructs/templates/inputs";
import { RECORD } from "../../constructs/templates/record";
import { type NewFile, renderTemplate } from "../../constructs/templates/render";
import { toCrlf, toLf } from "../../constructs/templates/update/text";
import { nodeVersions, packageWith, phpVersions } from "../support/templates/later-versions";
import { Made } from "../support/templates/updating";
import { after, editsApart, type Hunk, hunksOf, JSON_OBJECT, linesOf, TEXT } from "./support/edits";
import { Random, SEED } from "./support/random";

/*
 * Every kept version, brought to every later one, with edits of somebody: of what the two change apart nothing is lost and nothing is a conflict, and of
 * what they change at one place both texts are there, with marks. What is expected is worked out from the edits alone, and not by a merge.
 */

const place = mkdtempSync(join(tmpdir(), "goldenpath-updates-"));
const home = join(place, "package");
beforeAll(() => {
  packageWith(home, [...phpVersions(), ...nodeVersions()]);
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

/** Each pair of versions is tried so often. */
const TIMES = Math.max(2, Math.round(16 / Number(process.env["FUZZ_FEWER"] ?? "1")));

const pairsOf = (versions: readonly Archive[]) =>
  versions.flatMap(({ template, version: from }) =>
    versions.flatMap(({ version: to }) => (to > from ? [{ template, from, to }] : [])),
  );

/** What was chosen when it was made, whatever is usual by now. */
const CHOICES: Readonly<Record<string, Choices>> = { "php-api": { php: "8.4" } };

function filesOf(template: string, version: number): readonly NewFile[] {
  const { archive } = keptVersion(home, template, version);
  const given = { name: "orders", owner: "shop", package: "^0.1.0", choices: CHOICES[template] ?? {} };
  return renderTemplate(archive, "", inputsOf(archive, given)).files;
}

/** Where a file of the first versions is in a later one. */
const RENAMED: Readonly<Record<string, string>> = {
  "docker/php/php.ini": "docker/php/conf.d/app.ini",
  "services/orders/test/metrics-server.test.mjs": "services/orders/test/port-of-metrics.test.mjs",
};

/** Brings it to a version, as the command does. */
function updated(made: Made, to: number) {
  const recorded = recordIn(made.folder);
  const prepared = prepare(home, recorded, to, {});
  writeChanges(
    recorded,
    [...changesOf(prepared.outcomes), { file: recorded.file, text: prepared.text }],
    prepared.read,
  );
  return prepared.outcomes;
}

let count = 0;
const repository = (template: string, version: number): Made =>
  new Made(join(place, `repository-${count++}`), home, { template, version, choices: CHOICES[template] ?? {} });

interface Edited {
  readonly expected: Map<string, string>;
  readonly edits: Map<string, readonly Hunk[]>;
}

/** Edits some files of each class, deletes some, and says what has to be there afterwards. */
function edit(random: Random, made: Made, from: readonly NewFile[], to: readonly NewFile[]): Edited {
  const [expected, edits] = [new Map<string, string>(), new Map<string, readonly Hunk[]>()];
  const says = (path: string, text: string, executable: boolean): void => {
    expected.set(path, `${executable ? "x " : ""}${text}`);
  };
  for (const file of from) {
    const target = to.find(({ path }) => path === file.path) ?? to.find(({ path }) => path === RENAMED[file.path]);
    const isMerged = file.class === "merged";
    if (random.chance(4)) {
      made.remove(file.path);
      continue;
    }
    const theirs = isMerged && target !== undefined ? hunksOf(file.text, target.text) : [];
    const isTried = random.chance(theirs.length > 0 || target?.path !== file.path ? 85 : 15);
    const own = isTried ? editsApart(random, file.text, theirs, file.path.endsWith(".json") ? JSON_OBJECT : TEXT) : [];
    edits.set(file.path, own);
    const executable = random.chance(10) ? !file.executable : file.executable;
    const crlf = random.chance(8) ? toCrlf : (text: string) => text;
    made.write(file.path, crlf(after(file.text, own)), executable);
    if (!executable) made.mode(file.path, 0o644);
    // Other ends of lines are git's, and no edit.
    if (target === undefined && isMerged && own.length === 0) continue;
    says(isMerged ? (target?.path ?? file.path) : file.path, crlf(after(file.text, [...own, ...theirs])), executable);
  }
  for (const file of to) {
    const isOld = from.some(({ path }) => path === file.path || RENAMED[path] === file.path);
    if (!isOld) says(file.path, file.text, file.executable);
  }
  const note = `services/orders/ours-${random.between(0, 99)}.txt`;
  made.write(note, "of no template\n");
  says(note, "of no template\n", false);
  says("compose.yaml", "services: {}\n", false);
  return { expected, edits };
}

const PAIRS = [...pairsOf(phpVersions()), ...pairsOf(nodeVersions())];

test.each(PAIRS)(
  "$template from $from to $to: edits apart from what changed are all there, and so is what changed",
  ({ template, from, to }) => {
    for (let time = 0; time < TIMES; time++) {
      const random = new Random(`update ${template} ${from} ${to} ${time}`);
      const made = repository(template, from);
      const { expected, edits } = edit(random, made, filesOf(template, from), filesOf(template, to));
      const said = { SEED, time, edits: [...edits].filter(([, own]) => own.length > 0) };
      const outcomes = updated(made, to);
      expect({ ...said, conflicts: outcomes.filter(({ is }) => is === "conflict") }).toEqual({
        ...said,
        conflicts: [],
      });
      const found = made.all();
      found.delete(RECORD);
      for (const path of new Set([...expected.keys(), ...found.keys()])) {
        if (found.get(path) !== expected.get(path)) {
          expect({ ...said, path, text: found.get(path) }).toEqual({ ...said, path, text: expected.get(path) });
        }
      }
      // The record is that of the version, and says nothing of what is not the template's.
      const { archive, digest } = keptVersion(home, template, to);
      expect(made.record()).toMatchObject({ template, version: to, digest, inputs: { name: "orders", owner: "shop" } });
      const paths = archive.files.flatMap(({ class: whose }) => (whose === "merged" ? [whose] : []));
      expect(paths.length).toBeGreaterThan(0);
      const merged = filesOf(template, to).flatMap(({ class: whose, path }) => (whose === "merged" ? [path] : []));
      expect([...(made.record().files["merged"] ?? [])].sort()).toEqual(merged.sort());
      // And again there is nothing to do.
      expect(updated(made, to)).toEqual([]);
      expect(made.all()).toEqual(new Map([...found, [RECORD, made.read(RECORD)]].sort() as [string, string][]));
      rmSync(made.folder, { recursive: true });
    }
  },
  600_000,
);

test.each(PAIRS)("$template from $from to $to: steps on the way lead to the same", ({ template, from, to }) => {
  const random = new Random(`steps ${template} ${from} ${to}`);
  const [one, other] = [repository(template, from), repository(template, from)];
  edit(random, one, filesOf(template, from), filesOf(template, to));
  for (const path of other.all().keys()) if (!one.has(path)) other.remove(path);
  for (const path of one.all().keys()) other.write(path, one.read(path), one.isExecutable(path));
  for (const path of one.all().keys()) if (!one.isExecutable(path)) other.mode(path, 0o644);
  updated(one, to);
  for (let version = from + 1; version <= to; version++) updated(other, version);
  expect(other.all()).toEqual(one.all());
});

test.each(PAIRS)(
  "$template from $from to $to: an edit of a line that changed is a conflict, and both texts are there",
  ({ template, from, to }) => {
    const changed = filesOf(template, from).flatMap((file) => {
      const path = RENAMED[file.path] ?? file.path;
      const theirs = filesOf(template, to).find((one) => one.path === file.path || one.path === path);
      if (file.class !== "merged" || theirs === undefined) return [];
      return hunksOf(file.text, theirs.text).map((hunk) => ({ file, theirs, hunk }));
    });
    for (const [index, { file, theirs, hunk }] of changed.entries()) {
      const random = new Random(`conflict ${template} ${from} ${to} ${index}`);
      const line = `ours ${random.between(0, 1e6)}`;
      const made = repository(template, from);
      made.write(file.path, after(file.text, [{ at: hunk.at, removed: 1, added: [line] }]));
      const outcomes = updated(made, to);
      expect(outcomes.filter(({ is }) => is === "conflict").map(({ path }) => path)).toEqual([theirs.path]);
      const lines = linesOf(toLf(made.read(theirs.path)));
      for (const one of [line, ...hunk.added, ...linesOf(theirs.text)]) expect(lines).toContain(one);
      expect(markedIn(recordIn(made.folder)).map(({ file: path }) => path)).toEqual([theirs.path]);
      rmSync(made.folder, { recursive: true });
    }
  },
);
