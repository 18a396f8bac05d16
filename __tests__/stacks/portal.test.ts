import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import { InvalidInput } from "../../constructs/model/problem";
import { catalog, type CatalogOptions, type OutputTarget, target } from "../../constructs/outputs/outputs";
import { portalFacts } from "../../stacks/portal-facts";
import { writePortal } from "../../stacks/write-portal";
import { OPENAPI } from "../support/openapi";
import { environmentOf, measured, ON, rowsOf, textOf } from "../support/pages";

/* The folder of a portal, and what becomes of it edit after edit. */

let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "goldenpath-portal-")), "portal");
});
afterEach(() => {
  rmSync(join(folder, ".."), { recursive: true });
});

/** What changed, as `goldenpath portal` says it. */
function run(
  environments: readonly EnvironmentSpec[],
  names: readonly string[] = [],
  outputs: readonly OutputTarget[] = [],
): string[] {
  const root = join(folder, "..");
  const facts = portalFacts({ title: "Shop platform", environments, names, outputs, root, on: ON });
  return writePortal(folder, facts).map(({ file, text }) => `${text === undefined ? "removed" : "wrote"} ${file}`);
}

const read = (file: string): string => readFileSync(join(folder, file), "utf8");
const local = environmentOf("local");
const staging = environmentOf("staging");
const index = (): string[][] => rowsOf(read("environments.html"), "All environments");

function mistakes(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split("\n");
    throw error;
  }
  return [];
}

/** Another image and one more need of the frontend, as somebody edits it. */
const edited: EnvironmentSpec = {
  ...staging,
  applications: staging.applications.map((overlay) => ({
    ...overlay,
    workloads: {
      ...overlay.workloads,
      frontend: { image: "registry.example.com/frontend:v1.3.0", autoscaling: false },
    },
  })),
};

test("an edit changes the pages that say it and no other, and going back brings the same bytes", () => {
  const first = run([local, staging]);
  expect(first.filter((line) => !line.startsWith("wrote "))).toEqual([]);
  expect(first).toEqual(
    expect.arrayContaining(["wrote index.html", "wrote search.js", "wrote services/my-app/frontend.html"]),
  );
  const before = first.map((line) => read(line.replace("wrote ", "")));
  expect(run([local, staging])).toEqual([]);
  expect(run([local, edited])).toEqual(["wrote environments/staging.html", "wrote services/my-app/frontend.html"]);
  const [, frontend] = rowsOf(read("environments/staging.html"), "Workloads of my-app");
  expect(frontend?.slice(0, 4)).toEqual(["frontend", "http", "registry.example.com/frontend:v1.3.0", "2"]);
  const runs = rowsOf(read("services/my-app/frontend.html"), "Where frontend runs");
  expect(runs.map(([where, version]) => [where?.split(" / ")[0], version?.split(" / ")[0]])).toEqual([
    ["local", "v1.2.3"],
    ["staging", "v1.3.0"],
  ]);
  expect(run([local, staging])).toEqual(["wrote environments/staging.html", "wrote services/my-app/frontend.html"]);
  expect(first.map((line) => read(line.replace("wrote ", "")))).toEqual(before);
});

test("observability turned on brings alerts, runbooks and secrets, and off takes them away", () => {
  run([staging]);
  const before = read("environments/staging.html");
  const changed = run([measured(staging)]);
  expect(changed).toEqual(
    expect.arrayContaining([
      "wrote alerts.html",
      "wrote environments/staging.html",
      "wrote runbooks/staging/my-app/HighErrorRate.html",
    ]),
  );
  expect(textOf(read("environments/staging.html"))).toContain("HighErrorRate");
  expect(read("environments/staging.html")).toContain('<a href="../runbooks/staging/my-app/HighErrorRate.html">');
  expect(index()[0]?.[3]).toMatch(/my-app \/ 6 workloads, 4 data services, \d\d alerts/);
  expect(run([staging])).toContain("removed runbooks/staging/my-app/HighErrorRate.html");
  expect(read("environments/staging.html")).toBe(before);
});

test("pages of what is renamed or gone go, and what somebody else wrote stays", () => {
  run([local, staging]);
  writeFileSync(join(folder, "environments", "notes.html"), "<p>ours</p>\n");
  writeFileSync(join(folder, "style.css"), "");
  writeFileSync(join(folder, "services", "ours.js"), "");
  const renamed = { ...staging, name: "stage" };
  expect(run([local, renamed])).toEqual(
    expect.arrayContaining(["wrote environments/stage.html", "removed environments/staging.html"]),
  );
  expect(run([local])).toContain("removed environments/stage.html");
  expect(readdirSync(join(folder, "environments"))).toEqual(["local.html", "notes.html"]);
  expect(existsSync(join(folder, "style.css"))).toBe(true);
  expect(existsSync(join(folder, "services", "ours.js"))).toBe(true);
  expect(index().map(([name]) => name)).toEqual(["local"]);
});

test("a portal of some environments says which others there are, and has no pages of them", () => {
  run([local, staging]);
  expect(run([local, staging], ["local"])).toContain("removed environments/staging.html");
  expect(index().map(([name]) => name)).toEqual(["local"]);
  expect(textOf(read("index.html"))).toContain("Not in this portal, as it was asked for the others alone: staging.");
  expect(read("services/my-app/backend.html")).not.toContain("staging");
});

