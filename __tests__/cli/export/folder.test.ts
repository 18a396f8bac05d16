import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { changesOf, write } from "../../../cli/export/folder";
import type { ExportedFiles } from "../../../constructs/export/exported-stack";
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

const plain = (files: Files): ExportedFiles =>
  Object.fromEntries(Object.entries(files).map(([file, content]) => [file, { content }]));

const recorded = (files: Files): ExportedFiles => withRecord(plain(files));

function withRecord(files: ExportedFiles): ExportedFiles {
  const digests = Object.entries(files).map(([file, { content }]) => [file, sha256(content)]);
  return { ...files, [RECORD]: { content: JSON.stringify({ files: Object.fromEntries(digests) as unknown }) } };
}

const run = (files: Files, once: Files = {}): void => {
  write(changesOf({ [folder]: recorded(files) }, { [folder]: plain(once) }));
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

describe("a record that leads out of its folder", () => {
  const important = (): string => join(dirname(folder), "important.txt");
  const spoilt = (file: string): void => {
    run({ "a/one": "1" });
    writeFileSync(important(), "x");
    const files = { "a/one": sha256("1"), [file]: sha256("x") };
    put(RECORD, JSON.stringify({ files }));
  };

  test.each(["../important.txt", "a/../../important.txt", ".."])("by %s takes nothing away", (file) => {
    spoilt(file);
    expect(refusal({ "a/one": "1" })).toEqual([`${RECORD} names ${JSON.stringify(file)}, which is not in its folder`]);
    expect(existsSync(important())).toBe(true);
  });

  test("by an absolute path takes nothing away", () => {
    spoilt(join(tmpdir(), "x"));
    expect(refusal({ "a/one": "1" })).toEqual([expect.stringContaining("which is not in its folder")]);
  });

  test("by a link takes nothing away", () => {
    spoilt("link/important.txt");
    symlinkSync(dirname(folder), join(folder, "link"));
    expect(refusal({ "a/one": "1" })).toEqual([expect.stringContaining("which is not in its folder")]);
    expect(existsSync(important())).toBe(true);
  });

  test("by changes that nobody has begun neither", () => {
    run({ "a/one": "1" });
    writeFileSync(important(), "x");
    const gone = spawnSync(process.execPath, ["-e", "0"]).pid;
    put(".rendered.next/owner.json", JSON.stringify({ host: hostname(), pid: gone }));
    put(".rendered.next/changes.json", JSON.stringify({ written: [], removed: ["../important.txt"] }));
    expect(refusal({ "a/one": "2" })).toEqual([
      ".rendered.next has changes that nobody here has begun: they name what is not in its folder",
    ]);
    expect(existsSync(important())).toBe(true);
  });
});

describe("what is no text", () => {
  const bytes = Buffer.from([0x50, 0x4b, 0xff, 0xfe, 0x00]);
  const asset = (executable: boolean, content: Uint8Array = bytes): ExportedFiles =>
    withRecord({ "a/lambda.zip": { content: bytes, executable: false }, "a/build.sh": { content, executable } });
  const export_ = (files: ExportedFiles) => {
    const found = changesOf({ [folder]: files }, {});
    write(found);
    return found.flatMap(({ changes }) => changes.map(({ file }) => file)).filter((file) => file !== RECORD);
  };
  const mode = (file: string): number => statSync(join(folder, file)).mode & 0o111;

  test("is written as it is, and is found unchanged", () => {
    expect(export_(asset(true))).toEqual(["a/build.sh", "a/lambda.zip"]);
    expect(readFileSync(join(folder, "a/lambda.zip"))).toEqual(bytes);
    expect([mode("a/build.sh") > 0, mode("a/lambda.zip")]).toEqual([true, 0]);
    expect(export_(asset(true))).toEqual([]);
    writeFileSync(join(folder, "a/lambda.zip"), Buffer.from([0x50, 0x4b, 0xfe, 0xff, 0x00]));
    expect(() => export_(asset(true))).toThrow(InvalidInput);
  });

  test("can be started where it could be before, also where an earlier version wrote it otherwise", () => {
    export_(asset(false));
    expect(export_(asset(true))).toEqual(["a/build.sh"]);
    expect(mode("a/build.sh")).toBeGreaterThan(0);
  });
});

test("a folder below a file is refused, and so is a folder in place of a file", () => {
  writeFileSync(folder, "");
  const below = join(folder, "staging");
  expect(() => changesOf({ [below]: recorded({ x: "1" }) }, {})).toThrow(InvalidInput);
  rmSync(folder);
  run({ "a/one": "1" });
  rmSync(join(folder, "a/one"));
  put("a/one/two", "");
  expect(refusal({ "a/one": "1" })).toEqual(["a/one was changed since it was written"]);
});
