/** Time in whole seconds, minutes, hours or days: `"5m"`, `"24h"`. */
export type Span = `${number}${"s" | "m" | "h" | "d"}`;

/** What is promised of data once they are lost: deleted, spoilt, or gone with their disk. */
export interface Recovery {
  /** Most that may be lost: changes of the last `"5m"`. */
  readonly rpo: Span;
  /** Longest time from the loss until the data are there again: `"1h"`. */
  readonly rto: Span;
  /**
   * Last day on which somebody brought them back on purpose, by the runbook, and measured it: `2026-10-01`. What people say; scorecards
   * go by it. @default - nobody has
   */
  readonly rehearsed?: string;
}

/** The same in seconds, with where it was said. */
export interface ResolvedRecovery {
  readonly rpoSeconds: number;
  readonly rtoSeconds: number;
  /** @default - nobody has rehearsed it */
  readonly rehearsed?: string;
  /** Whether the environment said it of everything, rather than of this. */
  readonly ofAll: boolean;
}

/** How a place brings data back, as those say who run it: a documented fact, with its source. */
export interface Recoverable {
  /** What brings them back, as a clause: `backups and the binary log of RDS`. */
  readonly by: string;
  /** Most that is lost, in seconds. `undefined`: nothing brings them back. */
  readonly rpoSeconds: number | undefined;
  /** Longest time it takes, in seconds. `undefined`: nobody states one, and it has to be measured. */
  readonly rtoSeconds: number | undefined;
  /** What would lose less, as an instruction. @default - nothing here does */
  readonly better?: string;
  /** Page that says so. */
  readonly source: string;
  /** Day on which it was read: `2026-11-29`. `undefined`: the page was not to be had from here, and it is known from elsewhere. */
  readonly read: string | undefined;
}

const SPAN = /^([1-9]\d{0,5})([smhd])$/;
const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Seconds; `undefined` if the text is not a positive time in this notation. */
export function parseSpan(text: string): number | undefined {
  const match = SPAN.exec(text);
  return match === null ? undefined : Number(match[1]) * UNITS[match[2] as keyof typeof UNITS];
}

/** Writes seconds in the largest unit that divides them: `5400` → `"90m"`. */
export function formatSpan(seconds: number): Span {
  for (const unit of ["d", "h", "m"] as const) {
    if (seconds >= UNITS[unit] && seconds % UNITS[unit] === 0) return `${seconds / UNITS[unit]}${unit}`;
  }
  return `${seconds}s`;
}

/** Seconds of what was checked before. Throws on anything else. */
export function resolveRecovery({ rpo, rto, rehearsed }: Recovery, ofAll: boolean): ResolvedRecovery {
  const [rpoSeconds, rtoSeconds] = [parseSpan(rpo), parseSpan(rto)];
  if (rpoSeconds === undefined || rtoSeconds === undefined) throw new RangeError(`not times: ${rpo}, ${rto}`);
  return { rpoSeconds, rtoSeconds, ...(rehearsed !== undefined && { rehearsed }), ofAll };
}
