import type { TerraformStack } from "cdktf";
import { google, type GoogleProps } from "../../constructs/clouds/google";
import type { Cloud, CloudEnvironment } from "../../constructs/clouds/cloud";
import { ingress } from "../../constructs/kubernetes/routing/ingress";
import { Platform } from "../../constructs/platform";
import { awsEnvironment, type Profile, type StackJson, synthCloud } from "./aws-environment";

export { all, one, release, type StackJson, synthCloud } from "./aws-environment";

/** Valid in every field; a test overrides the one it is about. */
export const GOOGLE_PROPS: GoogleProps = {
  project: "orders-production",
  region: "europe-west3",
  network: { cidr: "10.10.0.0/16" },
  endpoint: { access: "private" },
  access: {
    deployers: ["serviceAccount:deployer@orders-production.iam.gserviceaccount.com"],
    administrators: ["group:platform@example.com"],
  },
};

/** An environment of that profile on the cloud, without applications. */
export const environmentOn = (cloud: Cloud, profile?: Profile): CloudEnvironment => awsEnvironment(cloud, profile);

/** What `build` puts on a stack of the environment. */
export const synthGoogle = (
  props: Partial<GoogleProps>,
  build: (cloud: Cloud, stack: TerraformStack, environment: CloudEnvironment) => void,
  options: { readonly profile?: Profile; readonly stack?: string } = {},
): StackJson => synthCloud(google({ ...GOOGLE_PROPS, ...props }), build, options);

/** `state-<env>`. */
export const synthState = (props: Partial<GoogleProps> = {}, profile?: Profile): StackJson =>
  synthGoogle(props, (cloud, stack, environment) => cloud.createState?.(stack, environment), {
    profile,
    stack: "state-test",
  });

/** `<env>-cluster`. */
export const synthCluster = (props: Partial<GoogleProps> = {}, profile?: Profile): StackJson =>
  synthGoogle(
    props,
    (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      cloud.createCluster?.(stack, environment);
    },
    { profile, stack: "test-cluster" },
  );

/** `<env>-platform`, with whatever the routing installs. */
export const synthPlatform = (props: Partial<GoogleProps> = {}, profile?: Profile, routing = ingress()): StackJson =>
  synthGoogle(
    props,
    (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      const cluster = cloud.connect(stack, environment);
      new Platform(stack, "platform", { environment: { ...environment, cloud, routing }, cluster });
    },
    { profile, stack: "test-platform" },
  );
