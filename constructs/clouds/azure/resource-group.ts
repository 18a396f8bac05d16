import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { Construct } from "constructs";
import type { ResolvedApplication } from "../../model/resolved";
import type { AzureLookup } from "./lookup";
import { resourceGroupName } from "./services/names";

/** Where an application's resources are made. */
export interface ApplicationGroup {
  readonly name: string;
  readonly id: string;
  readonly location: string;
}

/**
 * One of its own for each application: its bill, its roles and its locks end where it ends, and whoever may delete it
 * cannot touch the cluster or another application.
 */
export function createResourceGroup(
  scope: Construct,
  lookup: Pick<AzureLookup, "location">,
  application: ResolvedApplication,
  tags: Record<string, string>,
): ApplicationGroup {
  const { environment, name, protect } = application;
  const group = new ResourceGroup(scope, "ResourceGroup", {
    name: resourceGroupName(environment, name),
    location: lookup.location,
    tags,
    lifecycle: { preventDestroy: protect },
  });
  return { name: group.name, id: group.id, location: lookup.location };
}
