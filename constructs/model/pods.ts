/* What pods of a workload are given beside their containers. */

export interface ServiceAccountSpec {
  /** Annotations beside those by which a cloud knows the workload. @default - none */
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface HostAlias {
  /** An IPv4 or IPv6 address, each one once. */
  readonly ip: string;
  /** Names that lead to it, at least one. */
  readonly hostnames: readonly string[];
}
