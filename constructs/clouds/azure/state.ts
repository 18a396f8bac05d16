import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageAccount, type StorageAccountNetworkRules } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import type { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { exceptChecks } from "../../terraform/check-exceptions";
import type { CloudEnvironment } from "../cloud";
import { keepStateInFile } from "../shared/state-file";
import { CLOSED_ACCOUNT, firewallRules } from "./closed-account";
import { configure, configureProvider } from "./configure";
import { lockDeletion } from "./deletion-lock";
import { STATE_CONTAINER, stateAccountName, stateResourceGroup } from "./names";
import type { AzureProps } from "./props";
import { createResourceGroup } from "./resource-group";
import { resourceGroupId } from "./resource-ids";
import { tagsOf } from "./resource-tags";

/** Days an overwritten or deleted state can still be restored. */
const KEEP_VERSIONS_DAYS = 90;

const exceptions = ({ endpoint, stateSubnets = [] }: AzureProps) => [
  {
    checks: ["CKV_AZURE_59", "CKV2_AZURE_33"],
    reason: "it is there before any network is; the firewall and Entra decide who reaches it",
  },
  {
    checks: ["CKV2_AZURE_1"],
    reason: "a vault for its key would be one more thing to lose the map by; Azure's keys encrypt it, twice",
  },
  { checks: ["CKV_AZURE_33"], reason: "it has no queues" },
  ...(endpoint.access === "private" && stateSubnets.length === 0
    ? [{ checks: ["CKV_AZURE_35"], reason: "the environment names no subnets of its runner; Entra decides alone" }]
    : [{ checks: ["CKV_AZURE_36"], reason: "no service of Azure has business with the state" }]),
];

/** The account of the environment's Terraform state, protected whatever the environment says: it is the map to everything. */
export function createState(stack: TerraformStack, environment: CloudEnvironment, props: AzureProps): void {
  if (props.stateIn === "account") configure(stack, environment, { ...props, registerProviders: true });
  else {
    keepStateInFile(stack, props.regionInNames === true ? props.location : undefined);
    configureProvider(stack, environment, { ...props, registerProviders: true });
  }
  const { defaults } = createResourceGroup(stack, {
    name: stateResourceGroup(environment, props),
    location: props.location,
    tags: tagsOf(stack, environment),
    protect: true,
  });
  const here = new Construct(stack, "Account");
  const name = stateAccountName(environment, props);
  const account = new StorageAccount(here, "Default", {
    ...defaults,
    ...CLOSED_ACCOUNT,
    name,
    accountKind: "StorageV2",
    accountTier: "Standard",
    // In three zones here, and a copy in the location's pair.
    accountReplicationType: "GZRS",
    publicNetworkAccessEnabled: true,
    networkRules: firewall(props),
    blobProperties: {
      versioningEnabled: true,
      changeFeedEnabled: true,
      changeFeedRetentionInDays: KEEP_VERSIONS_DAYS,
      deleteRetentionPolicy: { days: KEEP_VERSIONS_DAYS },
      containerDeleteRetentionPolicy: { days: KEEP_VERSIONS_DAYS },
    },
    lifecycle: { preventDestroy: true },
  });
  exceptChecks(account, ...exceptions(props));
  const container = new StorageContainer(here, "Container", {
    name: STATE_CONTAINER,
    storageAccountId: account.id,
    containerAccessType: "private",
    lifecycle: { preventDestroy: true },
  });
  exceptChecks(container, {
    checks: ["CKV2_AZURE_21"],
    reason: "versions and the change feed say what was written; who did is in Entra's sign-in logs",
  });
  new StorageManagementPolicy(here, "Lifecycle", {
    storageAccountId: account.id,
    rule: [
      {
        name: "expire-old-versions",
        enabled: true,
        filters: { blobTypes: ["blockBlob"] },
        actions: { version: { deleteAfterDaysSinceCreation: KEEP_VERSIONS_DAYS } },
      },
    ],
  });
  lockDeletion(here, { id: account.id, notes: `Terraform state of ${environment.name}`, after: [container] });
  const { deployers, administrators, planners = [] } = props.access;
  const give = (id: string, roleDefinitionName: string, principals: readonly string[]): void => {
    const group = new Construct(stack, id);
    for (const principalId of principals) {
      new RoleAssignment(group, principalId, {
        // Not on the account, whose lock would keep whoever leaves.
        scope: resourceGroupId(props.subscriptionId, defaults.resourceGroupName),
        roleDefinitionName,
        principalId,
        description: `Terraform state of ${environment.name}`,
      });
    }
  };
  give("Writers", "Storage Blob Data Contributor", [...deployers, ...administrators]);
  give("Readers", "Storage Blob Data Reader", planners);
}

/**
 * The callers of the Kubernetes API, and subnets that are given. A private endpoint has no public callers, and there is
 * no network yet: without subnets, Entra decides alone, as IAM does for a bucket.
 */
function firewall({ endpoint, stateSubnets = [] }: AzureProps): StorageAccountNetworkRules {
  const open = endpoint.access === "private" && stateSubnets.length === 0;
  return {
    defaultAction: open ? "Allow" : "Deny",
    bypass: ["None"],
    ipRules: endpoint.access === "allow-list" ? firewallRules(endpoint.cidrs) : [],
    virtualNetworkSubnetIds: [...stateSubnets],
  };
}
