import { parse } from "yaml";
import { ACTIONS, usesOf } from "../../constructs/pipelines/actions";
import { type Repository, WHOLE, Workplace } from "./support/repository";
import { tool } from "./support/tools";

/* The app of phones as the packed package writes it: it has no model, so what is tried of it is the app alone, installed from the registry. */

/** What its workflow refuses conflicts by. */
const REFUSES_MARKS = "if git grep -nE '^(<{7}|>{7})( |$)'; then exit 1; fi";

const workplace = new Workplace();
let app: Repository;
beforeAll(() => {
  app = workplace.make("field-app", "--template", "mobile", "--owner", "shop");
});
afterAll(() => {
  workplace.remove();
});

test("the record has every file by whose it is, and nothing of it is rendered from a model", () => {
  const { template, inputs, files } = JSON.parse(app.read(".goldenpath.json")) as {
    template: string;
    inputs: object;
    files: Readonly<Record<"merged" | "owned" | "seeded", readonly string[]>>;
  };
  expect([template, files.owned]).toEqual(["mobile", []]);
  expect(inputs).toMatchObject({ name: "field-app", owner: "shop" });
  expect(files.seeded).toEqual([
    "README.md",
    "app.json",
    "catalog-info.yaml",
    "src/app.tsx",
    "src/items-screen.tsx",
    "src/items.ts",
    "src/settings.ts",
    "test/items-screen.test.tsx",
  ]);
  expect(files.merged).toEqual([
    ".github/workflows/mobile.yml",
    ".gitignore",
    "babel.config.js",
    "index.js",
    "jest.config.js",
    "metro.config.js",
    "package-lock.json",
    "package.json",
    "src/api.ts",
    "src/trace.ts",
    "test/answers.ts",
    "test/api.test.ts",
    "test/trace.test.ts",
    "tsconfig.json",
  ]);
  const there = app.files().filter((file) => file !== ".goldenpath.json");
  expect(there.sort()).toEqual([...files.merged, ...files.seeded].sort());
  for (const file of there) {
    const left = /my-app|my_app|my-team|\uE000|\uE001/.exec(app.read(file))?.[0];
    expect({ file, left }).toEqual({ file });
  }
});

test("it is installed from its lock file, has the types that it says, and passes its own tests", () => {
  expect(app.must(["npm", "ci", "--no-audit", "--no-fund"])).toMatch(/added \d+ packages/);
  app.must(["npm", "run", "typecheck"]);
  expect(app.must(["npm", "test"])).toMatch(/^Tests: +13 passed, 13 total$/m);
  // Somebody takes the header out, or forgets the time: its own tests say so.
  const api = app.read("src/api.ts");
  for (const [kept, lost] of [
    ["traceparent: trace.header", "tracestate: trace.header"],
    ["}, this.#timeout);", "}, 2 * this.#timeout);"],
  ] as const) {
    expect(api).toContain(kept);
    app.write("src/api.ts", api.replace(kept, lost));
    expect(() => app.must(["npm", "test", "--", "test/api"])).toThrow(/Tests: +[1-9]\d* failed/);
  }
  app.write("src/api.ts", api);
  if (WHOLE) expect(app.must(["npm", "run", "bundle"])).toMatch(/Done writing bundle output[\s\S]*Done writing bundle/);
});

test("its workflow uses the actions of every other one, by their commits, and actionlint has nothing against it", () => {
  const { jobs } = parse(app.read(".github/workflows/mobile.yml")) as {
    jobs: { app: { steps: readonly { uses?: string; run?: string }[] } };
  };
  const { steps } = jobs.app;
  expect(steps.flatMap(({ uses }) => uses ?? [])).toEqual([usesOf(ACTIONS.checkout), usesOf(ACTIONS.setupNode)]);
  const { scripts } = JSON.parse(app.read("package.json")) as { scripts: object };
  expect(steps.flatMap(({ run }) => run ?? [])).toEqual([
    REFUSES_MARKS,
    "npm ci --no-audit --no-fund",
    "npm run typecheck",
    "npm test",
    "npm run bundle",
  ]);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(["typecheck", "test", "bundle"]));
  app.must(["git", "init", "--quiet"]);
  app.must([tool("actionlint"), "-shellcheck", "shellcheck"]);
});

test("marks of a conflict fail its workflow, by no program but git, and an update has nothing to do yet", () => {
  app.must(["git", "init", "--quiet"]);
  app.must(["git", "add", "--all"]);
  app.must(["sh", "-c", REFUSES_MARKS]);
  const ignored = app.read(".gitignore");
  app.write(".gitignore", `<<<<<<< yours\na\n=======\nb\n>>>>>>> mobile 2\n${ignored}`);
  const { status, output } = app.run(["sh", "-c", REFUSES_MARKS]);
  expect({ status, output }).toEqual({
    status: 1,
    output: ".gitignore:1:<<<<<<< yours\n.gitignore:5:>>>>>>> mobile 2\n",
  });
  expect(workplace.goldenpath("update", "field-app")).toMatchObject({
    status: 1,
    output: expect.stringContaining('[".gitignore"]: has marks of a conflict in line 1') as string,
  });
  app.write(".gitignore", ignored);
  expect(workplace.goldenpath("update", "field-app").output).toBe("field-app: mobile 1, nothing to do\n");
});

test("Backstage is told of a mobile app that the team answers for", () => {
  expect(parse(app.read("catalog-info.yaml"))).toEqual({
    apiVersion: "backstage.io/v1alpha1",
    kind: "Component",
    metadata: { name: "field-app" },
    spec: { type: "mobile-app", lifecycle: "experimental", owner: "group:default/shop" },
  });
});

test("what comes next is what it has", () => {
  const { output } = workplace.goldenpath("new", "service", "other-app", "--template", "mobile");
  expect(output).toMatch(/\nnext:\n {2}cd other-app && npm ci\n {2}npm test\n$/);
});
