import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { type Repository, Workplace } from "./support/repository";

/* `goldenpath new` as people call it, by the package as npm installed it: what it says, what it refuses, and what is on the disk afterwards. */

let workplace: Workplace;
beforeEach(() => {
  workplace = new Workplace();
});
afterEach(() => {
  workplace.remove();
});

const fresh = (...args: readonly string[]) => workplace.goldenpath("new", "service", ...args);

test("two runs write the same bytes, and say what comes next", () => {
  const first = workplace.make("orders", "--template", "worker", "--owner", "shop");
  const second = new Workplace();
  try {
    const other = second.make("orders", "--template", "worker", "--owner", "shop");
    expect(other.files()).toEqual(first.files());
    for (const file of first.files())
      expect({ file, text: other.read(file) }).toEqual({ file, text: first.read(file) });
  } finally {
    second.remove();
  }
  expect(readdirSync(workplace.folder)).toEqual(["orders"]);
  const { status, output } = fresh("more", "--template", "worker");
  expect(status).toBe(0);
  expect(output).toContain("wrote more/services/more/server.mjs\n");
  expect(output).toMatch(/\nrendered from the model:\n( {2}\S.*\n)+/);
  expect(output).toMatch(/\nnext:\n {2}cd more && npm install\n {2}npm test\n {2}npm run render\n$/);
});

