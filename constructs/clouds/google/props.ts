export interface GoogleDns {
  /** Public managed zones of Cloud DNS that external-dns may edit; it leaves all others alone. */
  readonly zones: readonly ManagedZone[];
}

export interface ManagedZone {
  /** Domain of the zone: `example.com`. */
  readonly domain: string;
  /** Name of the managed zone: `example-com`. */
  readonly name: string;
}
