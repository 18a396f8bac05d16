/** What tags or labels of a resource say of whose it is. */
export interface Marks {
  readonly environment?: unknown;
  readonly application: unknown;
  readonly service: unknown;
}

/** What becomes of a finding by whose a resource is. */
export interface Owned {
  /** Whether it is of the service itself: it was imported, and nothing more is asked of it. */
  readonly isOwn: boolean;
  readonly wrong: readonly string[];
  readonly open: readonly string[];
}

/**
 * Compares what is to be imported with who has it already. Two states that have one resource change it against each other, and
 * either deletes it for both.
 *
 * @param found marks of the resource, and whether one says that Terraform has it
 * @param here marks of the service that imports it
 */
export function ownedBy(found: Marks & { readonly isManaged: boolean }, here: Marks): Owned {
  const fields = (["environment", "application", "service"] as const).filter((field) => field in here);
  const said = fields.flatMap((field) => (typeof found[field] === "string" ? [`${field} ${found[field]}`] : []));
  const words = said.length === 0 ? "" : `, of ${said.join(", ")}`;
  const nobody: Owned = { isOwn: false, wrong: [], open: [] };
  if (!found.isManaged) return nobody;
  if (fields.every((field) => found[field] === here[field])) return { ...nobody, isOwn: true };
  return typeof found.service === "string"
    ? { ...nobody, wrong: [`goldenpath has it already${words}: connect to it as it is, placement "external"`] }
    : { ...nobody, open: [`Terraform has it already${words}: take it out of that state before the deploy`] };
}
