import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Home } from "./support/home";
import { readManifest, ROOT } from "./support/packed";

/* A program of another team whose services are asked for by files, with the packed package. */

const EXAMPLE = join(ROOT, "examples", "requests");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

let home: Home;

beforeAll(() => {
  const { dependencies, devDependencies } = readManifest(EXAMPLE) as unknown as Manifest;
  const bindings = Object.keys(dependencies).filter((one) => /provider-(?:aws|random|time)$/.test(one));
  home = new Home([...bindings, ...Object.keys(devDependencies)]);
  cpSync(EXAMPLE, home.folder, { recursive: true, filter: (path) => !/node_modules|cdktf\.out/.test(path) });
});

afterAll(() => {
  home.remove();
});

test("answers what is asked for, from whichever folder of the program", () => {
  const said = home.must("goldenpath", "requests");
  expect(said).toContain("requests/invoices-db.yaml: database invoices-db of shop: needs approval of team-shop\n");
  expect(said).toContain("\n  production: AWS, account 222222222222, region eu-central-1\n");
  expect(said).toMatch(/\n2 need approval\n$/);
  expect(home.mustIn("teams", "goldenpath", "requests")).toBe(said);
  expect(home.must("goldenpath", "requests", "--format", "markdown")).toMatch(/^<!-- goldenpath requests -->\n/);
});

test("the schema beside the requests is the one of its policy", () => {
  home.must("goldenpath", "render", "--check");
  expect(home.read("requests/request.schema.json")).toContain('"payment"');
});

test("a file is written by a command, answered, and in the next synthesis", () => {
  const said = home.must(
    "goldenpath",
    ...["add", "cache", "sessions", "--application", "shop", "--used-by", "web", "--data", "internal"],
    ...["--sizes", "staging=small,production=medium", "--reason", "Sessions outlive a pod", "--requested-by", "ada"],
  );
  expect(said).toContain(
    "wrote requests/sessions.yaml\n\nrequests/sessions.yaml: cache sessions of shop: needs approval",
  );
  expect(home.read("requests/sessions.yaml")).toMatch(/^# yaml-language-server: \$schema=\.\/request\.schema\.json\n/);
  home.must("goldenpath", "synth", "staging");
  expect(Object.keys(home.stack("staging").resource)).toContain("aws_elasticache_replication_group");
  const model = JSON.parse(home.read("cdktf.out/model.json")) as { origins: Readonly<Record<string, string>> };
  expect(model.origins["/environments/staging/applications/shop/services/sessions"]).toBe("requests/sessions.yaml:3");
  expect(model.origins["/environments/staging/applications/shop/services/sessions/sizing/size"]).toMatch(
    /^requests\/sessions\.yaml:\d+$/,
  );
});

test("a mistake is told at its line, with the others, and in no trace", () => {
  home.write({ "requests/sessions.yaml": home.read("requests/sessions.yaml").replace("- web", "- wbe") });
  home.write({ "requests/more.yaml": "request: database\nname: more\nname: more\n" });
  const { status, stderr } = home.run("goldenpath", "synth");
  expect(status).toBe(1);
  expect(stderr).toMatch(/^requests\/more\.yaml:3: requests\.more\.name: is there twice; keep one\n/);
  expect(stderr).toMatch(
    /requests\/sessions\.yaml:\d+: requests\.sessions\.usedBy\[0\]: got "wbe", .*did you mean "web"/,
  );
  expect(stderr).toMatch(/\n2 problems, nothing was written\n$/);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("nothing is overwritten, and nothing is written that would not fit", () => {
  const cache = ["add", "cache", "more", "--application", "shop", "--reason", "More", "--requested-by", "ada"];
  home.write({ "requests/sessions.yaml": home.read("requests/sessions.yaml").replace("- wbe", "- web") });
  rmSync(join(home.folder, "requests", "more.yaml"));
  const before = home.read("requests/sessions.yaml");
  const twice = home.run(
    "goldenpath",
    ...cache.map((word) => (word === "more" ? "sessions" : word)),
    "--used-by",
    "web",
    "--data",
    "public",
  );
  expect(twice).toMatchObject({
    status: 2,
    stderr: "requests/sessions.yaml: is there already; change it, or give another name\n",
  });
  expect(home.read("requests/sessions.yaml")).toBe(before);
  const unfit = home.run(
    "goldenpath",
    ...cache,
    "--used-by",
    "web:write,nobody",
    "--data",
    "secret",
    "--sizes",
    "staging=huge",
  );
  expect(unfit.status).toBe(1);
  expect(unfit.stderr.split("\n").map((line) => line.split(":")[0])).toEqual([
    "requests.more.data",
    "requests.more.usedBy[1]",
    "requests.more.sizes.staging",
    "",
    "3 problems, nothing was written",
    "",
  ]);
  const incomplete = home.run("goldenpath", "add", "database", "more");
  expect(incomplete.stderr).toContain("requests.more.application: missing; give a string");
  expect(incomplete.stderr).toMatch(/\n5 problems, nothing was written\n$/);
  expect(home.run("goldenpath", "add", "database", "../more").stderr).toContain("use lower-case letters");
  expect(readdirSync(join(home.folder, "requests")).sort()).toEqual([
    ...["help-pages.yaml", "invoices-db.yaml", "request.schema.json", "sessions.yaml"],
  ]);
});

test("what the policy refuses is written, told by its clause, and exits with 1", () => {
  const { status, stdout } = home.run(
    "goldenpath",
    ...["add", "database", "cards", "--application", "shop", "--used-by", "web", "--data", "payment"],
    ...["--reason", "Cards", "--requested-by", "ada", "--recovery", "production=1h/8h"],
  );
  expect(status).toBe(1);
  expect(stdout).toContain("wrote requests/cards.yaml\n\nrequests/cards.yaml: database cards of shop: refused\n");
  expect(stdout).toMatch(
    /refuses it at requests\/cards\.yaml:\d+, recovery: what is promised is too late in production; say/,
  );
  expect(home.run("goldenpath", "requests", "--decisions", "--json").status).toBe(1);
  expect(home.run("goldenpath", "requests", "invoices-db", "--decisions").status).toBe(0);
  rmSync(join(home.folder, "requests", "cards.yaml"));
});

describe("what the guides show is what is in the example and what is printed", () => {
  const blocks = (guide: string, language: string): string[] =>
    [
      ...readFileSync(join(ROOT, "docs", "guide", guide), "utf8").matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```$/gm),
    ].flatMap(([, info, text = ""]) => (info === language ? [text] : []));

  test("the file of a request", () => {
    const shown = blocks("ask-for-a-database.md", "yaml");
    expect(shown).toEqual([readFileSync(join(EXAMPLE, "requests", "invoices-db.yaml"), "utf8")]);
  });

  test("its answer", () => {
    rmSync(join(home.folder, "requests", "sessions.yaml"), { force: true });
    const [answer = ""] = blocks("ask-for-a-database.md", "text");
    expect(answer.length).toBeGreaterThan(200);
    expect(home.must("goldenpath", "requests", "invoices-db")).toContain(answer);
  });

  test("a clause of the policy", () => {
    const [clause = ""] = blocks("decide-on-requests.md", "text");
    expect(clause).toContain("data-in-europe");
    expect(readFileSync(join(EXAMPLE, "platform", "policy.ts"), "utf8")).toContain(clause);
  });
});
