import type { Alert, Comparison } from "../alerts/alert";
import { humanize1024, humanizeDuration } from "../alerts/in-words";
import { duration } from "../alerts/promql";

/* An alert as people read it, from the alert itself. */

const COMPARED: Readonly<Record<Comparison, (limit: string) => string>> = {
  "<": (limit) => `below ${limit}`,
  "==": (limit) => `exactly ${limit}`,
  ">": (limit) => `above ${limit}`,
  ">=": (limit) => `${limit} or more`,
};

/** The threshold as the alert's text shows its value. */
function limit({ threshold, shownBy }: Pick<Alert, "shownBy" | "threshold">): string {
  switch (shownBy) {
    case "humanizePercentage":
      return `${Number((threshold * 100).toPrecision(4))}%`;
    case "humanizeDuration":
      return humanizeDuration(threshold);
    case "humanize1024":
      return `${humanize1024(threshold)}B`;
    default:
      return String(threshold);
  }
}

/** Condition under which it calls somebody: `above 5%, for 5m`. */
export const condition = (alert: Pick<Alert, "forSeconds" | "is" | "shownBy" | "threshold">): string =>
  `${COMPARED[alert.is](limit(alert))}, for ${duration(alert.forSeconds)}`;

/** A template of Prometheus with what it fills in as words: `{{ $labels.pod }}` → `*pod*`. */
export const templateInWords = (text: string): string =>
  text.replace(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, "*$1*").replace(/\{\{\s*\$value[^}]*\}\}/g, "*value*");

/** `one`, `one and two`, `one, two and three`. */
export const listed = (all: readonly string[]): string =>
  all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1) ?? ""}`;

export const code = (text: string): string => `\`${text}\``;
