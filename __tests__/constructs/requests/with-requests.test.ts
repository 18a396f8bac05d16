import type { EnvironmentSpec } from "../../../constructs/environment";
import { application, type ApplicationSpec } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import { InvalidInput } from "../../../constructs/model/problem";
import type { EnvironmentTemplate } from "../../../constructs/requests/policy";
import { readSources } from "../../../constructs/requests/read-request";
import { requestSetOf, withRequests } from "../../../constructs/requests/with-requests";
import { mysql } from "../../../constructs/services/mysql";
import { myApp } from "../../../environments/my-app";
import { answerRequests } from "../../../stacks/requests/answers";
import { environments, POLICY, reports, TODAY } from "./support/world";

/* How several requests and a program come together. */

type Files = Readonly<Record<string, string>>;

const request = (name: string, more = "", application = "my-app", usedBy = "[backend]"): string => `request: database
name: ${name}
application: ${application}
usedBy: ${usedBy}
data: internal
${more}reason: A reason
requestedBy: ada
`;

const sourcesOf = (files: Files) =>
  readSources(
    "requests",
    Object.entries(files).map(([name, text]) => ({ file: `requests/${name}.yaml`, content: Buffer.from(text) })),
  );

const put = (files: Files, to: readonly EnvironmentSpec[] = environments): readonly EnvironmentSpec[] =>
  withRequests(to, sourcesOf(files), POLICY);

function problemsOf(files: Files, to?: readonly EnvironmentSpec[], only?: readonly string[]): string[] {
  try {
    loadEnvironments(put(files, to), { only });
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.report.split("\n").filter((line) => line !== "");
    throw error;
  }
}

const edited = (name: string, edit: (environment: EnvironmentSpec) => EnvironmentSpec): readonly EnvironmentSpec[] =>
  environments.map((one) => (one.name === name ? edit(one) : one));

const editedApp = (edit: (app: ApplicationSpec) => ApplicationSpec): readonly EnvironmentSpec[] => {
  const spec = application(edit(myApp));
  return environments.map((one) => ({
    ...one,
    applications: one.applications.map((overlay) =>
      overlay.application === myApp ? { ...overlay, application: spec } : overlay,
    ),
  }));
};

test("two requests of one name are told at both", () => {
  expect(problemsOf({ one: request("bills"), two: request("bills") })).toEqual([
    'requests/one.yaml:2: requests.one.name: got "bills", requests/two.yaml asks for one of this name, too; rename one of the two',
    'requests/two.yaml:2: requests.two.name: got "bills", requests/one.yaml asks for one of this name, too; rename one of the two',
  ]);
});

test("a database is of the engine that a request names, which says what is wrong with its settings", () => {
  const [first] = loadEnvironments(put({ one: request("ledger", 'engine: postgresql\nversion: "18"\n') }), {
    only: ["local"],
  });
  const services = first?.applications.flatMap((one) => one.services) ?? [];
  expect(services.find(({ name }) => name === "ledger")?.service).toMatchObject({
    kind: "postgresql",
    spec: { database: "app_db", version: "18" },
  });
  expect(problemsOf({ one: request("ledger", 'engine: postgresql\nversion: "8.4"\n') }, undefined, ["local"])).toEqual([
    expect.stringContaining('"8.4"; use "17" or "18"'),
  ]);
  expect(problemsOf({ one: request("ledger", "engine: oracle\n") })).toEqual([
    expect.stringContaining('use "mysql" or "postgresql"'),
  ]);
});

test("a service, a host and an environment may have one name, and so may services of two applications", () => {
  const files = {
    db: request("demo"),
    "reports-db": request("demo", "", "reports", "[web]"),
    env: "request: environment\nname: demo\napplication: reports\ntemplate: review\ndomains: { main: demo.localhost }\nreason: A\nrequestedBy: a\n",
  };
  expect(problemsOf(files)).toEqual([]);
});

test("every problem of every file and of the program is told at once, with its place", () => {
  const wrong = editedApp((app) => ({ ...app, owner: "Team My App" }));
  const said = problemsOf(
    { one: request("bills", "until: soon\n"), two: "a: [", zoo: request("zoo", "", "zoo") },
    wrong,
  );
  expect(said).toEqual([
    'applications.my-app.owner: got "Team My App"; use lower-case letters, digits and hyphens, a letter first and no hyphen last',
    'requests/one.yaml:6: requests.one.until: got "soon"; use a day as 2027-01-31',
    expect.stringMatching(/^requests\/two\.yaml:\d: requests\.two: is no YAML/),
    'requests/zoo.yaml:3: requests.zoo.application: got "zoo", no environment runs it; use "my-app" or "reports"',
    expect.stringMatching(/^applications\.my-app is written at .*with-requests\.test\.ts:\d+:\d+$/),
  ]);
});

test("a problem in a request stops a synthesis of one environment, too", () => {
  expect(problemsOf({ one: request("bills", "until: soon\n") }, environments, ["lab"])).toHaveLength(1);
});

