import type { Answer } from "./answer";
import { askedWords, clauseWords, consequenceWords, decisionWords, summaryWords } from "./answer-words";

/** Answers for a terminal. */
export const answersText = (answers: readonly Answer[]): string =>
  `${[...answers.map(answerText), summaryWords(answers)].join("\n")}\n`;

/** Widest name of what is told, and the gap behind it. */
const WIDTH = 11;

function answerText(answer: Answer): string {
  const { file, request, decision, environments } = answer;
  const widest = Math.max(0, ...decision.clauses.map(({ id }) => id.length));
  return [
    `${file}: ${askedWords(answer)}: ${decisionWords(decision)}`,
    `  "${request.reason}", ${request.requestedBy}`,
    ...decision.clauses.flatMap((clause) => [
      `  ${clause.id.padEnd(widest)}  ${clause.text}`,
      `  ${"".padEnd(widest)}  ${clauseWords(clause)}`,
    ]),
    ...(decision.left.length === 0 ? [] : [`  left for ${answer.owner}: ${decision.left.join(", ")}`]),
    ...(answer.with.length === 0 ? [] : [`  with it go: ${answer.with.join(", ")}`]),
    ...environments.flatMap((one) => [
      "",
      `  ${one.environment}: ${one.place}`,
      ...consequenceWords(one).flatMap(([what, said]) =>
        said.map((line, index) => `    ${(index === 0 ? what : "").padEnd(WIDTH)}${line}`),
      ),
    ]),
    "",
  ].join("\n");
}
