import { subBlock } from "../shared/sub-block";
import type { Tier } from "./names";

export { subBlock } from "../shared/sub-block";

/** Blocks of one zone, by tier. */
export type ZoneBlocks = Readonly<Record<Tier, string>>;

/** A zone's place in the plan. Its letter is the position: zone ids differ between regions, construct ids must not. */
export interface PlannedZone {
  readonly letter: string;
  readonly zoneId: string;
  readonly blocks: ZoneBlocks;
}

const LETTERS = ["a", "b", "c", "d"] as const;

/** Zones a network has at least. */
export const MIN_ZONES = 3;

/** Zones the plan has room for. */
export const MAX_ZONES = LETTERS.length;

/*
 * The first half of the network is cut into four blocks for nodes and pods, one for each zone. Load balancers and
 * data services need few addresses: they get a sixty-fourth each, from the third quarter on. The rest stays free.
 * The place of a block depends on the zone's position alone, so a fourth zone moves nothing.
 */
const BITS = { private: 3, public: 6, data: 6 } as const;
const FIRST = { private: 0, public: 32, data: 36 } as const;

/** Letter of the zone at this position. */
export const letterOf = (position: number): string => LETTERS[position] ?? "";

/** Cuts a valid network block into the subnets of up to four zones. */
export function planSubnets(cidr: string, zoneIds: readonly string[]): PlannedZone[] {
  if (zoneIds.length > MAX_ZONES) throw new RangeError(`no room for ${zoneIds.length} zones`);
  const block = (tier: Tier, zone: number): string => subBlock(cidr, BITS[tier], FIRST[tier] + zone);
  return zoneIds.map((zoneId, zone) => ({
    letter: letterOf(zone),
    zoneId,
    blocks: { public: block("public", zone), private: block("private", zone), data: block("data", zone) },
  }));
}
