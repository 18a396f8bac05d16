import { elementName } from "../model-json/element-name";
import { columns } from "../model/columns";
import { type AskedGrade, GRADES, gradeText } from "./rule";
import { isBelow, type Judged, type Scorecard } from "./score";

/** What is missing for the grade that comes next, and for no later one. */
export function nextOf({ grade, judged }: Scorecard["parts"][number]): readonly Judged[] {
  const next = GRADES[GRADES.indexOf(grade) + 1];
  return judged.filter((one) => one.grade === next && one.judgement.is === "unmet");
}

function missing(card: Scorecard): string[] {
  return card.parts.flatMap((part) =>
    nextOf(part).flatMap(({ grade, asks, judgement }) =>
      judgement.is === "unmet"
        ? [
            `  ${elementName(card.application, part.name)}, for ${grade}: ${asks}`,
            `    ${judgement.fact}`,
            `    ${judgement.write}: ${judgement.todo}`,
          ]
        : [],
    ),
  );
}

function cardText(card: Scorecard): string {
  const { application, environment, grade, owner, parts, profile } = card;
  const rows = parts.map(({ name, kind, grade: reached }) => [`  ${name ?? application}`, kind, reached]);
  const next = missing(card);
  return [
    `${environment}: ${application}, ${gradeText(grade)} (${owner}, profile ${profile})`,
    ...columns(rows),
    ...(next.length === 0 ? [] : ["", "  What comes next", ...next.map((line) => `  ${line}`)]),
    "",
  ].join("\n");
}

/** Scorecards for people: each part's grade, and what the next one asks of it. */
export const scorecardsText = (cards: readonly Scorecard[]): string => cards.map(cardText).join("\n");

/** Scorecards for programs: every rule with what it found. */
export const scorecardsData = (cards: readonly Scorecard[], on: string) => ({
  on,
  scorecards: cards.map(({ parts, ...card }) => ({
    ...card,
    parts: parts.map(({ judged, name, ...part }) => ({
      name: name ?? null,
      ...part,
      rules: judged.map(({ judgement, ...rule }) => ({ ...rule, ...judgement })),
    })),
  })),
});

/** Parts that are below a grade, by their names. */
export const belowOf = (cards: readonly Scorecard[], grade: AskedGrade): readonly string[] =>
  cards.flatMap(({ application, environment, parts }) =>
    parts
      .filter((part) => isBelow(part.grade, grade))
      .map(({ name, grade: reached }) => `${environment}: ${elementName(application, name)} is ${gradeText(reached)}`),
  );
