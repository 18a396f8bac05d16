import { prose, span } from "./markdown-text";
import type { RenderedFileReport, RenderedReport } from "./rendered";

/** Most files of an output in a line, and most parts of a file: nobody reads a hundred. The page has all of them. */
const MOST = 8;

const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** All of them in a sentence: `Three Compose services, two chart values and one dashboard change too.` */
export function renderedSentence(rendered: readonly RenderedReport[]): string {
  if (rendered.length === 0) return "No other output changes.";
  const counts = new Map<string, number>();
  for (const { called, count } of rendered.flatMap(({ counts: own }) => own))
    counts.set(called, (counts.get(called) ?? 0) + count);
  const text = listed(
    [...counts].map(([called, count]) => `${NUMBERS[count] ?? count} ${count === 1 ? called : plural(called)}`),
  );
  const isOne = counts.size === 1 && [...counts.values()].includes(1);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${isOne ? "changes" : "change"} too.`;
}

/** Lines of Markdown, one for each output. */
export const renderedLines = (rendered: readonly RenderedReport[]): string[] =>
  rendered.map(({ name, files }) => {
    const more = files.length > MOST ? [`${files.length - MOST} files more`] : [];
    return `- **${prose(name)}**: ${[...files.slice(0, MOST).map(fileText), ...more].join("; ")}`;
  });

function fileText(report: RenderedFileReport): string {
  const parts = partsText(report);
  return `${span(report.file)}${report.becomes === "changed" ? "" : ` is ${report.becomes}`}${parts === "" ? "" : ` (${prose(parts)})`}`;
}

/** Names of the parts that change: `workloads.web.replicas, +workloads.web.config.A`. */
export function partsText({ becomes, parts }: RenderedFileReport, most = MOST): string {
  if (becomes !== "changed") return "";
  const mark = { changed: "", gone: "−", new: "+" };
  const names = parts.slice(0, most).map((part) => `${mark[part.becomes]}${part.name}`);
  return [...names, ...(parts.length > most ? [`${parts.length - most} more`] : [])].join(", ");
}

/** `files of Ansible` of `file of Ansible`. */
function plural(called: string): string {
  const [, noun = called, rest = ""] = /^(.*?)( (?:of|without) .*)?$/.exec(called) ?? [];
  return `${noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`}${rest}`;
}

function listed(all: readonly string[]): string {
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;
}
