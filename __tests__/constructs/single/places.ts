import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformStack } from "cdktf";
import { awsServices } from "../../../constructs/clouds/aws";
import { azureServices } from "../../../constructs/clouds/azure";
import { googleServices } from "../../../constructs/clouds/google";
import type { StackJson } from "../../support/reference";
import { written } from "./support";

/* Parts of clouds in which single services are made. */

const POSTGRESQL_ZONE = "privatelink.postgres.database.azure.com";

export const ACCOUNT = "111111111111";
const SUBSCRIPTION = "11111111-1111-4111-8111-111111111111";
export const NETWORK = {
  vpcId: "vpc-0123456789abcdef0",
  subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"],
  clientSecurityGroupId: "sg-0123456789abcdef0",
};
export const onAws = awsServices({ region: "eu-central-1", accountId: ACCOUNT, network: NETWORK });
export const onGoogle = googleServices({
  project: "orders-staging",
  region: "europe-west3",
  networkId: "projects/orders-staging/global/networks/main",
});
const of = (what: string): string => `/subscriptions/${SUBSCRIPTION}/resourceGroups/net/providers/Microsoft.${what}`;
/** Of a place on Azure without any network. */
export const AZURE = {
  subscriptionId: SUBSCRIPTION,
  tenantId: "22222222-2222-4222-8222-222222222222",
  location: "germanywestcentral" as const,
  keyVaultId: of("KeyVault/vaults/keys"),
  secretVault: { id: of("KeyVault/vaults/secrets"), name: "secrets" },
  logWorkspaceId: of("OperationalInsights/workspaces/logs"),
};
export const onAzure = azureServices({
  ...AZURE,
  mysql: {
    subnetId: of("Network/virtualNetworks/n/subnets/mysql"),
    zoneId: of("Network/privateDnsZones/shop.mysql.database.azure.com"),
  },
  endpoints: {
    subnetId: of("Network/virtualNetworks/n/subnets/endpoints"),
    redisZoneId: of("Network/privateDnsZones/privatelink.redis.azure.net"),
    zones: { [POSTGRESQL_ZONE]: of(`Network/privateDnsZones/${POSTGRESQL_ZONE}`) },
  },
});

/** What a stack on a cloud becomes. */
export function on(cloud: "aws" | "azure" | "google", fill: (stack: TerraformStack) => void): StackJson {
  return written((stack) => {
    if (cloud === "aws") new AwsProvider(stack, "aws", { region: "eu-central-1" });
    if (cloud === "azure") new AzurermProvider(stack, "azurerm", { features: [{}], subscriptionId: SUBSCRIPTION });
    if (cloud === "google") new GoogleProvider(stack, "google", { project: "orders-staging", region: "europe-west3" });
    fill(stack);
  });
}

/** Types of its resources, with how many there are of each. */
export const types = ({ resource }: StackJson): string[] =>
  Object.entries(resource)
    .map(([type, ids]) => (Object.keys(ids).length === 1 ? type : `${type} × ${Object.keys(ids).length}`))
    .sort();
