import type { CheckException } from "../../constructs/model/check-exception";
import { judge } from "../../scripts/scan/judge";
import type { Scan, Subject } from "../../scripts/scan/scan";

const logging: CheckException = { checks: ["CKV_1"], reason: "others log it" };
const both: CheckException = { checks: ["CKV_2", "image-tag"], reason: "tags are given", given: true };

const subject = (title: string, ...exceptions: CheckException[]): Subject => ({ title, exceptions });

function verdict(subjects: readonly Subject[], ...found: readonly (readonly [subject: number, check: string])[]) {
  const findings = found.flatMap(([index, check]) => {
    const about = subjects[index];
    return about === undefined ? [] : [{ subject: about, check, text: "…" }];
  });
  const owns = (check: string): boolean => check.startsWith("CKV");
  const scan: Scan = { tool: "t", scope: "s", subjects, owns, findings, planted: 0, failures: [] };
  return judge(scan);
}

test("a finding without an exception of its own stays open, whatever others except", () => {
  const { open, excused } = verdict([subject("a", logging), subject("b")], [0, "CKV_1"], [1, "CKV_1"], [0, "CKV_3"]);
  expect(open.map(({ subject: { title }, check }) => `${title} ${check}`)).toEqual(["b CKV_1", "a CKV_3"]);
  expect(excused).toEqual([{ check: "CKV_1", exception: logging, count: 1 }]);
});

test("an exception that excuses nothing is told with its resource and its reason", () => {
  expect(verdict([subject("a", logging)]).unused).toEqual(["a: CKV_1 is excepted and not found: others log it"]);
});

test("one exception on many resources must excuse one of them; one of the same words on each must excuse each", () => {
  expect(verdict([subject("a", logging), subject("b", logging)], [1, "CKV_1"]).unused).toEqual([]);
  expect(verdict([subject("a", { ...logging }), subject("b", { ...logging })], [1, "CKV_1"]).unused).toHaveLength(1);
});

test("each check of an exception is asked for, by the scanner whose it is", () => {
  expect(verdict([subject("a", both)], [0, "CKV_2"]).unused).toEqual([]);
  expect(verdict([subject("a", { ...both, checks: ["CKV_2", "CKV_3"] })], [0, "CKV_2"]).unused).toEqual([
    "a: CKV_3 is excepted and not found: tags are given",
  ]);
});

test("the same check for the same reason is one line of the summary", () => {
  const subjects = [subject("a", { ...logging }), subject("b", { ...logging })];
  expect(verdict(subjects, [0, "CKV_1"], [1, "CKV_1"]).excused).toMatchObject([{ check: "CKV_1", count: 2 }]);
});
