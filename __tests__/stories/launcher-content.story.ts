import { chmodSync, cpSync, readFileSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Project, ROOT } from "./support/project";

/*
 * What a run prints is what the files say now, whatever was kept of runs before. Each edit keeps the file's length and
 * times, so that only its content tells.
 */

let project: Project;
beforeEach(() => {
  project = new Project();
  project.link("esbuild");
  project.write("main.ts", 'import { word } from "./part";\nimport { noun } from "noun";\nconsole.log(word, noun);\n');
  project.write("part/index.ts", 'import { text } from "./text.json";\nexport const word = text;\n');
  project.write("part/text.json", '{ "text": "one" }\n');
  project.write("node_modules/noun/package.json", '{ "name": "noun", "version": "1.0.0", "main": "./a.js" }\n');
  project.write("node_modules/noun/a.js", 'exports.noun = require("./lib") + require("deep");\n');
  project.write("node_modules/noun/b.js", 'exports.noun = "instead";\n');
  project.write("node_modules/noun/lib/index.js", 'module.exports = "bird";\n');
  project.write("node_modules/deep/index.js", 'module.exports = "s";\n');
  expect(project.said()).toBe("one birds");
  expect(project.said()).toBe("one birds");
});
afterEach(() => {
  project.remove();
});

test("two edits of one length within a second are both seen", () => {
  project.write("part/text.json", '{ "text": "two" }\n');
  expect(project.said()).toBe("two birds");
  project.write("part/text.json", '{ "text": "six" }\n');
  expect(project.said()).toBe("six birds");
});

test("an edited package is seen, which nothing else says", () => {
  project.write("node_modules/noun/lib/index.js", 'module.exports = "book";\n');
  expect(project.said()).toBe("one books");
});

test("a package whose entry point changes is seen", () => {
  project.write("node_modules/noun/package.json", '{ "name": "noun", "version": "1.0.0", "main": "./b.js" }\n');
  expect(project.said()).toBe("one instead");
});

test.each([
  ["a file beside a folder of its name", "part.ts", 'export const word = "new";\n', "new birds"],
  [
    "a file of a package beside a folder of its name",
    "node_modules/noun/lib.js",
    'module.exports = "tree";\n',
    "one trees",
  ],
  [
    "a package inside of a package",
    "node_modules/noun/node_modules/deep/index.js",
    'module.exports = "!";\n',
    "one bird!",
  ],
  ["a description of a package", "node_modules/deep/package.json", '{ "main": "../noun/lib" }\n', "one birdbird"],
])("%s that is new is found before what was found, and no more when it is removed", (_, file, text, said) => {
  project.write(file, text);
  expect(project.said()).toBe(said);
  project.remove(file);
  expect(project.said()).toBe("one birds");
});

test("a package that is a link to another folder than before is seen", () => {
  for (const [name, text] of [
    ["first", "x"],
    ["other", "y"],
  ] as const) {
    project.write(`${name}/index.js`, `exports.noun = ${JSON.stringify(text)};\n`);
  }
  project.remove("node_modules/noun");
  symlinkSync(project.path("first"), project.path("node_modules/noun"));
  expect(project.said()).toBe("one x");
  unlinkSync(project.path("node_modules/noun"));
  symlinkSync(project.path("other"), project.path("node_modules/noun"));
  expect(project.said()).toBe("one y");
});

test("a package that is edited while it is bundled is seen by the next run", () => {
  const real = join(ROOT, "node_modules", "esbuild", "package.json");
  const { binary } = {
    binary: require.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`, { paths: [real] }),
  };
  const edit = `sed -i s/bird/bean/ ${project.path("node_modules/noun/lib/index.js")}`;
  // It stands for the bundler, and edits the package when the bundler has read it.
  writeFileSync(project.path("bundler"), `#!/bin/sh\n'${binary}' "$@"\nstatus=$?\n${edit}\nexit $status\n`);
  chmodSync(project.path("bundler"), 0o755);
  project.remove(".cache");
  // Once for the program, when nothing is edited yet, and once for the packages.
  const { status } = project.run("main.ts", { ESBUILD_BINARY_PATH: project.path("bundler") });
  expect(status).toBe(0);
  expect(project.said()).toBe("one beans");
});

describe("what was kept and is not whole", () => {
  const spoil: Readonly<Record<string, (path: string) => void>> = {
    empty: (path) => {
      truncateSync(path, 0);
    },
    "cut in half": (path) => {
      truncateSync(path, readFileSync(path).length >> 1);
    },
    "changed in one byte": (path) => {
      const bytes = readFileSync(path);
      bytes[bytes.length - 9] = (bytes[bytes.length - 9] ?? 0) ^ 1;
      writeFileSync(path, bytes);
    },
    "another file's": (path) => {
      cpSync(project.path("tsconfig.json"), path);
    },
  };

  test.each(Object.keys(spoil))("a kept file that is %s is made again", (how) => {
    for (const file of project.kept().filter((name) => !name.endsWith("clock"))) {
      spoil[how]?.(project.path(file));
      expect({ file, said: project.said() }).toEqual({ file, said: "one birds" });
    }
    for (const file of project.kept().filter((name) => !name.endsWith("clock"))) spoil[how]?.(project.path(file));
    expect(project.said()).toBe("one birds");
  });
});

test("where nothing can be kept everything is bundled every time", () => {
  project.remove(".cache");
  writeFileSync(project.path(".cache"), "not a folder\n");
  expect(project.said()).toBe("one birds");
  project.write("node_modules/noun/lib/index.js", 'module.exports = "book";\n');
  expect(project.said()).toBe("one books");
});

test("runs at a time, with nothing kept and with an edit, say the same", async () => {
  project.remove(".cache");
  const all = (): Promise<string[]> => Promise.all(Array.from({ length: 5 }, () => project.saidBeside()));
  expect(new Set(await all())).toEqual(new Set(["0: one birds"]));
  project.write("part/text.json", '{ "text": "two" }\n');
  project.write("node_modules/noun/lib/index.js", 'module.exports = "book";\n');
  expect(new Set(await all())).toEqual(new Set(["0: two books"]));
  expect(project.said()).toBe("two books");
}, 60_000);

test("what is not of use any more goes, that of the release before too", () => {
  const kept = project.kept().length;
  const former = [".cache/main.cjs", ".cache/main.cjs.json", ".cache/main.packages.cjs.v20.20.2.v8"];
  for (const file of former) project.write(file, "old\n");
  project.write(".cache/mine.json", "{}\n");
  for (const noun of ["book", "tree", "card"]) {
    project.write("part/text.json", `{ "text": "${noun}" }\n`);
    project.write("node_modules/noun/lib/index.js", `module.exports = "${noun}";\n`);
    expect(project.said()).toBe(`${noun} ${noun}s`);
  }
  expect(project.kept()).toHaveLength(kept + 1);
  expect(project.kept()).toContain(".cache/mine.json");
});
