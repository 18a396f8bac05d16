import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { changesOf, write } from "../../../cli/export/folder";
import { RECORD } from "../../../constructs/export/readme";
import { InvalidInput } from "../../../constructs/model/problem";
import { sha256 } from "../../../constructs/model/sha256";

let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "goldenpath-export-")), "staging");
});
afterEach(() => {
  rmSync(dirname(folder), { recursive: true });
});

type Files = Readonly<Record<string, string>>;

const recorded = (files: Files): Files => {
  const digests = Object.entries(files).map(([file, text]) => [file, sha256(text)]);
  return { ...files, [RECORD]: JSON.stringify({ files: Object.fromEntries(digests) as unknown }) };
};

const run = (files: Files, once: Files = {}): void => {
  write(changesOf({ [folder]: recorded(files) }, { [folder]: once }));
};

function refusal(files: Files): string[] {
  try {
    run(files);
  } catch (error) {
    if (error instanceof InvalidInput)
      return error.problems.map(({ got, why = "" }) => `${String(got).slice(folder.length + 1)} ${why}`);
    throw error;
  }
  return [];
}

const put = (file: string, text: string): void => {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
};
const there = (): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
    .filter((file) => file !== RECORD)
    .sort();

test("a second run writes what is new, takes away what is no more, and leaves what an engine and a person keep there", () => {
  run({ "a/one.tf.json": "1", "a/two.tf.json": "2" });
  put("a/.terraform/x", "provider");
  put("a/notes.md", "ours");
  run({ "a/one.tf.json": "3" });
  expect(there()).toEqual(["a/.terraform/x", "a/notes.md", "a/one.tf.json"]);
  expect(readFileSync(join(folder, "a/one.tf.json"), "utf8")).toBe("3");
  expect(changesOf({ [folder]: recorded({ "a/one.tf.json": "3" }) }, {})).toMatchObject([{ folder, changes: [] }]);
});

test("what was changed, removed or put in the way is refused at once, and nothing is written", () => {
  run({ "a/one": "1", "a/two": "2", "a/three": "3", "a/four": "4" });
  put("a/one", "edited");
  rmSync(join(folder, "a/two"));
  put("a/new", "somebody's");
  expect(refusal({ "a/one": "5", "a/two": "2", "a/three": "6", "a/new": "7" })).toEqual([
    "a/one was changed since it was written",
    "a/two was removed since it was written",
    "a/new is there, and was not written by this command",
  ]);
  expect(readFileSync(join(folder, "a/three"), "utf8")).toBe("3");
  expect(readFileSync(join(folder, "a/new"), "utf8")).toBe("somebody's");
  // An edit that the model has made, too, is none any more.
  put("a/one", "5");
  put("a/two", "2");
  rmSync(join(folder, "a/new"));
  expect(refusal({ "a/one": "5", "a/two": "2", "a/three": "6", "a/new": "7" })).toEqual([]);
});

test("a file that nothing writes any more stays where it was changed", () => {
  run({ "a/one": "1", "a/two": "2" });
  put("a/two", "edited");
  expect(refusal({ "a/one": "1" })).toEqual(["a/two was changed since it was written"]);
  expect(existsSync(join(folder, "a/two"))).toBe(true);
});

test("what somebody changes between the look and the writing is refused, too", () => {
  run({ "a/one": "1" });
  const found = changesOf({ [folder]: recorded({ "a/one": "2" }) }, {});
  put("a/one", "edited");
  expect(() => {
    write(found);
  }).toThrow(InvalidInput);
  expect(readFileSync(join(folder, "a/one"), "utf8")).toBe("edited");
  expect(readdirSync(folder).filter((name) => name.startsWith(".rendered."))).toEqual([]);
});

test("a folder with something else in it, a file, and a spoilt record are refused", () => {
  put("main.tf", "somebody's");
  expect(refusal({ "a/one": "1" })).toEqual([" has files in it that were not written by this command"]);
  rmSync(folder, { recursive: true });
  writeFileSync(folder, "");
  expect(refusal({ "a/one": "1" })).toEqual([" is no folder"]);
  rmSync(folder);
  run({ "a/one": "1" });
  put(RECORD, "{");
  expect(refusal({ "a/one": "1" })).toEqual([`${RECORD} is no record of this command any more`]);
});

test("a lock file is written once, and is whose that is who has it", () => {
  run({ "a/one": "1" }, { "a/.terraform.lock.hcl": "first" });
  put("a/.terraform.lock.hcl", "upgraded");
  run({ "a/one": "2" }, { "a/.terraform.lock.hcl": "first" });
  expect(readFileSync(join(folder, "a/.terraform.lock.hcl"), "utf8")).toBe("upgraded");
});

test("where one folder is refused, the other is not written either", () => {
  put("main.tf", "somebody's");
  const other = join(dirname(folder), "production");
  expect(() => changesOf({ [other]: recorded({ x: "1" }), [folder]: recorded({ x: "1" }) }, {})).toThrow(InvalidInput);
  expect(existsSync(other)).toBe(false);
});
