/** What other stacks know of the environment's cluster and network. Found by name, never in another stack's state. */
export interface AzureLookup {
  readonly clusterName: string;
  /** `https://…` address of the Kubernetes API. */
  readonly clusterEndpoint: string;
  /** Base64 of the PEM certificate that the API's certificate chains to. */
  readonly clusterCertificateAuthority: string;
  /** Who signs the tokens of service accounts, for federated credentials. */
  readonly oidcIssuerUrl: string;
  /** Name of the environment's resource group. */
  readonly resourceGroupName: string;
  /** The environment's Key Vault for secrets: where External Secrets reads. */
  readonly secretVaultId: string;
  readonly secretVaultName: string;
  /** The environment's Key Vault for keys: where applications put the keys that encrypt their data. */
  readonly keyVaultId: string;
  /** Delegated to MySQL Flexible Server. */
  readonly mysqlSubnetId: string;
  /** Private endpoints of data services. */
  readonly endpointSubnetId: string;
  /** Private zones, linked to the network: MySQL's of the environment, and those of private endpoints. */
  readonly mysqlZoneId: string;
  readonly redisZoneId: string;
  readonly blobZoneId: string;
  /** Where logs of data services go. */
  readonly logWorkspaceId: string;
  /** Literals, given in the environment. */
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly location: string;
}
