import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { RandomProvider } from "@cdktf/provider-random/lib/provider";
import { Fn, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { CloudEnvironment, Cluster } from "../cloud";
import { allowAddon } from "./addon-identity";
import { type AwsLookup, lookUpCluster } from "./lookup";
import type { AwsProps } from "./props";
import { provideApplication } from "./provide";
import { secretStoreProvider } from "./secret-store";
import { type Settings, settingsOf } from "./settings";
import { platformObjects } from "./storage";
import { planSubnets } from "./subnets";

/** Finds the cluster, signs the stack's Kubernetes provider in, and hands out what can be asked of it. */
export function connect(scope: Construct, environment: CloudEnvironment, props: AwsProps): Cluster {
  const settings = settingsOf(props, environment);
  const lookup = lookUpCluster(scope, environment, props);
  const { exec, ...server } = signIn(lookup);
  new KubernetesProvider(scope, "kubernetes", { ...server, exec: [exec] });
  return {
    platform: (platform) => {
      // Releases are made here only; an application's stack need not download the provider.
      new HelmProvider(scope, "helm", { kubernetes: signIn(lookup) });
      platformObjects(platform, settings);
    },
    allow: (addons, addon, capability) => allowAddon(addons, { lookup, props, environment }, addon, capability),
    secretStoreProvider: () => secretStoreProvider(props.region),
    provide: (stack, application) => {
      ensureRandomProvider(stack);
      const { logRetentionDays } = settings;
      return provideApplication(stack, { lookup, application, logRetentionDays, dataCidrs: dataCidrs(settings) });
    },
  };
}

/** The AWS CLI signs a token for each run, with the runner's own role: none is written anywhere. */
function signIn(lookup: AwsLookup): SignIn {
  return {
    host: lookup.clusterEndpoint,
    clusterCaCertificate: Fn.base64decode(lookup.clusterCertificateAuthority),
    exec: {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", lookup.clusterName, "--region", lookup.region, "--output", "json"],
    },
  };
}

interface SignIn {
  readonly host: string;
  readonly clusterCaCertificate: string;
  readonly exec: { readonly apiVersion: string; readonly command: string; readonly args: string[] };
}

/** Only where an application is provided: generated passwords need it, the platform does not. */
function ensureRandomProvider(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (stack.node.tryFindChild("random") === undefined) new RandomProvider(stack, "random");
}

const dataCidrs = ({ cidr, zones }: Settings): string[] => planSubnets(cidr, zones).map(({ blocks }) => blocks.data);
