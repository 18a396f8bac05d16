import { team } from "../../../../constructs/model/team";
import { http, worker } from "../../../../constructs/model/workload";
import type { CatalogOptions, CodeownerRule } from "../../../../constructs/outputs/catalog/options";
import { catalog } from "../../../../constructs/outputs/catalog/output";
import { target } from "../../../../constructs/outputs/target";
import { filesOf, IMAGE, laptop, shop } from "./support";

const teamShop = team({ name: "team-shop", codeowners: ["@acme/shop"] });
const teamNight = team({ name: "team-night", codeowners: ["@acme/night", "night@example.com"] });

const owned = shop({
  owner: teamShop,
  workloads: {
    api: http({ image: IMAGE }),
    mailer: worker({ image: IMAGE, owner: teamNight }),
    night: worker({ image: "registry.example.com/night:v1", owner: teamNight }),
    quiet: worker({ image: "registry.example.com/quiet:v1", owner: "team-quiet" }),
  },
});

const OPTIONS: CatalogOptions = {
  code: {
    shop: { shop: { folder: "apps/shop" }, night: { folder: "apps/shop/night shift/" }, quiet: { folder: "quiet" } },
  },
  written: { shop: ["platform/shop.ts", "platform/shop/"] },
  codeowners: { file: "CODEOWNERS", first: [{ pattern: "*", owners: ["@acme/platform"] }] },
};

const rules = (options: CatalogOptions = OPTIONS): string[] =>
  (filesOf([laptop("one", owned)], options).CODEOWNERS ?? "").split("\n").slice(1, -1);

/** Who is asked, as GitHub reads the file: the last pattern that matches. Of patterns of this form. */
function asked(path: string): readonly string[] {
  const matches = (pattern: string): boolean =>
    pattern === "*" || (pattern.endsWith("/") ? `/${path}`.startsWith(pattern) : `/${path}` === pattern);
  const last = rules()
    .map((line) => line.replaceAll("\\ ", "\0").split(" "))
    .map(([pattern = "", ...owners]) => ({ pattern: pattern.replaceAll("\0", " "), owners }))
    .filter(({ pattern }) => matches(pattern))
    .at(-1);
  return last?.owners ?? [];
}

test("a rule for each place whose team names reviewers, the narrower one later", () => {
  expect(rules()).toEqual([
    "* @acme/platform",
    "/apps/shop/ @acme/night @acme/shop night@example.com",
    "/platform/shop.ts @acme/shop",
    "/platform/shop/ @acme/shop",
    "/apps/shop/night\\ shift/ @acme/night night@example.com",
  ]);
});

test("who is asked is who owns what runs there", () => {
  expect(asked("apps/shop/src/a.ts")).toEqual(["@acme/night", "@acme/shop", "night@example.com"]);
  expect(asked("apps/shop/night shift/b.ts")).toEqual(["@acme/night", "night@example.com"]);
  expect(asked("apps/shopping/c.ts")).toEqual(["@acme/platform"]);
  expect(asked("quiet/d.ts")).toEqual(["@acme/platform"]);
});

test("a file that goes to the root leaves none where GitHub would read it first", () => {
  expect(target(catalog, { options: OPTIONS, folder: "." }).cleared).toEqual([".github/CODEOWNERS"]);
  expect(target(catalog, { options: { codeowners: {} } }).cleared).toEqual([]);
  expect(target(catalog, { options: {} }).cleared).toEqual([]);
});

test("without the option there is no such file", () => {
  expect(Object.keys(filesOf([laptop("one", owned)]))).toEqual(["catalog-info.yaml"]);
});

test("an application whose code is the whole repository has its every file, and narrower rules still count", () => {
  const code = { shop: { shop: { folder: "." }, night: { folder: "./apps/night" } } };
  expect(rules({ ...OPTIONS, code, codeowners: { file: "CODEOWNERS" } })).toEqual([
    "* @acme/night @acme/shop night@example.com",
    "/apps/night/ @acme/night night@example.com",
    "/platform/shop.ts @acme/shop",
    "/platform/shop/ @acme/shop",
  ]);
});

