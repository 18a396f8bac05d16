import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Known, lostDocuments, lostPaths, unknownCommands } from "./support/docs/commands";
import { brokenLinks } from "./support/docs/links";
import { type Document, readDocument } from "./support/docs/markdown";
import { compile, samplesOf } from "./support/docs/samples";

/*
 * What people read: links lead somewhere, samples compile, commands and files exist. Each check is shown to find what is
 * wrong.
 */

const ROOT = resolve(__dirname, "..");
const OTHERS = /^(?:node_modules|vendor|cdktf\.out.*|\.rendered.*|dist|\.cache|\.git|coverage|api-reference)$/;

function documentsBelow(folder: string): Document[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) return OTHERS.test(entry.name) ? [] : documentsBelow(file);
    return file.endsWith(".md") ? [readDocument(file, readFileSync(join(ROOT, file), "utf8"))] : [];
  });
}

const documents = documentsBelow("");
const exists = (path: string): boolean => existsSync(join(ROOT, path));
const { name, version, scripts, bin } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  name: string;
  version: string;
  scripts: Record<string, string>;
  bin: Record<string, string>;
};
/** A template that is a package of its own: its README names its scripts, and programs at the versions that it has. */
const app = JSON.parse(readFileSync(join(ROOT, "templates/mobile/all/package.json"), "utf8")) as {
  scripts: Record<string, string>;
  devDependencies: Record<string, string>;
};
const known: Known = {
  scripts: new Set(Object.keys({ ...scripts, ...app.scripts })),
  programs: new Set([
    ...readdirSync(join(ROOT, "node_modules", ".bin")),
    ...Object.keys(bin),
    ...Object.entries(app.devDependencies).map((dependency) => dependency.join("@")),
  ]),
  tarball: `${name}-${version}.tgz`,
  exists,
};

/** Everything but these tests, which plant what is not there. */
const sources = ["cli", "constructs", "stacks", "environments", "scripts", "__tests__"]
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  )
  .filter(
    (file) => file.endsWith(".ts") && !file.startsWith("__tests__/support/docs/") && file !== "__tests__/docs.test.ts",
  );

/** A document that has the mistake which a check is for. */
const planted = (text: string, file = "docs/planted.md"): Document => readDocument(file, text);

describe("links", () => {
  test("every link to a file and every link to a heading leads somewhere", () => {
    expect(documents.length).toBeGreaterThan(80);
    expect(brokenLinks(documents, exists)).toEqual([]);
  });

  test("a lost file, a lost heading and a way out of the repository are found", () => {
    const text = [
      "# One `code`: two",
      "[here](#one-code-two), [there](guide/no-such-page.md), [there](../README.md#no-such-heading)",
      "",
      "| [a table](operations/no-such-page.md) | [out](../../etc/passwd) | [web](https://example.com/x.md#y) |",
      "",
      "[a reference][1]",
      "",
      "[1]: no-such-reference.md",
    ].join("\n");
    const found = brokenLinks([planted(text), ...documents], (path) => path === "docs/planted.md" || exists(path));
    expect(found.filter((line) => line.startsWith("docs/planted.md"))).toEqual([
      "docs/planted.md:2: guide/no-such-page.md: there is no docs/guide/no-such-page.md",
      "docs/planted.md:2: ../README.md#no-such-heading: README.md has no heading of that name",
      "docs/planted.md:4: operations/no-such-page.md: there is no docs/operations/no-such-page.md",
      "docs/planted.md:4: ../../etc/passwd: leaves the repository",
      "docs/planted.md:6: no-such-reference.md: there is no docs/no-such-reference.md",
    ]);
  });

  test("a second heading of one name has a number, as GitHub gives it", () => {
    const text = "## Same\n\n## Same\n\n[first](#same) [second](#same-1) [third](#same-2)\n";
    expect(brokenLinks([planted(text)], () => true)).toEqual([
      "docs/planted.md:5: #same-2: docs/planted.md has no heading of that name",
    ]);
  });

  test("docs/README.md names every page of every folder", () => {
    const index = documents.find(({ file }) => file === "docs/README.md");
    const named = new Set(index?.links.map(({ text }) => join("docs", text)));
    const pages = documents.map(({ file }) => file).filter((file) => /^docs\/(?!README)/.test(file));
    // The records have an index of their own, which `npm run docs` writes and another test holds; so have the runbooks of each application.
    const indexed = /\/\d{4}-|^docs\/runbooks\/.*\/(?!README\.md$)[^/]+$/;
    expect(pages.filter((file) => !named.has(file) && !indexed.test(file))).toEqual([]);
  });
});

/** Runbooks are rendered for everybody, and say no word of this repository's frames: their samples are of an application in an environment. */
const framed = (document: Document): Document => ({
  ...document,
  fences: document.fences.map((fence) => ({ ...fence, info: fence.info.replace(/^ts$/, "ts frame=overlay") })),
});
const texts = new Set<string>();
const runbooks = documents
  .filter(({ file }) => file.startsWith("docs/runbooks/"))
  .map(framed)
  // The same advice is on many pages.
  .map((page) => ({ ...page, fences: page.fences.filter(({ text }) => texts.size < texts.add(text).size) }));

