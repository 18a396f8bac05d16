import { mergeByGit } from "../../../cli/update/git";
import { InvalidInput } from "../../../constructs/model/problem";
import { mark } from "../../../constructs/templates/archive";
import type { NewFile } from "../../../constructs/templates/render";
import { mergedFile } from "../../../constructs/templates/update/merged-file";
import { movesOf } from "../../../constructs/templates/update/moves";
import { updatePlan } from "../../../constructs/templates/update/plan";
import { hasMarks, marksIn } from "../../../constructs/templates/update/text";

/* How the texts of a file are put together, and what becomes of files whose class changes. Texts are merged by git itself. */

const LABELS = { ours: "yours", base: "thing 1", theirs: "thing 2" };
const WAY = { labels: LABELS, merge: mergeByGit };

const file = (path: string, text: string, more: Partial<NewFile> = {}): NewFile => ({
  ...{ path, text, class: "merged", part: "code", executable: false },
  ...more,
});

const put = (path: string, base: string, ours: string, theirs: string) =>
  mergedFile(path, { text: ours, executable: false }, { base: file(path, base), theirs: file(path, theirs) }, WAY);

const json = (...lines: readonly string[]): string => `{\n${lines.map((line) => `  ${line}`).join(",\n")}\n}\n`;

test.each([
  [
    "a key that both have added",
    json('"a": 1', '"b": 2', '"c": 3'),
    json('"x": 9', '"a": 1', '"b": 2', '"c": 3'),
    json('"a": 1', '"b": 2', '"c": 3', '"x": 8'),
  ],
  [
    "a comma too few",
    json('"a": 1', '"b": 2', '"c": 3', '"d": 4'),
    json('"a": 0', '"b": 2', '"c": 3', '"d": 4'),
    '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n  "d": 4\n}\n',
  ],
])("lines that git puts together are no result where they cannot be read: %s", (_, base, ours, theirs) => {
  expect(hasMarks(mergeByGit({ base, ours, theirs }, LABELS))).toBe(false);
  const found = put("a/package.json", base, ours, theirs);
  if (found === "marked" || found?.written === undefined) throw new Error("nothing was written");
  expect(found).toMatchObject({ is: "conflict", lines: [1] });
  expect(found.written.text).toBe(`<<<<<<< yours\n${ours}||||||| thing 1\n${base}=======\n${theirs}>>>>>>> thing 2\n`);
  // Of a text that is none of data nothing is known, and git's word stands.
  expect(put("a/package.txt", base, ours, theirs)).toMatchObject({ is: "merged" });
});

test("a file that could not be read before is put together by its lines", () => {
  const [base, ours, theirs] = ["a: 1\nb: 2\nc: 3\n", "a: 1\na: 1\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 4\n"];
  expect(put("x.yaml", base, ours, theirs)).toMatchObject({
    is: "merged",
    written: { text: "a: 1\na: 1\nb: 2\nc: 4\n" },
  });
});

test("comments, blank lines and quotes of YAML stay as somebody wrote them", () => {
  const base = "a: 1\n\n\n# why\nb: 'x'\nc: 3\nd: 4\n";
  const ours = base.replace("a: 1", 'a: "1" # ours');
  expect(put("x.yml", base, ours, base.replace("d: 4", "d: 5"))).toEqual({
    ...{ is: "merged", path: "x.yml" },
    written: { text: ours.replace("d: 4", "d: 5"), executable: false },
  });
});

test("marks are found at the beginning of a line, also one that is left, with either end of lines", () => {
  expect(marksIn("a\r\n<<<<<<< yours\r\nb\r\n=======\r\nc\r\n>>>>>>> x\r\n<<<<<<<\r\n>>>>>>>\r\n")).toEqual([2, 7]);
  for (const left of ["<<<<<<< a", "||||||| a", ">>>>>>> a"]) expect(marksIn(`a\n${left}\n`)).toEqual([2]);
  for (const text of ["Title\n=======\n", "||||||||| a\n", " <<<<<<< a\n >>>>>>> a\n", "<<<<<<<<< a\n>>>>>>>>> a\n"]) {
    expect(marksIn(text)).toEqual([]);
  }
});

