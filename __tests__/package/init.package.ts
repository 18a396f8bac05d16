import { existsSync } from "node:fs";
import { join } from "node:path";
import { NEW_CLOUDS } from "../../cli/init/clouds";
import { Home, PEERS } from "./support/home";

/*
 * A new program as `goldenpath init` of the installed package writes it, with the packages that its package.json names and
 * no others: it is type-checked, tested and synthesized as its README says.
 */

let home: Home;

beforeEach(() => {
  home = new Home([]);
});

afterEach(() => {
  home.remove();
});

interface Written {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const manifest = (): Written => JSON.parse(home.read("shop/package.json")) as Written;

/** Every file of a synthesis, but for what the two ways of it write of themselves. */
const stack = (name: string): string => home.read(`shop/cdktf.out/stacks/${name}/cdk.tf.json`);

test.each(Object.keys(NEW_CLOUDS))("on %s", (cloud) => {
  const { environment = "", bindings = [] } = NEW_CLOUDS[cloud] ?? {};
  const said = home.must("goldenpath", "init", "shop", "--cloud", cloud);
  expect(said).toMatch(/\nnext:\n {2}cd shop && npm install\n {2}npm test\n {2}npx goldenpath synth\n$/);
  const { dependencies, devDependencies } = manifest();
  const own = bindings.map((name) => `@cdktf/provider-${name}`);
  expect(Object.keys(dependencies).sort()).toEqual([...PEERS, ...own, "goldenpath"].sort());
  for (const version of Object.values({ ...dependencies, ...devDependencies })) expect(version).toMatch(/\d+\.\d+/);
  for (const name of [...own, ...Object.keys(devDependencies)]) home.link(name);

  expect(home.read("shop/.github/workflows/ci.yml")).toContain("node-version-file: .nvmrc\n");
  expect(home.read("shop/.nvmrc")).toBe("24\n");
  home.mustIn("shop", "npm", "run", "typecheck");
  expect(home.mustIn("shop", "npm", "test")).toMatch(/# pass 2\n# fail 0/);
  home.mustIn("shop", "npx", "cdktf", "synth");
  const byCdktf = stack(environment);
  expect(byCdktf).toContain("registry.example.com/shop:v1.0.0");
  expect(home.mustIn("shop", "npx", "goldenpath", "synth")).toContain(`next: npx cdktf diff ${environment}`);
  expect(stack(environment)).toBe(byCdktf);
  expect(existsSync(join(home.folder, "shop", "cdktf.out", "model.json"))).toBe(true);
});

test("its test fails where the program is wrong", () => {
  home.must("goldenpath", "init", "shop", "--cloud", "local");
  for (const name of ["@cdktf/provider-random", "@types/node", "tsx", "typescript"]) home.link(name);
  const file = "shop/environments/application.ts";
  home.write({ [file]: home.read(file).replace('owner: "shop"', 'owner: "The Shop"') });
  const { status, stdout, stderr } = home.runIn("shop", "npm", "test");
  expect(status).toBe(1);
  expect(stdout + stderr).toContain('applications.shop.owner: got "The Shop"; use lower-case letters');
});

test("it goes into a folder that is there, and into no file that is", () => {
  home.write({ "shop/LICENSE": "ours", "shop/main.ts": "ours", "shop/environments/index.ts": "ours" });
  const refused = home.runIn("shop", "goldenpath", "init", "--cloud", "local");
  expect(refused).toEqual({
    status: 1,
    stdout: "",
    stderr:
      "main.ts: is there; choose another folder, or move it away\n" +
      "environments/index.ts: is there; choose another folder, or move it away\n\nnothing was written\n",
  });
  expect(existsSync(join(home.folder, "shop", "package.json"))).toBe(false);
  expect(home.read("shop/main.ts")).toBe("ours");
  home.write({ "other/LICENSE": "ours" });
  const json = home.mustIn("other", "goldenpath", "init", "--cloud", "local", "--json", "--package", "file:../g.tgz");
  const { folder, files, next } = JSON.parse(json) as { folder: string; files: string[]; next: string[] };
  expect(folder).toBe(join(home.folder, "other"));
  expect(files).toContain("environments/local.ts");
  expect(next).toEqual(["npm install", "npm test", "npx goldenpath synth"]);
  expect(home.read("other/package.json")).toContain('"goldenpath": "file:../g.tgz"');
  expect(home.read("other/LICENSE")).toBe("ours");
});

test.each([
  [
    ["My_Shop", "--cloud", "aws"],
    /^arguments: got "My_Shop", the folder's name; use lower-case letters, digits and hyphens/,
  ],
  [["shop"], /^--cloud: is missing; say one of aws, google, azure, local\n$/],
  [["shop", "--cloud", "gcp"], /^--cloud: got "gcp"; use "aws", "google", "azure" or "local"/],
  [
    ["typescript", "--cloud", "aws"],
    /^arguments: got "typescript", it depends on the package of this name, .*use another/,
  ],
  [["goldenpath", "--cloud", "local"], /^arguments: got "goldenpath", it depends on the package of this name/],
  [["a", "b", "--cloud", "aws"], /^init: got "a", "b"; name a folder\n$/],
])("a wrong command line writes nothing: %j", (args, said) => {
  const { status, stdout, stderr } = home.run("goldenpath", "init", ...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(said);
  expect(existsSync(join(home.folder, "shop"))).toBe(false);
  expect(home.run("goldenpath", "init", "--help")).toMatchObject({ status: 0, stderr: "" });
});

test("its test goes on where an application has what ends by itself", () => {
  home.must("goldenpath", "init", "shop", "--cloud", "local");
  for (const name of ["@cdktf/provider-random", "@types/node", "tsx", "typescript"]) home.link(name);
  const file = "shop/environments/application.ts";
  const release =
    'migrate: release({ image: "registry.example.com/shop:v1.0.0", command: ["migrate"], needs: ["db"] }), web:';
  home.write({
    [file]: home.read(file).replace("{ application, http,", "{ application, http, release,").replace("web:", release),
  });
  expect(home.mustIn("shop", "npm", "test")).toMatch(/# pass 2\n# fail 0/);
});
