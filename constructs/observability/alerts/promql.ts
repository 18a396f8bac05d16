/* PromQL as text: selectors with their values quoted, and times. */

/** Matchers by label: a text is equal, an expression is matched as a whole. */
export type Matchers = Readonly<Record<string, RegExp | string>>;

/** A string of PromQL, which has Go's escapes: JSON's are among them. */
export const quoted = (text: string): string => JSON.stringify(text);

/** `http_requests_total{namespace="my-app-prod", status=~"5.."}` */
export function select(metric: string, matchers: Matchers): string {
  const all = Object.entries(matchers).map(([label, value]) =>
    typeof value === "string" ? `${label}=${quoted(value)}` : `${label}=~${quoted(value.source)}`,
  );
  return `${metric}{${all.join(", ")}}`;
}

/** An expression that matches one of the texts as a whole. */
export const oneOfTexts = (texts: readonly string[]): string =>
  texts.map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join("|");

/** `90` → `"1m30s"`, as Prometheus writes it; `0` → `"0s"`. */
export function duration(seconds: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "m"],
    [seconds % 60, "s"],
  ];
  const given = parts.filter(([amount]) => amount > 0);
  return given.length === 0 ? "0s" : given.map(([amount, unit]) => `${amount}${unit}`).join("");
}
