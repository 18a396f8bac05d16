import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import type { CloudEnvironment, Cluster } from "../cloud";
import { allowAddon } from "./addon-identity";
import { type AzureLookup, lookUpCluster } from "./lookup";
import type { Place } from "./place";
import { provideApplication } from "./provide";
import { secretStoreProvider } from "./secret-store";
import { platformObjects } from "./storage";

/** Finds the cluster, signs the stack's Kubernetes provider in, and hands out what can be asked of it. */
export function connect(scope: Construct, environment: CloudEnvironment, place: Place): Cluster {
  const lookup = lookUpCluster(scope, environment, place);
  const { exec, ...server } = signIn(lookup);
  new KubernetesProvider(scope, "kubernetes", { ...server, exec: [exec] });
  const { clusterName, subscriptionId, tags } = lookup;
  return {
    platform: (platform) => {
      // Releases are made here only; an application's stack need not download the provider.
      new HelmProvider(scope, "helm", { kubernetes: signIn(lookup) });
      platformObjects(platform, { clusterName, subscriptionId, protect: environment.protect, tags });
    },
    allow: (addons, addon, capability) => allowAddon(addons, { lookup, place }, addon, capability),
    secretStoreProvider: () => secretStoreProvider(lookup),
    provide: (stack, application) => provideApplication(stack, { lookup, application, place, tags }),
  };
}

/** The Entra application that every AKS cluster is, to whoever signs in. https://azure.github.io/kubelogin/concepts/aks.html */
const AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

/**
 * kubelogin gets a token for each run from the Azure CLI, which people and pipelines are signed in to alike: none is
 * written anywhere.
 */
function signIn(lookup: AzureLookup): SignIn {
  return {
    host: lookup.clusterEndpoint,
    clusterCaCertificate: Fn.base64decode(lookup.clusterCertificateAuthority),
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "kubelogin",
      args: ["get-token", "--login", "azurecli", "--server-id", AKS_SERVER, "--tenant-id", lookup.tenantId],
    },
  };
}

interface SignIn {
  readonly host: string;
  readonly clusterCaCertificate: string;
  readonly exec: { readonly apiVersion: string; readonly command: string; readonly args: string[] };
}
