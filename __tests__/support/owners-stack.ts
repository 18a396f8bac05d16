import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import { existingAws } from "../../constructs/clouds/aws";
import { existingAzure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { existingGoogle } from "../../constructs/clouds/google";
import { SUBSCRIPTION, TENANT } from "./azure-environment";
import { type StackJson, synthCloud } from "./cloud-environment";

/** A stack that another team has made, with its own provider of a cloud. */
export interface OwnersStack {
  readonly name: string;
  /** Type of the cloud's provider in Terraform. */
  readonly type: string;
  readonly cloud: Cloud;
  /** Makes the provider as its owner did. What is given replaces what agrees with the environment. */
  readonly provider: (stack: TerraformStack, config?: object) => TerraformProvider;
  /** Each argument with a value for another place, and what is said of it. */
  readonly wrong: readonly (readonly [config: object, said: RegExp])[];
  /** What says nothing of the place: it is learnt when Terraform runs. */
  readonly silent: object;
  /** The data source by which a plan learns where the provider is, its attribute, and values of that. */
  readonly guard: {
    readonly type: string;
    readonly attribute: string;
    readonly here: string;
    readonly elsewhere: string;
  };
}

const ACCOUNT = "111111111111";

export const ON_AWS: OwnersStack = {
  name: "AWS",
  type: "aws",
  cloud: existingAws({
    accountId: ACCOUNT,
    region: "eu-central-1",
    dataCidrs: ["10.10.144.0/22"],
    stateBucket: "billing-tfstate",
  }),
  provider: (stack, config = {}) =>
    new AwsProvider(stack, "aws", { region: "eu-central-1", allowedAccountIds: [ACCOUNT], ...config }),
  wrong: [
    [{ region: "us-east-1" }, /^stacks\.test\.aws\.region: got "us-east-1"; use "eu-central-1"/],
    [{ allowedAccountIds: ["222222222222"] }, /^stacks\.test\.aws\.allowedAccountIds: got .*; add "111111111111"/],
    [{ forbiddenAccountIds: [ACCOUNT] }, /^stacks\.test\.aws\.forbiddenAccountIds: .*; take "111111111111" out/],
  ],
  silent: { region: undefined, allowedAccountIds: undefined },
  guard: {
    type: "aws_eks_cluster",
    attribute: "arn",
    here: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/production`,
    elsewhere: "arn:aws:eks:eu-central-1:222222222222:cluster/production",
  },
};

export const ON_GOOGLE: OwnersStack = {
  name: "Google Cloud",
  type: "google",
  cloud: existingGoogle({
    project: "billing-staging",
    region: "europe-west3",
    dataCidrs: ["10.30.240.0/20"],
    stateBucket: "billing-tfstate",
  }),
  provider: (stack, config = {}) =>
    new GoogleProvider(stack, "google", { project: "billing-staging", region: "europe-west3", ...config }),
  wrong: [
    [{ project: "billing-dev" }, /^stacks\.test\.google\.project: got "billing-dev"; use "billing-staging"/],
    [{ region: "us-central1" }, /^stacks\.test\.google\.region: got "us-central1"; use "europe-west3"/],
  ],
  silent: { project: undefined, region: undefined },
  guard: {
    type: "google_compute_zones",
    attribute: "id",
    here: "projects/billing-staging/regions/europe-west3",
    elsewhere: "projects/billing-staging/regions/us-central1",
  },
};

const SETTINGS = {
  storageUseAzuread: true,
  features: [
    {
      storage: [{ dataPlaneAvailable: false }],
      keyVault: [
        {
          purgeSoftDeleteOnDestroy: false,
          purgeSoftDeletedKeysOnDestroy: false,
          purgeSoftDeletedSecretsOnDestroy: false,
        },
      ],
    },
  ],
};

export const ON_AZURE: OwnersStack = {
  name: "Azure",
  type: "azurerm",
  cloud: existingAzure({
    subscriptionId: SUBSCRIPTION,
    tenantId: TENANT,
    location: "germanywestcentral",
    dataCidrs: ["10.40.128.0/20", "10.40.144.0/21"],
    stateAccount: "billingtfstate",
  }),
  provider: (stack, config = {}) =>
    new AzurermProvider(stack, "azure", { subscriptionId: SUBSCRIPTION, tenantId: TENANT, ...SETTINGS, ...config }),
  wrong: [
    [
      { subscriptionId: "99999999-9999-4999-8999-999999999999" },
      /^stacks\.test\.azure\.subscriptionId: got "9{8}-.*; use ".*, the subscription of environment production/,
    ],
    [{ tenantId: "99999999-9999-4999-8999-999999999999" }, /^stacks\.test\.azure\.tenantId: got .*; use "/],
    [{ storageUseAzuread: undefined }, /^stacks\.test\.azure\.storageUseAzuread: use true/],
    [
      { features: [{ keyVault: SETTINGS.features[0]?.keyVault }] },
      /^stacks\.test\.azure\.features: .*; add storage: \[\{ dataPlaneAvailable: false \}\]/,
    ],
    [
      { features: [{ storage: [{ dataPlaneAvailable: false }] }] },
      /^stacks\.test\.azure\.features: .*; add keyVault: \[\{ purgeSoftDeleteOnDestroy: false, /,
    ],
  ],
  silent: { subscriptionId: undefined, tenantId: undefined },
  guard: {
    type: "azurerm_kubernetes_cluster",
    attribute: "id",
    here: `/subscriptions/${SUBSCRIPTION.toUpperCase()}/resourceGroups/test/providers/Microsoft.ContainerService/managedClusters/test`,
    elsewhere:
      "/subscriptions/99999999-9999-4999-8999-999999999999/resourceGroups/test/providers/Microsoft.ContainerService/managedClusters/test",
  },
};

export const OWNERS_STACKS: readonly OwnersStack[] = [ON_AWS, ON_GOOGLE, ON_AZURE];

/** The stack with the environment's cluster looked up on it, after its owner has put on it what is his. */
export const connected = (
  { cloud }: Pick<OwnersStack, "cloud">,
  own: (stack: TerraformStack) => Parameters<Cloud["configure"]>[2] | undefined,
): StackJson =>
  synthCloud(cloud, (it, stack, environment) => {
    it.configure(stack, environment, own(stack));
    it.connect(stack, environment);
  });

/** The same without `configure`, which an owner who has all of it may leave out. */
export const connectedAlone = (
  { cloud }: Pick<OwnersStack, "cloud">,
  own: (stack: TerraformStack) => unknown,
): StackJson =>
  synthCloud(cloud, (it, stack, environment) => {
    own(stack);
    it.connect(stack, environment);
  });

/** Conditions by which a plan stops where the owner's provider is for another place. */
export const guardsOf = (json: StackJson, { guard }: Pick<OwnersStack, "guard">): object[] =>
  Object.values(json.data?.[guard.type] ?? {}).flatMap((data) => {
    const { lifecycle } = data as { lifecycle?: { postcondition: object[] } };
    return lifecycle?.postcondition ?? [];
  });
