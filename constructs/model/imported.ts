/** A service that was there before this program, and is taken over with all that it holds, by an `import` block of Terraform. */
export interface Imported {
  /**
   * What it is there: the identifier of an RDS instance, the name of a bucket or of a Cloud SQL instance, the id of a resource of
   * Azure. It stays said for good, as it is the service's name from now on.
   */
  readonly id: string;
  /**
   * What stands beside it and is taken over with it, by the words that its kind has on its cloud: `["policy", "lifecycle"]`. What is
   * there and not said is made by the plan, which fails or writes over it. @default - nothing
   */
  readonly with?: readonly string[];
  /**
   * What it has and keeps beside what this program gives it, by ids: security groups of an RDS instance through which others still
   * come. @default - nothing
   */
  readonly keeps?: readonly string[];
}

/** What a cloud says of ids. */
export interface TakesOver<Application extends { readonly services: readonly unknown[] }> {
  /**
   * What an import of this id takes over as a whole, the same for everything in it: the account of a container, which is imported
   * once. @default - what is said, as it is said
   */
  importTakes?(id: string): string;
  /**
   * Whether an import of this id would take over what is made for the service, which is not imported. Of a name that is drawn, what
   * is known of it counts. @default - nobody knows
   */
  isMadeAs?(application: Application, service: Application["services"][number], id: string): boolean;
}

/** Separator between a service and what it is, in the ledger of a stack. No name or id has one in it. */
const IS = "=";

/** What the ledger has of a service that was imported: `orders-db=legacy-orders`. */
export const importedAs = (service: string, { id }: Imported): string => `${service}${IS}${id}`;

/** Expression: the service of a name in the ledger, imported or made. */
export const serviceIn = (name: string): string => `split("${IS}", ${name})[0]`;

/** Expression: what it was before it was imported, an error of one that was made. */
export const importIn = (name: string): string => `split("${IS}", ${name})[1]`;
