import type { PageFacts } from "../page/facts";
import type { Fact } from "../radar/pin";
import type { Sighting, Standing } from "../radar/report";
import { remark, when } from "../radar/text";

/** A product's version with all environments that name it. */
export interface PortalVersion {
  readonly fact: Fact;
  readonly standing: Standing;
  readonly days: number | undefined;
  /** End of its support, in words. */
  readonly when: string;
  readonly remark: string | undefined;
  /** Exact versions, each once. */
  readonly versions: readonly string[];
  readonly environments: readonly string[];
}

const keyOf = ({ fact, standing }: Sighting): string =>
  [fact.product, fact.version, fact.endOfSupport ?? "", standing].join("\n");

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** Versions of all environments; what ends first comes first, and what has no end comes last. */
export function versionsOf(environments: readonly PageFacts[]): PortalVersion[] {
  const found = new Map<string, PortalVersion>();
  for (const { rendered, support } of environments) {
    for (const sighting of support.sightings) {
      const { fact, standing, days } = sighting;
      const before = found.get(keyOf(sighting));
      found.set(keyOf(sighting), {
        ...{ fact, standing, days, when: when(sighting), remark: remark(sighting) },
        versions: unique([...(before?.versions ?? []), ...sighting.versions]),
        environments: unique([...(before?.environments ?? []), rendered.name]),
      });
    }
  }
  return [...found.values()].sort((one, other) => (one.days ?? Infinity) - (other.days ?? Infinity));
}
