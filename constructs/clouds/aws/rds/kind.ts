import type { ConnectionLimits } from "../../../kubernetes/connection-problems";
import type { CheckException } from "../../../model/check-exception";
import type { ResolvedSizing, Service } from "../../../model/service";
import type { PinnedVersion } from "../../../services/pinned-version";
import type { ServiceRequest } from "../../../services/provisioner";
import type { AwsDescribeRequest } from "../services/provisioner";

/** A parameter of a server as RDS takes it. */
export interface RdsParameter {
  readonly name: string;
  readonly value: string;
  /** Whether a new value holds after a restart alone. @default false */
  readonly isStatic?: boolean;
}

/** What a kind of service says of itself, so that RDS runs it. */
export interface RdsKind<S extends Service> {
  /** Name of the engine in the API: `mysql`. */
  readonly engine: string;
  /** What is bought: `Amazon RDS for MySQL`. */
  readonly product: string;
  /** What answers, as it calls itself, without its version: `MySQL`. */
  readonly title: string;
  readonly versions: readonly PinnedVersion[];
  /** Connections that workloads have together, on the machine of each size. */
  readonly connections: ConnectionLimits;
  /** The first user, whom workloads are never given. */
  readonly administrator: {
    readonly username: string;
    /** Most characters of its password that the engine takes on RDS, less one. */
    readonly passwordLength: number;
  };
  /** Logs that go to CloudWatch. */
  readonly logs: readonly string[];
  /** The version that a service asks for: `8.4`. */
  version(service: S): string;
  /** The release that an environment pins, which stays until it names another. `undefined` where it says none. */
  release(sizing: Pick<ResolvedSizing, "version">): string | undefined;
  /** Its database. */
  database(service: S): string;
  /** Family of parameter groups: `mysql8.4`. */
  family(service: S): string;
  /** Whether RDS runs the version under paid extended support alone. For any other it never begins unasked. */
  isExtended(service: S): boolean;
  /** What the server is told, in this order. */
  parameters(request: ServiceRequest<S>): readonly RdsParameter[];
  /** What checkov finds of the instance beside what it finds of every one. @default - nothing */
  readonly exceptions?: readonly CheckException[];
}

/** What is asked of a database, of whatever kind it is, before it exists. */
export type RdsAsked = AwsDescribeRequest<Service>;
