import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { mark } from "../../../constructs/templates/archive";
import { combinationsOf } from "../../../constructs/templates/combinations";
import { archiveOf } from "../../../scripts/templates/archived";
import { sourcesOf } from "../../../scripts/templates/archives";
import type { SourceFile } from "../../../scripts/templates/source";
import { versionFiles, writeVersions } from "../../../scripts/templates/written";

const ROOT = resolve(__dirname, "../../..");
const VERSIONS = join(ROOT, "templates", "versions");

/** Without what is rendered, of which a version has nothing. */
const archives = sourcesOf(ROOT).map((source) => archiveOf(source, (choices) => source.files(choices)));

test("what is kept of each version is what its files are: npm run templates", () => {
  // What a program renders is not kept, also where a file of that path is in the tree.
  const rendered = /^docker\/php\/pool\.conf$/;
  const own = archives.map((archive) => ({
    ...archive,
    files: archive.files.filter(({ path }) => !rendered.test(path)),
  }));
  const files = versionFiles(own);
  for (const [file, text] of Object.entries(files)) {
    const there = existsSync(join(VERSIONS, file)) ? readFileSync(join(VERSIONS, file), "utf8") : undefined;
    expect({ file, isSame: there === text }).toEqual({ file, isSame: true });
  }
  const texts = Object.keys(files).filter((file) => file.startsWith("texts/"));
  expect(readdirSync(join(VERSIONS, "texts")).length).toBeGreaterThanOrEqual(texts.length);
});

test("a version says what the one before had under another path, and nothing that is not so", () => {
  const file: SourceFile = { path: "services/my-app/new", class: "merged", part: "code", text: "" };
  const source = (renamed: Readonly<Record<string, string>>) => ({
    ...{ name: "thing", version: 2, title: "", description: "", options: {}, renamed },
    files: () => [file],
  });
  const made = (renamed: Readonly<Record<string, string>>) => archiveOf(source(renamed), source(renamed).files);
  const code = `services/${mark("name")}`;
  expect(made({ "services/my-app/old": file.path }).renamed).toEqual({ [`${code}/old`]: `${code}/new` });
  expect(() => made({ [file.path]: file.path })).toThrow("was renamed, and is there; take it out of renamed");
  expect(() => made({ a: "b" })).toThrow("b: is no file of the template; correct renamed");
});

test("a version that was released is not changed any more", () => {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-versions-"));
  try {
    cpSync(VERSIONS, folder, { recursive: true });
    writeFileSync(join(folder, "released.json"), JSON.stringify({ "worker-1": "0".repeat(64) }));
    expect(() => {
      writeVersions(folder, archives);
    }).toThrow("worker-1: was released, and its files are others now; give the template the next version");
    // An older version of a template stays beside the next.
    writeFileSync(join(folder, "released.json"), "{}");
    writeVersions(
      folder,
      archives.map((archive) => ({ ...archive, version: 2 })),
    );
    for (const version of [1, 2]) expect(existsSync(join(folder, `worker-${version}.json`))).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("an archive", () => {
  const file = (path: string, text: string): SourceFile => ({ path, class: "merged", part: "code", text });
  const source = (
    options: Readonly<Record<string, readonly string[]>>,
    files: (choices: Readonly<Record<string, string>>) => readonly SourceFile[],
  ) => ({
    ...{ name: "x", version: 1, title: "", description: "", files },
    options: Object.fromEntries(
      Object.entries(options).map(([name, choices]) => [name, { description: "", choices, default: choices[0] ?? "" }]),
    ),
  });

  test("has each file once, for the smallest set of options that decides what it is", () => {
    const one = source({ a: ["1", "2"], b: ["x", "y"] }, ({ a = "", b = "" }) => [
      file("same", "same"),
      file("by-a", a),
      ...(b === "x" ? [file("if-x", "x")] : []),
      file("by-both", a + b),
    ]);
    const { files } = archiveOf(one, one.files);
    expect(files.map(({ path, when }) => [path, when])).toEqual([
      ...["1", "2"].map((a) => ["by-a", { a }]),
      ...combinationsOf({ a: { choices: ["1", "2"] }, b: { choices: ["x", "y"] } }).map((when) => ["by-both", when]),
      ["if-x", { b: "x" }],
      ["same", undefined],
    ]);
  });

  test.each(["my-apps", "My-app", "my app", "MY_APP", "amy-app", "my-teams"])(
    "refuses %j, which a name would tear apart",
    (word) => {
      const one = source({}, () => [file("a", `it is ${word} here`)]);
      expect(() => archiveOf(one, one.files)).toThrow(/^a: has /);
    },
  );
});
