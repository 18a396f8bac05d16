import type { Document, Fence } from "./markdown";

/** Commands of a page, with what has to be edited before them and what it says that they print. */
export interface Step {
  /** Line of the first command, from 1. */
  readonly line: number;
  readonly commands: string;
  /** Patches, in their order. */
  readonly edits: readonly string[];
  /** What is shown of the output. @default - nothing is shown, and nothing is to be printed */
  readonly shown?: string;
}

/** Steps of a page that is meant to be followed: each block is commands, changes before them, or what the commands above it print. */
export function stepsOf({ file, fences }: Document): readonly Step[] {
  const steps: Step[] = [];
  let edits: string[] = [];
  let before: Fence | undefined;
  for (const fence of fences) {
    const { info, text, line } = fence;
    const last = steps.at(-1);
    if (info === "diff") edits.push(text);
    else if (info === "sh") {
      steps.push({ line, commands: text, edits });
      edits = [];
    } else if (info === "text" && before?.info === "sh" && last !== undefined) {
      steps[steps.length - 1] = { ...last, shown: text };
    } else throw new Error(`${file}:${line}: got "${info}"; a step is sh, diff before it, or text after it`);
    before = fence;
  }
  if (edits.length > 0) throw new Error(`${file}: ends with a change that no command follows`);
  return steps;
}

/**
 * Compares what a page shows with what was printed: line by line, where `…` on a line of its own stands for any lines, and within a line for any
 * characters.
 *
 * @returns the first line that was not printed where it had to be; `undefined` where all of it was
 */
export function lost(shown: string, output: string): string | undefined {
  const lines = linesOf(output);
  // Every line of the output that the next one shown may be.
  let places = [0];
  for (const line of linesOf(shown)) {
    if (line === "…") {
      const [first = 0] = places;
      places = Array.from({ length: lines.length - first + 1 }, (_, index) => first + index);
      continue;
    }
    const form = new RegExp(`^${line.split("…").map(quoted).join(".*")}$`);
    places = places.filter((place) => form.test(lines[place] ?? "\n")).map((place) => place + 1);
    if (places.length === 0) return line;
  }
  return places.includes(lines.length) ? undefined : `the end, and not: ${lines[places.at(-1) ?? 0] ?? ""}`;
}

const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
