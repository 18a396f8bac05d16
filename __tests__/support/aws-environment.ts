import { Testing, TerraformStack, type App } from "cdktf";
import { aws } from "../../constructs/clouds/aws";
import type { AwsProps } from "../../constructs/clouds/aws/props";
import type { Cloud, CloudEnvironment } from "../../constructs/clouds/cloud";
import { parse } from "yaml";
import { ingress } from "../../constructs/kubernetes/routing/ingress";
import { Platform } from "../../constructs/platform";
import { choice } from "./input";

/** Valid in every field; a test overrides the one it is about. */
export const AWS_PROPS: AwsProps = {
  region: "eu-central-1",
  accountId: "123456789012",
  network: { cidr: "10.10.0.0/16" },
  endpoint: { access: "private" },
  access: {
    deployers: ["arn:aws:iam::123456789012:role/deployer"],
    administrators: ["arn:aws:iam::123456789012:role/admin"],
  },
};

export type Profile = CloudEnvironment["profile"];

export function awsEnvironment(cloud: Cloud, profile: Profile = "production"): CloudEnvironment {
  return {
    name: profile === "production" ? "production" : "staging",
    cloud,
    routing: choice(),
    profile,
    namespaceSuffix: "test",
    protect: profile === "production",
    contact: "platform@example.com",
    costCenter: "orders",
    images: "any",
    sealedSecrets: false,
    applications: [],
  };
}

type Json = Readonly<Record<string, unknown>>;

/** One synthesized stack, as Terraform reads it. */
export interface StackJson {
  readonly terraform: Json;
  readonly provider: Readonly<Record<string, readonly Json[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

/** What `build` puts on a stack of the environment. */
export function synthAws(
  props: Partial<AwsProps>,
  build: (cloud: Cloud, stack: TerraformStack, environment: CloudEnvironment) => void,
  options: { readonly profile?: Profile; readonly stack?: string } = {},
): StackJson {
  return synthCloud(aws({ ...AWS_PROPS, ...props }), build, options);
}

/** The same for a cloud that is already made. */
export function synthCloud(
  cloud: Cloud,
  build: (cloud: Cloud, stack: TerraformStack, environment: CloudEnvironment) => void,
  options: { readonly profile?: Profile; readonly stack?: string } = {},
): StackJson {
  const app: App = Testing.app();
  const stack = new TerraformStack(app, options.stack ?? "test");
  build(cloud, stack, awsEnvironment(cloud, options.profile));
  return JSON.parse(Testing.synth(stack, true)) as StackJson;
}

/** `<env>-cluster`. */
export const synthCluster = (props: Partial<AwsProps> = {}, profile?: Profile): StackJson =>
  synthAws(
    props,
    (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      cloud.createCluster?.(stack, environment);
    },
    { profile, stack: "test-cluster" },
  );

/** `<env>-platform`, with whatever the routing installs. */
export const synthPlatform = (props: Partial<AwsProps> = {}, profile?: Profile, routing = ingress()): StackJson =>
  synthAws(
    props,
    (cloud, stack, environment) => {
      cloud.configure(stack, environment);
      const cluster = cloud.connect(stack, environment);
      new Platform(stack, "platform", { environment: { ...environment, cloud, routing }, cluster });
    },
    { profile, stack: "test-platform" },
  );

/** A Helm release by its name: its arguments, and its values as the chart gets them. */
export function release(json: StackJson, name: string): { readonly given: Json; readonly values: Json } {
  const given = all(json, "helm_release").find((candidate) => candidate.name === name);
  if (given === undefined) throw new Error(`no release ${name}`);
  return { given, values: parse(String(given.values)) as Json };
}

/** Statements of the role that the add-on's service account takes. */
export function addonStatements(json: StackJson, addon: string): readonly Json[] {
  const { policy } = one(json, "aws_iam_role_policy", addon);
  return (JSON.parse(String(policy)) as { Statement: Json[] }).Statement;
}

/** All resources of a type, in no particular order. */
export const all = (json: StackJson, type: string): Json[] => Object.values(json.resource[type] ?? {});

/** The only resource of a type whose name contains `part`. */
export function one(json: StackJson, type: string, part = ""): Json {
  const found = Object.entries(json.resource[type] ?? {}).filter(([name]) => name.includes(part));
  const only = found[0]?.[1];
  if (found.length !== 1 || only === undefined) {
    throw new Error(
      `${found.length} of ${type} like "${part}" among ${Object.keys(json.resource[type] ?? {}).join(", ")}`,
    );
  }
  return only;
}
