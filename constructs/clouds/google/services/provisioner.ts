import { fitName, type NameRule } from "../../../model/names";
import type { Service } from "../../../model/service";
import type { DescribeRequest, Provisioner, ProvisionRequest } from "../../../services/provisioner";
import type { ResourceFacts, ResourceTypes } from "../../../services/resource-facts";
import { type CloudKindFacts, type CloudPlace, nameParts, type ServiceNames } from "../../shared/provisioner";
import type { AlarmChannel } from "../alarms/channel";
import type { DataKey } from "../data-key";
import type { ServiceLookup } from "../lookup";
import type { Place } from "../place";
import type { Grant, WorkloadAccounts } from "../workload-identity";

/** What Google is asked by, before anything exists. */
export interface GoogleLiterals {
  readonly place: Pick<Place, "project" | "region">;
}

/** What it takes to keep a secret of a service, wherever the service runs. */
export interface KeyGiven {
  readonly lookup: ServiceLookup;
  /** The application's key. */
  readonly key: DataKey;
  readonly labels: Record<string, string>;
}

/** What Google creates a service with. */
export interface GoogleGiven extends KeyGiven {
  /** Blocks in which data services have their addresses, for the network policy. */
  readonly dataCidrs: readonly string[];
  /** Accounts for services in which a workload signs in as itself. */
  readonly accounts: WorkloadAccounts;
  /** Makes, with the first alarm, where alarms of the application go. @default - nobody is told */
  readonly alarmChannel?: () => AlarmChannel;
}

/** What is known of a type of resource on Google Cloud. */
export interface GoogleResourceFacts extends ResourceFacts {
  /** API by which it is made and read, without `.googleapis.com`. The environment switches it on. */
  readonly api: string;
  /** Predefined roles in the project: `plan` of who reads it, `apply` of who makes it. */
  readonly roles: { readonly plan: readonly string[]; readonly apply: readonly string[] };
  /** Whether Google's service for it has an account of its own that has to be there before: a key is opened to it. @default false */
  readonly hasAgent?: true;
}

/** What the project of an environment has to have for services of a kind. */
export interface GoogleKindFacts extends CloudKindFacts {
  readonly resources?: ResourceTypes<GoogleResourceFacts>;
  /** APIs to switch on, without `.googleapis.com`. @default - none */
  readonly apis?: readonly string[];
  /**
   * Filters by which Cloud Logging finds what the environment's services of the kind write, each a list of conditions. `imported` are
   * those of them that were there before, whose names do not begin with the environment's. @default - they write nothing there
   */
  readonly logFilters?: (environment: {
    readonly project: string;
    readonly environment: string;
    readonly imported: readonly string[];
  }) => readonly string[][];
}

/** Google Cloud as a place of services. */
export interface GooglePlace extends CloudPlace<GoogleLiterals, GoogleGiven, Grant> {
  readonly facts: GoogleKindFacts;
}

declare module "../../../services/provisioner" {
  interface Places {
    readonly google: GooglePlace;
  }
}

/** How Google provides one kind of service. One file each beside this one; `provisioners.ts` is the table. */
export type GoogleProvisioner<S extends Service> = Provisioner<S, GooglePlace>;

export type GoogleDescribeRequest<S extends Service> = DescribeRequest<S, GooglePlace>;

export type GoogleRequest<S extends Service> = ProvisionRequest<S, GooglePlace>;

export type ProvidedService = GooglePlace["provided"];

/**
 * `staging-my-app-orders-db`, shortened where Google takes less. For kinds of name that have room for hyphens only: Google
 * refuses the second of two services that come to one name.
 */
export const serviceName = (named: ServiceNames, rule: NameRule, ...suffix: readonly string[]): string =>
  fitName([...nameParts(named), ...suffix], rule);

/** Time in UTC: the hour in which backups begin ends before Sunday's maintenance may. */
export const BACKUP_START = "22:00";
export const MAINTENANCE_HOUR = 3;