test("a file that was renamed twice, or into the place of another, is followed", () => {
  const inputs = { values: { name: "orders", identifier: "orders", owner: "shop", package: "1" }, choices: {} };
  const at = (path: string) => `${mark("name")}/${path}`;
  const after = [
    { renamed: { [at("a")]: at("b"), x: "y" } },
    {},
    { renamed: { [at("b")]: at("c"), [at("z")]: at("b") } },
  ];
  expect(movesOf(after, inputs)).toEqual(
    new Map([
      ["orders/a", "orders/c"],
      ["x", "y"],
      ["orders/z", "orders/b"],
    ]),
  );
});

describe("classes", () => {
  const plan = (
    from: readonly NewFile[],
    to: readonly NewFile[],
    ours: Readonly<Record<string, string>>,
    files: Partial<Record<"merged" | "owned" | "seeded", string[]>>,
  ) =>
    updatePlan({
      ...{ from, to, moves: new Map(), ejected: new Map(), ...WAY },
      record: { files: { owned: [], merged: [], seeded: [], ...files } },
      found: (path) => (ours[path] === undefined ? undefined : { text: ours[path], executable: false }),
    });

  test("what was the team's from the first day is not merged by a later version that wants it", () => {
    const { outcomes, files } = plan(
      [file("a", "1\n", { class: "seeded" })],
      [file("a", "2\n")],
      { a: "ours\n" },
      { seeded: ["a"] },
    );
    expect(outcomes).toEqual([{ is: "seeded", path: "a", missed: { base: "1\n", theirs: "2\n" } }]);
    expect(files).toEqual({ owned: [], merged: [], seeded: ["a"] });
  });

  test("what the template lets go is the team's from then on", () => {
    const { outcomes, files } = plan(
      [file("a", "1\n")],
      [file("a", "2\n", { class: "seeded" })],
      { a: "1\n" },
      { merged: ["a"] },
    );
    expect(outcomes.map(({ is }) => is)).toEqual(["seeded"]);
    expect(files).toEqual({ owned: [], merged: [], seeded: ["a"] });
  });

  test("what was rendered and is a file of the template now has no edits to keep", () => {
    const { outcomes, files } = plan([], [file("a", "2\n")], { a: "rendered\n" }, { owned: ["a", "b"] });
    expect(outcomes).toEqual([{ is: "updated", path: "a", written: { text: "2\n", executable: false } }]);
    expect(files).toEqual({ owned: ["b"], merged: ["a"], seeded: [] });
  });

  test("a file of the template that no list of the record has is said, and not touched", () => {
    const { outcomes, files } = plan([file("a", "1\n")], [file("a", "2\n")], { a: "1\n" }, {});
    expect(outcomes).toEqual([{ is: "unknown", path: "a", missed: { base: "1\n", theirs: "2\n" } }]);
    expect(files.merged).toEqual([]);
  });

  test("a mode that the template changes is changed, and one that somebody has changed stays", () => {
    const from = [file("a", "1\n"), file("b", "1\n")];
    const to = [file("a", "1\n", { executable: true }), file("b", "2\n")];
    const { outcomes } = updatePlan({
      ...{ from, to, moves: new Map(), ejected: new Map(), ...WAY },
      record: { files: { owned: [], merged: ["a", "b"], seeded: [] } },
      found: (path) => ({ text: "1\n", executable: path === "b" }),
    });
    expect(outcomes).toEqual([
      { is: "updated", path: "a", written: { text: "1\n", executable: true } },
      { is: "updated", path: "b", written: { text: "2\n", executable: true } },
    ]);
  });
});

test("what is in the way is told at once, each with what can be done there, and only where something would be written", () => {
  const link = (path: string, fix: string): never => {
    throw new InvalidInput([{ path: [path], why: "is a link", fix }]);
  };
  const paths = ["a", "b", "same"];
  const from = paths.map((path) => file(path, "1\n"));
  const to = [file("a", "2\n"), file("b", "2\n"), file("same", "1\n"), file("logo.svg", "<svg/>"), file("new", "1\n")];
  const plan = () =>
    updatePlan({
      ...{ from, to, moves: new Map(), ejected: new Map(), ...WAY },
      record: { files: { owned: [], merged: paths, seeded: [] } },
      found: (path) => (path === "logo.svg" ? { executable: false } : link(path, "put it back")),
    });
  expect(plan).toThrow(
    [
      "a: is a link; put it back",
      "b: is a link; put it back",
      '["logo.svg"]: is no text in UTF-8; move it away: the template has a file of this name by now',
      "new: is a link; move it away: the template has a file of this name by now",
    ].join("\n"),
  );
});
