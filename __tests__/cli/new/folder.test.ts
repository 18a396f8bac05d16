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
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inTheWay, writeAll } from "../../../cli/new/folder";
import { additions, filesInto, programIn } from "../../../cli/new/into";
import { itselfProblems } from "../../../cli/new/itself";
import { InvalidInput } from "../../../constructs/model/problem";

let place = "";
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "goldenpath-new-"));
});
afterEach(() => {
  rmSync(place, { recursive: true });
});

const FILES = [
  { path: "a/b", text: "b", executable: false },
  { path: "run", text: "#!/bin/sh\n", executable: true },
];

test("files are written with what they may do, and nothing else is left", () => {
  writeAll(join(place, "new"), FILES);
  expect(readFileSync(join(place, "new/a/b"), "utf8")).toBe("b");
  expect(statSync(join(place, "new/run")).mode & 0o111).toBe(0o111);
  expect(statSync(join(place, "new/a/b")).mode & 0o111).toBe(0);
  expect(readdirSync(place)).toEqual(["new"]);
});

test("a folder with other files keeps them, and an empty one is taken", () => {
  mkdirSync(join(place, "empty"));
  writeAll(join(place, "empty"), FILES);
  mkdirSync(join(place, "repository/.git"), { recursive: true });
  writeFileSync(join(place, "repository/LICENSE"), "ours");
  writeAll(join(place, "repository"), FILES);
  expect(readdirSync(join(place, "repository")).sort()).toEqual([".git", "LICENSE", "a", "run"]);
  expect(statSync(join(place, "repository/run")).mode & 0o111).toBe(0o111);
});

test("what was interrupted half-way is no folder of that name, and goes with the next run", () => {
  mkdirSync(join(place, ".new.new-abc/a"), { recursive: true });
  expect(existsSync(join(place, "new"))).toBe(false);
  writeAll(join(place, "new"), FILES);
  expect(readdirSync(place)).toEqual(["new"]);
});

test("a link to a folder is that folder, and one to nothing is refused", () => {
  mkdirSync(join(place, "real"));
  symlinkSync("real", join(place, "link"));
  writeAll(join(place, "link"), FILES);
  expect(readFileSync(join(place, "real/a/b"), "utf8")).toBe("b");
  expect(readdirSync(place).sort()).toEqual(["link", "real"]);
  symlinkSync("nowhere", join(place, "dangling"));
  expect(() => {
    writeAll(join(place, "dangling"), FILES);
  }).toThrow(/^folder: got ".*dangling", is a link to nothing; choose another name, or remove it$/);
});

test("what the system forbids is said without its stack", () => {
  writeFileSync(join(place, "file"), "ours");
  expect(inTheWay(join(place, "file/new"), ["a/b"])).toEqual([]);
  expect(() => {
    writeAll(join(place, "file/new"), FILES);
  }).toThrow(InvalidInput);
  expect(() => {
    writeAll("/proc/new", FILES);
  }).toThrow(/^folder: got "\/proc\/new", /);
  expect(readdirSync(place)).toEqual(["file"]);
});

test("all that is in the way is named: files, files where folders go, and links that lead elsewhere", () => {
  mkdirSync(join(place, "here"));
  writeFileSync(join(place, "here/a"), "ours");
  symlinkSync("/nowhere", join(place, "here/run"));
  expect(inTheWay(join(place, "here"), ["a/b", "run", "c/d"])).toEqual(["a/b", "run"]);
  expect(inTheWay(join(place, "none"), ["a/b"])).toEqual([]);
});

