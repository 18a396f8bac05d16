import { catalogProblems } from "../support/catalog/entities";
import { ON_THIS_MACHINE } from "./support/consumers";
import { Home, type Ran } from "./support/home";

/* A catalog that another team renders with the packed package, commits, and finds stale when somebody edits the model. */

const MODEL = `
import { application, environment, http, ingress, redis, team, worker } from "goldenpath";
import { local } from "goldenpath/local";

const billing = application({
  name: "billing",
  owner: team({ name: "team-billing", codeowners: ["@acme/billing"], members: [{ name: "ada" }] }),
  services: { cache: redis() },
  workloads: {
    api: http({ image: "registry.example.com/billing:v4", needs: ["cache"] }),
    mailer: worker({ image: "registry.example.com/billing:v4", needs: ["api"] }),
  },
});

export const environments = [
  environment({
    name: "staging",
    cloud: local({ storageClass: "local-path" }),
    routing: ingress(),
    profile: "small",
    contact: "billing@example.com",
    costCenter: "billing",
    applications: [{ application: billing }],
  }),
];
`;

const OUTPUTS = `
import { catalog, target } from "goldenpath/outputs";

export const outputs = [
  target(catalog, {
    options: {
      repository: { slug: "acme/billing" },
      code: { billing: { billing: { folder: "src" } } },
      written: { billing: ["environments/index.ts"] },
      codeowners: {},
    },
  }),
];
`;

const home = new Home(
  ON_THIS_MACHINE.bindings.map((name) => `@cdktf/provider-${name}`),
  {
    "package.json": JSON.stringify({ name: "home", private: true, goldenpath: { outputs: "environments/outputs.ts" } }),
    "environments/index.ts": MODEL,
    "environments/outputs.ts": OUTPUTS,
  },
);
const render = (...args: string[]): Ran => home.run("goldenpath", "render", ...args);

afterAll(() => {
  home.remove();
});

test("is rendered, is what Backstage takes, and is current", async () => {
  expect(render()).toMatchObject({ status: 0, stderr: "" });
  expect(await catalogProblems(home.read("catalog-info.yaml"))).toEqual([]);
  expect(home.read(".github/CODEOWNERS")).toContain("\n/src/ @acme/billing\n/environments/index.ts @acme/billing\n");
  expect(render("--check")).toMatchObject({ status: 0, stderr: "" });
});

test("is stale after an edit, which the check says and does not mend", async () => {
  const before = home.read("catalog-info.yaml");
  home.write({ "environments/index.ts": MODEL.replaceAll('"api"', '"web"').replace("api: http", "web: http") });
  const { status, stdout, stderr } = render("--check");
  expect({ status, said: stdout + stderr }).toEqual({
    status: 1,
    said: expect.stringContaining("catalog-info.yaml") as string,
  });
  expect(home.read("catalog-info.yaml")).toBe(before);
  expect(render()).toMatchObject({ status: 0, stderr: "" });
  expect(home.read("catalog-info.yaml")).toContain("api:default/billing-web");
  expect(await catalogProblems(home.read("catalog-info.yaml"))).toEqual([]);
  expect(render("--check")).toMatchObject({ status: 0 });
});

test("that was edited by hand is stale, too", () => {
  const text = home.read("catalog-info.yaml");
  home.write({ "catalog-info.yaml": text.replace("team-billing", "team-other") });
  expect(render("--check").status).toBe(1);
  expect(render().status).toBe(0);
  expect(home.read("catalog-info.yaml")).toBe(text);
});

test("of a wrong option is refused, and nothing is overwritten", () => {
  const text = home.read("catalog-info.yaml");
  home.write({ "environments/outputs.ts": OUTPUTS.replace('folder: "src"', 'folder: "../src"') });
  const { status, stdout, stderr } = render();
  expect(status).toBe(1);
  expect(stdout + stderr).toContain('catalog.code.billing.billing.folder: got "../src"; use a path without');
  expect(home.read("catalog-info.yaml")).toBe(text);
});

test("the portal of another team's program has its services, its team and a search", () => {
  home.write({ "environments/index.ts": MODEL, "environments/outputs.ts": OUTPUTS });
  const { status, stdout, stderr } = home.run("goldenpath", "portal", "--folder", "site");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^wrote \d+ files in site\nopen site\/index\.html\n$/);
  expect(home.read("site/services/billing/mailer.html")).toContain("team-billing");
  expect(home.read("site/search-index.js")).toContain("mailer");
  expect(home.run("goldenpath", "portal", "--folder", "site").stdout).toMatch(/^nothing has changed/);
});
