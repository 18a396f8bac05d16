import type { Construct } from "constructs";
import { fitName, type NameRule } from "../../../model/names";
import type { Path, Problem } from "../../../model/problem";
import type { ResolvedSizing, Service } from "../../../model/service";
import type { ProvidedService as Provided, ServiceWish } from "../../shared/service";
import type { ServiceTraits } from "../../traits";
import type { DataKey } from "../data-key";
import type { GoogleLookup } from "../lookup";
import type { Place } from "../place";
import type { Grant, WorkloadAccounts } from "../workload-identity";

/** How Google provides one kind of service. One file each beside this one; `cells.ts` is the table. */
export interface Cell<S extends Service> {
  /** What of a valid service Google does not offer. `path` is the service's own. @default - it offers everything */
  problems?(wanted: Wanted<S>, path: Path): Problem[];
  /** What `provide` would create, in facts that people compare. */
  describe(wanted: Wanted<S>): ServiceTraits;
  /** Creates it under `scope`, which is the service's alone. */
  provide(scope: Construct, request: ServiceRequest<S>): ProvidedService;
}

export interface Wanted<S extends Service> {
  readonly service: S;
  readonly sizing: ResolvedSizing;
  readonly name: string;
  readonly application: string;
  readonly environment: string;
  readonly place: Pick<Place, "project" | "region">;
}

/** What it takes to keep a secret of a service, wherever the service runs. */
export interface KeyedWish<S extends Service> extends ServiceWish<S> {
  readonly lookup: GoogleLookup;
  /** The application's key. */
  readonly key: DataKey;
  readonly labels: Record<string, string>;
}

export interface ServiceRequest<S extends Service> extends KeyedWish<S> {
  /** Blocks in which data services have their addresses, for the network policy. */
  readonly dataCidrs: readonly string[];
  /** For services in which a workload signs in as itself. */
  readonly accounts: WorkloadAccounts;
}

export type ProvidedService = Provided<Grant>;

type Named = Pick<ServiceWish<Service>, "environment" | "application" | "name">;

/** `staging`, `my-app` and `orders-db`, of which names are made. */
export const nameParts = ({ environment, application, name }: Named): readonly string[] => [
  environment,
  application,
  name,
];

/**
 * `staging-my-app-orders-db`, shortened where Google takes less. For kinds of name that have room for hyphens only: Google
 * refuses the second of two services that come to one name.
 */
export const serviceName = (named: Named, rule: NameRule, ...suffix: readonly string[]): string =>
  fitName([...nameParts(named), ...suffix], rule);

/** In UTC: the hour in which backups begin ends before Sunday's maintenance may. */
export const BACKUP_START = "22:00";
export const MAINTENANCE_HOUR = 3;