describe("into a program", () => {
  const program = (manifest: unknown, files: readonly string[] = []): string => {
    writeFileSync(join(place, "package.json"), typeof manifest === "string" ? manifest : JSON.stringify(manifest));
    for (const file of files) {
      mkdirSync(join(place, file, ".."), { recursive: true });
      writeFileSync(join(place, file), "");
    }
    return place;
  };
  const depends = { dependencies: { goldenpath: "^1.0.0" } };

  test("the folder of its environments is where it says", () => {
    expect(programIn(program(depends, ["environments/index.ts"]))).toEqual({
      environments: "environments",
      hasOutputs: false,
    });
    const named = { ...depends, goldenpath: { environments: "./platform/all.ts", outputs: "platform/outputs.ts" } };
    expect(programIn(program(named, ["platform/all.ts"]))).toEqual({
      environments: "platform",
      hasOutputs: true,
    });
  });

  test.each([
    ["{", "its package.json is no JSON object; correct it"],
    ["[]", "its package.json does not depend on goldenpath; npm install goldenpath there, or name another folder"],
    [{}, "its package.json does not depend on goldenpath; npm install goldenpath there, or name another folder"],
    [
      depends,
      'its environments, "environments/index.ts", are not there; correct goldenpath.environments in its package.json',
    ],
    [
      { ...depends, goldenpath: { environments: 7 } },
      "its environments, 7, are not there; correct goldenpath.environments in its package.json",
    ],
  ])("%j is none", (manifest, said) => {
    expect(() => programIn(program(manifest))).toThrow(said);
  });

  test("a folder that is not there, or has no package.json, is none", () => {
    expect(() => programIn(join(place, "nowhere"))).toThrow(/^arguments\.into: got ".*nowhere", is no folder; name/);
    expect(() => programIn(place)).toThrow("has no package.json, so it is no program; goldenpath init writes one");
  });

  test("it takes code, the model and what services share, and no file of its own", () => {
    const made = (
      path: string,
      part: "code" | "model" | "program" | "shared",
      whose: "merged" | "owned" = "merged",
    ) => ({
      ...{ path, part, class: whose, text: "", executable: false },
    });
    const platform = { environments: "platform", hasOutputs: true };
    const all = [
      made("services/a/x", "code"),
      made("environments/a.ts", "model"),
      made("environments/teams/shop.ts", "shared"),
      made("main.ts", "program"),
      made("docker/node/Dockerfile", "shared"),
      made("compose.yaml", "program", "owned"),
    ];
    expect(filesInto(platform, all).map(({ path }) => path)).toEqual([
      "services/a/x",
      "platform/a.ts",
      "platform/teams/shop.ts",
      "docker/node/Dockerfile",
    ]);
    const said = additions(platform, "order-box", all);
    expect(said).toContain('  import { app as orderBoxApp } from "./order-box";');
    expect(said.at(-1)).toBe("then: npx goldenpath render");
    // What somebody has who began with `goldenpath init`: no file of outputs, so all of it is said.
    expect(additions({ ...platform, hasOutputs: false }, "order-box", all).slice(-5)).toEqual([
      "for its chart, write platform/outputs.ts, as nothing is rendered here until now:",
      '  import { helmChart, target } from "goldenpath/outputs";',
      '  export const outputs = [target(helmChart, { options: { application: "order-box" }, folder: "helm/order-box" })];',
      "name it in package.json, and run npx goldenpath render:",
      '  "goldenpath": { "outputs": "platform/outputs.ts" }',
    ]);
  });

  test("of a team that was written it says what to do where there is another file of it, and of one that was there nothing", () => {
    const said = (paths: readonly string[]): string =>
      additions(
        { environments: "platform", hasOutputs: true },
        "billing",
        paths.map((path) => ({ path, part: "shared", class: "seeded", text: "", executable: false })),
      ).join("\n");
    expect(said(["platform/teams/shop.ts"])).toContain(
      "give that one to `owner` in platform/billing.ts, and remove platform/teams/shop.ts",
    );
    expect(said(["docker/node/Dockerfile"])).not.toContain("team");
  });
});

test("nothing is called as a package that it depends on, wherever it says so", () => {
  const files = [
    { path: "package.json", text: '{"name":"x","devDependencies":{"typescript":"5.9.3"}}' },
    { path: "services/x/package.json", text: '{"dependencies":{"mysql2":"3.24.6"}}' },
    { path: "README.md", text: "no JSON" },
  ];
  const wrong = ["typescript", "mysql2", "orders"].map((name) => itselfProblems(name, files).length);
  expect(wrong).toEqual([1, 1, 0]);
});
