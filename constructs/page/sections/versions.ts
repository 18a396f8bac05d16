import type { RadarReport, Sighting, Standing } from "../../radar/report";
import { remark, when } from "../../radar/text";
import { type Html, markup } from "../html";
import { badge, code, codes, count, folded, lines, link, list, muted, type Tone } from "../parts";
import { table } from "../table";

const BADGES: Readonly<Record<Standing, readonly [tone: Tone, words: string]>> = {
  past: ["bad", "ended"],
  accepted: ["warn", "ended, accepted"],
  near: ["warn", "ends soon"],
  supported: ["good", "supported"],
  open: ["plain", "no end known"],
};

const isQuiet = ({ standing }: Sighting): boolean => standing === "supported" || standing === "open";

const sightingsTable = (caption: string, empty: string, sightings: readonly Sighting[]): Html =>
  table({
    caption,
    columns: ["Product", "Written as", "Support", "End", "Remarks"],
    empty,
    rows: sightings.map((sighting) => {
      const { fact, versions, standing } = sighting;
      const source = link(fact.source, markup`source<span class="heard"> of ${fact.product} ${fact.version}</span>`);
      return [
        `${fact.product} ${fact.version}`,
        codes(versions),
        badge(...BADGES[standing]),
        when(sighting),
        lines([remark(sighting), source]),
      ];
    }),
  });

/** Versions that the stacks of an environment name, and when their support ends; what is well is folded. */
export function versionsPart({ on, sightings, unknown }: RadarReport): Html {
  const others = [...new Set(unknown.map(({ name, version }) => `${name} ${version}`))].sort();
  const quiet = sightings.filter(isQuiet);
  return markup`<p class="muted">As it stands on <time datetime="${on}">${on}</time>; what ends first comes first.</p>
${sightingsTable(
  "Versions whose support has ended, or ends soon",
  "Of no version support has ended or ends within 90 days.",
  sightings.filter((one) => !isQuiet(one)),
)}${
    quiet.length === 0
      ? undefined
      : folded(
          `Supported, or without a known end: ${count(quiet.length, "version")}`,
          sightingsTable("Versions that are supported", "", quiet),
        )
  }${
    others.length === 0
      ? undefined
      : folded(
          `Not known here: ${count(others.length, "version")}`,
          markup`<p>${muted("Images of your own and charts of other people: whoever brings them knows.")}</p>
${list(others.map(code))}`,
        )
  }`;
}
