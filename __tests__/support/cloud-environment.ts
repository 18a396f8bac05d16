import { type App, type TerraformStack, Testing } from "cdktf";
import { parse } from "yaml";
import type { Cloud, CloudEnvironment } from "../../constructs/clouds/cloud";
import { Platform } from "../../constructs/platform";
import { ingress } from "../../constructs/routing/ingress";
import { FastStack } from "../../constructs/terraform/fast-stack";
import { environmentOption } from "./input";

export type Profile = CloudEnvironment["profile"];

type Json = Readonly<Record<string, unknown>>;

/** One synthesized stack, as Terraform reads it. */
export interface StackJson {
  readonly terraform: Json;
  readonly provider: Readonly<Record<string, readonly Json[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}

/** An environment of that profile on the cloud, without applications. */
export function environmentOn(cloud: Cloud, profile: Profile = "production"): CloudEnvironment {
  return {
    name: profile === "production" ? "production" : "staging",
    cloud,
    routing: environmentOption(),
    profile,
    namespaceSuffix: "test",
    protect: profile === "production",
    contact: "platform@example.com",
    costCenter: "orders",
    recovery: undefined,
    images: "any",
    registries: undefined,
    addons: [],
    previews: undefined,
    sealedSecrets: false,
    clusterBackups: undefined,
    backups: undefined,
    observability: undefined,
    metricsApis: [],
    eventScaling: "off",
    release: "terraform",
    applications: [],
  };
}

type Build = (cloud: Cloud, stack: TerraformStack, environment: CloudEnvironment) => void;

interface Options {
  readonly profile?: Profile;
  readonly stack?: string;
  /** What else the environment says. */
  readonly more?: Partial<CloudEnvironment>;
}

/** What `build` puts on a stack of an environment on the cloud. */
export function synthCloud(cloud: Cloud, build: Build, options: Options = {}): StackJson {
  const app: App = Testing.app();
  const stack = new FastStack(app, options.stack ?? "test");
  build(cloud, stack, { ...environmentOn(cloud, options.profile), ...options.more });
  return JSON.parse(Testing.synth(stack, true)) as StackJson;
}

/** The stacks of an environment on the cloud that `make` makes of what a test says of it. */
export const stacksOn = <Props>(make: (props: Partial<Props>) => Cloud) => ({
  /** What `build` puts on a stack of the environment. */
  synth: (props: Partial<Props>, build: Build, options: Options = {}): StackJson =>
    synthCloud(make(props), build, options),
  /** `state-<env>`, on a stack of that name. */
  synthState: (stack: string, props: Partial<Props> = {}, profile?: Profile): StackJson =>
    synthCloud(make(props), (cloud, on, environment) => cloud.createState?.(on, environment), { profile, stack }),
  /** `<env>-cluster`. */
  synthCluster: (props: Partial<Props> = {}, profile?: Profile, more?: Partial<CloudEnvironment>): StackJson =>
    synthCloud(
      make(props),
      (cloud, stack, environment) => {
        cloud.configure(stack, environment);
        cloud.createCluster?.(stack, environment);
      },
      { profile, stack: "test-cluster", more },
    ),
  /** `<env>-platform`, with whatever the routing installs. */
  synthPlatform: (props: Partial<Props> = {}, profile?: Profile, routing = ingress()): StackJson =>
    synthCloud(
      make(props),
      (cloud, stack, environment) => {
        cloud.configure(stack, environment);
        const cluster = cloud.connect(stack, environment);
        new Platform(stack, "platform", {
          environment: { ...environment, cloud, routing, observability: undefined, addons: [] },
          cluster,
        });
      },
      { profile, stack: "test-platform" },
    ),
});

/** A Helm release by its name: its arguments, and its values as the chart gets them. */
export function release(json: StackJson, name: string): { readonly given: Json; readonly values: Json } {
  const given = all(json, "helm_release").find((candidate) => candidate.name === name);
  if (given === undefined) throw new Error(`no release ${name}`);
  return { given, values: parse(String(given.values)) as Json };
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
