import type { ExistingVpc } from "goldenpath/aws";
import type { ExistingVpcNetwork } from "goldenpath/google";

/* Networks that the network department has made, as its inventory names them. */

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

export const sharedVpc: ExistingVpcNetwork = {
  project: "acme-networks",
  name: "spoke",
  nodes: { subnet: "gke-nodes", cidr: "10.50.0.0/22" },
  pods: { range: "gke-pods", cidr: "10.52.0.0/16" },
  services: { range: "gke-services", cidr: "10.51.0.0/20" },
  controlPlane: { subnet: "gke-control-plane", cidr: "10.50.4.0/28" },
  data: { range: "private-services", cidr: "10.53.0.0/20" },
};
