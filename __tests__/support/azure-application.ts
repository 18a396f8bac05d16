import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import type { TerraformStack } from "cdktf";
import type { AzureLocation } from "../../constructs/clouds/azure";
import type { AzureLookup } from "../../constructs/clouds/azure/lookup";
import { provideApplication } from "../../constructs/clouds/azure/provide";
import { secretPlace } from "../../constructs/clouds/azure/secret-store";
import { askedOf, AZURE_SERVICES } from "../../constructs/clouds/azure/services/provisioners";
import type { Told } from "../../constructs/clouds/shared/told";
import type { EnvironmentInput, EnvironmentOption } from "../../constructs/model/environment";
import { firstApplication, managed, type OnCloud, provideOn, type Synthesized, synthesizeStack } from "./synthesized";

export { type Synthesized } from "./synthesized";

export const DATA_CIDRS = { endpoints: ["10.20.144.0/24"], mysql: ["10.20.145.0/24"] };

/** What an environment's resources bear, as the cluster's stack and this one give it to each. */
export const ENVIRONMENT_TAGS = { environment: "production", "cost-center": "shop", "managed-by": "terraform" };

export const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/production/providers`;
const NETWORK = `${PROVIDERS}/Microsoft.Network`;

/** As literals, each in the form that the provider checks. */
export const LOOKUP = {
  clusterName: "production",
  clusterEndpoint: "https://production.privatelink.germanywestcentral.azmk8s.io",
  clusterCertificateAuthority: "Y2VydGlmaWNhdGU=",
  oidcIssuerUrl: "https://germanywestcentral.oic.prod-aks.azure.com/issuer/",
  resourceGroupName: "production",
  secretVaultId: `${PROVIDERS}/Microsoft.KeyVault/vaults/production-secrets`,
  secretVaultName: "production-secrets",
  keyVaultId: `${PROVIDERS}/Microsoft.KeyVault/vaults/production-keys`,
  mysqlSubnetId: `${NETWORK}/virtualNetworks/production/subnets/mysql`,
  endpointSubnetId: `${NETWORK}/virtualNetworks/production/subnets/endpoints`,
  mysqlZoneId: `${NETWORK}/privateDnsZones/production.private.mysql.database.azure.com`,
  redisZoneId: `${NETWORK}/privateDnsZones/privatelink.redis.azure.net`,
  privateZoneId: (name: string) => `${NETWORK}/privateDnsZones/${name}`,
  blobZoneId: `${NETWORK}/privateDnsZones/privatelink.blob.core.windows.net`,
  logWorkspaceId: `${PROVIDERS}/Microsoft.OperationalInsights/workspaces/production`,
  subscriptionId: SUBSCRIPTION,
  tenantId: "66666666-7777-8888-9999-000000000000",
  location: "germanywestcentral",
  tags: ENVIRONMENT_TAGS,
} as const satisfies AzureLookup & Record<"tags", unknown>;

/** What the model asks of the cloud: who runs what, where secrets are, what is lacking. */
export const azureOption = (location: AzureLocation = LOOKUP.location): EnvironmentOption => ({
  title: "Azure",
  problems: () => [],
  networkCidrs: ["10.20.0.0/16"],
  ...AZURE_SERVICES.option,
  secretPlace,
  applicationProblems: (application, path) =>
    AZURE_SERVICES.problems(application, askedOf({ ...LOOKUP, location }), path),
});

/** What is built in a stack with the provider, as the JSON that Terraform reads. */
export const synthesize = (build: (stack: TerraformStack) => void, name = "production"): Synthesized =>
  synthesizeStack(name, (stack) => {
    new AzurermProvider(stack, "azurerm", { features: [{}], subscriptionId: SUBSCRIPTION });
    build(stack);
  });

/** The first application of an environment, as its stack creates it on Azure, but for what runs in the cluster. */
export function onAzure(input: EnvironmentInput, told?: Told): OnCloud {
  const application = managed(firstApplication({ ...input, cloud: azureOption() }));
  const place = { dataCidrs: DATA_CIDRS };
  return provideOn<[]>(application, synthesize, (stack) =>
    provideApplication(stack, { lookup: LOOKUP, application, place, tags: ENVIRONMENT_TAGS, told }),
  );
}
