import { DataGoogleComputeZones } from "@cdktf/provider-google/lib/data-google-compute-zones";
import type { Construct } from "constructs";
import { expression } from "../../terraform/expression";
import type { CloudEnvironment } from "../cloud";
import { providerId } from "../shared/providers";
import type { ProviderKind } from "../shared/stack-owner";
import type { Place } from "./place";

/** The provider of a stack, and what one that its owner made has to say. */
export const googleProvider = (
  { name }: CloudEnvironment,
  { project, region }: Pick<Place, "project" | "region">,
): ProviderKind => ({
  type: "google",
  id: providerId("google"),
  agreements: [
    {
      argument: "project",
      agrees: (given) => given === project,
      fix: `use "${project}", the project of environment ${name}`,
    },
    {
      argument: "region",
      agrees: (given) => given === region,
      fix: `use "${region}", where environment ${name} is`,
    },
  ],
});

/**
 * Stops a plan where a provider of the stack's owner turns out to be for another project or region: it may be told so by
 * variables or by gcloud. The cluster is looked up in the environment's own; zones are those of the provider.
 */
export function refuseElsewhere(
  scope: Construct,
  { name }: CloudEnvironment,
  { project, region }: Pick<Place, "project" | "region">,
): void {
  const here = `projects/${project}/regions/${region}`;
  new DataGoogleComputeZones(scope, "ProviderPlace", {
    lifecycle: {
      postcondition: [
        {
          condition: expression`self.id == ${here}`,
          errorMessage:
            `The stack's own Google provider is for ${expression`self.id`}, and environment ${name} is in ${here}. Give that ` +
            "provider this project and this region.",
        },
      ],
    },
  });
}
