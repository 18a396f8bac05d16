import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { AzurermBackend, type TerraformStack } from "cdktf";
import type { CloudEnvironment, ConfigureOptions } from "../cloud";
import { requireVersion } from "../shared/required-version";
import { hasOwnersProvider, makesBackend, statePath } from "../shared/stack-owner";
import { STATE_CONTAINER, stateAccountName } from "./names";
import { azureProvider } from "./owners-provider";
import type { Place } from "./place";
import { azureKindResources, namespaceOf } from "./services/kind-resources";

/**
 * What a subscription has to know before anything of it can be made: all that the stacks of an environment make. Written
 * as Azure lists them, as the provider compares letter by letter.
 */
const RESOURCE_PROVIDERS = [
  "Microsoft.Authorization",
  "Microsoft.Cache",
  "Microsoft.Compute",
  "Microsoft.ContainerService",
  "Microsoft.DBforMySQL",
  "Microsoft.KeyVault",
  "Microsoft.ManagedIdentity",
  "Microsoft.Network",
  "Microsoft.OperationalInsights",
  "Microsoft.Storage",
  "microsoft.insights",
];

/** Adds those of what kinds of the environment's services bring. */
function providersOf(environment: CloudEnvironment): string[] {
  const brought = Object.values(azureKindResources(environment)).flatMap(({ operations }) =>
    operations.map(namespaceOf),
  );
  const known = new Set(RESOURCE_PROVIDERS.map((name) => name.toLowerCase()));
  const more = [...new Set(brought)].filter((name) => !known.has(name.toLowerCase())).sort();
  return [...RESOURCE_PROVIDERS, ...more];
}

type Subscription = Pick<Place, "subscriptionId" | "tenantId" | "registerProviders">;

/** State in the environment's storage account, under the stack's own key and lease. */
export function configure(
  stack: TerraformStack,
  environment: CloudEnvironment,
  place: Subscription & Pick<Place, "location" | "regionInNames" | "stateAccount">,
  options: ConfigureOptions = {},
): void {
  configureProvider(stack, environment, place, options);
  if (!makesBackend(stack, options.backend)) return;
  new AzurermBackend(stack, {
    storageAccountName: stateAccountName(environment, place),
    containerName: STATE_CONTAINER,
    key: `${statePath(stack, options)}.tfstate`,
    subscriptionId: place.subscriptionId,
    tenantId: place.tenantId,
    // The account knows no keys. How one signs in to Entra differs between people and pipelines: `ARM_USE_OIDC` says it.
    useAzureadAuth: true,
  });
}

/**
 * What is deleted by mistake can be had back where the environment is protected; elsewhere its name is to be free again,
 * and what Azure itself has put into a resource group goes with it.
 */
const features = ({ protect }: CloudEnvironment) => ({
  keyVault: [
    {
      purgeSoftDeleteOnDestroy: !protect,
      purgeSoftDeletedKeysOnDestroy: !protect,
      purgeSoftDeletedSecretsOnDestroy: !protect,
      recoverSoftDeletedKeyVaults: true,
      recoverSoftDeletedKeys: true,
      recoverSoftDeletedSecrets: true,
    },
  ],
  logAnalyticsWorkspace: [{ permanentlyDeleteOnDestroy: !protect }],
  resourceGroup: [{ preventDeletionIfContainsResources: protect }],
  // Accounts that let nobody in from outside are asked through Azure Resource Manager.
  storage: [{ dataPlaneAvailable: false }],
  // Keys cannot be deleted through it: they go with their vault.
  templateDeployment: [{ deleteNestedItemsDuringDeletion: false }],
});

/** The provider, for the environment's subscription alone. */
export function configureProvider(
  stack: TerraformStack,
  environment: CloudEnvironment,
  place: Subscription,
  options: ConfigureOptions = {},
): void {
  const provider = azureProvider(environment, place);
  requireVersion(stack);
  if (hasOwnersProvider(stack, provider, options.provider)) return;
  new AzurermProvider(stack, provider.id, {
    subscriptionId: place.subscriptionId,
    tenantId: place.tenantId,
    // Not the provider's own list of sixty: one that is registered gives Microsoft's service rights in the subscription.
    resourceProviderRegistrations: "none",
    ...(place.registerProviders && { resourceProvidersToRegister: providersOf(environment) }),
    storageUseAzuread: true,
    features: [features(environment)],
  });
}
