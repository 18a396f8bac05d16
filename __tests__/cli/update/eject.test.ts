import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { originsIn } from "../../../cli/update/origins";
import { type Archive, mark } from "../../../constructs/templates/archive";
import { nodeVersions, packageWith, phpVersions } from "../../support/templates/later-versions";
import { type Made, writeInto } from "../../support/templates/updating";
import { Workshop } from "./support/workshop";

/* A file that is the team's by a reason: what is recorded, what updates make of it, and how it comes back. */

const place = mkdtempSync(join(tmpdir(), "goldenpath-eject-test-"));
const home = join(place, "package");
const { made, run } = new Workshop(place, home);
beforeAll(() => {
  packageWith(home, [...phpVersions(), ...nodeVersions()]);
});
afterAll(() => {
  rmSync(place, { recursive: true });
});

const eject = (repository: Made, ...args: readonly string[]) => run(repository.folder, "eject", ...args);
const update = (repository: Made, ...args: readonly string[]) => run(repository.folder, "update", ...args);

/** A version more, of which a file has become another. */
function shortened(last: Archive | undefined, path: string): Archive {
  if (last === undefined) throw new Error("no version");
  const at = path.replace("orders", mark("name"));
  const files = last.files.map((file) => (file.path === at ? { ...file, text: "{}\n" } : file));
  return { ...last, version: last.version + 1, renamed: {}, files };
}

const DOCKERFILE = "docker/php/Dockerfile";
const REASON = "our base image comes from another team";

async function ejected(path: string, edit: (made: Made) => void = () => undefined): Promise<Made> {
  const repository = made("php-api", 1, edit);
  expect(await eject(repository, path, "--reason", REASON)).toEqual({
    ...{ exit: 0, error: "" },
    out: `ejected ${path}, of php-api 1\n`,
  });
  repository.commit();
  return repository;
}

test("it is recorded with its reason and its version, and nothing else is written", async () => {
  const repository = made("php-api", 1);
  const before = repository.all();
  await eject(repository, DOCKERFILE, "--reason", `  ${REASON} `);
  const { ejected: found, ...rest } = repository.record();
  const { digest, version, ...record } = rest;
  expect(found).toEqual({ [DOCKERFILE]: { reason: REASON, version: 1, digest } });
  expect({ ...record, digest, version }).toEqual(JSON.parse(before.get(".goldenpath.json") ?? ""));
  for (const [path, text] of repository.all()) if (path !== ".goldenpath.json") expect(text).toBe(before.get(path));
});

test("an update passes it over, keeps its record, and says line by line what it misses", async () => {
  const repository = await ejected(DOCKERFILE, (one) => {
    one.write(DOCKERFILE, "FROM registry.example.com/php\n");
  });
  const { exit, out } = await update(repository);
  expect(exit).toBe(0);
  expect(repository.read(DOCKERFILE)).toBe("FROM registry.example.com/php\n");
  expect(out).toContain(`
  docker/php/Dockerfile: ejected, as "${REASON}"; it misses
    @@ -`);
  expect(out).toContain("\n    +ARG PHP_VERSION=8.5\n");
  expect(repository.record()).toMatchObject({ version: 5, ejected: { [DOCKERFILE]: { reason: REASON, version: 1 } } });
  expect(repository.record().files["merged"]).toContain(DOCKERFILE);
  repository.commit();
  expect((await update(repository)).out).toBe("orders: php-api 5, nothing to do\n");
});

test("it stays at its path where the template has it at another, and comes back there with what it missed", async () => {
  const repository = await ejected("docker/php/php.ini", (one) => {
    one.edit("docker/php/php.ini", "expose_php", "; ours\nexpose_php");
  });
  const { out } = await update(repository);
  expect(out).toContain(`docker/php/php.ini: ejected, as "${REASON}", as docker/php/conf.d/app.ini by now\n`);
  expect([repository.has("docker/php/php.ini"), repository.has("docker/php/conf.d/app.ini")]).toEqual([true, false]);
  const { merged = [] } = repository.record().files;
  expect(merged.filter((path) => path.endsWith(".ini"))).toEqual(["docker/php/php.ini"]);
  repository.commit();
  expect(await eject(repository, "docker/php/php.ini", "--back")).toMatchObject({
    exit: 0,
    out: "docker/php/php.ini: of php-api 5 again, with what it has missed, as docker/php/conf.d/app.ini\n",
  });
  expect(repository.read("docker/php/conf.d/app.ini")).toContain("; ours\nexpose_php");
  expect(repository.has("docker/php/php.ini")).toBe(false);
  expect(repository.record()["ejected"]).toBeUndefined();
  expect(repository.record().files["merged"]).toEqual(merged.map((path) => path.replace("php.ini", "conf.d/app.ini")));
});

test("coming back puts together what it missed, or marks where the two meet", async () => {
  const repository = await ejected(DOCKERFILE, (one) => {
    one.edit(DOCKERFILE, "ARG PHP_VERSION=8.4", "ARG PHP_VERSION=8.4.2");
    one.edit(DOCKERFILE, "WORKDIR", "# ours\nWORKDIR");
  });
  await update(repository);
  repository.edit(DOCKERFILE, "# ours", "# ours, later");
  expect((await eject(repository, DOCKERFILE, "--back")).error).toContain("has changes that are not committed");
  repository.commit();
  expect(await eject(repository, DOCKERFILE, "--back")).toMatchObject({
    exit: 3,
    out: `${DOCKERFILE}: of php-api 5 again, with conflicts in line 8 of ${DOCKERFILE}\n`,
  });
  const text = repository.read(DOCKERFILE);
  for (const line of [
    "<<<<<<< yours",
    "8.4.2",
    "||||||| php-api 1",
    ">>>>>>> php-api 5",
    "# ours, later",
    "alpine3.22",
  ]) {
    expect(text).toContain(line);
  }
});

