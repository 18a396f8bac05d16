import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { CloudEnvironment, Cluster } from "../cloud";
import { providerId } from "../shared/providers";
import { refuseOther } from "../shared/stack-owner";
import { allowAddon } from "./addon-identity";
import { storageClassOf } from "./facts";
import { readKubeconfig } from "./kubeconfig";
import { placeLogins, placePlatformSecrets } from "./out-of-band-secrets";
import type { LocalProps } from "./props";
import { provideApplication } from "./provide";
import { createStore, secretStoreProvider, type Store } from "./secret-store";

/** Signs the stack's providers in as the kubeconfig says. */
export function connect(scope: Construct, environment: CloudEnvironment, props: LocalProps): Cluster {
  refuseOther(TerraformStack.of(scope), "kubernetes", providerId("kubernetes"));
  const config = readKubeconfig(TerraformStack.of(scope), props);
  new KubernetesProvider(scope, providerId("kubernetes"), config);
  let store: Store | undefined;
  return {
    platform: (platform) => {
      // Releases are made here only; an application's stack need not download the provider.
      refuseOther(TerraformStack.of(scope), "helm", providerId("helm"));
      new HelmProvider(scope, providerId("helm"), { kubernetes: config });
      store = createStore(platform);
      placeLogins(platform, store, environment.registries);
      placePlatformSecrets(platform, store, environment);
    },
    allow: (addons, addon, needs) => {
      if (store === undefined) throw new Error(`${addon.name}: add-ons come after the platform's own objects`);
      return allowAddon(addons, store, addon, needs);
    },
    secretStoreProvider,
    provide: (stack, application) => provideApplication(stack, application, storageClassOf(props)),
  };
}
