import { block, prose, span, tagged } from "../report/markdown-text";
import type { Answer, Consequences } from "./answer";
import { askedWords, clauseWords, consequenceWords, decisionWords, summaryWords } from "./answer-words";

/** Marks a comment, by which it is found again to be written over. */
const MARKER = "<!-- goldenpath requests -->";

/** Most characters that GitHub takes in a comment. */
const LONGEST = 65_535;

/** Ends a comment that was cut. */
const CUT = "\n_What follows from the others is too long for a comment: `goldenpath requests` prints it._\n";

/** Lines of one kind of consequence: a comment is read, and `goldenpath requests` tells the rest. */
const MOST_LINES = 40;

/**
 * Answers as a comment of a pull request. What people wrote is shown and does nothing. Where it would be longer than a comment may
 * be, consequences are left out from the last request on, and it says so.
 */
export function answersMarkdown(answers: readonly Answer[]): string {
  const summary = `${MARKER}\n\n## Requests: ${summaryWords(answers)}\n`;
  const heads = answers.map(head);
  const room = LONGEST - summary.length - CUT.length - heads.reduce((sum, one) => sum + one.length + 1, 0);
  const bodies = bodiesWithin(answers, room);
  const parts = heads.flatMap((one, index) => [one, ...bodies.slice(index, index + 1)]);
  const text = [summary, ...parts].join("\n");
  return bodies.length === answers.length ? text : `${text.slice(0, LONGEST - CUT.length)}${CUT}`;
}

/** Consequences of as many requests as there is room for, the first ones. */
function bodiesWithin(answers: readonly Answer[], room: number): readonly string[] {
  let left = room;
  const bodies: string[] = [];
  for (const answer of answers) {
    const body = answer.environments.map(consequences).join("\n");
    left -= body.length + 1;
    if (left < 0) return bodies;
    bodies.push(body);
  }
  return bodies;
}

function head(answer: Answer): string {
  const { decision, request, owner } = answer;
  return [
    `### ${prose(askedWords(answer))}: ${prose(decisionWords(decision))}`,
    "",
    `${span(answer.file)}, asked for by ${prose(request.requestedBy)}: ${prose(request.reason)}`,
    "",
    ...decision.clauses.map(
      (clause) => `- **${prose(clause.id)}** ${prose(clause.text)} _${prose(clauseWords(clause))}_`,
    ),
    ...(decision.left.length === 0 ? [] : ["", `Left for ${prose(owner)}: ${prose(decision.left.join(", "))}.`]),
    ...(answer.with.length === 0 ? [] : ["", `With it go: ${answer.with.map(span).join(", ")}.`]),
    "",
  ].join("\n");
}

function consequences(one: Consequences): string {
  const lines = consequenceWords(one, MOST_LINES).flatMap(([what, said]) => [
    `${what}:`,
    ...said.map((line) => `  ${line}`),
  ]);
  return [
    `<details><summary>${tagged(one.environment)}: ${tagged(one.costs.join("; ") || one.place)}</summary>`,
    "",
    prose(one.place),
    "",
    block(lines, "text"),
    "",
    "</details>",
    "",
  ].join("\n");
}
