import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { CloudEnvironment, Cluster } from "../cloud";
import { signIn, type TokenProgram } from "../shared/sign-in";
import { hasOwnersProvider } from "../shared/stack-owner";
import { toldOf } from "../shared/told";
import { allowAddon } from "./addon-identity";
import { type AzureLookup, lookUpCluster } from "./lookup";
import { requirePlatformSecrets } from "./out-of-band-secrets";
import { azureProvider, foundInPlace } from "./owners-provider";
import type { Place } from "./place";
import { provideApplication } from "./provide";
import { secretStoreProvider } from "./secret-store";
import { platformObjects } from "./storage";

/** The Entra application that every AKS cluster is, to whoever signs in. https://azure.github.io/kubelogin/concepts/aks.html */
const AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * kubelogin gets a token for each run from the Azure CLI, which people and pipelines are signed in to alike: none is
 * written anywhere.
 */
const tokenProgram = (lookup: AzureLookup): TokenProgram => ({
  command: "kubelogin",
  args: ["get-token", "--login", "azurecli", "--server-id", AKS_SERVER, "--tenant-id", lookup.tenantId],
});

/** Finds the cluster, signs the stack's Kubernetes provider in, and hands out what can be asked of it. */
export function connect(scope: Construct, environment: CloudEnvironment, place: Place): Cluster {
  const isOwners = hasOwnersProvider(TerraformStack.of(scope), azureProvider(environment, place));
  const lookup = lookUpCluster(scope, environment, place, isOwners ? foundInPlace(environment, place) : undefined);
  const signInHelm = signIn(scope, lookup, tokenProgram(lookup));
  const { clusterName, subscriptionId, tags } = lookup;
  return {
    platform: (platform) => {
      // Releases are made here only; an application's stack need not download the provider.
      signInHelm();
      requirePlatformSecrets(platform, lookup, environment);
      platformObjects(platform, {
        clusterName,
        subscriptionId,
        endpointSubnetId: lookup.endpointSubnetId,
        protect: environment.protect,
        tags,
      });
    },
    allow: (addons, addon, needs) => allowAddon(addons, { lookup, place }, addon, needs),
    secretStoreProvider: () => secretStoreProvider(lookup),
    provide: (stack, application) =>
      provideApplication(stack, { lookup, application, place, tags, told: toldOf(environment, application) }),
  };
}
