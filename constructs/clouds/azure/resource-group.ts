import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { Construct } from "constructs";
import type { Tags } from "./resource-tags";

/** Where a resource is and what it bears: three arguments that every one of them has. */
export interface ResourceDefaults {
  readonly resourceGroupName: string;
  readonly location: string;
  readonly tags: Tags;
}

export interface ResourceGroupProps {
  readonly name: string;
  readonly location: string;
  readonly tags: Tags;
  readonly protect: boolean;
}

/** A resource group, and the arguments of what is made in it. */
export function createResourceGroup(
  scope: Construct,
  { name, location, tags, protect }: ResourceGroupProps,
): { readonly defaults: ResourceDefaults; readonly id: string } {
  const group = new ResourceGroup(scope, "ResourceGroup", {
    name,
    location,
    tags,
    lifecycle: { preventDestroy: protect },
  });
  return { defaults: { resourceGroupName: group.name, location, tags }, id: group.id };
}
