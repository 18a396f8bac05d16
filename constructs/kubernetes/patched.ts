import type { Path } from "../model/problem";
import type { KubernetesObject } from "./objects";

/** Field that a patch added to an object. */
export interface AddedField {
  /** Where it is in the object: `spec.template.spec.dnsPolicy`. */
  readonly path: string;
  /** Where the patch says so in the input. */
  readonly written: Path;
}

/** Field of an object that is in no YAML, JSON or resource. The same in every copy of this package. */
const ADDED = Symbol.for("goldenpath/added");

/** The object, with the fields that patches added to it: its type does not know them. */
export const withAdded = <T extends KubernetesObject>(object: T, fields: readonly AddedField[]): T =>
  fields.length === 0 ? object : { ...object, [ADDED]: [...addedTo(object), ...fields] };

/** Fields that patches added to the object. */
export function addedTo(object: KubernetesObject): readonly AddedField[] {
  const added: unknown = Reflect.get(object, ADDED);
  return Array.isArray(added) ? (added as readonly AddedField[]) : [];
}
