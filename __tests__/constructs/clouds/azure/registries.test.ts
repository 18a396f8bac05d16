import { azure } from "../../../../constructs/clouds/azure";
import { type Registries, resolveRegistries } from "../../../../constructs/model/registries";
import { AZURE_PROPS, synthCluster } from "../../../support/azure-environment";
import { all, type StackJson } from "../../../support/cloud-environment";

const id = (name: string, group = "shared"): string =>
  `/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/${group}/providers/Microsoft.ContainerRegistry/registries/${name}`;

const cluster = (registries: Registries): StackJson =>
  synthCluster({}, undefined, { registries: resolveRegistries(registries, (name) => name, undefined) });
const assignments = (json: StackJson): string[] => Object.keys(json.resource.azurerm_role_assignment ?? {});

test("nodes pull from a registry of any subscription: as the kubelet's identity, which AKS makes", () => {
  const json = cluster({ byIdentity: [id("acmeimages")] });
  const plain = synthCluster();
  expect(assignments(json).filter((name) => !assignments(plain).includes(name))).toEqual([
    expect.stringMatching(/^Registries_acmeimages_/),
  ]);
  expect(all(json, "azurerm_role_assignment").filter(({ role_definition_name: role }) => role === "AcrPull")).toEqual([
    expect.objectContaining({
      scope: id("acmeimages"),
      principal_id: expect.stringMatching(
        /^\$\{azurerm_kubernetes_cluster\.Cluster\.kubelet_identity\[0\]\.object_id\}$/,
      ),
      principal_type: "ServicePrincipal",
      skip_service_principal_aad_check: true,
    }),
  ]);
});

test("one that comes or goes leaves the others' assignments alone", () => {
  const both = assignments(cluster({ byIdentity: [id("acmeimages"), id("acmetools")] }));
  const one = assignments(cluster({ byIdentity: [id("acmetools")] }));
  expect(one.every((name) => both.includes(name))).toBe(true);
});

test.each(["acmeimages.azurecr.io", id("acme"), `${id("acmeimages")}/`, ""])("%p is no registry's id", (registry) => {
  expect(azure(AZURE_PROPS).registryProblems?.([registry], ["at"])).toEqual([
    expect.objectContaining({ path: ["at", 0], got: registry, fix: expect.stringContaining("az acr show") }),
  ]);
});

test("of two ids with one name one is wrong", () => {
  const given = [id("acmeimages"), id("AcmeImages", "other")];
  expect(azure(AZURE_PROPS).registryProblems?.(given, ["at"])).toEqual([
    expect.objectContaining({ path: ["at", 1], got: given[1], fix: "keep the right one" }),
  ]);
});
