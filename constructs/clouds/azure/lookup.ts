import { DataAzurermKubernetesCluster } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import type { TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import type { CloudEnvironment } from "../cloud";
import { clusterName, clusterNames } from "./names";
import type { GivenNetwork } from "./network-props";
import type { Place } from "./place";
import { clusterResourceIds } from "./resource-ids";
import { type Tags, tagsOf } from "./resource-tags";

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
  /** Id of the private zone of this name, which a kind of service has in its `privateLinkZone`. */
  readonly privateZoneId: (name: string) => string;
  /** Where logs of data services go. */
  readonly logWorkspaceId: string;
  /** Literals, given in the environment. */
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly location: string;
  /** What every resource of the stack bears, beside what it adds. */
  readonly tags: Tags;
}

/** What data services need of it. */
export type ServiceLookup = Pick<
  AzureLookup,
  | "blobZoneId"
  | "endpointSubnetId"
  | "keyVaultId"
  | "location"
  | "logWorkspaceId"
  | "mysqlSubnetId"
  | "mysqlZoneId"
  | "oidcIssuerUrl"
  | "privateZoneId"
  | "redisZoneId"
  | "secretVaultId"
  | "secretVaultName"
  | "subscriptionId"
  | "tenantId"
>;

/**
 * Reads the cluster by its name, and knows the names of all around it. Id `Cluster` under `Lookup`.
 *
 * @param lifecycle conditions on the cluster that is found
 */
export function lookUpCluster(
  scope: Construct,
  environment: CloudEnvironment,
  place: Pick<Place, "subscriptionId" | "tenantId" | "location" | "clusterName" | "given" | "regionInNames">,
  lifecycle?: TerraformResourceLifecycle,
): AzureLookup {
  const { subscriptionId, tenantId, location } = place;
  const name = clusterName(environment, place);
  const { resourceGroup, secretVault } = clusterNames(name, subscriptionId);
  const ids = clusterResourceIds(subscriptionId, name);
  const given: Partial<GivenNetwork> = place.given ?? {};
  const lookup = new Construct(scope, "Lookup");
  const cluster = new DataAzurermKubernetesCluster(lookup, "Cluster", {
    name,
    resourceGroupName: resourceGroup,
    lifecycle,
  });
  return {
    clusterName: name,
    // Public or private, by the same name.
    clusterEndpoint: `https://${cluster.fqdn}:443`,
    clusterCertificateAuthority: cluster.kubeConfig.get(0).clusterCaCertificate,
    oidcIssuerUrl: cluster.oidcIssuerUrl,
    resourceGroupName: resourceGroup,
    secretVaultId: ids.secretVault,
    secretVaultName: secretVault,
    keyVaultId: ids.keyVault,
    mysqlSubnetId: given.mysqlSubnet ?? ids.mysqlSubnet,
    endpointSubnetId: given.endpointSubnet ?? ids.endpointSubnet,
    mysqlZoneId: ids.mysqlZone,
    redisZoneId: given.redisZone ?? ids.redisZone,
    blobZoneId: given.blobZone ?? ids.blobZone,
    privateZoneId: (zone) => given.kindZones?.[zone] ?? ids.zone(zone),
    logWorkspaceId: ids.logWorkspace,
    subscriptionId,
    tenantId,
    location,
    tags: tagsOf(scope, environment),
  };
}
