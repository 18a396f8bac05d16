import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type Given, Refused } from "../../cli/command";
import { fieldsOf } from "../../cli/requests/fields";
import { readSources } from "../../constructs/requests/read-request";
import { withRequests } from "../../constructs/requests/with-requests";
import { requestText } from "../../constructs/requests/write-request";
import { withRequest } from "../../stacks/requests/add";
import { environments, POLICY } from "../constructs/requests/support/world";
import { ON_A_DAY } from "../support/on-a-day";

/* `goldenpath requests` and `goldenpath add`; what they print for a program with requests, the packed package shows. */

const ROOT = join(__dirname, "..", "..");

const run = (...args: readonly string[]) => runOn(ON_A_DAY, ...args);

function runOn(day: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...day };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, "cli", "goldenpath.mjs"), ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

const WITHOUT =
  'environments: are made without requests; say: export const environments = withRequests([ … ], readRequests("requests"), policy({ … }))\n\n' +
  "1 problem, nothing was written\n";

test.each([[["requests"]], [["add", "cache", "sessions"]]])(
  "%j of a program without requests says how to have them",
  (args) => {
    expect(run(...args)).toEqual({ status: 1, stdout: "", stderr: WITHOUT });
  },
);

test.each([
  [["add", "cache"], 'add: got "cache"; name a word\n'],
  [
    ["add", "cache", "sessions", "--sizes", "small"],
    '--sizes: got "small"; give names and values: staging=…,production=…\n',
  ],
  [["requests", "--on", "2027-02-29"], '--on: got "2027-02-29"; give a day, such as 2027-03-01\n'],
])("%j is a wrong command line", (args, said) => {
  expect(run(...args)).toEqual({ status: 2, stdout: "", stderr: said });
});

test.each([[["requests"]], [["add", "cache", "sessions"]]])("%j on no day says which variable is none", (args) => {
  const said = 'GOLDENPATH_TODAY: got "soon"; give a day, such as 2027-03-01\n';
  expect(runOn({ GOLDENPATH_TODAY: "soon" }, ...args)).toEqual({ status: 2, stdout: "", stderr: said });
});

const given = (values: Readonly<Record<string, string>>, flags: readonly string[] = []): Given => ({
  words: [],
  values: new Map(Object.entries(values)),
  flags: new Set(flags),
});

const GIVEN = given(
  {
    application: "reports",
    reason: "no: is not a boolean",
    "requested-by": "ada",
    "used-by": "web,web:read",
    data: "internal",
    sizes: "lab=small",
    recovery: "lab=1h/4h",
    version: "8.4",
    until: "2027-01-01",
  },
  ["default"],
);

test("a command line is the fields of a file", () => {
  expect(fieldsOf(GIVEN)).toEqual({
    application: "reports",
    reason: "no: is not a boolean",
    requestedBy: "ada",
    usedBy: ["web", { workload: "web", access: "read" }],
    data: "internal",
    sizes: { lab: "small" },
    domains: undefined,
    recovery: { lab: { rpo: "1h", rto: "4h" } },
    version: "8.4",
    until: "2027-01-01",
    default: true,
  });
  expect(() => fieldsOf(given({ recovery: "lab=1h" }))).toThrow(Refused);
});

test("what is written is read back as what was given, whatever texts are in it", () => {
  for (const reason of ["no", "1e9", "- a", "# b", "'\"", "a: b", "${x}", "2027-01-01", " a ", "\u00fc"]) {
    const fields = { ...fieldsOf(GIVEN), reason };
    const text = requestText({ request: "database", name: "try", fields }, "./request.schema.json");
    const { files, problems } = readSources("requests", [{ file: "requests/try.yaml", content: Buffer.from(text) }]);
    expect({ reason, problems }).toEqual({ reason, problems: [] });
    const written = JSON.parse(JSON.stringify(fields)) as object;
    expect(files[0]?.request).toEqual({ request: "database", name: "try", ...written });
  }
});

test("a request that does not fit is told without a line of the file that is not there, and others with theirs", () => {
  const one = { file: "requests/one.yaml", content: Buffer.from("request: cache\n") };
  const made = withRequests(environments, readSources("requests", [one]), POLICY);
  expect(() => withRequest(made, "two", () => "request: cache\nname: two\n")).toThrow(
    /^requests\/one\.yaml:1: requests\.one\.name: missing[\s\S]*\nrequests\.two\.application: missing/,
  );
});