test("what the record says is what is there, and no name is left that is a stand-in", () => {
  const repository = workplace.make("order-box", "--template", "php-api", "--owner", "shop", "--php", "8.5");
  const record = JSON.parse(repository.read(".goldenpath.json")) as {
    inputs: object;
    files: Readonly<Record<string, readonly string[]>>;
  };
  expect(record).toMatchObject({ template: "php-api", version: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(record.inputs).toMatchObject({ name: "order-box", owner: "shop", php: "8.5", cloud: "aws" });
  expect(Object.values(record.files).flat().sort()).toEqual(
    repository
      .files()
      .filter((file) => file !== ".goldenpath.json")
      .sort(),
  );
  expect(record.files["seeded"]).toContain("services/order-box/src/Routes.php");
  expect(record.files["merged"]).toContain("services/order-box/src/Http/App.php");
  for (const file of repository.files()) {
    const text = `${file} ${repository.read(file)}`;
    expect({ file, left: /my-app|my_app|my-team|\uE000|\uE001|0\.0\.0-specifier/.exec(text)?.[0] }).toEqual({ file });
  }
  expect(repository.read("environments/outputs.ts")).toContain('PHP_VERSION: "8.5"');
});

test("the catalog names the team, in which nobody is until the team says so, and asks nobody to review", () => {
  const repository = workplace.make("pages", "--template", "node-web", "--owner", "shop");
  const entities = parseAllDocuments(repository.read("catalog-info.yaml")).map(
    (document) => document.toJS() as { kind: string; metadata: { name: string }; spec: Record<string, unknown> },
  );
  const of = (wanted: string) => entities.filter(({ kind }) => kind === wanted);
  expect(of("Group").map(({ metadata, spec }) => [metadata.name, spec])).toEqual([
    ["shop", { type: "team", children: [] }],
  ]);
  expect(of("User")).toEqual([]);
  expect(of("Component").map(({ metadata, spec }) => [metadata.name, spec["type"], spec["owner"]])).toEqual([
    ["pages-web", "website", "group:default/shop"],
  ]);
  expect(repository.files().filter((file) => file.endsWith("CODEOWNERS"))).toEqual([]);
  repository.install("links");
  expect(repository.must(["npx", "goldenpath", "scorecard"])).toContain("nobody knows who is in shop");
});

test("where files are in the way each is named, and nothing is written or changed", () => {
  mkdirSync(join(workplace.folder, "orders/services"), { recursive: true });
  writeFileSync(join(workplace.folder, "orders/package.json"), "ours");
  writeFileSync(join(workplace.folder, "orders/services/orders"), "ours");
  const { status, output } = fresh("orders", "--template", "worker");
  expect(status).toBe(1);
  expect(output).toContain("orders/package.json: is there; choose another name, or move it away\n");
  expect(output).toContain("orders/services/orders/server.mjs: is there; choose another name, or move it away\n");
  expect(output).toMatch(/\n\nnothing was written\n$/);
  expect(readdirSync(join(workplace.folder, "orders")).sort()).toEqual(["package.json", "services"]);
  writeFileSync(join(workplace.folder, "file"), "ours");
  expect(fresh("file", "--template", "worker")).toEqual({
    status: 1,
    output: "file: is a file; choose another name, or move it away\n\n1 problem, nothing was written\n",
  });
});

test("a repository that git has begun is filled, and keeps what it has", () => {
  mkdirSync(join(workplace.folder, "orders/.git"), { recursive: true });
  writeFileSync(join(workplace.folder, "orders/LICENSE"), "ours");
  const repository = workplace.make("orders", "--template", "node-web");
  expect(repository.read("LICENSE")).toBe("ours");
  expect(repository.has("environments/orders.ts")).toBe(true);
  expect(readdirSync(repository.folder).filter((name) => name.startsWith(".rendered"))).toEqual([]);
});

test.each([
  [["Orders", "--template", "worker"], 2, /^arguments\.name: got "Orders"; use lower-case letters/],
  [["staging", "--template", "worker"], 2, /^arguments\.name: got "staging"; use another name/],
  [["../orders", "--template", "worker"], 2, /^arguments\.name: got "\.\.\/orders"/],
  [
    ["orders", "--template", "worker", "--owner", "${x}", "--package", "$(x)"],
    2,
    /^arguments\.owner: .*\narguments\.package: /,
  ],
  [
    ["orders", "--template", "worker", "--database", "none"],
    2,
    /^arguments\.database: worker has no such option; leave it out/,
  ],
  [["orders", "--template", "php-api", "--php", "7.4"], 2, /^arguments\.php: got "7.4"; use "8.3", "8.4" or "8.5"/],
  [["orders", "--template", "nodeapi"], 2, /^--template: got "nodeapi"; use .* \(did you mean "node-api"\?\)\n$/],
  [["orders"], 2, /^--template: is missing; use "mobile", "node-api", "node-web", "php-api" or "worker"\n$/],
  [
    ["orders", "--template", "mobile", "--into", "."],
    2,
    /^--into: mobile is a repository of its own, without a model; leave it out\n$/,
  ],
  [["orders", "--template", "worker", "--into", "nowhere"], 2, /^arguments\.into: got ".*nowhere", is no folder/],
])("%j is refused", (args, code, said) => {
  const { status, output } = fresh(...args);
  expect({ status, output }).toEqual({ status: code, output: expect.stringMatching(said) });
  expect(output).not.toMatch(/ at .*\.js:\d+/);
  expect(readdirSync(workplace.folder)).toEqual([]);
});

test("another word than service or backstage is refused", () => {
  expect(workplace.goldenpath("new", "servce", "a")).toEqual({
    status: 2,
    output: 'new: got "servce"; use "service" or "backstage"\n',
  });
});

describe("into a program", () => {
  let program: Repository;
  beforeEach(() => {
    program = workplace.make("shop", "--template", "node-api", "--owner", "sales");
  });

  test("code and model come as new files, what goes into others is printed, and with that it all works", () => {
    const before = new Map(program.files().map((file) => [file, program.read(file)]));
    const { status, output } = fresh("billing", "--template", "worker", "--into", "shop");
    expect({ status, output }).toMatchObject({ status: 0 });
    for (const [file, text] of before) expect({ file, text: program.read(file) }).toEqual({ file, text });
    const added = program.files().filter((file) => !before.has(file));
    expect(added.filter((file) => !file.startsWith("services/billing/"))).toEqual([
      "environments/billing.ts",
      "environments/teams/billing.ts",
    ]);
    expect(output).toContain("left shop/docker/node/Dockerfile as it is\n");
    expect(output).toContain("in environments/billing.ts, and remove environments/teams/billing.ts\n");
    const record = JSON.parse(program.read("services/billing/.goldenpath.json")) as {
      into: string;
      files: Readonly<Record<string, string[]>>;
    };
    expect(record.into).toBe("environments");
    expect(Object.values(record.files).flat().length).toBe(added.length - 1);

    // What was printed, put where it says.
    const lines = output.split("\n").map((line) => line.trim());
    const line = (begin: string): string => lines.find((one) => one.startsWith(begin)) ?? "";
    const local = program.read("environments/local.ts");
    const application = line("{ application: billingApp");
    const edited = `${line("import { app as billingApp }")}\n${local}`.replace(
      "applications: [",
      `${line("defaultApplication").replace(/"<.*>"/, '"shop"')}\n  applications: [${application} `,
    );
    writeFileSync(join(program.folder, "environments/local.ts"), edited);
    program.install("links");
    program.must(["npm", "run", "typecheck"]);
    program.must(["npx", "goldenpath", "synth", "--quiet"]);
    expect(existsSync(join(program.folder, "cdktf.out/stacks/billing-local"))).toBe(true);
  });

  test("another service of a team that people have filled has the same team, and the catalog both and everybody", () => {
    const file = join(program.folder, "environments/teams/sales.ts");
    const member = '{ name: "sales", members: [{ name: "ada.lovelace", github: "ada" }] }';
    writeFileSync(file, program.read("environments/teams/sales.ts").replace('{ name: "sales" }', member));
    const { status, output } = fresh("billing", "--template", "worker", "--owner", "sales", "--into", "shop");
    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain("left shop/environments/teams/sales.ts as it is\n");
    expect(output).not.toContain("remove environments/teams");
    expect(program.read("environments/teams/sales.ts")).toContain("ada.lovelace");
    writeFileSync(
      join(program.folder, "environments/local.ts"),
      `import { app as billingApp } from "./billing";\n${program.read("environments/local.ts")}`.replace(
        "applications: [",
        'defaultApplication: "shop",\n  applications: [{ application: billingApp }, ',
      ),
    );
    program.install("links");
    program.must(["npm", "run", "--silent", "render"]);
    const entities = parseAllDocuments(program.read("catalog-info.yaml")).map(
      (document) => document.toJS() as { kind: string; metadata: { name: string }; spec: { owner?: string } },
    );
    const of = (kind: string): unknown[] =>
      entities.flatMap((one) => (one.kind === kind ? [one.metadata.name, one.spec.owner] : []));
    expect(of("System")).toEqual(["billing", "group:default/sales", "shop", "group:default/sales"]);
    expect([of("Group"), of("User")]).toEqual([
      ["sales", undefined],
      ["ada.lovelace", undefined],
    ]);
  });

  test("a second run names what is there, and writes nothing", () => {
    expect(fresh("billing", "--template", "worker", "--into", "shop").status).toBe(0);
    writeFileSync(join(program.folder, "environments/billing.ts"), "ours");
    const { status, output } = fresh("billing", "--template", "worker", "--into", "shop");
    expect(status).toBe(1);
    expect(output).toContain("shop/environments/billing.ts: is there; choose another name, or move it away\n");
    expect(program.read("environments/billing.ts")).toBe("ours");
  });
});

test("templates for Backstage are written once, and need an owner", () => {
  expect(workplace.goldenpath("new", "backstage", "portal")).toEqual({
    status: 2,
    output: "--owner: is missing; say which team answers for the templates\n",
  });
  const { status, output } = workplace.goldenpath("new", "backstage", "portal", "--owner", "platform");
  expect({ status, output }).toMatchObject({ status: 0 });
  const location = parse(readFileSync(join(workplace.folder, "portal/location.yaml"), "utf8")) as {
    spec: { targets: string[] };
  };
  for (const target of location.spec.targets) {
    const { kind, spec } = parse(readFileSync(join(workplace.folder, "portal", target), "utf8")) as {
      kind: string;
      spec: { owner: string };
    };
    expect([kind, spec.owner]).toEqual(["Template", "platform"]);
  }
  expect(workplace.goldenpath("new", "backstage", "portal", "--owner", "platform").status).toBe(1);
});
