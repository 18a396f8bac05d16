import { compose, helmChart, type Output, type OutputTarget, target } from "../../../constructs/outputs/outputs";
import { type RecordedOutputs, recordOf } from "../../../constructs/outputs/record";
import { renderEach } from "../../../constructs/outputs/target";
import { makeReport } from "../../../constructs/report/make-report";
import { markdownOf } from "../../../constructs/report/markdown";
import { reportPage } from "../../../constructs/report/page";
import { readRecord, renderedChanges } from "../../../constructs/report/rendered";
import { renderedLines, renderedSentence } from "../../../constructs/report/rendered-words";
import { verdictOf } from "../../../constructs/report/verdict";

/* What else is rendered, and changes: counted and named, with no value of it. */

type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A record of these texts, by the names of outputs and files. */
const record = (texts: Texts): RecordedOutputs => {
  const known: Readonly<Record<string, Pick<Output<never>, "parts">>> = { compose, "helm-chart": helmChart };
  const targets: OutputTarget[] = Object.entries(texts).map(([name, files]) => {
    const output = { ...known[name], name, description: "", render: () => files };
    return target(output, { options: {} });
  });
  return recordOf(renderEach([], targets));
};

const told = (base: Texts, head: Texts): readonly [string, readonly string[]] => {
  const rendered = renderedChanges({ base: record(base), head: record(head) });
  return [renderedSentence(rendered), renderedLines(rendered)];
};

const VALUES = "workloads:\n  web:\n    replicas: 2\n    config:\n      A: one\n";
const COMPOSE = "name: shop\nservices:\n  web:\n    image: a\n  db:\n    image: b\n";

test("is counted in words, and named", () => {
  const base = {
    compose: { "compose.yaml": COMPOSE },
    "helm-chart": { "values-a.yaml": VALUES },
    notes: { "a.md": "a" },
  };
  const head = {
    compose: { "compose.yaml": COMPOSE.replace("image: a", "image: c") },
    "helm-chart": { "values-a.yaml": VALUES.replace("2", "3").replace("A: one", "B: one") },
    notes: { "a.md": "b" },
  };
  expect(told(base, head)).toEqual([
    "One Compose service, three chart values and one file change too.",
    [
      "- **compose**: `compose.yaml` (web)",
      "- **helm-chart**: `values-a.yaml` (workloads.web.replicas, −workloads.web.config.A, +workloads.web.config.B)",
      "- **notes**: `a.md`",
    ],
  ]);
});

test("that is the same is said to be, and what only one side knows is new or gone", () => {
  const one = { compose: { "compose.yaml": COMPOSE } };
  expect(told(one, one)).toEqual(["No other output changes.", []]);
  expect(told(one, { notes: { "a.md": "a", "b.md": "b" } })).toEqual([
    "One Compose setting, two Compose services and two files change too.",
    ["- **compose**: `compose.yaml` is gone", "- **notes**: `a.md` is new; `b.md` is new"],
  ]);
});

test("of which no value is another is told all the same", () => {
  const base = { "helm-chart": { "values.yaml": VALUES } };
  const head = { "helm-chart": { "values.yaml": `# another comment\n${VALUES}` } };
  expect(told(base, head)[0]).toBe("One file without another value changes too.");
});

test("is told by names that no Markdown is made of", () => {
  const [, lines] = told({}, { "<b>@acme": { "a`b.md": "x" } });
  expect(lines).toEqual(["- **&lt;b&gt;@<!-- -->acme**: ``a`b.md`` is new"]);
});

test("is in the comment, the page and the JSON, where both sides are known, and nowhere else", () => {
  const rendered = { base: record({}), head: record({ notes: { "a.md": "x" } }) };
  const written = (of: object): readonly string[] => {
    const report = makeReport({ plans: {}, ...of });
    const input = { verdict: verdictOf(report, "medium", []), problems: [] };
    return [markdownOf(report, input), reportPage(report, input), JSON.stringify(report)];
  };
  const [markdown, page, json] = written({ rendered });
  expect(markdown).toContain("## No stack was planned\n\n### Other outputs\n\nOne file changes too.");
  expect(page).toContain("<code>a.md</code> is new");
  expect(json).toContain('"rendered":[{"name":"notes","counts":[{"called":"file","count":1}]');
  // A digest of no plan would be that of every plan that does nothing.
  expect(json).not.toContain('"digest"');
  for (const text of written({})) expect(text).not.toMatch(/other output|rendered/i);
});

test.each([
  ["{", "is no JSON, or cut short"],
  ["[]", "is no record"],
  ['{"version":2,"outputs":{}}', "is no record"],
  ['{"version":1,"outputs":{"a":{}}}', "has a file that is not told as one"],
  ['{"version":1,"outputs":{"a":[{"file":"b","digest":"c","parts":[{"called":1,"digest":"d"}]}]}}', "has a file"],
])("%s is refused in one line", (text, says) => {
  expect(() => readRecord(text)).toThrow(new RegExp(`^${says}.*; give what`));
});
