import type { Day } from "../services/pinned-version";
import { DAY_MS } from "./day";
import { type Fact, factOf, type Pin } from "./pin";

/** Days before the end of support from which on people are warned. */
export const NEAR_DAYS = 90;

/**
 * How a version stands on a day: its support is `past` its end, past it and `accepted`, `near` it, `supported` for longer, or
 * `open`, as no end is announced.
 */
export type Standing = "past" | "accepted" | "near" | "supported" | "open";

/** A product's version with all that name it. */
export interface Sighting {
  readonly fact: Fact;
  readonly standing: Standing;
  /** Days until the end of support, less than none after it. `undefined` where no end is announced. */
  readonly days: number | undefined;
  /** Exact versions, each once: `8.4.11`. */
  readonly versions: readonly string[];
  /** Stacks and files that name it, each once. */
  readonly where: readonly string[];
}

export interface RadarReport {
  readonly on: Day;
  /** Sorted by the end of support; what has none comes last. */
  readonly sightings: readonly Sighting[];
  /** What nobody here knows anything of, such as an application's own images and charts of other people. */
  readonly unknown: readonly Pin[];
}

/** The day itself, and of a month its last. */
const lastDay = (day: Day): number => {
  const [year = 0, month = 1, date] = day.split("-").map(Number);
  return date === undefined ? Date.UTC(year, month, 0) : Date.UTC(year, month - 1, date);
};

const daysBetween = (from: Day, to: Day): number => Math.round((lastDay(to) - lastDay(from)) / DAY_MS);

function standingOf({ accepted }: Fact, days: number | undefined, on: Day): Standing {
  if (days === undefined) return "open";
  if (days < 0) return accepted !== undefined && daysBetween(on, accepted.until) >= 0 ? "accepted" : "past";
  return days <= NEAR_DAYS ? "near" : "supported";
}

/** Made once: to make one takes longer than all that it compares. */
const { compare } = new Intl.Collator("en", { numeric: true });

const unique = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

/** How every pin stands on a day. Of facts that no pin is of, nothing is said. */
export function radarReport(pins: readonly Pin[], facts: readonly Fact[], on: Day): RadarReport {
  const unknown: Pin[] = [];
  const found = new Map<Fact, Pin[]>();
  for (const pin of pins) {
    const fact = factOf(pin, facts);
    if (fact === undefined) unknown.push(pin);
    else found.set(fact, [...(found.get(fact) ?? []), pin]);
  }
  const sightings = [...merged(found)].map(([fact, all]): Sighting => {
    const days = fact.endOfSupport === undefined ? undefined : daysBetween(on, fact.endOfSupport);
    return {
      fact,
      days,
      standing: standingOf(fact, days, on),
      versions: unique(all.map(({ version }) => version)),
      where: unique(all.map(({ where }) => where)),
    };
  });
  const name = ({ fact: { product, version } }: Sighting): string => `${product} ${version}`;
  sightings.sort((a, b) => (a.days ?? Infinity) - (b.days ?? Infinity) || compare(name(a), name(b)));
  return { on, sightings, unknown };
}

/** The same version of the same product is one, whether an image has it or several environments say so. */
function merged(found: ReadonlyMap<Fact, readonly Pin[]>): Map<Fact, Pin[]> {
  const one = new Map<string, readonly [Fact, Pin[]]>();
  for (const [fact, pins] of found) {
    const { product, version, endOfSupport = "", accepted } = fact;
    const key = [product, version, endOfSupport, accepted?.reason ?? ""].join("\n");
    one.set(key, [one.get(key)?.[0] ?? fact, [...(one.get(key)?.[1] ?? []), ...pins]]);
  }
  return new Map(one.values());
}
