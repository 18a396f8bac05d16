import { azure, type AzureProps } from "../../constructs/clouds/azure";
import { ingress } from "../../constructs/kubernetes/routing/ingress";
import { Platform } from "../../constructs/platform";
import type { Cloud, CloudEnvironment } from "../../constructs/clouds/cloud";
import { type Profile, type StackJson, synthCloud } from "./aws-environment";
import type { TerraformStack } from "cdktf";

const id = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`;

export const SUBSCRIPTION = id("1");
export const TENANT = id("2");
export const DEPLOYER = id("a");
export const ADMINISTRATOR = id("b");
export const VIEWER = id("c");

/** Valid in every field; a test overrides the one it is about. */
export const AZURE_PROPS: AzureProps = {
  location: "germanywestcentral",
  subscriptionId: SUBSCRIPTION,
  tenantId: TENANT,
  network: { cidr: "10.10.0.0/16" },
  endpoint: { access: "private" },
  access: { deployers: [DEPLOYER], administrators: [ADMINISTRATOR] },
};

/** What `build` puts on a stack of the environment. */
export function synthAzure(
  props: Partial<AzureProps>,
  build: (cloud: Cloud, stack: TerraformStack, environment: CloudEnvironment) => void,
  options: { readonly profile?: Profile; readonly stack?: string } = {},
): StackJson {
  return synthCloud(azure({ ...AZURE_PROPS, ...props }), build, options);
}

/** `state-<env>`. */
export const synthState = (props: Partial<AzureProps> = {}, profile?: Profile): StackJson =>
  synthAzure(
    props,
    (cloud, stack, environment) => {
      cloud.createState?.(stack, environment);
    },
    { profile, stack: "test-state" },
  );

/** `<env>-cluster`. */
export const synthCluster = (props: Partial<AzureProps> = {}, profile?: Profile): StackJson =>
  synthAzure(
    props,
    (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      cloud.createCluster?.(stack, environment);
    },
    { profile, stack: "test-cluster" },
  );

/** `<env>-platform`, with whatever the routing installs. */
export const synthPlatform = (props: Partial<AzureProps> = {}, profile?: Profile, routing = ingress()): StackJson =>
  synthAzure(
    props,
    (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      const cluster = cloud.connect(stack, environment);
      new Platform(stack, "platform", { environment: { ...environment, cloud, routing }, cluster });
    },
    { profile, stack: "test-platform" },
  );
