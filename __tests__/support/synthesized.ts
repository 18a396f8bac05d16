import { App, DefaultTokenResolver, StringConcat, type TerraformStack, Tokenization } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProvidedApplication } from "../../constructs/clouds/cloud";
import type { EnvironmentInput } from "../../constructs/model/environment";
import { resolveEnvironment } from "../../constructs/model/resolve";
import type { ResolvedApplication, ResolvedService } from "../../constructs/model/resolved";
import { FastStack } from "../../constructs/terraform/fast-stack";
import { withoutStackTraces } from "../../constructs/terraform/without-stack-traces";

type Block = Record<string, unknown>;

/** One kind of resource or data source in synthesized JSON, by name. */
export type Blocks = Readonly<Record<string, Block>>;

export interface Synthesized {
  readonly text: string;
  /** Resources of a type by a part of their name; exactly one must fit. */
  resource(type: string, name?: string): Block;
  resources(type: string): Block[];
  /** How many there are of each type. */
  readonly types: Readonly<Record<string, number>>;
  readonly data: Readonly<Record<string, Blocks>>;
  /** What exists only while Terraform runs. */
  readonly ephemeral: Readonly<Record<string, Blocks>>;
  /** Names of the providers that the stack configures. */
  readonly providers: readonly string[];
  /** What a value with references in it becomes in JSON. */
  resolve(value: unknown): unknown;
}

/** What is built on a stack of that name, as the JSON that Terraform reads. */
export function synthesizeStack(name: string, build: (stack: TerraformStack) => void): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = new FastStack(app, name);
    withoutStackTraces(() => {
      build(stack);
      app.synth();
    });
    const text = readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
    return { ...read(text), resolve: (value) => resolve(stack, value) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

interface Json {
  readonly resource?: Readonly<Record<string, Blocks>>;
  readonly data?: Readonly<Record<string, Blocks>>;
  readonly ephemeral?: Readonly<Record<string, Blocks>>;
  readonly provider: Readonly<Record<string, unknown>>;
}

function read(text: string): Omit<Synthesized, "resolve"> {
  const { resource: all = {}, data = {}, ephemeral = {}, provider } = JSON.parse(text) as Json;
  return {
    text,
    data,
    ephemeral,
    providers: Object.keys(provider).sort(),
    resources: (type) => Object.values(all[type] ?? {}),
    resource: (type, name = "") => {
      const found = Object.entries(all[type] ?? {}).filter(([key]) => key.includes(name));
      const only = found[0]?.[1];
      if (found.length === 1 && only !== undefined) return only;
      const known = Object.keys(all[type] ?? {}).join(", ");
      throw new Error(`${found.length} resources ${type} like "${name}" among ${known}`);
    },
    types: Object.fromEntries(Object.entries(all).map(([type, blocks]) => [type, Object.keys(blocks).length])),
  };
}

const resolve = (scope: TerraformStack, value: unknown): unknown =>
  Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });

/** An application as a cloud provides it, and what came of it. */
export type OnCloud = Synthesized & {
  readonly application: ResolvedApplication;
  readonly provided: ProvidedApplication;
};

/** `synthesize` makes a stack, on which `provide` creates the application. */
export function provideOn<Found extends readonly unknown[]>(
  application: ResolvedApplication,
  synthesize: (build: (stack: TerraformStack, ...found: Found) => void, name: string) => Synthesized,
  provide: (stack: TerraformStack, ...found: Found) => ProvidedApplication,
): OnCloud {
  let provided: ProvidedApplication | undefined;
  const synthesized = synthesize((stack, ...found) => {
    provided = provide(stack, ...found);
  }, application.environment);
  if (provided === undefined) throw new Error("nothing was provided");
  return { ...synthesized, application, provided };
}

export function firstApplication(input: EnvironmentInput): ResolvedApplication {
  const [application] = resolveEnvironment(input).applications;
  if (application === undefined) throw new Error("the environment has no application");
  return application;
}

/** The application without what runs in the cluster, which has tests of its own. */
export function managed(application: ResolvedApplication): ResolvedApplication {
  const isManaged = ({ sizing }: ResolvedService): boolean => sizing.placement === "managed";
  return {
    ...application,
    services: application.services.filter(isManaged),
    workloads: application.workloads.map((workload) => ({
      ...workload,
      edges: workload.edges.filter((edge) => edge.to !== "service" || isManaged(edge.service)),
    })),
  };
}
