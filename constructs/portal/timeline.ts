import { type Html, markup } from "../page/html";
import { DAY_MS } from "../radar/day";
import type { Standing } from "../radar/report";
import type { Day } from "../services/pinned-version";
import type { PortalVersion } from "./versions";

/* When support of versions ends, on a line of time from the day that is looked at. */

const [ROW, TOP, LEFT, WIDTH] = [26, 30, 220, 620] as const;
/** Months that are drawn before the day, for what has ended, and after it. */
const [BEFORE, AFTER] = [6, 36] as const;

const LOOKS: Readonly<Record<Standing, string>> = {
  past: "bad",
  accepted: "warn",
  near: "warn",
  supported: "good",
  open: "plain",
};

const MONTH_MS = (365.25 * DAY_MS) / 12;

const cut = (text: string): string => (text.length <= 32 ? text : `${text.slice(0, 31)}…`);

/** Whole days of a date or of the last day of a month. */
function timeOf(day: Day): number {
  const [year = 0, month = 1, date] = day.split("-").map(Number);
  return date === undefined ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, date);
}

/** A drawing of versions that have an end, in their order. */
export function timeline(versions: readonly PortalVersion[], on: Day): Html {
  const now = timeOf(on);
  const [from, to] = [now - BEFORE * MONTH_MS, now + AFTER * MONTH_MS];
  const x = (time: number): number =>
    Math.round(LEFT + ((Math.min(Math.max(time, from), to) - from) / (to - from)) * WIDTH);
  const height = TOP + versions.length * ROW + 8;
  const [thisYear = 0] = on.split("-").map(Number);
  const years = Array.from({ length: 6 }, (_, at) => thisYear + at).filter((year) => {
    const begins = Date.UTC(year, 0, 1);
    return begins > from && begins < to;
  });
  const lines = years.map((year) => {
    const at = x(Date.UTC(year, 0, 1));
    return markup`<path class="grid" d="M${at} ${TOP - 8}V${height}"/><text x="${at + 4}" y="16">${year}</text>\n`;
  });
  const rows = versions.map(({ fact, standing, when }, index) => {
    const end = timeOf(fact.endOfSupport ?? on);
    const y = TOP + index * ROW;
    const [start, stop] = end < now ? [x(end), x(now)] : [x(now), x(end)];
    const name = `${fact.product} ${fact.version}`;
    return markup`<g><title>${name}: ${when}</title><text class="name" x="0" y="${y + 12}">${cut(name)}</text><rect class="${LOOKS[standing]}" x="${start}" y="${y + 2}" width="${Math.max(3, stop - start)}" height="12" rx="3"/></g>\n`;
  });
  const width = LEFT + WIDTH + 8;
  return markup`<figure class="graph">
<div class="drawing timeline" role="region" aria-label="Drawing of support windows" tabindex="0">
<svg role="img" aria-labelledby="timeline" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<title id="timeline">When support ends, from ${on} on. The table below says the same.</title>
${lines}${rows}<path class="now" d="M${x(now)} ${TOP - 8}V${height}"/></svg>
</div>
<figcaption>The dark line is ${on}. A bar ends where support does; one that reaches the right edge is supported for ${AFTER / 12} years or more, and one that ends at the line has ended.</figcaption>
</figure>
`;
}
