import { cpSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { catalogProblems } from "../support/catalog/entities";
import { Home } from "./support/home";
import { readManifest, ROOT } from "./support/packed";

/* A team's own Terraform module as a kind of service, by the packed package. What an engine makes of it is in __tests__/stories/own-module.story.ts. */

const EXAMPLE = join(ROOT, "examples", "own-module");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

interface Written {
  readonly module: Readonly<Record<string, { readonly source: string }>>;
}

let home: Home;

beforeAll(() => {
  const { dependencies, devDependencies } = readManifest(EXAMPLE) as unknown as Manifest;
  const bindings = Object.keys(dependencies).filter((one) => /provider-(?:aws|random|time)$/.test(one));
  home = new Home([...bindings, ...Object.keys(devDependencies)]);
  cpSync(EXAMPLE, home.folder, { recursive: true, filter: (path) => !/node_modules|cdktf\.out/.test(path) });
  home.must("goldenpath", "synth", "--quiet");
});

afterAll(() => {
  home.remove();
});

/** Where its module is, from the folder of a stack. */
function moduleIn(text: string): { readonly id: string; readonly source: string } {
  const [found, ...others] = Object.entries((JSON.parse(text) as Written).module);
  expect(others).toEqual([]);
  if (found === undefined) throw new Error("no module");
  return { id: found[0], source: found[1].source };
}

const MAIN = "modules/orders-search/main.tf";

test("its folder comes along with the stack, and with an export of it", () => {
  const { source } = moduleIn(home.read("cdktf.out/stacks/staging/cdk.tf.json"));
  expect(source).toMatch(/^\.\/assets\//);
  expect(home.read(join("cdktf.out/stacks/staging", source, "main.tf"))).toBe(home.read(MAIN));
  home.must("goldenpath", "export", "staging", "--quiet");
  const exported = moduleIn(home.read("terraform/staging/staging/modules.tf.json"));
  expect(home.read(join("terraform/staging/staging", exported.source, "main.tf"))).toBe(home.read(MAIN));
});

test("its outputs are variables of whoever needs it, and its key goes by the secret store", () => {
  const text = home.read("cdktf.out/stacks/staging/cdk.tf.json");
  expect(text).toMatch(/"SEARCH_URL": ?"https:\/\/\$\{module\.shop_Services_orders-search_\w+\.host\}:443"/);
  expect(text).toMatch(/"secret_string_wo": ?"\$\{jsonencode\(\{\\"value\\" = module\.[\w-]+\.api_key\}\)\}"/);
  // Beside the secret, its digest alone.
  expect(text.match(/\.api_key/g)).toHaveLength(2);
});

test("Compose and the catalog have it", async () => {
  expect(home.run("goldenpath", "render")).toMatchObject({ status: 0, stderr: "" });
  expect(home.read("compose.yaml")).toContain("SEARCH_URL: http://search:7700\n");
  const catalog = home.read("catalog-info.yaml");
  expect(await catalogProblems(catalog)).toEqual([]);
  expect(catalog).toContain("name: shop-orders-search\n");
});

test("the ledger has the module as what the service holds, and a rehearsal says that nobody looked into it", () => {
  const { id } = moduleIn(home.read("cdktf.out/stacks/staging/cdk.tf.json"));
  expect(home.must("goldenpath", "ledger")).toContain(`module.${id}: orders-search\n`);
  const { stdout } = home.run("goldenpath", "rehearse", "destroy", "staging");
  expect(stdout).toContain(`staging: module.${id}: what is in a module is not looked at here`);
});

test("an edit of the module is another source, and a comparison asks whether it holds data", () => {
  home.must("goldenpath", "synth", "--quiet");
  cpSync(join(home.folder, "cdktf.out"), join(home.folder, "before"), { recursive: true });
  const { id, source } = moduleIn(home.read("cdktf.out/stacks/staging/cdk.tf.json"));
  home.write({ [MAIN]: `# Edited.\n${home.read(MAIN)}` });
  home.must("goldenpath", "synth", "--quiet");
  const now = moduleIn(home.read("cdktf.out/stacks/staging/cdk.tf.json"));
  expect(now.id).toBe(id);
  expect(now.source).not.toBe(source);
  const { stdout } = home.run("goldenpath", "compare", "before", "cdktf.out");
  expect(stdout.replaceAll("\\", "")).toContain(`has module ${id} otherwise, and what is in it is not looked at here`);
});

test("started from the folder of another program, it is its own module that comes along and not that one's", () => {
  home.write({
    "other/package.json": JSON.stringify({ name: "other", private: true }),
    "other/modules/orders-search/main.tf": "# Of another program.\n",
  });
  expect(home.runIn("other", "tsx", join(home.folder, "main.ts"))).toMatchObject({ status: 0, stderr: "" });
  const { source } = moduleIn(home.read("other/cdktf.out/stacks/staging/cdk.tf.json"));
  expect(home.read(join("other/cdktf.out/stacks/staging", source, "main.tf"))).toBe(home.read(MAIN));
});

test("what an engine leaves in it stays out, and what would be missed later is refused with its file", () => {
  home.write({
    "modules/orders-search/terraform.tfstate": '{ "password": "hunter2" }',
    "modules/orders-search/.terraform/providers/x": "large",
  });
  home.must("goldenpath", "synth", "--quiet");
  const { source } = moduleIn(home.read("cdktf.out/stacks/staging/cdk.tf.json"));
  const copied = readdirSync(join(home.folder, "cdktf.out/stacks/staging", source));
  expect(copied).toContain("main.tf");
  expect(copied.filter((name) => name.includes("terraform"))).toEqual([]);
  const naming = join(home.folder, "modules/orders-search/naming.tf");
  home.write({ "modules/orders-search/naming.tf": 'module "naming" {\n  source = "../naming"\n}\n' });
  symlinkSync("gone", join(home.folder, "modules/orders-search/gone.tf"));
  const { status, stderr } = home.run("goldenpath", "synth");
  expect(status).toBe(1);
  expect(stderr).toContain('modules/orders-search/naming.tf:2: staging.shop.Services.orders-search: got "../naming"');
  expect(stderr).toContain("modules/orders-search/gone.tf: staging.shop.Services.orders-search: a link to nothing");
  expect(stderr).not.toMatch(/\n\s+at /);
  rmSync(naming);
  rmSync(join(home.folder, "modules/orders-search/gone.tf"));
});

test("it is found from below the folder of the program, and one that is not there is said", () => {
  home.mustIn("modules", "goldenpath", "synth", "--quiet");
  const file = "search/aws.ts";
  home.write({ [file]: home.read(file).replace('(scope, "modules/orders-search")', '(scope, "modules/gone")') });
  const { status, stderr } = home.run("goldenpath", "synth");
  expect(status).toBe(1);
  expect(stderr).toContain(
    'staging.shop.Services.orders-search: got "modules/gone", is no folder of a Terraform module',
  );
  expect(stderr).not.toMatch(/\n\s+at /);
});