test("the program's own services keep the plain names, and requests have theirs before them", () => {
  const [local] = put({ one: request("bills") });
  const { application: made } = local?.applications[0] ?? {};
  expect(made).toMatchObject({ prefixedServices: ["bills"] });
  expect(made?.workloads.backend?.needs?.at(-1)).toEqual({ to: "bills", prefix: "BILLS_" });
});

test("where nothing of a kind is in the program, a second request changes no variable of the first, and one at most is plain", () => {
  const files = {
    one: request("one-db", "", "reports", "[web]"),
    two: request("two-db", "", "reports", "[web]"),
  };
  const needs = (given: Files) =>
    put(given).find(({ name }) => name === "lab")?.applications[0]?.application.workloads.web?.needs;
  expect(problemsOf(files)).toEqual([]);
  expect(needs(files)?.[0]).toEqual(needs({ one: files.one })?.[0]);
  const plain = request("one-db", "default: true\n", "reports", "[web]");
  expect(problemsOf({ ...files, one: plain })).toEqual([]);
  expect(problemsOf({ one: plain, two: plain.replace("one-db", "two-db") })).toEqual([
    "requests/one.yaml:6: requests.one.default: got true, requests/two.yaml says so, too; say it in one",
    "requests/two.yaml:6: requests.two.default: got true, requests/one.yaml says so, too; say it in one",
  ]);
});

test("keys in the Secret stay where they are, whatever is asked for later and whatever its name sorts before", () => {
  const defaults = (files: Files) =>
    Object.fromEntries(
      loadEnvironments(put(files))
        .find(({ name }) => name === "lab")
        ?.applications[0]?.services.map(({ name, isDefault }) => [name, isDefault]) ?? [],
    );
  const [alpha, zeta] = ["alpha", "zeta"].map((name) => request(name, "", "reports", "[web]")) as [string, string];
  const plain = request("zeta", "default: true\n", "reports", "[web]");
  expect(defaults({ zeta })).toEqual({ zeta: false });
  expect(defaults({ alpha, zeta })).toEqual({ alpha: false, zeta: false });
  expect(defaults({ zeta: plain })).toEqual({ zeta: true });
  expect(defaults({ alpha, zeta: plain })).toEqual({ alpha: false, zeta: true });
});

test("one of the program that comes later has the plain keys, and takes none from those that are asked for", () => {
  const withOne = environments.map((one) =>
    one.name === "lab"
      ? {
          ...one,
          applications: one.applications.map((overlay) => ({
            ...overlay,
            application: application({ ...reports, services: { main: mysql() } }),
          })),
        }
      : one,
  );
  const lab = loadEnvironments(put({ one: request("bills", "", "reports", "[web]") }, withOne)).find(
    ({ name }) => name === "lab",
  );
  expect(lab?.applications[0]?.services.map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ["main", true],
    ["bills", false],
  ]);
});

const DEMO =
  "request: environment\nname: demo\napplication: reports\ntemplate: review\ndomains: { main: demo.localhost }\nreason: A\nrequestedBy: a\n";

/* Clauses look for an environment by its name and application: with another one none of them would have anything to refuse. */
test.each<[what: string, template: unknown, said: string]>([
  ["nothing", () => undefined, "makes no environment"],
  ["one of another name", () => environments.at(-1), "makes an environment of another name"],
  ["one of nothing", ({ name }: { name: string }) => ({ ...environments[0], name, applications: [] }), "makes an environment that does not run the application"], // prettier-ignore
  ["an error", () => { throw new Error("boom"); }, "failed: its function threw"], // prettier-ignore
])("a template that makes %s is told at the request, with all others", (_what, template, said) => {
  const made = withRequests(environments, sourcesOf({ demo: DEMO, one: request("bills", "until: soon\n") }), {
    ...POLICY,
    templates: { review: template as EnvironmentTemplate },
  });
  expect(() => loadEnvironments(made)).toThrow(
    `requests/demo.yaml:4: requests.demo.template: got "review", the policy's template ${said}; tell the platform team`,
  );
  expect(() => loadEnvironments(made)).toThrow("requests/one.yaml:6: ");
});

test("names of files and their order change nothing", () => {
  const text = (files: Files): string =>
    JSON.stringify(loadEnvironments(put(files)).map(({ applications }) => applications));
  const [one, two] = [request("one-db"), request("two-db")];
  expect(text({ a: one, b: two })).toBe(text({ a: two, b: one }));
});

test("what an environment's own file says of the service counts before the request", () => {
  const own = edited("staging", (one) => ({
    ...one,
    applications: one.applications.map((overlay) => ({
      ...overlay,
      services: { ...overlay.services, bills: { size: "large" as const, passwords: 2 } },
    })),
  }));
  const staging = loadEnvironments(put({ one: request("bills", "sizes: { staging: small }\n") }, own)).find(
    ({ name }) => name === "staging",
  );
  const bills = staging?.applications[0]?.services.find(({ name }) => name === "bills");
  expect(bills?.sizing).toMatchObject({ size: "large", storage: "20Gi", passwords: 2 });
});

