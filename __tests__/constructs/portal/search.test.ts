import { runInNewContext } from "node:vm";
import { portalModel } from "../../../constructs/portal/model";
import { searchIndex } from "../../../constructs/portal/search/index";
import { portalFiles } from "../../../constructs/portal/site";
import { environmentOf, measured, portalOf } from "../../support/pages";

/* The list of everything that the search finds. */

const facts = portalOf([measured(environmentOf("staging"))]);
const files = portalFiles(facts);

interface Index {
  readonly groups: readonly string[];
  readonly entries: readonly (readonly [group: number, title: string, note: string, href: string, more: string])[];
}

/** What the script hands over, as a browser would run it. */
function run(script: string): Index {
  let handed: Index | undefined;
  runInNewContext(script, { goldenpathPortal: (index: Index) => (handed = index) });
  if (handed === undefined) throw new Error("nothing was handed over");
  return handed;
}

const { groups, entries } = run(
  searchIndex(
    facts,
    portalModel(facts.environments, () => true),
  ),
);
const titles = (group: string): string[] => entries.filter(([of]) => groups[of] === group).map(([, title]) => title);

test("has everything by groups", () => {
  expect(titles("Services")).toEqual(
    Object.keys(facts.environments[0]?.document.applications["my-app"]?.workloads ?? {}),
  );
  expect(titles("Data services")).toEqual(["orders-db", "cache", "events", "uploads"]);
  expect(titles("Teams")).toEqual(["Team My App"]);
  expect(titles("Environments")).toEqual(["staging"]);
  expect(titles("Hosts")).toEqual(["staging.example.com", "www.staging.example.com"]);
  expect(titles("Alerts")).toContain("HighErrorRate");
  expect(titles("Runbooks")).toContain("HighErrorRate");
});

test("leads to pages of the site, and to parts that they have", () => {
  for (const [, title, , href] of entries) {
    const [file = "", id] = href.split("#");
    expect([title, Object.keys(files).includes(file)]).toEqual([title, true]);
    if (id !== undefined) expect(files[file]).toContain(` id="${id}"`);
  }
});

test("finds people by their names, and services by what they do and run", () => {
  const more = (title: string): string => entries.find(([, one]) => one === title)?.[4] ?? "";
  expect(more("Team My App")).toContain("Maja Lindqvist");
  expect(more("backend")).toContain("registry.example.com/backend:v1.2.3");
});

test("is a script that runs whatever things are called", () => {
  const odd = { ...facts, readmes: { 'a"/b': { file: "</script>\u2028'`${x}", text: "" } } };
  const index = run(
    searchIndex(
      odd,
      portalModel([], () => true),
    ),
  );
  expect(index.entries.map(([, title, note]) => [title, note])).toContainEqual(['a"/b', "</script>\u2028'`${x}"]);
});
