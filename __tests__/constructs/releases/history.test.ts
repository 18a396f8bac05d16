import { chooseRevision, NotAHistory, readHistory } from "../../../constructs/releases/history";

/* Which revision Helm goes back to, by histories as Helm 3 and Helm 4 print them; those of a rollback that failed were recorded of both. */

type Row = readonly [status: string, holds: string, description?: string, backTo?: number];

const json = (rows: readonly Row[]): string =>
  JSON.stringify(
    rows.map(([status, , description = "Upgrade complete", backTo], index) => ({
      revision: index + 1,
      updated: "2026-11-29T23:36:31.12Z",
      status,
      chart: "my-app-0.1.0",
      app_version: "",
      description,
      ...(backTo !== undefined && { rollback_revision: backTo }),
    })),
  );

async function chosen(...rows: readonly Row[]): Promise<number | string> {
  const choice = await chooseRevision(readHistory(json(rows)), (revision) =>
    Promise.resolve(rows[revision - 1]?.[1] ?? ""),
  );
  return "nothing" in choice ? choice.nothing : choice.to.revision;
}

const back = (to: number): string => `Rollback to ${to}`;
/** What both say of one that failed; Helm 3 forgets where it went to. */
const FAILED_BACK = 'Release "my-app" failed: context deadline exceeded';
const FAILED_UP = 'Upgrade "my-app" failed: context deadline exceeded';

test.each<[title: string, rows: readonly Row[], revision: number]>([
  [
    "the release before",
    [
      ["superseded", "a"],
      ["deployed", "b"],
    ],
    1,
  ],
  [
    "not one that holds the same",
    [
      ["superseded", "a"],
      ["superseded", "b"],
      ["deployed", "b"],
    ],
    1,
  ],
  [
    "not one that failed",
    [
      ["superseded", "a"],
      ["failed", "b", FAILED_UP],
      ["deployed", "c"],
    ],
    1,
  ],
  [
    "what runs, where the newest failed",
    [
      ["superseded", "a"],
      ["deployed", "b"],
      ["failed", "c", FAILED_UP],
    ],
    2,
  ],
  [
    "what runs, where several failed",
    [
      ["deployed", "a"],
      ["failed", "b", FAILED_UP],
      ["failed", "b", FAILED_UP],
    ],
    1,
  ],
  [
    "what runs, where the newest was cut off",
    [
      ["superseded", "a"],
      ["deployed", "b"],
      ["pending-upgrade", "c"],
    ],
    2,
  ],
  [
    "where it was on its way, though what it came from is still deployed",
    [
      ["superseded", "a"],
      ["deployed", "b"],
      ["pending-rollback", "a", back(1)],
    ],
    1,
  ],
  [
    "further back a second time, and not to what was gone back from",
    [
      ["superseded", "a"],
      ["superseded", "b"],
      ["superseded", "c"],
      ["deployed", "b", back(2)],
    ],
    1,
  ],
  [
    "to what was gone back to, after another release",
    [
      ["superseded", "a"],
      ["superseded", "b"],
      ["superseded", "a", back(1)],
      ["deployed", "c"],
    ],
    3,
  ],
  [
    "to one that was gone back from, and was released again since",
    [
      ["superseded", "a"],
      ["superseded", "b"],
      ["superseded", "a", back(1)],
      ["superseded", "b"],
      ["deployed", "c"],
    ],
    4,
  ],
  [
    "further back where a rollback failed, by Helm 4",
    [
      ["superseded", "a"],
      ["superseded", "b"],
      ["deployed", "c"],
      ["failed", "b", FAILED_BACK, 2],
    ],
    1,
  ],
  [
    "further back where a rollback failed, by Helm 3, which forgets where to",
    [
      ["superseded", "a"],
      ["superseded", "b"],
      ["deployed", "c"],
      ["failed", "b", FAILED_BACK],
    ],
    1,
  ],
  [
    "what runs, where an upgrade failed after a rollback that did",
    [
      ["superseded", "a"],
      ["superseded", "b"],
      ["deployed", "a", back(1)],
      ["failed", "c", FAILED_UP],
    ],
    3,
  ],
])("%s", async (_, rows, revision) => {
  expect(await chosen(...rows)).toBe(revision);
});

test.each<[title: string, rows: readonly Row[], says: RegExp]>([
  ["none was released", [], /^nothing was released yet$/],
  ["there is one", [["deployed", "a"]], /^revision 1 is the only one$/],
  ["the first was cut off", [["pending-install", "a"]], /^revision 1 is the only one$/],
  [
    "all hold the same",
    [
      ["superseded", "a"],
      ["deployed", "a"],
    ],
    /holds what is there now$/,
  ],
  [
    "it was gone back already",
    [
      ["superseded", "a"],
      ["superseded", "b"],
      ["deployed", "a", back(1)],
    ],
    /has gone back from 2/,
  ],
  [
    "the only one before was tried in vain",
    [
      ["superseded", "a"],
      ["deployed", "b"],
      ["failed", "a", FAILED_BACK, 1],
    ],
    /^no revision before 3 is to go back to: somebody has gone back from 2/,
  ],
  ["it was uninstalled", [["uninstalled", "a"]], /^revision 1 is uninstalled: release again/],
  [
    "every other one failed",
    [
      ["failed", "a"],
      ["failed", "b"],
      ["deployed", "c"],
    ],
    /every other one failed/,
  ],
])("nothing where %s", async (_, rows, says) => {
  expect(await chosen(...rows)).toMatch(says);
});

test.each(["", "{}", '[{"revision":"1","status":"deployed"}]', '[{"revision":1}]', "[null]"])(
  "is refused where it is none: %s",
  (text) => {
    expect(() => readHistory(text)).toThrow(NotAHistory);
  },
);

test("whatever the history, it never chooses the newest, one that failed, or one of the same content", async () => {
  const statuses = ["deployed", "superseded", "failed", "pending-upgrade", "pending-rollback"];
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  for (let round = 0; round < 3000; round++) {
    const rows = Array.from({ length: 1 + random(8) }, (_, index): Row => {
      const isBack = index > 0 && random(3) === 0;
      const to = 1 + random(Math.max(1, index));
      return [statuses[random(5)] ?? "", "abc"[random(3)] ?? "", isBack ? back(to) : "Upgrade complete"];
    });
    const result = await chosen(...rows);
    if (typeof result === "string") continue;
    const cutBack = rows.at(-1)?.[0] === "pending-rollback" && rows.at(-1)?.[2]?.startsWith("Rollback") === true;
    expect(result).toBeLessThan(rows.length);
    if (cutBack) continue;
    expect(rows[result - 1]?.[0]).toMatch(/^(?:deployed|superseded)$/);
    const stands = rows.at(-1)?.[0] === "deployed" || rows.at(-1)?.[0] === "superseded";
    if (stands) expect(rows[result - 1]?.[1]).not.toBe(rows.at(-1)?.[1]);
  }
});
