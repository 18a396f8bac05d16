import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lookUpCluster, type AwsLookup } from "../../constructs/clouds/aws/lookup";
import type { AwsProps } from "../../constructs/clouds/aws/props";
import { provideApplication } from "../../constructs/clouds/aws/provide";
import type { ProvidedApplication } from "../../constructs/clouds/cloud";
import type { EnvironmentInput } from "../../constructs/model/environment";
import { resolveEnvironment } from "../../constructs/model/resolve";
import type { ResolvedApplication } from "../../constructs/model/resolved";

export const DATA_CIDRS = ["10.20.144.0/22", "10.20.148.0/22", "10.20.152.0/22"];

const PROPS: AwsProps = {
  region: "eu-central-1",
  accountId: "123456789012",
  network: { cidr: "10.20.0.0/16" },
  endpoint: { access: "private" },
  access: { deployers: [], administrators: [] },
};

/** One kind of resource or data source in synthesized JSON, by name. */
export type Blocks = Readonly<Record<string, Record<string, unknown>>>;

export interface Synthesized {
  readonly text: string;
  /** Resources of a type by a part of their name; exactly one must fit. */
  resource(type: string, name?: string): Record<string, unknown>;
  resources(type: string): Record<string, unknown>[];
  readonly types: Readonly<Record<string, number>>;
  /** Names of the providers that the stack configures. */
  readonly providers: readonly string[];
  /** What a value with references in it becomes in JSON. */
  resolve(value: unknown): unknown;
}

/** What is built on a looked-up cluster, as the JSON that Terraform reads. */
export function synthesize(
  build: (stack: TerraformStack, lookup: AwsLookup) => void,
  environment = "production",
): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, environment);
    new AwsProvider(stack, "aws", { region: PROPS.region });
    build(stack, lookUpCluster(stack, { name: environment }, PROPS));
    app.synth();
    const text = readFileSync(join(outdir, "stacks", environment, "cdk.tf.json"), "utf8");
    return { ...read(text), resolve: (value) => resolve(stack, value) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function read(text: string): Omit<Synthesized, "resolve"> {
  const json = JSON.parse(text) as {
    readonly resource?: Readonly<Record<string, Blocks>>;
    readonly provider: Readonly<Record<string, unknown>>;
  };
  const all = json.resource ?? {};
  const resources = (type: string) => Object.values(all[type] ?? {});
  return {
    text,
    providers: Object.keys(json.provider).sort(),
    resources,
    resource: (type, name = "") => {
      const found = Object.entries(all[type] ?? {}).filter(([key]) => key.includes(name));
      const only = found[0]?.[1];
      if (found.length !== 1 || only === undefined) {
        throw new Error(
          `${found.length} resources ${type} like "${name}" among ${Object.keys(all[type] ?? {}).join(", ")}`,
        );
      }
      return only;
    },
    types: Object.fromEntries(Object.entries(all).map(([type, blocks]) => [type, Object.keys(blocks).length])),
  };
}

const resolve = (scope: TerraformStack, value: unknown): unknown =>
  Tokenization.resolve(value, { scope, resolver: new DefaultTokenResolver(new StringConcat()), preparing: false });

/** The first application of an environment, as its stack creates it on AWS. */
export function onAws(
  input: EnvironmentInput,
): Synthesized & { readonly application: ResolvedApplication; readonly provided: ProvidedApplication } {
  const application = firstApplication(input);
  let provided: ProvidedApplication | undefined;
  const synthesized = synthesize((stack, lookup) => {
    provided = provideApplication(stack, { lookup, application, dataCidrs: DATA_CIDRS, logRetentionDays: 90 });
  }, input.name);
  if (provided === undefined) throw new Error("nothing was provided");
  return { ...synthesized, application, provided };
}

export function firstApplication(input: EnvironmentInput): ResolvedApplication {
  const [application] = resolveEnvironment(input).applications;
  if (application === undefined) throw new Error("the environment has no application");
  return application;
}

/** Statements of a policy in synthesized JSON. */
export function statements(policy: unknown): unknown {
  return (JSON.parse(String(policy)) as { Statement: unknown }).Statement;
}
