import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput, type Problem } from "../../../constructs/model/problem";
import type { Answer } from "../../../constructs/requests/answer";
import { answersMarkdown } from "../../../constructs/requests/answer-markdown";
import { clauseWords, decisionWords } from "../../../constructs/requests/answer-words";
import { readSources } from "../../../constructs/requests/read-request";
import { withRequests } from "../../../constructs/requests/with-requests";
import { answerRequests } from "../../../stacks/requests/answers";
import { environments, POLICY, TODAY } from "./support/world";

/*
 * Files of requests, each put into the reference program by itself. Its name begins with what becomes of it; clause by clause and
 * problem by problem that is in the snapshot.
 */

const FOLDER = join(__dirname, "corpus");
const files = readdirSync(FOLDER).sort();

type Outcome = { readonly answer: Answer } | { readonly error: InvalidInput };

function outcomeOf(file: string): Outcome {
  const source = { file: `requests/${file}`, content: readFileSync(join(FOLDER, file)) };
  const put = withRequests(environments, readSources("requests", [source]), POLICY);
  try {
    const [answer] = answerRequests({ environments: put, names: [], today: TODAY, consequences: false });
    if (answer === undefined) throw new Error(`no answer to ${file}`);
    return { answer };
  } catch (error) {
    if (error instanceof InvalidInput) return { error };
    throw error;
  }
}

const told = (outcome: Outcome): string =>
  "error" in outcome
    ? outcome.error.report
    : [
        decisionWords(outcome.answer.decision),
        ...outcome.answer.decision.clauses.map((clause) => `${clause.id}: ${clauseWords(clause)}`),
      ].join("\n");

test("the corpus has more than sixty files, and some of each kind", () => {
  expect(files.length).toBeGreaterThan(60);
  for (const kind of ["allowed", "approval", "refused", "unfitting", "malformed", "hostile"])
    expect(files.filter((file) => file.startsWith(`${kind}-`)).length).toBeGreaterThan(5);
});

describe.each(files)("%s", (file) => {
  const outcome = outcomeOf(file);
  const kind = file.replace(/-.*/s, "");

  test("is decided or refused as it always was", () => {
    expect(told(outcome)).toMatchSnapshot();
  });

  test("is what its name says", () => {
    if ("answer" in outcome) expect([outcome.answer.decision.is, "hostile"]).toContain(kind);
    else expect(["unfitting", "malformed", "hostile"]).toContain(kind);
  });

  test("is told at a line of the file, in lines, and shows nothing that a terminal or a comment would follow", () => {
    if ("error" in outcome) {
      const { problems } = outcome.error;
      const places = problems.map(({ at }: Problem) => at);
      expect(places).toEqual(places.map(() => expect.stringMatching(new RegExp(`^requests/${file}:\\d+$`)) as string));
      expect(outcome.error.report).not.toMatch(/sk_live|[\0\u202e]|\n\s+at /);
      expect(outcome.error.report.split("\n").every((line) => line.length < 1200)).toBe(true);
      return;
    }
    const markdown = answersMarkdown([outcome.answer]);
    expect(markdown).not.toMatch(/<script|@everyone|[^\\]\]\(http/);
  });

  test("is decided twice the same", () => {
    expect(told(outcomeOf(file))).toBe(told(outcome));
  });
});
