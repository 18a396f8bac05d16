import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { Construct } from "constructs";
import type { Path, Problem } from "../../model/problem";
import type { ResolvedRegistries } from "../../model/registries";
import { text } from "../shared/fields";
import { registryProblems as problemsOf } from "../shared/registries";

const ID =
  /^\/subscriptions\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/resourceGroups\/([\w.()-]{1,90})\/providers\/Microsoft\.ContainerRegistry\/registries\/([a-z0-9]{5,50})$/i;

const registryId = text((value) =>
  ID.test(value)
    ? undefined
    : "use the registry's id, as `az acr show --name <registry> --query id` prints it: /subscriptions/…/resourceGroups/…/providers/Microsoft.ContainerRegistry/registries/…",
);

const nameOf = (registry: string): string | undefined => ID.exec(registry)?.[3]?.toLowerCase();

/** Refuses one of two with one name: of those, which there is once in the world, one is wrong. */
export const registryProblems = (registries: readonly string[], path: Path): Problem[] => [
  ...problemsOf(registryId)(registries, path),
  ...registries.flatMap((registry, index): Problem[] => {
    const name = nameOf(registry);
    const first = registries.findIndex((other) => nameOf(other) === name && other !== registry);
    if (name === undefined || first === -1 || first > index) return [];
    const why = "another id has the same name, which one registry alone has";
    return [{ path: [...path, index], got: registry, why, fix: "keep the right one" }];
  }),
];

/** Lets nodes pull from registries. Azure names them by one name for the whole world, which is the assignment's id here. */
export function pullFromRegistries(
  scope: Construct,
  { clusterName, kubeletPrincipalId }: { readonly clusterName: string; readonly kubeletPrincipalId: string },
  registries: ResolvedRegistries | undefined,
): void {
  const here = new Construct(scope, "Registries");
  for (const registry of registries?.byIdentity ?? []) {
    new RoleAssignment(here, nameOf(registry) ?? registry, {
      scope: registry,
      roleDefinitionName: "AcrPull",
      principalId: kubeletPrincipalId,
      principalType: "ServicePrincipal",
      // Seconds old, and not all of Entra knows it.
      skipServicePrincipalAadCheck: true,
      description: `Nodes of ${clusterName} pull images`,
    });
  }
}
