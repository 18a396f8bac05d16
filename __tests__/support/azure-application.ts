import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App, DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AzureLookup } from "../../constructs/clouds/azure/lookup";
import { applicationProblems } from "../../constructs/clouds/azure/application-problems";
import { provideApplication } from "../../constructs/clouds/azure/provide";
import { secretPlace } from "../../constructs/clouds/azure/secret-store";
import { placements } from "../../constructs/clouds/azure/services/placements";
import type { ProvidedApplication } from "../../constructs/clouds/cloud";
import type { Choice, EnvironmentInput } from "../../constructs/model/environment";
import type { ResolvedApplication, ResolvedService } from "../../constructs/model/resolved";
import type { Blocks } from "./aws-application";
import { firstApplication } from "./aws-application";

export const DATA_CIDRS = { endpoints: ["10.20.144.0/24"], mysql: ["10.20.145.0/24"] };

/** What an environment's resources bear, as the cluster's stack and this one give it to each. */
export const ENVIRONMENT_TAGS = { environment: "production", "cost-center": "shop", "managed-by": "terraform" };

export const SUBSCRIPTION = "11111111-2222-3333-4444-555555555555";
const PROVIDERS = `/subscriptions/${SUBSCRIPTION}/resourceGroups/production/providers`;
const NETWORK = `${PROVIDERS}/Microsoft.Network`;

/** As literals, each in the form that the provider checks. */
export const LOOKUP = {
  clusterName: "production",
  clusterEndpoint: "https://production.privatelink.germanywestcentral.azmk8s.io",
  clusterCertificateAuthority: "Y2VydGlmaWNhdGU=",
  oidcIssuerUrl: "https://germanywestcentral.oic.prod-aks.azure.com/issuer/",
  resourceGroupName: "production",
  secretVaultId: `${PROVIDERS}/Microsoft.KeyVault/vaults/production-secrets`,
  secretVaultName: "production-secrets",
  keyVaultId: `${PROVIDERS}/Microsoft.KeyVault/vaults/production-keys`,
  mysqlSubnetId: `${NETWORK}/virtualNetworks/production/subnets/mysql`,
  endpointSubnetId: `${NETWORK}/virtualNetworks/production/subnets/endpoints`,
  mysqlZoneId: `${NETWORK}/privateDnsZones/production.private.mysql.database.azure.com`,
  redisZoneId: `${NETWORK}/privateDnsZones/privatelink.redis.azure.net`,
  blobZoneId: `${NETWORK}/privateDnsZones/privatelink.blob.core.windows.net`,
  logWorkspaceId: `${PROVIDERS}/Microsoft.OperationalInsights/workspaces/production`,
  subscriptionId: SUBSCRIPTION,
  tenantId: "66666666-7777-8888-9999-000000000000",
  location: "germanywestcentral",
  tags: ENVIRONMENT_TAGS,
} as const satisfies AzureLookup & Record<"tags", unknown>;

/** What the model asks of the cloud: who runs what, where secrets are, what is lacking. */
export const azureChoice = (location: string = LOOKUP.location): Choice => ({
  title: "Azure",
  problems: () => [],
  networkCidrs: ["10.20.0.0/16"],
  placements,
  secretPlace,
  applicationProblems: (application, path) => applicationProblems(location, application, path),
});

export interface Synthesized {
  readonly text: string;
  /** Resources of a type by a part of their name; exactly one must fit. */
  resource(type: string, name?: string): Record<string, unknown>;
  resources(type: string): Record<string, unknown>[];
  readonly types: Readonly<Record<string, number>>;
  readonly data: Readonly<Record<string, Blocks>>;
  readonly ephemeral: Readonly<Record<string, Blocks>>;
  /** Names of the providers that the stack configures. */
  readonly providers: readonly string[];
  /** What a value with references in it becomes in JSON. */
  resolve(value: unknown): unknown;
}

/** What is built in a stack with the provider, as the JSON that Terraform reads. */
export function synthesize(build: (stack: TerraformStack) => void, name = "production"): Synthesized {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, name);
    new AzurermProvider(stack, "azurerm", { features: [{}], subscriptionId: SUBSCRIPTION });
    build(stack);
    app.synth();
    const text = readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");
    return { ...read(text), resolve: (value) => resolve(stack, value) };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function read(text: string): Omit<Synthesized, "resolve"> {
  const json = JSON.parse(text) as {
    readonly resource?: Readonly<Record<string, Blocks>>;
    readonly data?: Readonly<Record<string, Blocks>>;
    readonly ephemeral?: Readonly<Record<string, Blocks>>;
    readonly provider: Readonly<Record<string, unknown>>;
  };
  const all = json.resource ?? {};
  return {
    text,
    data: json.data ?? {},
    ephemeral: json.ephemeral ?? {},
    providers: Object.keys(json.provider).sort(),
    resources: (type) => Object.values(all[type] ?? {}),
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

/** The application without what Azure does not run, which is tested where it runs. */
function managed(application: ResolvedApplication): ResolvedApplication {
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

/** The first application of an environment, as its stack creates it on Azure, but for what runs in the cluster. */
export function onAzure(
  input: EnvironmentInput,
): Synthesized & { readonly application: ResolvedApplication; readonly provided: ProvidedApplication } {
  const application = managed(firstApplication({ ...input, cloud: azureChoice() }));
  let provided: ProvidedApplication | undefined;
  const synthesized = synthesize((stack) => {
    const place = { dataCidrs: DATA_CIDRS };
    provided = provideApplication(stack, { lookup: LOOKUP, application, place, tags: ENVIRONMENT_TAGS });
  }, input.name);
  if (provided === undefined) throw new Error("nothing was provided");
  return { ...synthesized, application, provided };
}