test("pages that earlier releases wrote are replaced, and the list of them goes on being the first page", () => {
  mkdirSync(join(folder, "environments"), { recursive: true });
  const old = '<!doctype html><meta name="generator" content="goldenpath page"><p>old</p>';
  writeFileSync(join(folder, "index.html"), old);
  writeFileSync(join(folder, "environments", "gone.html"), old);
  expect(run([local])).toEqual(expect.arrayContaining(["wrote index.html", "removed environments/gone.html"]));
});

describe("what the target of the catalog names", () => {
  const told = (options: CatalogOptions): readonly OutputTarget[] => [target(catalog, { options, folder: "catalog" })];
  const apis = { "my-app/backend": { type: "openapi", file: "api.yaml" } } as const;
  const write = (file: string, text: string): void => {
    mkdirSync(join(folder, "..", file, ".."), { recursive: true });
    writeFileSync(join(folder, "..", file), text);
  };

  test("is read: a document of an API from the folder of the catalog, and what the code says of itself", () => {
    write("catalog/api.yaml", OPENAPI);
    write("code/README.md", "# The backend\n\nHow it is run.\n");
    const options = { apis, repository: { slug: "acme/shop" }, code: { "my-app": { backend: { folder: "code" } } } };
    run([local], [], told(options));
    expect(textOf(read("apis/my-app/backend.html"))).toContain("Order something");
    expect(textOf(read("documents/my-app/backend.html"))).toContain("How it is run.");
    const page = read("services/my-app/backend.html");
    expect(page).toContain('<a href="../../apis/my-app/backend.html">');
    expect(page).toContain('<a href="https://github.com/acme/shop/tree/main/code/" rel="noreferrer">');
    expect(run([local])).toEqual(
      expect.arrayContaining(["removed apis/my-app/backend.html", "removed documents/my-app/backend.html"]),
    );
  });

  test("is a mistake where it is not there, or is no such document, and nothing is written then", () => {
    expect(mistakes(() => run([local], [], told({ apis })))).toEqual([
      'catalog.apis["my-app/backend"].file: got "catalog/api.yaml", there is no such file; write it, or take it out of the target of the catalog',
    ]);
    write("catalog/api.yaml", "openapi: 3.1.0\npaths: {\n");
    expect(mistakes(() => run([local], [], told({ apis })))[0]).toMatch(
      /^catalog\.apis\["my-app\/backend"\]\["catalog\/api\.yaml"\]: is no YAML in line \d/,
    );
    write("catalog/api.yaml", 'swagger: "2.0"\n');
    expect(mistakes(() => run([local], [], told({ apis })))).toEqual([
      'catalog.apis["my-app/backend"]["catalog/api.yaml"]: got "2.0", is no document of OpenAPI 3: its field openapi says so of one; begin it with openapi: "3.1.0", or convert it',
    ]);
    expect(existsSync(folder)).toBe(false);
  });

  test("of an environment that the portal is not of is no mistake", () => {
    const options = { apis: { "other/api": { type: "grpc", file: "gone.proto" } } } as const;
    expect(run([local], [], told(options))).toContain("wrote index.html");
  });
});

test("a file that is no page of this program is never overwritten, and nothing else is written then", () => {
  mkdirSync(folder);
  writeFileSync(join(folder, "index.html"), "<h1>Our site</h1>\n");
  expect(mistakes(() => run([local]))).toEqual([
    `["${folder}/index.html"]: is no page of goldenpath, and would be overwritten; remove or rename it, or name another folder with --folder`,
  ]);
  expect(readdirSync(folder)).toEqual(["index.html"]);
  expect(read("index.html")).toBe("<h1>Our site</h1>\n");
});

test("a file where a folder belongs, and a folder where a page belongs, are named", () => {
  writeFileSync(folder, "");
  expect(mistakes(() => run([local]))).toEqual([expect.stringContaining("is a file, and a folder belongs there")]);
  rmSync(folder);
  mkdirSync(join(folder, "environments", "local.html"), { recursive: true });
  expect(mistakes(() => run([local]))).toEqual([expect.stringContaining("is a folder, and a file belongs there")]);
  expect(readdirSync(folder)).toEqual(["environments"]);
});

test("an environment that is not there is a mistake of the command line", () => {
  expect(mistakes(() => run([local], ["lokal"]))).toEqual([
    'arguments: got "lokal", no such environment; use "local" (did you mean "local"?)',
  ]);
  expect(existsSync(folder)).toBe(false);
});

test("a mistake in the input stops everything; one in an environment that nobody asked for does not", () => {
  const broken = { ...staging, contact: "" };
  expect(mistakes(() => run([local, broken]))[0]).toContain("environments.staging.contact");
  expect(existsSync(folder)).toBe(false);
  const written = jest.spyOn(process.stderr, "write").mockImplementation(() => true);
  expect(run([local, broken], ["local"])).toContain("wrote environments/local.html");
  expect(written.mock.calls.join("")).toContain("environments.staging");
  written.mockRestore();
});
