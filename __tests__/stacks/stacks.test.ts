import { readdirSync } from "node:fs";
import { join } from "node:path";
import { environments } from "../../environments";
import { type Block, countTypes, stack, synthesizeReference } from "../support/reference";
import { RESOURCE_TYPES } from "./resource-types";

const synthesis = synthesizeReference();

test("the stacks of the shipped environments", () => {
  expect(Object.keys(synthesis.stacks).sort()).toEqual(Object.keys(RESOURCE_TYPES));
});

describe.each(Object.entries(RESOURCE_TYPES))("%s", (name, types) => {
  test("contains exactly these resources", () => {
    expect(countTypes(stack(synthesis, name))).toEqual(types);
  });
});

test("each stack has a snapshot of its own, and there is none of a stack that is gone", () => {
  const named = readdirSync(join(__dirname, "snapshots")).flatMap((file) => /^(.+)\.test\.ts$/.exec(file)?.[1] ?? []);
  expect(named.sort()).toEqual(Object.keys(RESOURCE_TYPES));
});

test("two syntheses are the same files with the same bytes", () => {
  expect(synthesizeReference().files).toEqual(synthesis.files);
});

describe("the manifest that the cdktf CLI reads", () => {
  const manifest = JSON.parse(synthesis.files["manifest.json"] ?? "{}") as {
    stacks: Record<string, { dependencies: string[] }>;
  };
  const dependencies = Object.fromEntries(Object.entries(manifest.stacks).map(([name, s]) => [name, s.dependencies]));

  test("lets an application deploy alone, and orders the platform after the cluster", () => {
    const each = environments.flatMap(({ name, cloud }): [string, readonly string[]][] =>
      cloud.createCluster === undefined
        ? [
            [name, []],
            [`${name}-platform`, []],
          ]
        : [
            [name, []],
            [`${name}-cluster`, []],
            [`${name}-platform`, [`${name}-cluster`]],
            [`state-${name}`, []],
          ],
    );
    expect(dependencies).toEqual(Object.fromEntries(each));
  });

  test.each(environments.map(({ name, cloud }) => [name, cloud] as const))(
    "the glob '%s-*' means its cluster, where it makes one, and its platform only",
    (environment, cloud) => {
      const caught = Object.keys(manifest.stacks).filter((name) => name.startsWith(`${environment}-`));
      const cluster = cloud.createCluster === undefined ? [] : [`${environment}-cluster`];
      expect(caught).toEqual([...cluster, `${environment}-platform`]);
    },
  );

  test("no path of the machine is in any file", () => {
    const naming = Object.entries(synthesis.files).filter(([, text]) => text.includes(process.cwd()));
    expect(naming.map(([file]) => file)).toEqual([]);
  });
});

/** Where each environment keeps its state, and the account its stacks refuse to leave. */
const HOMES: Readonly<Record<string, (stack: string) => { readonly backend: Block; readonly provider: Block }>> = {
  production: (stack) => onAws(stack, "production-tfstate-222222222222", "222222222222"),
  staging: (stack) => onAws(stack, "staging-tfstate-111111111111", "111111111111"),
  local: (stack) => onThisMachine(stack),
  "gke-staging": (stack) => ({
    backend: { gcs: { bucket: "gke-staging-tfstate-goldenpath-staging", prefix: stack } },
    provider: { google: [{ project: "goldenpath-staging", region: "europe-west3" }] },
  }),
  "aks-staging": (stack) => ({
    backend: {
      azurerm: {
        storage_account_name: "aksstagtfstate19f06fbaef",
        container_name: "tfstate",
        key: `${stack}.tfstate`,
        use_azuread_auth: true,
        ...SUBSCRIPTION,
      },
    },
    provider: { azurerm: [SUBSCRIPTION] },
  }),
};

/** Of one developer: a file beside `cdktf.json`, and the cluster that his kubeconfig points to. */
const onThisMachine = (stack: string) => ({
  backend: { local: { path: `../../../terraform.${stack}.tfstate` } },
  provider: { kubernetes: [{ config_path: "${var.kubeconfig}" }] },
});

const SUBSCRIPTION = {
  subscription_id: "11111111-1111-4111-8111-111111111111",
  tenant_id: "22222222-2222-4222-8222-222222222222",
};

const onAws = (stack: string, bucket: string, account: string) => ({
  backend: {
    s3: { bucket, key: `${stack}.tfstate`, region: "eu-central-1", use_lockfile: true, allowed_account_ids: [account] },
  },
  provider: { aws: [{ allowed_account_ids: [account] }] },
});

/** `state-staging`, `staging-cluster` and `staging` → where staging is at home. */
function homeOf(stack: string): { readonly backend: Block; readonly provider: Block } {
  const environment = stack.replace(/^state-|-(?:cluster|platform)$/g, "");
  const home = HOMES[environment];
  if (home === undefined) throw new Error(`no home of ${environment} is known`);
  return home(stack);
}

describe("state", () => {
  const stacks = Object.entries(synthesis.stacks);

  test.each(stacks.filter(([name]) => !name.startsWith("state-")))(
    "%s keeps it in its environment's own place, under its own key",
    (name, json) => {
      expect(json.terraform.backend).toEqual(homeOf(name).backend);
    },
  );

  test.each(stacks)("%s pins the engine and every provider", (_name, json) => {
    expect(json.terraform.required_version).toBe(">= 1.11.0");
    const pins: Record<string, string> = {
      aws: "6.25.0",
      azurerm: "4.55.0",
      google: "6.50.0",
      helm: "3.1.1",
      kubernetes: "2.38.0",
      random: "3.7.2",
      time: "0.13.1",
    };
    const required = json.terraform.required_providers as Record<string, { version: string }>;
    for (const [provider, { version }] of Object.entries(required)) expect(version).toBe(pins[provider]);
    expect(Object.keys(json.provider).sort()).toEqual(Object.keys(required).sort());
  });

  test.each(stacks)("%s stays in its environment's account, project, subscription or cluster", (name, json) => {
    expect(json.provider).toMatchObject(homeOf(name).provider);
  });
});
