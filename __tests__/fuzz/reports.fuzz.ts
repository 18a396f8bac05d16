import { NotAPlan } from "../../constructs/plan/not-a-plan";
import { readPlan } from "../../constructs/plan/read-plan";
import { makeReport } from "../../constructs/report/make-report";
import { LONGEST, markdownOf } from "../../constructs/report/markdown";
import { reportPage } from "../../constructs/report/page";
import { verdictOf } from "../../constructs/report/verdict";
import { fileOf, RECORDED, recordedText } from "../plans/support/recorded";
import { modelsOf } from "../plans/support/reports";
import { HOSTILE, SECRET } from "./support/hostile";
import { isTried, Random } from "./support/random";

/*
 * Reports on ten thousand plans that are not quite those of an engine: a quarter of them in CI. Each is told or refused in one line,
 * fits a comment, and shows nothing that is marked as sensitive.
 */

const PLANS = 10_000;
const GROUPS = 50;

/** What JSON can say of them. */
const VALUES = Object.values(HOSTILE).flatMap((value): unknown[] => {
  try {
    // What nobody marks is nobody's secret.
    return [JSON.parse(JSON.stringify(value).replaceAll(SECRET, "written in the wrong place")) as unknown];
  } catch {
    return [];
  }
});

const sources = RECORDED.filter(({ understood, hasModels }) => understood.refused !== true || hasModels === true).map(
  (recorded) => ({
    stack: recorded.stack ?? "demo",
    text: recordedText(fileOf(recorded)),
    models: modelsOf(recorded),
  }),
);

type Tree = Record<string, unknown>;

/** An object or a list of the tree, by chance: deeper ones as often as those above. */
function somewhere(random: Random, tree: Tree): Tree {
  let here = tree;
  for (;;) {
    const below = Object.values(here).filter((value): value is Tree => typeof value === "object" && value !== null);
    if (below.length === 0 || random.chance(12)) return here;
    here = below[random.between(0, below.length - 1)] ?? here;
  }
}

function mutate(random: Random, tree: Tree): void {
  const here = somewhere(random, tree);
  const keys = Object.keys(here);
  const key = keys[random.between(0, Math.max(0, keys.length - 1))] ?? "added";
  const kind = random.between(1, 5);
  if (kind === 1) here[key] = VALUES[random.between(0, VALUES.length - 1)];
  else if (kind === 2) Reflect.deleteProperty(here, key);
  else if (kind === 3 && Array.isArray(here)) (here as unknown[]).push(structuredClone(here[0]));
  else if (kind === 4 || Array.isArray(here)) here[key] = [here[key]];
  else
    Object.defineProperty(here, random.one(["__proto__", "constructor", "length", "a\u202eb", "x".repeat(300)]), {
      value: structuredClone(here[key]),
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

/** Hides a value of a resource: what is marked is nobody's to read, whatever it is. */
function hide(random: Random, tree: Tree): void {
  const changes = Array.isArray(tree.resource_changes) ? (tree.resource_changes as unknown[]) : [];
  const change = (changes[random.between(0, Math.max(0, changes.length - 1))] as Tree | undefined)?.change as
    Tree | undefined;
  if (typeof change !== "object" || Array.isArray(change)) return;
  for (const side of ["before", "after"]) {
    const values = change[side] as Tree | null;
    if (typeof values !== "object" || values === null) continue;
    const key = random.one(["password", "data", "values", "secret_string", "tags", "policy"]);
    values[key] = random.one<unknown>([
      SECRET,
      [SECRET],
      { [`k${SECRET.length}`]: SECRET },
      `{"a":"${SECRET}"}`,
      `a: ${SECRET}\nb: 1\n`,
    ]);
    change[`${side}_sensitive`] = { ...(change[`${side}_sensitive`] as object | null | undefined), [key]: true };
  }
}

function wrongWith(number: number): string | undefined {
  const random = new Random(`report ${number}`);
  const source = sources[random.between(0, sources.length - 1)];
  if (source === undefined) throw new Error("no plans");
  const tree = JSON.parse(source.text) as Tree;
  for (let count = random.between(1, 4); count > 0; count--) mutate(random, tree);
  hide(random, tree);
  try {
    const report = makeReport({ plans: { [source.stack]: readPlan(JSON.stringify(tree)) }, models: source.models });
    const written = { verdict: verdictOf(report, "medium", []), problems: [] };
    const markdown = markdownOf(report, written);
    if (markdown.length > LONGEST) return `a comment of ${markdown.length} characters`;
    const shown = [markdown, reportPage(report, written), JSON.stringify(report)].some((text) => text.includes(SECRET));
    return shown ? "shows what is sensitive" : undefined;
  } catch (error) {
    if (error instanceof NotAPlan)
      return error.message.includes("\n") || error.message.includes(SECRET)
        ? `refused with ${error.message}`
        : undefined;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

test.each(Array.from({ length: GROUPS }, (_, group) => [group]))("plans of group %i are told or refused", (group) => {
  const numbers = Array.from({ length: PLANS / GROUPS }, (_, index) => group * (PLANS / GROUPS) + index);
  const wrong = numbers
    .filter((number) => isTried(`report ${number}`, 1))
    .flatMap((number) => {
      const found = wrongWith(number);
      return found === undefined ? [] : [`plan ${number}: ${found.split("\n").slice(0, 4).join(" ")}`];
    });
  expect(wrong).toEqual([]);
});
