import { synthAzure, synthCluster } from "../../../support/azure-environment";
import { all, one } from "../../../support/cloud-environment";

const cluster = synthCluster();
const platform = synthAzure({}, (cloud, stack, environment) => {
  cloud.configure(stack, environment);
  cloud.connect(stack, environment).platform(stack);
});

test("the driver of shared volumes looks at one subnet, finds what it would otherwise write there, and may do no more", () => {
  const { parameters } = one(platform, "kubernetes_storage_class_v1", "Files");
  const endpoints = one(cluster, "azurerm_subnet", "Endpoints");
  expect(parameters).toMatchObject({
    vnetResourceGroup: one(cluster, "azurerm_resource_group").name,
    vnetName: one(cluster, "azurerm_virtual_network").name,
    subnetName: endpoints.name,
  });
  expect(endpoints.service_endpoints).toEqual(["Microsoft.Storage"]);
  const others = all(cluster, "azurerm_subnet").filter(({ name }) => name !== endpoints.name);
  expect(others.flatMap((subnet) => subnet.service_endpoints ?? [])).toEqual([]);
  const onSubnet = all(cluster, "azurerm_role_assignment").filter(({ scope }) =>
    String(scope).includes("azurerm_subnet.Network_Endpoints"),
  );
  expect(onSubnet).toMatchObject([
    {
      role_definition_name: "Reader",
      principal_id: one(cluster, "azurerm_role_assignment", "Files_Driver").principal_id,
    },
  ]);
});
