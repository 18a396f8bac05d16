import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { CloudEnvironment, Cluster } from "../cloud";
import { signIn, type TokenProgram } from "../shared/sign-in";
import { hasOwnersProvider } from "../shared/stack-owner";
import { toldOf } from "../shared/told";
import { allowAddon } from "./addon-identity";
import { lookUpCluster } from "./lookup";
import { requirePlatformSecrets } from "./out-of-band-secrets";
import { googleProvider, refuseElsewhere } from "./owners-provider";
import type { Place } from "./place";
import { provideApplication } from "./provide";
import { secretStoreProvider } from "./secret-store";
import { platformObjects } from "./storage";

/**
 * Google's plugin for kubectl hands out a token for each run, of the runner's own credentials, as the provider uses them:
 * none is written anywhere.
 */
const TOKEN_PROGRAM: TokenProgram = {
  command: "gke-gcloud-auth-plugin",
  args: ["--use_application_default_credentials"],
};

/**
 * GKE writes `cloud.google.com/neg` onto every Service, and Autopilot onto every workload what it made of its requests. The
 * provider knows annotations of Kubernetes' own only, and would take these away in every run.
 * @see https://github.com/hashicorp/terraform-provider-kubernetes/issues/445
 * @see https://cloud.google.com/kubernetes-engine/docs/quickstarts/create-cluster-using-terraform
 */
const GKE_ANNOTATIONS = [String.raw`^autopilot\.gke\.io/`, String.raw`^cloud\.google\.com/`];

/** Finds the cluster, signs the stack's Kubernetes provider in, and hands out what can be asked of it. */
export function connect(scope: Construct, environment: CloudEnvironment, place: Place): Cluster {
  const isOwners = hasOwnersProvider(TerraformStack.of(scope), googleProvider(environment, place));
  if (isOwners) refuseElsewhere(scope, environment, place);
  const lookup = lookUpCluster(scope, environment, place);
  const signInHelm = signIn(scope, lookup, TOKEN_PROGRAM, GKE_ANNOTATIONS);
  return {
    platform: (platform) => {
      // Releases are made here only; an application's stack need not download the provider.
      signInHelm();
      requirePlatformSecrets(platform, lookup, environment);
      platformObjects(platform, { lookup, place, environment });
    },
    allow: (addons, addon, needs) => allowAddon(addons, { lookup, place, environment }, addon, needs),
    secretStoreProvider: () => secretStoreProvider(place),
    provide: (stack, application) =>
      provideApplication(stack, { lookup, application, place, told: toldOf(environment, application) }),
  };
}
