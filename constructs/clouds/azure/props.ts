export interface AzureDns {
  /** Public zones of Azure DNS that external-dns may edit; it leaves all others alone. */
  readonly zones: readonly DnsZone[];
}

export interface DnsZone {
  /** Domain of the zone: `example.com`. */
  readonly name: string;
  /** Resource group that the zone is in. */
  readonly resourceGroup: string;
}
