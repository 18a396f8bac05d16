import fs, { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { changesOf } from "../../../cli/update/changes";
import { prepare } from "../../../cli/update/prepare";
import { recordIn } from "../../../cli/update/records";
import { writeChanges } from "../../../cli/update/write";
import type { Archive } from "../../../constructs/templates/archive";
import { nodeVersions, packageWith, phpVersions } from "../../support/templates/later-versions";
import { type Made, writeInto } from "../../support/templates/updating";
import { Workshop } from "./support/workshop";

/* What people live through with `goldenpath update`: the command on repositories of several versions, in folders with git. */

const place = mkdtempSync(join(tmpdir(), "goldenpath-update-test-"));
const home = join(place, "package");
const { made, run } = new Workshop(place, home);
beforeAll(() => {
  packageWith(home, [...phpVersions(), ...nodeVersions()]);
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

const update = (repository: Made, ...args: readonly string[]) => run(repository.folder, "update", ...args);

const DOCKERFILE = "docker/php/Dockerfile";
const MARKS = /^(?:<{7}|>{7}) /m;

test("from the first version to the last, edits are kept, paths follow, and each file is told", async () => {
  const repository = made("php-api", 1, (one) => {
    one.edit("docker/php/php.ini", "expose_php", "; ours\nexpose_php");
    one.edit("services/orders/src/Routes.php", "<?php", "<?php\n// ours");
    one.edit(".gitignore", "node_modules/", "node_modules/\nours/");
    one.edit("environments/outputs.ts", "/** The code", "// ours\n/** The code");
    one.write("services/orders/src/Ours.php", "<?php\n");
  });
  const before = repository.all();
  expect(await update(repository)).toEqual({
    ...{ exit: 0, error: "" },
    out: `orders: php-api 1 → 5
updated docker/php/Dockerfile
moved docker/php/conf.d/app.ini, which was docker/php/php.ini
merged environments/outputs.ts
removed services/orders/tests/LoggerTest.php

left as it is:
  README.md: yours from the first day, and another one in the template (+1 −1)

next:
  npm install
  npm test
  npx goldenpath render
  look at the difference, and commit it
`,
  });
  const after = repository.all();
  expect(after.get("docker/php/conf.d/app.ini")).toBe(before.get("docker/php/php.ini"));
  expect(after.get("environments/outputs.ts")).toContain("// ours\n/** The code");
  expect(after.get("environments/outputs.ts")).toContain('"npm run --silent synth"');
  expect(repository.read(DOCKERFILE)).toContain("FROM php:${PHP_VERSION}-fpm-alpine3.22 AS base");
  const touched = [
    DOCKERFILE,
    "docker/php/php.ini",
    "docker/php/conf.d/app.ini",
    "environments/outputs.ts",
    ".goldenpath.json",
  ];
  const gone = "services/orders/tests/LoggerTest.php";
  for (const [path, text] of before)
    if (![...touched, gone].includes(path)) expect([path, after.get(path)]).toEqual([path, text]);
  expect(repository.has("docker/php/php.ini")).toBe(false);
  const { files, ...record } = repository.record();
  expect(record).toMatchObject({ version: 5, inputs: { php: "8.4", name: "orders" } });
  expect(files["merged"]).toContain("docker/php/conf.d/app.ini");
  expect(files["merged"]).not.toContain(gone);
  expect(await update(repository)).toEqual({ exit: 0, out: "orders: php-api 5, nothing to do\n", error: "" });
});

test("a second run finds nothing to do, and --check is 1 before and 0 after", async () => {
  const repository = made("node-api", 1);
  const before = repository.all();
  const check = await update(repository, "--check");
  expect(check).toMatchObject({ exit: 1, error: "" });
  expect(check.out).toContain("would be added .editorconfig\n");
  expect(repository.all()).toEqual(before);
  expect((await update(repository)).exit).toBe(0);
  expect((await update(repository, "--check")).exit).toBe(0);
});

describe("two edits of one place", () => {
  const conflicting = () =>
    made("php-api", 1, (one) => {
      one.edit(DOCKERFILE, "ARG PHP_VERSION=8.4", "ARG PHP_VERSION=8.4.2");
    });

  test("are marked with both texts and that of before, and the exit code says so", async () => {
    const repository = conflicting();
    const { exit, out } = await update(repository);
    expect(exit).toBe(3);
    expect(out).toContain("\nconflict docker/php/Dockerfile: line 8\n");
    expect(out).toContain("next:\n  resolve the conflicts: ");
    expect(repository.read(DOCKERFILE)).toContain(
      [
        "<<<<<<< yours",
        "# 8.4 is the default; 8.1, which ended on 2025-12-31, to 8.5 can be chosen.",
        "ARG PHP_VERSION=8.4.2",
        "||||||| php-api 1",
        "# 8.4 is the default; 8.1, which ended on 2025-12-31, to 8.5 can be chosen.",
        "ARG PHP_VERSION=8.4",
        "=======",
        "# 8.5 is the default; 8.4 can be chosen.",
        "ARG PHP_VERSION=8.5",
        ">>>>>>> php-api 5",
        "",
      ].join("\n"),
    );
    expect(repository.record().version).toBe(5);
  });

  test("are refused until somebody has resolved them, and then there is nothing to do", async () => {
    const repository = conflicting();
    await update(repository);
    repository.commit();
    const before = repository.all();
    for (const args of [[], ["--check"], ["--anyway"]]) {
      const { exit, out, error } = await update(repository, ...args);
      expect({ exit, out }).toEqual({ exit: 1, out: "" });
      expect(error).toContain(
        '["docker/php/Dockerfile"]: has marks of a conflict in line 8; resolve it, and commit that',
      );
    }
    expect(repository.all()).toEqual(before);
    repository.write(DOCKERFILE, "FROM scratch\n");
    expect(await update(repository)).toMatchObject({ exit: 0, out: "orders: php-api 5, nothing to do\n" });
  });
});

test.each(["<<<<<<< yours", "||||||| php-api 1", ">>>>>>> php-api 5"])(
  "a mark that was left of a conflict is one, too: %s",
  async (mark) => {
    const repository = made("php-api", 1, (one) => {
      one.edit(DOCKERFILE, "ARG PHP_VERSION=8.4", `${mark}\nARG PHP_VERSION=8.4`);
    });
    const { exit, error } = await update(repository);
    expect(exit).toBe(1);
    expect(error).toContain(`["${DOCKERFILE}"]: has marks of a conflict in line 9; resolve it, and commit that`);
  },
);

test("what is not committed, or in no git, is written over with --anyway alone", async () => {
  const repository = made("php-api", 1);
  repository.edit(DOCKERFILE, "WORKDIR", "# ours\nWORKDIR");
  repository.write("notes.txt", "of no template");
  const before = repository.all();
  const refused = await update(repository);
  expect(refused).toEqual({
    ...{ exit: 1, out: "" },
    error:
      '["docker/php/Dockerfile"]: has changes that are not committed; commit or stash them\n\n1 problem, nothing was written\n',
  });
  rmSync(join(repository.folder, ".git"), { recursive: true });
  expect((await update(repository)).error).toContain("is in no repository of git, so that nothing could be taken back");
  expect(repository.all()).toEqual(before);
  expect(await update(repository, "--anyway")).toMatchObject({ exit: 0, error: "" });
  expect(repository.read(DOCKERFILE)).toContain("# ours\nWORKDIR");
});

test("a file that git ignores is none that could be taken back", async () => {
  const repository = made("php-api", 1, (one) => {
    one.edit(".gitignore", "node_modules/", "node_modules/\ndocker/php/Dockerfile");
  });
  expect((await update(repository)).error).toContain('["docker/php/Dockerfile"]: has changes that are not committed');
});

test("what somebody deleted stays deleted, and what the template deletes stays where it was edited", async () => {
  const gone = "services/orders/tests/LoggerTest.php";
  const repository = made("php-api", 1, (one) => {
    one.remove(DOCKERFILE);
    one.remove("docker/php/php.ini");
    one.edit(gone, "<?php", "<?php\n// ours");
  });
  const { exit, out } = await update(repository);
  expect(exit).toBe(0);
  expect([DOCKERFILE, "docker/php/conf.d/app.ini"].filter((path) => repository.has(path))).toEqual([]);
  expect(repository.read(gone)).toContain("// ours");
  expect(out).toContain(`  ${DOCKERFILE}: deleted here, and stays so (+`);
  expect(out).toContain(
    "  docker/php/php.ini: deleted here, and stays so, as docker/php/conf.d/app.ini by now (+0 −0)\n",
  );
  expect(out).toContain(`  ${gone}: gone from the template; it was edited here, and is yours from now on (+0 −`);
  expect(repository.record().files["merged"]).not.toContain(gone);
});

test("a file that is new in the template and there already is a conflict, where it is not the same", async () => {
  const repository = made("node-api", 4, (one) => {
    one.write(".editorconfig", "root = false\n");
  });
  expect((await update(repository)).exit).toBe(3);
  expect(repository.read(".editorconfig")).toMatch(
    /^<<<<<<< yours\nroot = false\n\|{7} node-api 4\n=======\nroot = true\n/,
  );
  const same = made("node-api", 4, (one) => {
    one.write(".editorconfig", "root = true\n\n[*]\nend_of_line = lf\ninsert_final_newline = true\n");
  });
  expect((await update(same)).out).not.toContain(".editorconfig");
  expect(same.record().files["merged"]).toContain(".editorconfig");
});

test("where a file goes to a path that is taken, both stay and nothing is written", async () => {
  const repository = made("php-api", 1, (one) => {
    one.write("docker/php/conf.d/app.ini", "; somebody's\n");
  });
  const before = repository.all();
  const { exit, error } = await update(repository);
  expect(exit).toBe(1);
  expect(error).toContain(
    '["docker/php/conf.d/app.ini"]: is in the way of docker/php/php.ini, which has this path by now',
  );
  expect(repository.all()).toEqual(before);
});

test("a path that somebody has moved already is taken from there", async () => {
  const repository = made("php-api", 1, (one) => {
    one.write("docker/php/conf.d/app.ini", `; ours\n${one.read("docker/php/php.ini")}`);
    one.remove("docker/php/php.ini");
  });
  expect((await update(repository)).exit).toBe(0);
  expect(repository.read("docker/php/conf.d/app.ini")).toMatch(/^; ours\n/);
});

describe("choices", () => {
  test("one that is gone is asked for, and what is said is recorded", async () => {
    const repository = made("php-api", 1, undefined, { php: "8.3" });
    const before = repository.all();
    const { exit, error } = await update(repository);
    expect(exit).toBe(1);
    expect(error).toContain(
      '.goldenpath.json: inputs.php: got "8.3", version 5 of php-api has no such choice any more; say --php with "8.4" or "8.5"',
    );
    expect(repository.all()).toEqual(before);
    expect((await update(repository, "--php", "8.2")).error).toContain('php: got "8.2"; use "8.4" or "8.5"');
    const { out } = await update(repository, "--php", "8.5");
    expect(out).toContain("asked by version 5:\n  php is 8.5\n");
    expect(repository.read("environments/outputs.ts")).toContain('PHP_VERSION: "8.5"');
    expect(repository.record()).toMatchObject({ inputs: { php: "8.5" } });
  });

  test("one that was made is not made again, and there is no other option", async () => {
    const repository = made("php-api", 1);
    expect(await update(repository, "--php", "8.5")).toMatchObject({
      exit: 2,
      error: expect.stringContaining(
        'arguments.php: got "8.5", is "8.4" since the first day, which only its code can change; leave it out',
      ) as string,
    });
    expect((await update(repository, "--database", "none")).error).toContain(
      "php-api has no such option; leave it out",
    );
  });
});

describe("what cannot be the base of anything is refused, and nothing is written", () => {
  const record = (edit: (record: Record<string, unknown>) => void) => (one: Made) => {
    const value = one.record();
    edit(value);
    one.write(".goldenpath.json", JSON.stringify(value));
  };
  test.each<readonly [string, (one: Made) => void, string]>([
    [
      "another digest",
      record((value) => (value["digest"] = "0".repeat(64))),
      '.goldenpath.json: digest: got "000000000000", version 1 of php-api is another one in this package',
    ],
    [
      "a version to come",
      record((value) => (value["version"] = 9)),
      ".goldenpath.json: version: got 9, this package has php-api up to version 5; npm install a later goldenpath",
    ],
    [
      "a template of others",
      record((value) => (value["template"] = "cobol-api")),
      '.goldenpath.json: template: got "cobol-api", is no template of this package',
    ],
    ["a field too much", record((value) => (value["more"] = 1)), ".goldenpath.json: more: unknown field"],
    [
      "a name of nothing",
      record((value) => (value["inputs"] = { name: "Orders", owner: "shop", package: "1", cloud: "aws", php: "8.4" })),
      '.goldenpath.json: inputs.name: got "Orders"',
    ],
    [
      "a path that leads out",
      record((value) => (value["files"] = { owned: [], merged: ["../../etc/passwd"], seeded: [] })),
      ".goldenpath.json: files.merged[0]:",
    ],
    [
      "marks of a merge of branches",
      (one) => {
        one.write(".goldenpath.json", "<<<<<<< HEAD\n");
      },
      '[".goldenpath.json"]: is no JSON',
    ],
    [
      "no record",
      (one) => {
        one.remove(".goldenpath.json");
      },
      "has no .goldenpath.json; go to the folder that goldenpath new wrote",
    ],
    [
      "a link",
      (one) => {
        one.link(DOCKERFILE, "/etc/hostname");
      },
      '["docker/php/Dockerfile"]: is a link',
    ],
    [
      "a folder in place of a file",
      (one) => {
        one.remove(DOCKERFILE);
        one.write(`${DOCKERFILE}/x`, "");
      },
      '["docker/php/Dockerfile"]: is no file',
    ],
    [
      "a text of another coding",
      (one) => {
        one.write(DOCKERFILE, Buffer.from("caf\xe9\n", "latin1"));
      },
      '["docker/php/Dockerfile"]: is no text in UTF-8',
    ],
    [
      "another package that is installed",
      (one) => {
        one.write("node_modules/goldenpath/package.json", '{ "version": "0.0.9" }');
      },
      "goldenpath 0.0.9 is installed, and this is 0.1.0; npm install goldenpath of the version that is to be",
    ],
    [
      "none that is installed",
      (one) => {
        one.remove("node_modules/goldenpath/package.json");
      },
      "goldenpath is not installed; npm install",
    ],
  ])("%s", async (_, edit, said) => {
    const repository = made("php-api", 1, edit);
    const before = repository.all();
    const { exit, out, error } = await update(repository);
    expect({ exit: exit === 0, out }).toEqual({ exit: false, out: "" });
    expect(error).toContain(said);
    expect(error).not.toMatch(/ at .*\.[jt]s:\d+/);
    expect(repository.all()).toEqual(before);
  });
});

test("ends of lines, a missing last one, and modes stay as somebody has made them", async () => {
  const repository = made("php-api", 1, (one) => {
    one.write(DOCKERFILE, one.read(DOCKERFILE).replaceAll("\n", "\r\n").replace("WORKDIR", "# ours\r\nWORKDIR"), true);
    one.write("environments/outputs.ts", one.read("environments/outputs.ts").replace(/\n$/, ""));
  });
  const lines = repository.read(DOCKERFILE).split("\n").length;
  expect((await update(repository)).exit).toBe(0);
  const text = repository.read(DOCKERFILE);
  expect([text.split("\r\n").length, text.replaceAll("\r\n", "").includes("\n")]).toEqual([lines, false]);
  expect(text).toContain("# ours\r\nWORKDIR");
  expect(text).toContain("ARG PHP_VERSION=8.5\r\n");
  expect(repository.isExecutable(DOCKERFILE)).toBe(true);
  expect(repository.read("environments/outputs.ts")).toMatch(/[^\n]$/);
  expect(repository.read("environments/outputs.ts")).not.toMatch(MARKS);
});

test("what npm has raised since is no edit, and stays", async () => {
  const repository = made("node-api", 1, (one) => {
    one.edit("package.json", "^0.1.0", "^0.4.0");
  });
  expect((await update(repository)).exit).toBe(0);
  expect(repository.read("package.json")).toContain('"goldenpath": "^0.4.0"');
  expect(repository.record()).toMatchObject({ inputs: { package: "^0.4.0" } });
});

test("--to is a step on the way, and says which there are", async () => {
  const repository = made("php-api", 2);
  expect((await update(repository, "--to", "3")).out).toContain(
    "orders: php-api 2 → 3\nremoved services/orders/tests/LoggerTest.php\n",
  );
  for (const to of ["1", "9", "x", "-1"]) {
    expect(await update(repository, "--to", to)).toEqual({
      exit: 2,
      out: "",
      error: `--to: got "${to}"; use 4 to 5\n`,
    });
  }
});

test("--json says the same to programs", async () => {
  const repository = made("php-api", 1, (one) => {
    one.edit(DOCKERFILE, "ARG PHP_VERSION=8.4", "ARG PHP_VERSION=8.4.2");
    one.remove("environments/outputs.ts");
  });
  const { exit, out } = await update(repository, "--json");
  expect(exit).toBe(3);
  expect(JSON.parse(out)).toMatchObject({
    ...{ name: "orders", template: "php-api", from: 1, to: 5, written: true, chosen: {} },
    files: [
      { file: "README.md", is: "seeded", missed: ["@@ -5 +5 @@", "-## Work on it", "+## Work with it"] },
      { file: DOCKERFILE, is: "conflict", lines: [8] },
      { file: "docker/php/conf.d/app.ini", is: "moved", from: "docker/php/php.ini" },
      {
        file: "environments/outputs.ts",
        is: "deleted",
        missed: expect.arrayContaining([expect.stringMatching(/^\+.*synth/)]) as string[],
      },
      { file: "services/orders/tests/LoggerTest.php", is: "removed" },
    ],
  });
});

test("a file that goes from the template goes with other ends of lines, too", async () => {
  const gone = "services/orders/tests/LoggerTest.php";
  const repository = made("php-api", 1, (one) => {
    one.write(gone, one.read(gone).replaceAll("\n", "\r\n"));
  });
  expect((await update(repository)).out).toContain(`removed ${gone}\n`);
});

test("what somebody writes between the reading and the writing is not written over, and nothing else is written", () => {
  const repository = made("php-api", 1);
  const recorded = recordIn(repository.folder);
  const { outcomes, text, read } = prepare(home, recorded, 5, {});
  const changes = [...changesOf(outcomes), { file: recorded.file, text }];
  for (const path of [DOCKERFILE, "docker/php/conf.d/app.ini", ".goldenpath.json"]) {
    const was = repository.has(path) ? repository.read(path) : undefined;
    repository.write(path, "of somebody else\n");
    const before = repository.all();
    expect(() => {
      writeChanges(recorded, changes, read);
    }).toThrow(`["${path}"]: was changed meanwhile; run it again`);
    expect(repository.all()).toEqual(before);
    if (was === undefined) repository.remove(path);
    else repository.write(path, was);
  }
  writeChanges(recorded, changes, read);
  expect(repository.record().version).toBe(5);
});

describe("what was killed half-way", () => {
  /** Ends an update before one of its renames, as a signal that nobody can wait for does. */
  async function killed(repository: Made, before: number): Promise<boolean> {
    const { renameSync } = fs;
    let count = 0;
    const renames = jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
      if (++count > before) throw new Error("killed");
      renameSync(from, to);
    });
    try {
      await update(repository);
      return false;
    } catch {
      return true;
    } finally {
      renames.mockRestore();
    }
  }

  test("is ended by the next run, wherever that was, and nobody is told to commit half of it", async () => {
    const whole = made("php-api", 1);
    await update(whole);
    const [before, after] = [made("php-api", 1).all(), whole.all()];
    const seen: string[] = [];
    for (let at = 0; ; at++) {
      const repository = made("php-api", 1);
      if (!(await killed(repository, at))) break;
      const next = await update(repository);
      expect({ at, exit: next.exit, error: next.error }).toEqual({ at, exit: 0, error: "" });
      expect([at, repository.all()]).toEqual([at, after]);
      seen.push(next.out.includes("nothing to do") ? "ended" : "again");
    }
    expect(new Set(seen)).toEqual(new Set(["again", "ended"]));
    expect(before).not.toEqual(after);
  });

  test("is said by --check, which ends nothing, and ended before a file is ejected", async () => {
    const repository = made("php-api", 1);
    for (let at = 2; !repository.has(".rendered.next/changes.json"); at++) await killed(repository, at);
    const half = repository.all();
    expect(await update(repository, "--check")).toMatchObject({
      ...{ exit: 1, out: "" },
      error: expect.stringContaining("goldenpath update without --check ends it") as string,
    });
    expect(repository.all()).toEqual(half);
    const { exit } = await run(repository.folder, "eject", DOCKERFILE, "--reason", "our base image is another one");
    expect(exit).toBe(0);
    expect(repository.record()).toMatchObject({ version: 5, ejected: { [DOCKERFILE]: { version: 5 } } });
    expect(repository.has("docker/php/php.ini")).toBe(false);
  });
});

describe("a service in a program", () => {
  test("is updated by its folder, and what services have in common is that one's who wrote it", async () => {
    const repository = made("node-api", 1, (one) => {
      writeInto(one, home, { template: "node-api", version: 1, name: "billing" });
    });
    const { exit, out, error } = await update(repository, "services/billing");
    expect({ exit, error }).toEqual({ exit: 0, error: "" });
    expect(out).toContain(`billing: node-api 1 → 5
removed services/billing/test/http.test.mjs
moved services/billing/test/port-of-metrics.test.mjs, which was services/billing/test/metrics-server.test.mjs
`);
    expect(repository.read("docker/node/Dockerfile")).toContain("-alpine AS base");
    expect(repository.record().version).toBe(1);
    repository.commit();
    expect((await update(repository)).out).toContain("updated docker/node/Dockerfile\n");
    repository.commit();
    expect((await update(repository, "services/billing")).out).toBe("billing: node-api 5, nothing to do\n");
  });

  test("is named where the program itself is none", async () => {
    const repository = made("node-api", 1, (one) => {
      writeInto(one, home, { template: "node-api", version: 1, name: "billing" });
      one.remove(".goldenpath.json");
    });
    expect(await update(repository)).toMatchObject({
      exit: 2,
      error: expect.stringContaining('has no .goldenpath.json; name "services/billing"') as string,
    });
    expect((await run(join(repository.folder, "services/billing"), "update", "--json")).exit).toBe(0);
    expect(repository.has("services/billing/test/http.test.mjs")).toBe(false);
  });
});

test("the versions of these tests do what they are for", () => {
  const paths = ({ files }: Archive) => files.map(({ path }) => path.replace(/[\uE000\uE001]/g, "."));
  const [one, two, three, four, five] = phpVersions().map(paths);
  expect(two).toEqual(expect.arrayContaining(["docker/php/conf.d/app.ini"]));
  expect(one).not.toContain("docker/php/conf.d/app.ini");
  expect(two?.filter((path) => three?.includes(path) === false)).toEqual(["services/.name./tests/LoggerTest.php"]);
  expect([four?.length, five?.length]).toEqual([(three?.length ?? 0) - 1, (three?.length ?? 0) - 1]);
});
