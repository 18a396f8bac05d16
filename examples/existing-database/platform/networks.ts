import type { ExistingVpc } from "goldenpath/aws";
import type { ExistingVirtualNetwork } from "goldenpath/azure";
import type { ExistingVpcNetwork } from "goldenpath/google";

/* Networks that the databases have been in for years. Environments go into them: an instance cannot be moved. */

export const vpc: ExistingVpc = {
  vpcId: "vpc-0123456789abcdef0",
  zones: [
    {
      zone: "euc1-az1",
      nodes: { id: "subnet-0a1b2c3d4e5f60701", cidr: "10.40.0.0/19" },
      data: { id: "subnet-0a1b2c3d4e5f60702", cidr: "10.40.128.0/24" },
      loadBalancers: "subnet-0a1b2c3d4e5f60703",
    },
    {
      zone: "euc1-az2",
      nodes: { id: "subnet-0a1b2c3d4e5f60704", cidr: "10.40.32.0/19" },
      data: { id: "subnet-0a1b2c3d4e5f60705", cidr: "10.40.129.0/24" },
      loadBalancers: "subnet-0a1b2c3d4e5f60706",
    },
    {
      zone: "euc1-az3",
      nodes: { id: "subnet-0a1b2c3d4e5f60707", cidr: "10.40.64.0/19" },
      data: { id: "subnet-0a1b2c3d4e5f60708", cidr: "10.40.130.0/24" },
      loadBalancers: "subnet-0a1b2c3d4e5f60709",
    },
  ],
};

export const network: ExistingVpcNetwork = {
  name: "shop",
  nodes: { subnet: "gke-nodes", cidr: "10.50.0.0/22" },
  pods: { range: "gke-pods", cidr: "10.52.0.0/16" },
  services: { range: "gke-services", cidr: "10.51.0.0/20" },
  controlPlane: { subnet: "gke-control-plane", cidr: "10.50.4.0/28" },
  data: { range: "private-services", cidr: "10.53.0.0/20" },
};

const SUBSCRIPTION = "/subscriptions/11111111-1111-4111-8111-111111111111";

export const virtualNetwork: ExistingVirtualNetwork = {
  id: `${SUBSCRIPTION}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/shop`,
  outbound: "userDefinedRouting",
  nodes: { name: "aks-nodes", cidr: "10.60.0.0/22" },
  apiServer: { name: "aks-api", cidr: "10.60.4.0/28" },
  endpoints: { name: "private-endpoints", cidr: "10.60.5.0/24" },
  mysql: { name: "mysql-servers", cidr: "10.60.6.0/26" },
};

/** What the old program made on Azure, in a group of its own. */
const LIVE = `${SUBSCRIPTION}/resourceGroups/shop-live/providers`;

export const live = {
  server: `${LIVE}/Microsoft.DBforMySQL/flexibleServers/shop-live`,
  /** The subnet that the server stands in, and the zone that has its name. */
  serverSubnet: "10.60.7.0/28",
  serverZone: `${LIVE}/Microsoft.Network/privateDnsZones/shop.private.mysql.database.azure.com`,
  uploads: `${LIVE}/Microsoft.Storage/storageAccounts/shoplive/blobServices/default/containers/uploads`,
};
