import { azure, type AzureProps, type MadeAzureNetwork } from "../../constructs/clouds/azure";
import { type Profile, type StackJson, stacksOn } from "./cloud-environment";

const id = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-${digit.repeat(12)}`;

export const SUBSCRIPTION = id("1");
export const TENANT = id("2");
export const DEPLOYER = id("a");
export const ADMINISTRATOR = id("b");
export const VIEWER = id("c");
export const PLANNER = id("d");

/** Valid in every field; a test overrides the one it is about. */
export const AZURE_PROPS: AzureProps & { readonly network: MadeAzureNetwork } = {
  location: "germanywestcentral",
  subscriptionId: SUBSCRIPTION,
  tenantId: TENANT,
  network: { cidr: "10.10.0.0/16" },
  endpoint: { access: "private" },
  access: { deployers: [DEPLOYER], administrators: [ADMINISTRATOR] },
};

const stacks = stacksOn<AzureProps>((props) => azure({ ...AZURE_PROPS, ...props }));

export const { synth: synthAzure, synthCluster, synthPlatform } = stacks;

/** `state-<env>`. */
export const synthState = (props: Partial<AzureProps> = {}, profile?: Profile): StackJson =>
  stacks.synthState("test-state", props, profile);
