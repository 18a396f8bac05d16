import type { RadarReport, Sighting, Standing } from "./report";

/** Environments, stacks and files: the first ones, and how many more. */
const SHOWN = 3;

const HEADINGS: Readonly<Record<Standing, string>> = {
  past: "Past the end of support",
  accepted: "Past the end of support, and accepted",
  near: "Ends within 90 days",
  supported: "Supported",
  open: "No end announced, or none known",
};

const places = (where: readonly string[]): string =>
  where.length <= SHOWN ? where.join(", ") : `${where.slice(0, SHOWN).join(", ")} and ${where.length - SHOWN} more`;

const inDays = (days: number): string =>
  days === 0
    ? "today"
    : days > 0
      ? `in ${days} ${days === 1 ? "day" : "days"}`
      : `${-days} ${days === -1 ? "day" : "days"} ago`;

export const when = ({ fact: { endOfSupport, read }, days }: Sighting): string =>
  endOfSupport === undefined || days === undefined
    ? read === undefined
      ? "unknown"
      : "no end announced"
    : `${endOfSupport}, ${inDays(days)}`;

/** What is to be done, or why nothing is, or why it ends; `undefined` where nothing is to be said. */
export function remark({ fact: { accepted, endedBy }, standing }: Sighting): string | undefined {
  if (standing === "accepted" && accepted !== undefined) return `accepted until ${accepted.until}: ${accepted.reason}`;
  if (standing === "past" && accepted !== undefined)
    return `was accepted until ${accepted.until}: ${accepted.reason}; look again`;
  if (standing === "past" || standing === "near") return "move to a version that is supported for longer";
  return endedBy;
}

/** The remark and the source, a line each below the version. */
function advice(sighting: Sighting): string[] {
  const { source, read } = sighting.fact;
  const said = remark(sighting);
  const from = `source: ${source}, ${read === undefined ? "not read by anybody here" : `read ${read}`}`;
  return said === undefined ? [from] : [said, from];
}

const one = (sighting: Sighting): string => {
  const { fact, versions, where } = sighting;
  return [
    `  ${fact.product} ${fact.version}: ${when(sighting)}`,
    `    ${versions.join(", ")} in ${places(where)}`,
    ...advice(sighting).map((line) => `    ${line}`),
  ].join("\n");
};

/** The report for people: what is past its end first, and in each part what ends first. */
export function radarText({ on, sightings, unknown }: RadarReport): string {
  const parts = (Object.keys(HEADINGS) as Standing[]).flatMap((standing) => {
    const found = sightings.filter((sighting) => sighting.standing === standing);
    return found.length === 0 ? [] : [`${HEADINGS[standing]} (${found.length})\n${found.map(one).join("\n")}`];
  });
  const names = [...new Set(unknown.map(({ name, version }) => `  ${name} ${version}`))].sort();
  const others =
    names.length === 0 ? [] : [`Not known here: whoever brings it knows (${names.length})\n${names.join("\n")}`];
  return `${[`Support on ${on}`, ...parts, ...others].join("\n\n")}\n`;
}

/** What people are to know before it is too late, a line each: what is near its end or past it, and not accepted. */
export const radarWarnings = ({ sightings }: RadarReport): string[] =>
  sightings
    .filter(({ standing }) => standing === "near" || standing === "past")
    .map((sighting) => {
      const { fact, where, standing } = sighting;
      const ends = standing === "past" ? "is past its end of support" : "is near its end of support";
      return `${fact.product} ${fact.version} ${ends}, ${when(sighting)}: ${places(where)}; goldenpath radar says more`;
    });

/** The report for programs. */
export const radarData = ({ on, sightings, unknown }: RadarReport) => ({
  on,
  versions: sightings.map(({ fact, standing, days, versions, where }) => ({
    product: fact.product,
    version: fact.version,
    kind: fact.kind,
    standing,
    endOfSupport: fact.endOfSupport ?? null,
    days: days ?? null,
    endedBy: fact.endedBy ?? null,
    accepted: fact.accepted ?? null,
    source: fact.source,
    read: fact.read ?? null,
    written: versions,
    where,
  })),
  unknown,
});
