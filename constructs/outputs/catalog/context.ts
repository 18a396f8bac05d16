import { environmentsOf, type Placed } from "./applications";
import { refOf } from "./entity";
import type { CatalogOptions } from "./options";
import type { RelationContext } from "./relations";

/** What entities are made of beside the application that they are of. */
export interface CatalogContext extends RelationContext {
  readonly options: CatalogOptions;
  /** References of the APIs that the catalog has. */
  readonly apis: ReadonlySet<string>;
}

/** An annotation of this program: where something is, as it is one entity in all of them. */
export const ENVIRONMENTS = (each: readonly Placed[]): Readonly<Record<string, string>> => ({
  "goldenpath/environments": environmentsOf(each),
});

/** Reference of a team. */
export const ownerRef = (team: string): string => refOf("Group", team);