test("one that the template takes away is said, and gone or the team's when it comes back", async () => {
  const path = "services/orders/tests/LoggerTest.php";
  for (const isEdited of [false, true]) {
    const repository = await ejected(path, (one) => {
      if (isEdited) one.edit(path, "<?php", "<?php\n// ours");
    });
    expect((await update(repository)).out).toContain(`${path}: ejected, as "${REASON}"; it misses\n    @@ -1,`);
    expect(repository.has(path)).toBe(true);
    repository.commit();
    expect((await eject(repository, path, "--back")).out).toContain(
      isEdited ? `${path}: yours, as ` : `${path}: removed, as `,
    );
    expect(repository.has(path)).toBe(isEdited);
    expect(repository.record().files["merged"]).not.toContain(path);
    repository.commit();
    expect((await update(repository)).out).toBe("orders: php-api 5, nothing to do\n");
  }
});

test("a link and a text of another coding can be ejected, and are passed over", async () => {
  const repository = await ejected(DOCKERFILE, (one) => {
    one.link(DOCKERFILE, "../../compose.yaml");
  });
  expect((await update(repository)).exit).toBe(0);
});

test("another reason takes the place of the first, and the version stays that of the day", async () => {
  const repository = await ejected(DOCKERFILE);
  await update(repository);
  await eject(repository, DOCKERFILE, "--reason", "we build it with another tool");
  expect(repository.record()).toMatchObject({
    ejected: { [DOCKERFILE]: { reason: "we build it with another tool", version: 1 } },
  });
});

test("scorecards are told of it, of the newest version, and of open conflicts", async () => {
  const repository = await ejected(DOCKERFILE, (one) => {
    one.edit("environments/outputs.ts", '["npm run typecheck", "npm test"]', '["npm run ours"]');
  });
  const origin = () => originsIn({ root: repository.folder, home }).get("orders");
  expect(origin()).toEqual({
    ...{ template: "php-api", version: 1, newest: 5, record: ".goldenpath.json", conflicts: [] },
    ejected: [{ file: DOCKERFILE, reason: REASON }],
  });
  expect((await update(repository)).exit).toBe(3);
  expect(origin()).toMatchObject({ version: 5, newest: 5, conflicts: ["environments/outputs.ts"] });
});

test("a file of a service in a program is in its record", async () => {
  const repository = made("node-api", 1, (one) => {
    writeInto(one, home, { template: "node-api", version: 1, name: "billing" });
  });
  const path = "services/billing/src/log.mjs";
  expect((await eject(repository, path, "--reason", REASON)).out).toBe(`ejected ${path}, of node-api 1\n`);
  expect(repository.read("services/billing/.goldenpath.json")).toContain(REASON);
  expect(repository.record()["ejected"]).toBeUndefined();
});

test.each<readonly [readonly string[], number, string]>([
  [
    ["compose.yaml", "--reason", REASON],
    2,
    "is rendered from the model each time; say it in the model, or take its output out",
  ],
  [["README.md", "--reason", REASON], 2, "is yours from the first day; change it as you like"],
  [
    ["docker/php/Dockerfil", "--reason", REASON],
    2,
    'is no file of a template; name one that .goldenpath.json has as merged (did you mean "docker/php/Dockerfile"?)',
  ],
  [[DOCKERFILE, "--reason", "because"], 2, 'arguments.reason: got "because"; use at least 10 characters'],
  [[DOCKERFILE, "--reason", "one line\nand another"], 2, "say it in one line"],
  [[DOCKERFILE], 2, "eject: say --reason with why, or --back\n"],
  [[DOCKERFILE, "--back", "--reason", REASON], 2, "eject: say --reason with why, or --back\n"],
  [[DOCKERFILE, "--back"], 2, "is not ejected; leave it"],
])("eject %j is refused", async (args, code, said) => {
  const repository = made("php-api", 1);
  const before = repository.all();
  const { exit, error } = await eject(repository, ...args);
  expect({ exit, error }).toEqual({ exit: code, error: expect.stringContaining(said) as string });
  expect(repository.all()).toEqual(before);
});

test("of very much that is missed people see the beginning, and programs all", async () => {
  const path = "services/orders/composer.lock";
  packageWith(home, [...phpVersions(), shortened(phpVersions().at(-1), path)]);
  const repository = await ejected(path);
  const json = JSON.parse((await update(repository, "--check", "--json")).out) as {
    files: { file: string; missed?: string[] }[];
  };
  const missed = json.files.find(({ file }) => file === path)?.missed ?? [];
  expect(missed.length).toBeGreaterThan(1000);
  expect((await update(repository)).out).toContain(`\n    … and ${missed.length - 100} lines more: --json has them\n`);
});

test("in the folder of a service a path is one from there, as everywhere", async () => {
  const program = made("node-api", 1, (one) => {
    writeInto(one, home, { template: "node-api", version: 1, name: "billing" });
  });
  const file = "services/billing/test/http.test.mjs";
  const here = join(program.folder, "services/billing");
  expect((await run(here, "eject", file, "--reason", REASON)).error).toContain("is no file of a template");
  expect(await run(here, "eject", "test/http.test.mjs", "--reason", REASON)).toEqual({
    ...{ exit: 0, error: "" },
    out: `ejected ${file}, of node-api 1\n`,
  });
  const { ejected: found } = JSON.parse(program.read("services/billing/.goldenpath.json")) as { ejected: object };
  expect(Object.keys(found)).toEqual([file]);
});
