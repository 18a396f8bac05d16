import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { InvalidInput } from "../../constructs/model/problem";
import { markdownOf } from "../../constructs/report/markdown";
import type { Report } from "../../constructs/report/report";
import { readStack, type WrittenStack } from "../../constructs/report/stacks/read-stack";
import { compareStacks } from "../../constructs/report/stacks/report-stacks";
import { verdictOf } from "../../constructs/report/verdict";
import { mysql } from "../../constructs/services/mysql";
import { KEPT, type Kept, keptStacks, type Stacks, stacksOfNow } from "./support/kept";

/*
 * Whoever comes from an older version: what they wrote is taken as it is, nothing of what their stacks made and that holds data is lost,
 * and what changes is on a page. `UPDATE_REPORTS=1 npm run test:one -- __tests__/upgrades` writes the pages anew, for somebody to read the difference.
 */

const PAGES = join(__dirname, "..", "..", "docs", "upgrades");

const read = (stacks: Stacks): Readonly<Record<string, WrittenStack>> =>
  Object.fromEntries(Object.entries(stacks).map(([name, text]) => [name, readStack(text)]));

/** What is known of a version: the stacks that it wrote and those of now, made once, and their report. */
interface Upgrade {
  readonly before: Stacks;
  readonly now: Stacks;
  readonly report: Report;
}

const upgrades = new Map<string, Upgrade>();

function upgradeOf(kept: Kept): Upgrade {
  const known = upgrades.get(kept.version);
  if (known !== undefined) return known;
  const before = keptStacks(kept);
  const { stacks: now, model } = stacksOfNow(kept);
  const report = compareStacks({ base: read(before), head: read(now), models: { head: model } });
  const upgrade = { before, now, report };
  upgrades.set(kept.version, upgrade);
  return upgrade;
}

/** The report without each argument: what people read first. */
const explained = (report: Report): string =>
  markdownOf(report, { verdict: verdictOf(report, "critical", []), problems: [] })
    .replace(/<details>.*?<\/details>\n*/gs, "")
    .replace(/> \[!NOTE\]\n> \*\*This is cut.*\n*/, "")
    .replace(/^<!--.*-->\n*/, "")
    .replace(/^## .*\n*/m, "");

const page = ({ version, commit }: Kept, report: Report): string =>
  `# From ${version}

What the first plans after an upgrade from ${version} (commit \`${commit}\`) do to four of its environments, \`production\` on AWS, \`gke-staging\`, \`aks-staging\` and \`local\`, with nothing else
changed: the stacks that ${version} wrote, compared with what this program writes of the same files. A plan of yours is told in the same words by \`goldenpath report\`. [What to do](../../CHANGELOG.md).

${explained(report).trim()}
`;

test("what is not taken as it was any more is refused with what to write", () => {
  const [kept] = KEPT;
  const staging = kept?.environments.find(({ name }) => name === "gke-staging");
  const [overlay] = staging?.applications ?? [];
  if (staging === undefined || overlay === undefined) throw new Error("no environment");
  const { application } = overlay;
  const second = {
    ...overlay,
    application: { ...application, name: "billing" },
    hosts: { api: "b.example.com", web: "w.example.com" },
  };
  const twice = { ...application, services: { ...application.services, archive: mysql() } };
  const problems = (changed: EnvironmentSpec): string[] => {
    try {
      loadEnvironments([changed]);
      return [];
    } catch (error) {
      if (error instanceof InvalidInput) return error.message.split("\n");
      throw error;
    }
  };
  expect(problems({ ...staging, applications: [overlay, second] })).toEqual([
    expect.stringMatching(/^environments\.gke-staging\.defaultApplication: .*my-app/),
  ]);
  expect(problems({ ...staging, applications: [{ ...overlay, application: twice }] })).toEqual(
    expect.arrayContaining([expect.stringMatching(/defaultServices.*orders-db/)]),
  );
});

describe.each(KEPT.map((kept) => [kept.version, kept] as const))("from %s", (version, kept) => {
  test("environments are taken as they were written, types and all", () => {
    expect(() => loadEnvironments(kept.environments)).not.toThrow();
  });

  test("nothing that holds data is deleted or made anew, for all that is known", () => {
    const { risks } = upgradeOf(kept).report;
    expect(risks.filter((risk) => risk.class === "data loss").map(({ id }) => id)).toEqual([]);
  });

  test("no stack and no state is another", () => {
    const { before, now } = upgradeOf(kept);
    expect(Object.keys(now).sort()).toEqual(Object.keys(before).sort());
    const backend = (text: string): unknown =>
      (JSON.parse(text) as { terraform: { backend?: unknown } }).terraform.backend;
    for (const [name, text] of Object.entries(before)) {
      expect([name, backend(now[name] ?? "{}")]).toEqual([name, backend(text)]);
    }
  });

  test("what changes is on its page", () => {
    const file = join(PAGES, `from-${version}.md`);
    const text = page(kept, upgradeOf(kept).report);
    if (process.env.UPDATE_REPORTS !== undefined) writeFileSync(file, text);
    expect(text).toBe(
      existsSync(file) ? readFileSync(file, "utf8") : "no page: write it as the head of this file says",
    );
  });
});
