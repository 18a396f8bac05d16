import { acknowledge, readAcknowledgements, WrongAcknowledgements } from "../../../constructs/report/acknowledgements";
import { verdictOf } from "../../../constructs/report/verdict";
import { reportOn } from "./support/reports";

/* Who answers for a risk, until when; and what becomes of a word that nobody needs. */

const lost = reportOn([{ address: "aws_s3_bucket.a", actions: ["delete"], before: {} }]);
const [risk] = lost.risks;
const ID = "data-loss:staging:aws_s3_bucket.a:deleted";
const word = (more: object = {}) => ({ risk: ID, until: "2026-12-31", reason: "it was only a trial", ...more });

const problemsOf = (text: string): readonly string[] => {
  try {
    readAcknowledgements(text);
    return [];
  } catch (error) {
    if (error instanceof WrongAcknowledgements) return error.problems;
    throw error;
  }
};

test("a risk that somebody answers for passes until that day, and not a day longer", () => {
  expect(risk?.id).toBe(ID);
  const on = (day: "2026-12-31" | "2027-01-01") => acknowledge(lost, [word()], day);
  const held = on("2026-12-31");
  expect(held.problems).toEqual([]);
  expect(held.report.risks[0]?.acknowledged).toEqual({ until: "2026-12-31", reason: "it was only a trial" });
  expect(verdictOf(held.report, "medium", held.problems)).toMatchObject({ is: "changes", risks: [] });
  const past = on("2027-01-01");
  expect(past.problems).toEqual([
    `${ID}: held until 2026-12-31; look at the risk again, and give another day or take it out`,
  ]);
  expect(verdictOf(past.report, "medium", past.problems)).toMatchObject({ is: "above", risks: [{ id: ID }] });
});

test("one that answers for nothing fails, where its stack is planned", () => {
  const other = word({ risk: "data-loss:staging:aws_s3_bucket.b:deleted" });
  const elsewhere = word({ risk: "data-loss:production:aws_s3_bucket.b:deleted" });
  const { problems, report } = acknowledge(lost, [word(), other, elsewhere], "2026-12-01");
  expect(problems).toEqual([
    "data-loss:staging:aws_s3_bucket.b:deleted: answers for no risk of these plans; take it out",
  ]);
  expect(verdictOf(report, "critical", problems)).toMatchObject({
    is: "above",
    says: "1 acknowledgement that does not hold",
  });
});

test.each([
  ["low", "above"],
  ["medium", "above"],
  ["high", "above"],
  ["critical", "changes"],
] as const)("with %s allowed a loss of data is %s", (allowed, is) => {
  expect(verdictOf(lost, allowed, []).is).toBe(is);
});

test("every mistake of the file is told at once, with its path", () => {
  const text = JSON.stringify({
    acknowledged: [
      word({ until: "2026-02-30" }),
      word({ risk: "", reason: 7, who: "me" }),
      "all",
      word({ risk: "b" }),
      word({ risk: "b" }),
    ],
    everything: true,
  });
  expect(problemsOf(text)).toEqual([
    "everything: is not known here; leave it out",
    'acknowledged[0].until: got "2026-02-30"; give the last day on which it may pass, 2026-12-31',
    expect.stringContaining("acknowledged[1].risk: is no text") as string,
    expect.stringContaining("acknowledged[1].reason: is no text") as string,
    "acknowledged[1].who: is not known here; use risk, until, reason",
    expect.stringContaining("acknowledged[2]: is no object") as string,
  ]);
  expect(problemsOf(JSON.stringify({ acknowledged: [word(), word()] }))).toEqual([
    `${ID}: is there twice; leave one of them out`,
  ]);
});

test.each(["", "{", "[]", "null", '{"acknowledged": {}}'])("%j is no such file", (text) => {
  expect(problemsOf(text)).toHaveLength(1);
});