test("a rule that has to count comes last, and one that never would is refused", () => {
  const security = (pattern: string) => ({ pattern, owners: ["@acme/security"] });
  const last = [security("/apps/shop/payments/"), security("/environments/policy.ts")];
  expect(rules({ ...OPTIONS, codeowners: { file: "CODEOWNERS", last } }).slice(-2)).toEqual([
    "/apps/shop/payments/ @acme/security",
    "/environments/policy.ts @acme/security",
  ]);
  const said =
    (first: CodeownerRule[], code = OPTIONS.code) =>
    () =>
      rules({ ...OPTIONS, code, codeowners: { file: "CODEOWNERS", first } });
  const dead = (index: number, pattern: string, by: string): string =>
    `catalog.codeowners.first[${index}].pattern: got "${pattern}", never counts: ${by} comes later, of the teams of the model, and ` +
    "matches all of it; remove it, or put it into codeowners.last, which counts over these";
  expect(said([security("*.sql"), security("apps/shop/payments/"), security("/platform/shop")])).toThrow(
    [dead(1, "apps/shop/payments/", "/apps/shop/"), dead(2, "/platform/shop", "/platform/shop/")].join("\n"),
  );
  const root = { shop: { shop: { folder: "." } } };
  expect(said([security("*"), security("/environments/policy.ts")], root)).toThrow(
    [dead(0, "*", "*"), dead(1, "/environments/policy.ts", "*")].join("\n"),
  );
  expect(said([security("/apps/"), security("/docs/")])).not.toThrow();
});

test("a folder that is written with its slash and without is one rule, of all who own what is there", () => {
  const code = { shop: { night: { folder: "platform" } } };
  expect(rules({ code, written: { shop: ["platform"] }, codeowners: { file: "CODEOWNERS" } })).toEqual([
    "/platform/ @acme/night @acme/shop night@example.com",
  ]);
});

test("an image that one environment alone runs has its folder all the same", () => {
  const code = { shop: { night: { folder: "apps/night" } } };
  const here = laptop("a-first", owned);
  const own = { workloads: { night: { image: "registry.example.com/night-debug:v1" } } };
  const first = { ...here, applications: here.applications.map((one) => ({ ...one, ...own })) };
  const files = filesOf([first, laptop("b-second", owned)], { code, codeowners: { file: "CODEOWNERS" } });
  expect(files.CODEOWNERS?.split("\n").slice(1)).toEqual(["/apps/night/ @acme/night night@example.com", ""]);
});

// prettier-ignore
test.each<[what: string, options: object, line: string]>([
  ["a folder outside", { code: { shop: { shop: { folder: "../x" } } } }, 'catalog.code.shop.shop.folder: got "../x"; use a path without . and .. for folders, and without spaces at an end'],
  ["an absolute folder", { written: { shop: ["/etc"] } }, 'catalog.written.shop[0]: got "/etc"; use a path from the root, of letters, digits, spaces and . _ - @ + ~ , ='],
  ["a folder with a line's end", { written: { shop: ["a\n* @evil"] } }, 'catalog.written.shop[0]: got "a\\n* @evil"; use a path from the root, of letters, digits, spaces and . _ - @ + ~ , ='],
  ["a pattern that GitHub does not read", { codeowners: { first: [{ pattern: "!a", owners: ["@a"] }] } }, 'catalog.codeowners.first[0].pattern: got "!a"; use a pattern without spaces, "!", "#" and "[", e.g. "*"'],
  ["owners in one text", { codeowners: { first: [{ pattern: "*", owners: ["@a @b"] }] } }, 'catalog.codeowners.first[0].owners[0]: got "@a @b"; use a team, a login or a mail address, e.g. "@acme/team-my-app"'],
  ["an owner whom GitHub does not know as one", { codeowners: { first: [{ pattern: "*", owners: ["acme/platform"] }] } }, 'catalog.codeowners.first[0].owners[0]: got "acme/platform"; use a team, a login or a mail address, e.g. "@acme/team-my-app"'],
  ["a slug with more parts", { repository: { slug: "a/b/c" } }, 'catalog.repository.slug: got "a/b/c"; use owner and name, e.g. "acme/platform"'],
  ["an application that is not there", { code: { shopp: {} } }, 'catalog.code.shopp: the model has no such thing; remove it, or use "shop"'],
  ["an image that nothing runs", { code: { shop: { old: { folder: "old" } } } }, 'catalog.code.shop.old: no workload runs an image of this name; remove it, or use "shop", "night" or "quiet"'],
  ["a name with capitals", { names: { shop: "Shop" } }, 'catalog.names.shop: got "Shop"; use lower-case letters, digits and - _ ., a letter or digit at both ends'],
  ["an unknown field", { repo: "a/b" }, "catalog.repo: unknown field; remove it or correct its name"],
])("%s is refused", (_, options, line) => {
  expect(() => filesOf([laptop("one", owned)], options)).toThrow(line);
});

test("parts of both files are told one by one", () => {
  const files = filesOf([laptop("one", owned)], OPTIONS);
  const parts = (file: string) => catalog.parts?.(file, files[file] ?? "").map(({ called, name }) => [called, name]);
  expect(parts("catalog-info.yaml")?.slice(0, 2)).toEqual([
    ["catalog entity", "system:shop"],
    ["catalog entity", "component:shop-api"],
  ]);
  expect(parts("CODEOWNERS")?.slice(-1)).toEqual([["code owner rule", "/apps/shop/night\\ shift/"]]);
});
