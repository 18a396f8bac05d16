import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { CloudEnvironment, Cluster } from "../cloud";
import { allowAddon } from "./addon-identity";
import { type GoogleLookup, lookUpCluster } from "./lookup";
import type { Place } from "./place";
import { provideApplication } from "./provide";
import { secretStoreProvider } from "./secret-store";
import { platformObjects } from "./storage";

/** Finds the cluster, signs the stack's Kubernetes provider in, and hands out what can be asked of it. */
export function connect(scope: Construct, environment: CloudEnvironment, place: Place): Cluster {
  const lookup = lookUpCluster(scope, environment, place);
  const { exec, ...server } = signIn(lookup);
  new KubernetesProvider(scope, "kubernetes", { ...server, exec: [exec] });
  return {
    platform: (platform) => {
      // Releases are made here only; an application's stack need not download the provider.
      new HelmProvider(scope, "helm", { kubernetes: signIn(lookup) });
      platformObjects(platform, { lookup, place, environment });
    },
    allow: (addons, addon, capability) => allowAddon(addons, { lookup, place, environment }, addon, capability),
    secretStoreProvider: () => secretStoreProvider(place),
    provide: (stack, application) => provideApplication(stack, { lookup, application, place }),
  };
}

/**
 * Google's plugin for kubectl hands out a token for each run, of the runner's own credentials, as the provider uses them:
 * none is written anywhere.
 */
function signIn(lookup: GoogleLookup): SignIn {
  return {
    host: lookup.clusterEndpoint,
    clusterCaCertificate: Fn.base64decode(lookup.clusterCertificateAuthority),
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "gke-gcloud-auth-plugin",
      args: ["--use_application_default_credentials"],
    },
  };
}

interface SignIn {
  readonly host: string;
  readonly clusterCaCertificate: string;
  readonly exec: { readonly apiVersion: string; readonly command: string; readonly args: string[] };
}
