import { readFileSync } from "node:fs";
import { join } from "node:path";
import { exampleOf } from "./support/guide";
import { Home } from "./support/home";
import { packedFiles, readManifest, ROOT } from "./support/packed";

/*
 * The whole program of the guide, in each way in which TypeScript and Node find modules: it is type-checked, runs, and
 * writes the same stack.
 */

const EXAMPLE = exampleOf("use-from-another-repository.md");
const ON_AWS = ["@cdktf/provider-aws", "@cdktf/provider-random", "@cdktf/provider-time", "@types/node", "typescript"];
const manifest = readManifest(ROOT);
const paths = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === "string" ? [] : [{ path, target }],
);

/** The stack that the program writes. */
const STACK = "cdktf.out/stacks/billing-staging/cdk.tf.json";

let home: Home;
let first: string | undefined;

afterEach(() => {
  home.remove();
});

function expectSameStack(): void {
  const written = home.read(STACK);
  expect(Object.keys((JSON.parse(written) as { resource: object }).resource)).toContain("aws_db_instance");
  first ??= written;
  expect(written).toBe(first);
}

const tsconfig = (compilerOptions: object): string =>
  JSON.stringify({ compilerOptions: { strict: true, target: "ES2022", types: ["node"], ...compilerOptions } });

test("the project that cdktf init makes: module resolution node10, CommonJS, run by ts-node from cdktf synth", () => {
  const template = join(ROOT, "node_modules", "@cdktf", "cli-core", "templates", "typescript");
  const files = Object.fromEntries(
    ["package.json", "tsconfig.json", "cdktf.json"].map((file) => {
      const text = readFileSync(join(template, file), "utf8");
      return [file, text.replace("{{futureFlags}}", "").replace("{{sendCrashReports}}", "false")];
    }),
  );
  home = new Home([...ON_AWS, "ts-node", "cdktf-cli"], { ...files, "main.ts": EXAMPLE });
  expect(files["tsconfig.json"]).toMatch(/"module": "CommonJS"/);
  expect(files["tsconfig.json"]).not.toContain("moduleResolution");
  home.must("tsc", "-p", ".", "--noEmit");
  home.must("cdktf", "synth");
  expectSameStack();
});

// Declarations of packages are checked too: another team may not skip them.
test.each([
  ["node10 and CommonJS", { module: "CommonJS", moduleResolution: "node10", esModuleInterop: true }, "commonjs"],
  ["node16 and CommonJS", { module: "Node16" }, "commonjs"],
  ["nodenext and ES modules", { module: "NodeNext" }, "module"],
] as const)("%s, compiled and run by Node", (_name, compilerOptions, type) => {
  home = new Home(ON_AWS, {
    "package.json": JSON.stringify({ type }),
    "tsconfig.json": tsconfig(compilerOptions),
    "main.ts": EXAMPLE,
  });
  home.must("tsc", "-p", ".");
  home.must("node", "main.js");
  expectSameStack();
});

test("a bundler's resolution, run by tsx", () => {
  home = new Home([...ON_AWS, "tsx"], {
    "package.json": JSON.stringify({ type: "module" }),
    "tsconfig.json": tsconfig({ module: "ESNext", moduleResolution: "bundler", noEmit: true }),
    "main.ts": EXAMPLE,
  });
  home.must("tsc", "-p", ".");
  home.must("tsx", "main.ts");
  expectSameStack();
});

test("an ES module imports every exported value by its name, of every path", () => {
  const names = paths.map(({ path }) => path.replace(/^\./, "goldenpath"));
  home = new Home(
    ["aws", "azurerm", "google", "random", "time", "tls"].map((name) => `@cdktf/provider-${name}`),
    {
      "names.cjs": `
        const lists = ${JSON.stringify(names)}.map((path) => [path, Object.keys(require(path))]);
        console.log(JSON.stringify(lists));`,
    },
  );
  const lists = JSON.parse(home.must("node", "names.cjs")) as [path: string, exported: string[]][];
  expect(lists.flatMap(([, exported]) => exported).length).toBeGreaterThan(80);
  const imports = lists.map(([path, exported], index) => {
    const list = exported.map((name, at) => `${name} as _${index}_${at}`).join(", ");
    return `import { ${list} } from "${path}";\nconsole.log(${JSON.stringify(path)}, ${exported.length});\n`;
  });
  home.write({ "main.mjs": imports.join("") });
  expect(home.must("node", "main.mjs").trim().split("\n")).toEqual(
    lists.map(([path, exported]) => `${path} ${exported.length}`),
  );
  home.write({ "lost.mjs": 'import { notExported } from "goldenpath";\n' });
  expect(home.run("node", "lost.mjs")).toMatchObject({ status: 1 });
});

test("what knows no exports finds the same files", () => {
  home = new Home([]);
  const known = Object.fromEntries(paths.map(({ path, target }) => [path, target.types]));
  const old = Object.entries(manifest.typesVersions["*"] ?? {}).map(([path, types]) => [`./${path}`, types[0]]);
  expect({ ".": manifest.types, ...(Object.fromEntries(old) as object) }).toEqual(known);
  expect(manifest.exports["."]).toMatchObject({ types: manifest.types, default: manifest.main });
  expect(packedFiles()).toEqual(
    expect.arrayContaining(paths.flatMap(({ target }) => Object.values(target).map((file) => file.slice(2)))),
  );
});
