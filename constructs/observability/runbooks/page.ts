/* A runbook as Markdown. Code blocks of `sh` are commands as they are pasted; nothing in them is left to fill in. */

/** What to do next, and the commands for it. */
export interface Step {
  readonly say: string;
  /** What to write into an environment's file first, in TypeScript. @default - nothing */
  readonly write?: string;
  /** Lines of a shell. @default - none */
  readonly run?: readonly string[];
}

/** Steps about one thing, in their order. */
export interface Section {
  /** Name of what they are about. @default - the application as a whole */
  readonly about?: string;
  readonly steps: readonly Step[];
}

/** What the author of a runbook says. What the alert says itself is taken from the alert. */
export interface Playbook {
  /** What people call it: `Service down`. @default - the alert's name */
  readonly called?: string;
  /** Who is affected: one line of a list each. */
  readonly impact: readonly string[];
  readonly diagnosis: readonly Section[];
  readonly mitigation: readonly Section[];
}

const block = (language: string, text: string): string[] => ["", `\`\`\`${language}`, ...text.split("\n"), "```"];

/** Lines below an item of a list: as far in as its text, which begins further right from the tenth item on. */
const indented = (lines: readonly string[], marker: string): string[] =>
  lines.map((line) => (line === "" ? "" : `${" ".repeat(marker.length)}${line}`));

function stepLines({ say, run, write }: Step, index: number): string[] {
  const below = [
    ...(write === undefined ? [] : block("ts", write)),
    ...(run === undefined ? [] : block("sh", run.join("\n"))),
  ];
  const marker = `${index + 1}. `;
  return [`${marker}${say}`, ...indented(below, marker), ""];
}

/** Sections of Markdown; one about nothing in particular has no heading. */
export const sectionLines = (sections: readonly Section[]): string[] =>
  sections
    .filter(({ steps }) => steps.length > 0)
    .flatMap(({ about, steps }) => [...(about === undefined ? [] : [`### ${about}`, ""]), ...steps.flatMap(stepLines)]);

export const bullets = (lines: readonly string[]): string[] => [...lines.map((line) => `- ${line}`), ""];

/** What every page has after what it is about: who is affected, how to look, and what to do. */
export const playbookLines = ({
  impact,
  diagnosis,
  mitigation,
}: Pick<Playbook, "diagnosis" | "impact" | "mitigation">): string[] => [
  ...["## Impact", "", ...bullets(impact)],
  ...["## Diagnosis", "", ...sectionLines(diagnosis)],
  ...["## Mitigation", "", ...sectionLines(mitigation)],
];

/** Lines of a file, with one line break at its end. */
export const asFile = (lines: readonly string[]): string => `${lines.join("\n").trimEnd()}\n`;
