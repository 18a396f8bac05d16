import type { Construct } from "constructs";
import { type ServiceSizing, type SingleKind, SingleService, type SingleServiceProps } from "../../goldenpath";
import { postgresql } from "./kind";
import type { PostgresqlSpec } from "./spec";

/** Every field of the specification: one that is added to it and not here is an error. */
const SPEC: Readonly<Record<keyof PostgresqlSpec, true>> = { database: true, version: true };

const POSTGRESQL: SingleKind = { make: postgresql, spec: Object.keys(SPEC), without: ["passwords"] };

export interface ManagedPostgresqlProps
  extends
    SingleServiceProps,
    PostgresqlSpec,
    Pick<
      ServiceSizing,
      "backupDays" | "highAvailability" | "machine" | "maintenance" | "parameters" | "size" | "storage"
    > {}

/**
 * A PostgreSQL server: RDS, Cloud SQL or Azure Database. `connection` is its administrator's: users with fewer rights are yours to
 * make, where an application makes one for each workload.
 *
 * @throws InvalidInput with every mistake in its props
 */
export class ManagedPostgresql extends SingleService {
  constructor(scope: Construct, id: string, props: ManagedPostgresqlProps) {
    super(scope, id, { kind: POSTGRESQL, props });
  }
}
