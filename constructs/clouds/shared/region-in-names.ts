import { nameWithRegion } from "../../model/name-there";
import type { Path, Problem } from "../../model/problem";

/** What a cloud's object says of names. */
export interface RegionInNames {
  /**
   * Whether everything that it makes has its region in its name: `production-eu-west-1` for `production`. Most names are taken
   * once for all regions, so that without it an environment of the same name cannot be made in a second region as long as the
   * first is there, reachable or not. Said when an environment is made; of one that exists it would be other names, and other,
   * empty resources. @see docs/guide/make-it-in-another-region.md @default false
   */
  readonly regionInNames?: boolean;
}

/** `production-eu-west-1`. No region ends as another begins, so that two environments never come to one. */
export const nameIn = (
  { name }: { readonly name: string },
  { regionInNames = false }: RegionInNames,
  region: string,
): string => (regionInNames ? nameWithRegion(name, region) : name);

/** Whether a name has a region in it, and not only a longer one that begins or ends the same: `eastus` is not in `orderseastus2`. */
function says(name: string, region: string, regions: readonly string[]): boolean {
  const longer = regions.filter((other) => other !== region && other.includes(region));
  return longer.reduce((rest, other) => rest.replaceAll(other, " "), name.toLowerCase()).includes(region);
}

/** Where an environment is made, and all regions that its cloud has. */
interface Regions {
  readonly region: string;
  readonly regions: readonly string[];
}

/**
 * Names that people give in place of those that would have the region: without it the environment in the next region would meet what
 * is there, and open its state.
 */
export const givenNameProblems = <Field extends string>(
  given: RegionInNames & { readonly [F in Field]?: string },
  { region, regions }: Regions,
  fields: readonly Field[],
  path: Path,
): Problem[] =>
  fields.flatMap((field): Problem[] => {
    const got: string | undefined = given[field];
    if (given.regionInNames !== true || got === undefined || says(got, region, regions)) return [];
    const why = `does not say "${region}", and with regionInNames the environment of another region would come to the same`;
    return [{ path: [...path, field], got, why, fix: `put ${region} into it, or leave it out: its default has it` }];
  });