test("what is wrong with that is told of the environment's file, and not of the request", () => {
  const own = edited("lab", (one) => ({
    ...one,
    applications: one.applications.map((overlay) => ({
      ...overlay,
      hosts: { ...overlay.hosts, help: "no domain" },
      services: { bills: { size: "huge" as "large" } },
      recovery: { bills: { rpo: "soon" as "1h", rto: "4h" as const } },
    })),
  }));
  const help =
    "request: domain\nname: help\napplication: reports\nto: web\npath: /help\ndomains: { lab: help.localhost }\nreason: A\nrequestedBy: a\n";
  const said = problemsOf({ one: request("bills", "sizes: { lab: small }\n", "reports", "[web]"), two: help }, own);
  expect(said.slice(0, 3).map((line) => line.split(";")[0])).toEqual([
    'environments.lab.applications.reports.hosts.help: got "no domain"',
    'environments.lab.applications.reports.services.bills.size: got "huge"',
    'environments.lab.applications.reports.recovery.bills.rpo: got "soon"',
  ]);
});

test("an edge is in an environment, too, that says itself what the workload needs", () => {
  const own = edited("staging", (one) => ({
    ...one,
    applications: one.applications.map((overlay) => ({
      ...overlay,
      workloads: { ...overlay.workloads, backend: { ...overlay.workloads?.backend, needs: ["cache"] } },
    })),
  }));
  const staging = loadEnvironments(put({ one: request("bills") }, own)).find(({ name }) => name === "staging");
  const backend = staging?.applications[0]?.workloads.find(({ name }) => name === "backend");
  const to = backend?.edges.flatMap((edge) => (edge.to === "service" ? [edge.service.name] : []));
  expect(to).toEqual(["cache", "bills"]);
});

test("a service of the program that comes later with the same name is told at the request", () => {
  const later = editedApp((app) => ({
    ...app,
    services: { ...app.services, bills: mysql() },
    defaultServices: ["orders-db"],
  }));
  expect(problemsOf({ one: request("bills") }, later)).toEqual([
    'requests/one.yaml:2: requests.one.name: got "bills", my-app has a service of this name; use another name, or take that one out',
  ]);
});

test("a second folder of requests is refused, and what is wrong with the files of the first is told still", () => {
  const inner = put({ one: request("bills", "until: soon\n") });
  expect(problemsOf({ two: request("more") }, inner)).toEqual([
    "environments: are made with requests twice; give withRequests all environments in one call",
    'requests/one.yaml:6: requests.one.until: got "soon"; use a day as 2027-01-31',
  ]);
  const [first, ...others] = environments;
  const beside = [...put({}, first && [first]), ...put({}, others)];
  expect(() => answerRequests({ environments: beside, names: [], today: TODAY })).toThrow(/made with requests twice/);
});

test("the program itself is left as it is, and its environments tell what they are made of", () => {
  const before = JSON.stringify(myApp);
  const made = put({ one: request("bills") });
  expect(JSON.stringify(myApp)).toBe(before);
  expect(requestSetOf(made)?.before).toBe(environments);
  expect(requestSetOf([...made].reverse())?.requests.files).toHaveLength(1);
  expect(requestSetOf(environments)).toBeUndefined();
  expect(made.find(({ name }) => name === "lab")?.applications[0]?.application).toBe(reports);
});

describe("a program with mistakes of its own is told them, and no trace", () => {
  const wrong: Readonly<Record<string, object>> = {
    "no workloads": { workloads: undefined },
    "workloads that are null": { workloads: null },
    "a workload that is null": { workloads: { ...myApp.workloads, backend: null } },
    "needs that are a number": { workloads: { ...myApp.workloads, backend: { ...myApp.workloads.backend, needs: 1 } } },
    "a service that is null": { services: { "orders-db": null } },
    "services that are a text": { services: "mysql" },
    "routes that are an object": { routes: {} },
    "a route that is null": { routes: [null] },
    "default services that are a number": { defaultServices: 1 },
  };

  test.each(Object.entries(wrong))("%s", (_what, fields) => {
    const to = editedApp((app) => ({ ...app, ...fields }));
    const said = problemsOf({ one: request("bills"), two: "request: x\n" }, to);
    expect(said.some((line) => line.startsWith("applications.my-app"))).toBe(true);
    expect(said).toContain(
      'requests/two.yaml:1: requests.two.request: got "x"; use bucket, cache, database, queue, domain, environment',
    );
  });

  test.each([
    ["hosts", null],
    ["services", 1],
    ["recovery", null],
    ["workloads", null],
  ])("%s of an environment that are %p", (field, value) => {
    const to = edited("staging", (one) => ({
      ...one,
      applications: one.applications.map((overlay) => ({ ...overlay, [field]: value })),
    }));
    expect(problemsOf({ one: request("bills") }, to).join("\n")).toContain(
      `environments.staging.applications.my-app.${field}`,
    );
  });

  test("environments that are no list", () => {
    expect(() => loadEnvironments(withRequests({} as never, sourcesOf({}), POLICY))).toThrow(InvalidInput);
    expect(() => loadEnvironments(withRequests([null as never], sourcesOf({}), POLICY))).toThrow(InvalidInput);
  });
});