describe("TypeScript samples", () => {
  const good = samplesOf([...documents.filter(({ file }) => !file.startsWith("docs/runbooks/")), ...runbooks]);
  const bad = samplesOf([
    planted('```ts frame=environment\nprofile: "tiny",\n```\n', "type.md"),
    planted('```ts frame=environment\nprofil: "small",\n```\n', "field.md"),
    planted('```ts\nimport { postgres } from "goldenpath";\npostgres();\n```\n', "export.md"),
    planted("```ts frame=workloads\nworker: worker({\n```\n", "syntax.md"),
  ]);
  // One program for all of them: most of its time goes into reading what they import.
  const said = compile([...good.samples, ...bad.samples], ROOT);
  const isPlanted = (line: string) => /^(?:type|field|export|syntax)\.md:/.test(line);

  test("every sample compiles against this tree", () => {
    expect(good.problems).toEqual([]);
    expect(good.samples.length).toBeGreaterThan(10);
    expect(said.filter((line) => !isPlanted(line))).toEqual([]);
  });

  test("a wrong value, an unknown field, a lost export and a broken sample are found where they stand", () => {
    expect(bad.problems).toEqual([]);
    expect(said.filter(isPlanted)).toEqual([
      expect.stringMatching(/^type\.md:2: Type '"tiny"' is not assignable/),
      expect.stringMatching(/^field\.md:2: Object literal may only specify known properties.*'profil'/),
      expect.stringMatching(/^export\.md:2: .*has no exported member.* 'postgres'/),
      ...said.filter((line) => line.startsWith("syntax.md:2: ")).map((line): unknown => expect.stringContaining(line)),
    ]);
    expect(said.filter((line) => line.startsWith("syntax.md:"))).not.toEqual([]);
  });

  test("no block is passed over: without a language, with an unknown one, or in a frame that nobody knows", () => {
    const text =
      "```\nconst x = 1;\n```\n\n```typescript\nx\n```\n\n```ts frame=nothing\nx\n```\n\n```ts ignore\nx\n```\n\n    indented\n";
    expect(samplesOf([planted(text)]).problems).toEqual([
      expect.stringMatching(/^docs\/planted\.md:2: got language ""; say ts, or one of /),
      expect.stringMatching(/^docs\/planted\.md:6: got language "typescript"/),
      expect.stringMatching(
        /^docs\/planted\.md:10: got "ts frame=nothing"; say ts for a module, of=<file> for lines of one, or one of application, /,
      ),
      expect.stringMatching(/^docs\/planted\.md:14: got "ts ignore"/),
      expect.stringMatching(/^docs\/planted\.md:17: got language ""/),
    ]);
  });

  test("a piece of a file that is not in it any more is found", () => {
    const [line = ""] = readFileSync(join(ROOT, "main.ts"), "utf8").split("\n");
    expect(samplesOf([planted(`\`\`\`ts of=main.ts\n${line}\n\`\`\`\n`)]).problems).toEqual([]);
    expect(samplesOf([planted(`\`\`\`ts of=main.ts\n${line} // edited\n\`\`\`\n`)]).problems).toEqual([
      "docs/planted.md:2: is not in main.ts as it stands there; copy it anew",
    ]);
    expect(samplesOf([planted("```ts of=gone.ts\nx\n```\n")]).problems).toHaveLength(1);
  });
});

describe("commands and files", () => {
  test("every script, program, shell file and package that a document names is there", () => {
    expect(unknownCommands(documents, known)).toEqual([]);
  });

  test("one that is not there is found, in a block and in a sentence", () => {
    const text =
      "Run `npm run no-such-script`.\n\n```sh\nnpm ci\nnpx no-such-program --help\nnpm run --silent synth -- x\nbash .ci/no-such-file\nnpm install goldenpath-0.0.9.tgz\n```\n";
    expect(unknownCommands([planted(text)], known)).toEqual([
      'docs/planted.md:1: "no-such-script" is not there',
      'docs/planted.md:5: "no-such-program" is not there',
      'docs/planted.md:7: ".ci/no-such-file" is not there',
      'docs/planted.md:8: "goldenpath-0.0.9.tgz" is not there',
    ]);
  });

  test("every file of this repository that a sentence names is there", () => {
    expect(lostPaths(documents, exists)).toEqual([]);
  });

  test("every document that a source file names is there", () => {
    expect(sources.length).toBeGreaterThan(500);
    expect(sources.flatMap((file) => lostDocuments(file, readFileSync(join(ROOT, file), "utf8"), exists))).toEqual([]);
    expect(
      lostDocuments("x.ts", "/* See docs/no-such-page.md, docs/evidence.md and https://x.y/docs/z.md */", exists),
    ).toEqual(["x.ts: there is no docs/no-such-page.md"]);
  });

  test("a file that was moved or removed is found", () => {
    const text = "See `constructs/model/no-such-file.ts`, `constructs/model/workload.ts` and `stacks/`.\n";
    expect(lostPaths([planted(text)], exists)).toEqual([
      "docs/planted.md:1: there is no constructs/model/no-such-file.ts",
    ]);
  });
});

test("the README is at most 6 KB: what is longer has a page of its own", () => {
  expect(statSync(join(ROOT, "README.md")).size).toBeLessThanOrEqual(6 * 1024);
});

test("the version of Node in .nvmrc is one that package.json allows and CI tries", () => {
  const { engines } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { engines: { node: string } };
  const named = readFileSync(join(ROOT, ".nvmrc"), "utf8").trim();
  expect(engines.node.split(" || ")).toContain(`^${named}.0.0`);
  const tried = /^for major in (.*); do$/m.exec(readFileSync(join(ROOT, ".ci", "node-versions"), "utf8"))?.[1];
  expect(tried?.split(" ")).toContain(named);
});
