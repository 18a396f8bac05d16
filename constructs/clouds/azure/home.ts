import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import type { Construct } from "constructs";
import type { Tags } from "./resource-tags";

/** Where a resource is and what it bears: three arguments that every one of them has. */
export interface Home {
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

export function createHome(scope: Construct, { name, location, tags, protect }: ResourceGroupProps): Home {
  const group = new ResourceGroup(scope, "ResourceGroup", {
    name,
    location,
    tags,
    lifecycle: { preventDestroy: protect },
  });
  return { resourceGroupName: group.name, location, tags };
}
