import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { App, DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ProvidedApplication } from "../../constructs/clouds/cloud";
import { applicationProblems } from "../../constructs/clouds/google/application-problems";
import type { GoogleLookup } from "../../constructs/clouds/google/lookup";
import { provideApplication } from "../../constructs/clouds/google/provide";
import { secretPlace } from "../../constructs/clouds/google/secret-store";
import { placements } from "../../constructs/clouds/google/services/placements";
import type { Choice, EnvironmentInput } from "../../constructs/model/environment";
import { resolveEnvironment } from "../../constructs/model/resolve";
import type { ResolvedApplication } from "../../constructs/model/resolved";

export const DATA_CIDRS = ["10.20.240.0/20"];

export const PLACE = { project: "orders-prod", region: "europe-west3" } as const;

/** What the lookup finds, as literals. */
export const LOOKUP: GoogleLookup = {
  ...PLACE,
  clusterName: "production",
  clusterEndpoint: "https://10.20.0.2",
  clusterCertificateAuthority: "Y2VydGlmaWNhdGU=",
  networkId: "projects/orders-prod/global/networks/production",
  projectNumber: "123456789012",
  workloadPool: "orders-prod.svc.id.goog",
};

/** Google as far as an application's services are concerned. */
export const GOOGLE: Choice = {
  title: "Google Cloud",
  problems: () => [],
  placements,
  secretPlace,
  applicationProblems: (application, path) => applicationProblems(PLACE, application, path),
};

type Block = Record<string, unknown>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

export interface Synthesized {
  readonly text: string;
  /** Resources of a type by a part of their name; exactly one must fit. */
  resource(type: string, name?: string): Block;
  resources(type: string): Block[];
  /** How many there are of each type. */
  readonly types: Readonly<Record<string, number>>;
  readonly data: Blocks;
  /** What exists only while Terraform runs. */
  readonly ephemeral: Blocks;
  /** Names of the providers that the stack configures. */
  readonly providers: readonly string[];
  /** What a value with references in it becomes in JSON. */
  resolve(value: unknown): unknown;
}

interface Json {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly ephemeral?: Blocks;
  readonly provider: Readonly<Record<string, unknown>>;
}

/** What is built in a project, as the JSON that Terraform reads. */
export function synthesize(build: (stack: TerraformStack) => void, environment: string): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, environment);
    new GoogleProvider(stack, "google", PLACE);
    build(stack);
    app.synth();
    const text = readFileSync(join(outdir, "stacks", environment, "cdk.tf.json"), "utf8");
    return { ...read(text), resolve: (value) => resolve(stack, value) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
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

/** The first application of an environment on Google, less the services that Google runs for nobody. */
export function googleApplication(input: EnvironmentInput): ResolvedApplication {
  const [application] = resolveEnvironment({ ...input, cloud: GOOGLE }).applications;
  if (application === undefined) throw new Error("the environment has no application");
  const managed = application.services.filter(({ sizing }) => sizing.placement === "managed");
  const names = new Set(managed.map(({ name }) => name));
  return {
    ...application,
    services: managed,
    workloads: application.workloads.map((workload) => ({
      ...workload,
      edges: workload.edges.filter((edge) => edge.to !== "service" || names.has(edge.service.name)),
    })),
  };
}

/** That application, as its stack creates it. */
export function onGoogle(
  input: EnvironmentInput,
): Synthesized & { readonly application: ResolvedApplication; readonly provided: ProvidedApplication } {
  const application = googleApplication(input);
  let provided: ProvidedApplication | undefined;
  const synthesized = synthesize((stack) => {
    provided = provideApplication(stack, { lookup: LOOKUP, application, place: { dataCidrs: DATA_CIDRS } });
  }, input.name);
  if (provided === undefined) throw new Error("nothing was provided");
  return { ...synthesized, application, provided };
}
