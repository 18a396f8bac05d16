import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { COMMANDS } from "../../cli/commands";
import { changeJson, planJson } from "../constructs/plan/plans";
import { ON_A_DAY } from "../support/on-a-day";

/* The program `goldenpath` as people and programs call it, in processes of its own. */

const ROOT = join(__dirname, "..", "..");
const BIN = join(ROOT, "cli", "goldenpath.mjs");

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "goldenpath-cli-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function run(args: readonly string[], cwd = ROOT, command = [process.execPath, BIN, ...args]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, CDKTF_OUTDIR: join(folder, "out"), ...ON_A_DAY };
  const [file = "", ...rest] = command;
  const { status, stdout, stderr } = spawnSync(file, rest, { cwd, encoding: "utf8", env });
  return { status, stdout, stderr };
}

/** A repository of somebody else, with these files. */
function repository(name: string, files: Readonly<Record<string, string>>): string {
  const root = join(folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

describe("help", () => {
  test.each([[[]], [["--help"]], [["-h"]], [["help"]]])("goldenpath %j lists every command", (args) => {
    const { status, stdout, stderr } = run(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    for (const { name, summary } of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${name} +${summary}$`, "m"));
  });

  test.each(COMMANDS.map((command) => [command.name, command] as const))("%s --help", (name, { options, exits }) => {
    const { status, stdout, stderr } = run([name, "--help"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^usage: goldenpath ${name} `));
    for (const option of [...Object.keys(options), "help"]) expect(stdout).toContain(`\n  --${option}`);
    expect(stdout).toContain(`\n  0  ${exits.done}\n  1  ${exits.wrong}\n  2  `);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(run(["help", name])).toEqual({ status, stdout, stderr });
  });

  test("a command is a file of its name, by which the launcher knows it", () => {
    const files = readdirSync(join(ROOT, "cli", "commands")).map((file) => file.replace(/\.ts$/, ""));
    expect(files.sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
  });

  test("neither help nor a wrong command line needs environments", () => {
    const root = repository("broken", { "package.json": "{}", "environments/index.ts": "export const = ;\n" });
    expect(run(["--help"], root)).toMatchObject({ status: 0, stderr: "" });
    expect(run(["render", "--help"], root)).toMatchObject({ status: 0, stderr: "" });
    expect(run(["rendr"], root)).toMatchObject({ status: 2 });
  });

  test("--version is that of the package", () => {
    expect(run(["--version"]).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test.each([
  [
    ["synht"],
    `"synht": no such command; use "init", "new", "update", "eject", "synth", "fix", "render", "parity", "portability", "capacity", "radar", "portal", "scorecard", "ledger", "rights", "preflight", "rehearse", "report", "compare", "reviewed", "first-plan", "export", "rollback", "connect", "run", "images", "preview", "sweep", "requests" or "add" (did you mean "synth"?)`,
  ],
  [["--vresion"], `--vresion: no such option; use --help or --version (did you mean "--version"?)`],
  [
    ["render", "--chekc"],
    `--chekc: no such option; use --record, --check, --json, --quiet or --help (did you mean "--check"?)`,
  ],
  [["render", "staging"], `"staging": render takes no words; leave it out`],
  [["synth", "--json=yes"], `--json: takes no value; leave "yes" out`],
  [["portability", "staging", "--format"], `--format: has no value; use "text", "markdown" or "json"`],
  [
    ["portability", "staging", "--format=jsn"],
    `--format: got "jsn"; use "text", "markdown" or "json" (did you mean "json"?)`,
  ],
  [["rollback"], "rollback: name an environment"],
  [["rollback", "staging", "--yes"], "--yes: answers a question that only --run asks; give both, or neither"],
  [
    ["rollback", "staging", "--run"],
    "--run: asks before it begins, and standard input is no terminal; give --yes with it",
  ],
  [["rollback", "staging", "--timeout", "1m"], `--timeout: got "1m"; give seconds, 1 to 999999`],
  [["synth", "--constructor"], `--constructor: no such option; use --json, --quiet or --help`],
])("%j is a wrong command line: one line, exit code 2", (args, message) => {
  expect(run(args)).toEqual({ status: 2, stdout: "", stderr: `${message}\n` });
});

describe("synth", () => {
  test("prints what it wrote, where, and what comes next", () => {
    const { status, stdout, stderr } = run(["synth", "local"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^environment {2}stacks {2}resources\nlocal +2 +\d{2,}\n\n/);
    expect(stdout).toContain(join(folder, "out"));
    expect(stdout).toMatch(/\nnext: npx cdktf diff local\n$/);
  });

  test("--json is the same for programs", () => {
    const { status, stdout } = run(["synth", "local", "--json"]);
    const { environments } = JSON.parse(stdout) as { environments: object[] };
    expect(status).toBe(0);
    expect(environments).toEqual([
      {
        name: "local",
        stacks: ["local-platform", "local"].map((name) => ({ name, resources: expect.any(Number) as number })),
      },
    ]);
  });
});

test("render --check --json lists what would change: nothing", () => {
  expect(run(["render", "--check", "--json"])).toEqual({ status: 0, stdout: "[]\n", stderr: "" });
});

test("parity --json says what was compared and how it was judged", () => {
  const { status, stdout, stderr } = run(["parity", "--json"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toContainEqual(expect.objectContaining({ title: "Compose and the cluster" }));
});

describe("capacity", () => {
  test("says what an environment needs at most, for people and for programs", () => {
    const { status, stdout, stderr } = run(["capacity", "gke-staging"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^gke-staging\n {2}Nodes\n/);
    expect(stdout).toContain("applications: 6 of 7.4 CPUs; 7.5 of 23.1 GiB; 41 of 432 pods\n");
    const [report] = JSON.parse(run(["capacity", "gke-staging", "--json"]).stdout) as { environment: string }[];
    expect(report?.environment).toBe("gke-staging");
  });

  test("an unknown environment is a wrong command line", () => {
    expect(run(["capacity", "stagging"])).toMatchObject({ status: 2, stdout: "" });
  });
});

describe("radar", () => {
  test("exits 1 where something is past its end of support on the day, and prints all of it as JSON", () => {
    const { status, stdout, stderr } = run(["radar", "--on", "2027-03-01", "--json"]);
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const { on, versions } = JSON.parse(stdout) as { on: string; versions: { product: string; standing: string }[] };
    expect(on).toBe("2027-03-01");
    expect(versions).toContainEqual(
      expect.objectContaining({ product: "OpenTofu", version: "1.12", standing: "past" }),
    );
    expect(versions).toContainEqual(expect.objectContaining({ product: "RabbitMQ", standing: "accepted" }));
  });

  test("exits 0 on a day when nothing is, which is today if none is said", () => {
    const { status, stdout, stderr } = run(["radar"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Support on 2026-11-28\n\nPast the end of support, and accepted/);
  });

  test.each(["2027-02-29", "soon"])("--on %s is a wrong command line", (day) => {
    const stderr = `--on: got "${day}"; give a day, such as 2027-03-01\n`;
    expect(run(["radar", "--on", day])).toEqual({ status: 2, stdout: "", stderr });
  });
});

describe("portal", () => {
  test("writes a site of what is asked for, and says which file to open", () => {
    const site = join(folder, "out", "portal");
    const { status, stdout, stderr } = run(["portal", "local"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^wrote \\d+ files in ${site}\nopen ${site}/index.html\n$`));
    expect(readFileSync(join(site, "environments", "local.html"), "utf8")).toContain('<time datetime="2026-11-28">');
    // The API of the catalog that this repository renders.
    expect(existsSync(join(site, "apis", "my-app", "backend.html"))).toBe(true);
    expect(run(["portal", "local"]).stdout).toBe(`nothing has changed\nopen ${site}/index.html\n`);
  });

  test("goes to another folder, of another day, with another title, and says the same to programs", () => {
    const elsewhere = join(folder, "site");
    const args = ["portal", "local", "--folder", elsewhere, "--title", "Acme & Co", "--on", "2027-03-01", "--json"];
    const { status, stdout, stderr } = run(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const said = JSON.parse(stdout) as { readonly folder: string; readonly changes: readonly unknown[] };
    expect(said.folder).toBe(elsewhere);
    expect(said.changes).toContainEqual({ file: "environments/local.html", change: "write" });
    expect(readFileSync(join(elsewhere, "index.html"), "utf8")).toContain("<h1>Acme &amp; Co</h1>");
    expect(run([...args.slice(0, -1), "--quiet"])).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("has the name that it had, and says which one it has", () => {
    const { status, stdout, stderr } = run(["page", "local", "--folder", join(folder, "old"), "--json"]);
    expect(status).toBe(0);
    expect(stderr).toBe("goldenpath page is called goldenpath portal now; see goldenpath portal --help\n");
    expect(JSON.parse(stdout)).toMatchObject({ folder: join(folder, "old") });
  });

  test.each<[readonly string[], string]>([
    [["--on", "soon"], '--on: got "soon"; give a day, such as 2027-03-01'],
    [["lokal"], 'arguments: got "lokal", no such environment'],
  ])("%j is a wrong command line", (args, message) => {
    const { status, stdout, stderr } = run(["portal", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("scorecard", () => {
  test("grades an environment, says what comes next, and fails below a grade that is asked for", () => {
    const { status, stdout, stderr } = run(["scorecard", "local"]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^local: my-app, below bronze \(team-my-app, profile small\)\n {2}my-app +application +none\n/,
    );
    expect(stdout).toContain(
      "for bronze: somebody is called when it fails\n      nobody is called\n      environments.local.observability: choose what measures it\n",
    );
    const failed = run(["scorecard", "local", "--least", "bronze", "--json"]);
    expect(failed).toMatchObject({ status: 1, stderr: "local: my-app is below bronze\n1 below bronze\n" });
    expect(JSON.parse(failed.stdout)).toMatchObject({
      on: "2026-11-28",
      scorecards: [{ environment: "local", application: "my-app", grade: "none" }],
    });
  });

  test.each<[readonly string[], string]>([
    [["--on", "soon"], '--on: got "soon"; give a day, such as 2027-03-01'],
    [["--least", "platinum"], '--least: got "platinum"; use "bronze", "silver" or "gold"'],
    [["local", "--application", "my-ap"], 'got "my-ap", none in local; use "my-app" (did you mean "my-app"?)'],
    [["lokal"], 'arguments: got "lokal", no such environment'],
  ])("%j is a wrong command line", (args, message) => {
    const { status, stdout, stderr } = run(["scorecard", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(message);
  });
});

describe("reviewed", () => {
  const SECRET = "correct-horse-battery";
  const plan = (disk: number, more: Readonly<Record<string, unknown>> = {}): string =>
    planJson(
      [
        changeJson({
          ...{ before: { disk: 20, password: SECRET }, after: { disk, password: `${SECRET}2` } },
          ...{ before_sensitive: { password: true }, after_sensitive: { password: true } },
        }),
      ],
      more,
    );
  const root = (): string =>
    repository("plans", {
      "staging.json": plan(40),
      "later/staging.json": plan(40, { timestamp: "2027-01-01T00:00:00Z" }),
      "moved/staging.json": plan(60),
      "failed/staging.json": plan(40, { errored: true }),
      "cut/staging.json": plan(40).slice(0, -50),
      "model.json": JSON.stringify({
        resources: {
          staging: {
            "aws_db_instance.orders": {
              of: "/environments/staging/applications/my-app/services/orders-db",
              part: "db instance",
            },
          },
        },
      }),
    });

  test("prints a digest, which is that of a plan made later, and says what moved in the words of the model", () => {
    const folderOf = root();
    const wrote = run(["reviewed", "staging.json", "--write", "reviewed.json"], folderOf);
    expect(wrote).toEqual({ status: 0, stdout: expect.stringMatching(/^[0-9a-f]{64}\n$/) as string, stderr: "" });
    expect(readFileSync(join(folderOf, "reviewed.json"), "utf8")).not.toContain(SECRET);
    expect(run(["reviewed", "later/staging.json", "--against", "reviewed.json"], folderOf)).toEqual(wrote);
    const args = ["moved/staging.json", "--against", "reviewed.json", "--model", "model.json"];
    const moved = run(["reviewed", ...args], folderOf);
    expect(moved.status).toBe(1);
    expect(moved.stderr).toBe(
      "staging: my-app / orders-db, db instance (aws_db_instance.orders): disk: was reviewed to change from 20 to 40, and is to change from 20 to 60\n" +
        "\n1 difference from what was reviewed; review this plan, or make another\n",
    );
    const json = JSON.parse(run(["reviewed", ...args, "--json"], folderOf).stdout) as Record<string, unknown>;
    expect(json).toEqual({
      digest: moved.stdout.trim(),
      reviewed: wrote.stdout.trim(),
      moved: [moved.stderr.split("\n")[0]],
    });
  });

  test("keeps nothing of another plan, and finds the model of the program above", () => {
    const folderOf = root();
    run(["reviewed", "staging.json", "--write", "reviewed.json"], folderOf);
    const before = readFileSync(join(folderOf, "reviewed.json"), "utf8");
    mkdirSync(join(folderOf, "out"), { recursive: true });
    writeFileSync(join(folderOf, "out", "model.json"), readFileSync(join(folderOf, "model.json")));
    const args = ["reviewed", "staging.json", "--against", "../reviewed.json", "--write", "../reviewed.json"];
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, CDKTF_OUTDIR: "out" };
    const { status, stderr } = spawnSync(process.execPath, [BIN, ...args], {
      ...{ cwd: join(folderOf, "moved"), encoding: "utf8", env },
    });
    expect({ status, names: stderr.startsWith("staging: my-app / orders-db, db instance") }).toEqual({
      status: 1,
      names: true,
    });
    expect(readFileSync(join(folderOf, "reviewed.json"), "utf8")).toBe(before);
  });

  test("refuses in one line what is no plan, nor a file of what was reviewed, and prints nothing of it", () => {
    const folderOf = root();
    writeFileSync(join(folderOf, "changed.json"), '{"version":1,"digest":"0","stacks":{}}');
    const said = (...args: readonly string[]): string => {
      const { status, stdout, stderr } = run(["reviewed", ...args], folderOf);
      expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({ status: 2, stdout: "", lines: 2 });
      expect(stderr).not.toContain(SECRET);
      return stderr;
    };
    expect(said("cut/staging.json")).toContain("cut/staging.json: is no JSON, or cut short; give what");
    expect(said("failed/staging.json")).toContain("failed/staging.json: is of a run that failed");
    expect(said("absent.json")).toBe("absent.json: cannot be read, ENOENT; name a file\n");
    expect(said("staging.json", "later/staging.json")).toContain('is the second plan of stack "staging"');
    expect(said("staging.json", "--against", "staging.json")).toContain("staging.json: has no digest, or no stacks;");
    expect(said("staging.json", "--against", "changed.json")).toContain(
      "changed.json: says another digest than it has",
    );
    expect(said("staging.json", "--write", "nowhere/reviewed.json")).toContain(
      "nowhere/reviewed.json: cannot be written, ENOENT",
    );
    expect(said("staging.json", "--model", "cut/staging.json")).toContain(
      "is no JSON; give the model.json of a synthesis",
    );
    expect(said()).toContain("plan");
  });
});

test("a reader that has seen enough is no error", () => {
  const { stdout, stderr } = run([], ROOT, ["sh", "-c", `'${process.execPath}' '${BIN}' parity | head -n 1`]);
  expect({ stdout: stdout.split("\n").length, stderr }).toEqual({ stdout: 2, stderr: "" });
});

describe("in another repository", () => {
  test("the folder is the nearest one with a package.json, and a file that is not there is one message", () => {
    const root = repository("empty", { "package.json": "{}", "deep/er/x": "" });
    expect(run(["synth"], join(root, "deep", "er"))).toEqual({
      status: 1,
      stdout: "",
      stderr: `${root}/environments/index.ts: no such file; make it, or name another file in goldenpath.environments in ${root}/package.json\n`,
    });
  });

  test.each([
    [
      { enviroments: "x.ts" },
      'goldenpath.enviroments: unknown field; use "environments", "outputs", "comparisons", "pins"',
    ],
    [{ environments: "x.ts" }, "x.ts: no such file; correct goldenpath.environments in "],
    [{ environments: 4 }, "4: no such file; correct goldenpath.environments in "],
  ])("package.json that names %j", (goldenpath, message) => {
    const root = repository("wrong", {
      "package.json": JSON.stringify({ goldenpath }),
      "environments/index.ts": "export const environments = [];\n",
    });
    const { status, stdout, stderr } = run(["synth"], root);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(message);
    // What is wrong with the command line comes first.
    expect(run(["synth", "--jsn"], root)).toMatchObject({ status: 2 });
  });

  test("a package.json that cannot be read is named", () => {
    const root = repository("isInvalid", { "package.json": "{" });
    const { status, stdout, stderr } = run(["synth"], root);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^${root}/package\\.json: .*; correct it\\n$`));
  });
});
