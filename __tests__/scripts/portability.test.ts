import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { oneOf } from "../../constructs/model/problem";
import { FORMATS } from "../../constructs/portability/formats";
import type { Move } from "../../constructs/portability/report";
import { environments } from "../../environments";

const ROOT = join(__dirname, "..", "..");

const MOVE: Move = {
  environment: "staging",
  from: "Here",
  to: "There",
  like: "there-staging",
  rows: [
    { what: "cluster", from: "Kubernetes of Here 1.36", to: "Kubernetes of There 1.36" },
    { what: "nodes", from: "ten", to: "ten" },
  ],
  services: [
    {
      application: "shop",
      service: "db",
      kind: "mysql",
      rows: [
        { what: "port", from: "3306", to: "3306" },
        { what: "product", from: `a product with a name ${"that goes on ".repeat(5)}`.trim(), to: "b|c" },
        { what: "disk", from: "-", to: "-" },
      ],
    },
  ],
  refused: ["environments.staging.x: got 1; use 2"],
  missing: [],
};

const render = (format: string): string => FORMATS[format]?.([MOVE]) ?? "";

test("text is a table for terminals: what changes, then what does not", () => {
  expect(render("text")).toBe(`staging: from Here to There
What There has to be told, such as region and network, is that of there-staging.

would not work
  environments.staging.x: got 1; use 2

missing there
  nothing

environment
           Here                                                   There
  cluster  Kubernetes of Here 1.36                                Kubernetes of There 1.36
  the same: nodes (ten)

db, mysql of shop
           Here                                                   There
  product  a product with a name that goes on that goes on that   b|c
           goes on that goes on that goes on
  the same: port (3306)
`);
});

test("no line of it is wider than a terminal", () => {
  const long = { what: "w".repeat(60), from: "f".repeat(300), to: "t ".repeat(300) };
  const text = FORMATS.text([{ ...MOVE, rows: [long] }]);
  expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  expect(text.match(/f/g)?.length).toBeGreaterThan(300);
});

test("markdown is the same in tables, with nothing that would end a cell", () => {
  expect(render("markdown")).toBe(`## staging: from Here to There

What There has to be told, such as region and network, is that of there-staging.

### would not work

- environments.staging.x: got 1; use 2

### missing there

- nothing

### environment

|  | Here | There |
| --- | --- | --- |
| cluster | Kubernetes of Here 1.36 | Kubernetes of There 1.36 |

The same: nodes (ten).

### db, mysql of shop

|  | Here | There |
| --- | --- | --- |
| product | ${MOVE.services[0]?.rows[1]?.from ?? ""} | b\\|c |

The same: port (3306).
`);
});

test("a service that is the same everywhere says so", () => {
  const same = [{ what: "port", from: "3306", to: "3306" }];
  const text = FORMATS.text([{ ...MOVE, services: [], rows: same }]);
  expect(text.endsWith("environment\n  nothing changes\n  the same: port (3306)\n")).toBe(true);
});

test("json is everything, for programs", () => {
  expect(JSON.parse(render("json"))).toEqual([MOVE]);
});

describe("the command", () => {
  function run(...args: string[]) {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME };
    const command = ["cli/goldenpath.mjs", "portability", ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, encoding: "utf8", env });
    return { status, stdout, stderr };
  }

  const KNOWN = oneOf(environments.map(({ name }) => name));

  test.each([
    [["staging", "--format", "xml"], '--format: got "xml"; use "text", "markdown" or "json"\n'],
    [[], "portability: name one environment\n"],
    [["staging", "production"], 'portability: got "staging", "production"; name one environment\n'],
    [["staging", "--colour"], "--colour: no such option; use --format, --json or --help\n"],
  ])("%j is a wrong command line, said in one line", (args, message) => {
    expect(run(...args)).toEqual({ status: 2, stdout: "", stderr: message });
  });

  test("an environment that nobody has is a wrong command line", () => {
    const { status, stdout, stderr } = run("stagging");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(`arguments: got "stagging", no such environment; use ${KNOWN} (did you mean "staging"?)\n`);
  });

  test("--json and --format json print the same", () => {
    const [short, long] = [run("staging", "--json"), run("staging", "--format", "json")];
    expect(short).toMatchObject({ status: 0, stderr: "" });
    expect(short.stdout).toBe(long.stdout);
    expect(JSON.parse(short.stdout)).toMatchObject([{ environment: "staging" }, { environment: "staging" }]);
  });
});
