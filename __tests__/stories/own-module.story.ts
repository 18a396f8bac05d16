import { TerraformHclModule, Token } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { localModule } from "../../constructs/clouds";
import { aws, type AwsProvisioner, keepSecret } from "../../constructs/clouds/aws";
import { application, environment, type EnvironmentSpec, http, ingress } from "../../constructs/goldenpath";
import { defineService, type ServiceOf, z } from "../../constructs/services";
import type { Stack } from "../../scripts/engine/stand-in";
import { StandInRun } from "../../scripts/engine/stand-in-run";
import { AWS_PROPS } from "../support/aws-environment";
import { storyEngine } from "./support/engine";
import { stackOf } from "./support/stacks";

/* A kind of service that is a team's own Terraform module, applied: the module itself, with stand-ins for all else in its stack. */

const MODULE = "examples/own-module/modules/orders-search";

type Search = ServiceOf<"search", { readonly replicas: number }>;

const searchOnAws: AwsProvisioner<Search> = {
  describe: ({ name }) => ({
    ...{ placement: "managed", product: "a module", version: undefined, port: 443, tls: "system", signIn: "shared" },
    ...{ optionalParts: [], compute: undefined, disk: undefined, backups: undefined, passwords: undefined },
    ...{ name, inState: [], notes: [] },
  }),
  provide: (request) => {
    const { scope, service, name } = request;
    const module = new TerraformHclModule(scope, "Default", {
      ...localModule(scope, MODULE),
      variables: { name, replicas: service.spec.replicas },
    });
    const parts = {
      host: { value: Token.asString(module.get("host")) },
      apiKey: keepSecret(request, "Key", Token.asString(module.get("api_key"))),
    };
    return {
      connection: () => ({ parts, tls: true, endpoints: [{ cidrs: ["0.0.0.0/0"], port: 443 }] }),
      grants: [],
    };
  },
};

const NOT_HERE = { notHere: "the module is for AWS" };

const search = defineService<"search", { readonly replicas: number }>({
  kind: "search",
  contract: {
    defaultPort: 443,
    parts: { host: { secret: false }, apiKey: { secret: true } },
    variables: {
      SEARCH_HOST: { template: [{ part: "host", raw: true }] },
      SEARCH_API_KEY: { template: [{ part: "apiKey", raw: true }] },
    },
  },
  fields: { replicas: z.int() },
  defaults: { replicas: 1 },
  sizes: { managed: [], "in-cluster": [] },
  moving: () => ({ out: "nothing", back: "index everything again" }),
  provisioners: { aws: searchOnAws, google: NOT_HERE, azure: NOT_HERE, "in-cluster": NOT_HERE, compose: NOT_HERE },
});

interface Said {
  /** Copies of each index, by the names of services; the last of them is needed. */
  readonly services: Readonly<Record<string, number>>;
  readonly drops?: readonly string[];
}

const staging = ({ services, drops = [] }: Said): EnvironmentSpec =>
  environment({
    ...{ name: "staging", profile: "small", protect: true, contact: "shop@example.com", costCenter: "shop" },
    cloud: aws(AWS_PROPS),
    routing: ingress(),
    applications: [
      {
        drops,
        application: application({
          name: "shop",
          owner: "team-shop",
          services: Object.fromEntries(
            Object.entries(services).map(([name, replicas]) => [name, search({ replicas })]),
          ),
          defaultServices: Object.keys(services).slice(-1),
          workloads: { api: http({ image: "registry.example.com/shop:v1", needs: Object.keys(services).slice(-1) }) },
        }),
      },
    ],
  });

const folder = mkdtempSync(join(tmpdir(), "goldenpath-module-"));
const run = new StandInRun(storyEngine(), folder);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The stack, whose module is read where it is. */
function stack(said: Said): Stack {
  const written = stackOf("staging", staging(said));
  const modules = Object.entries(written.module ?? {});
  expect(modules).toHaveLength(Object.keys(said.services).length);
  return {
    ...written,
    module: Object.fromEntries(modules.map(([id, block]) => [id, { ...block, source: resolve(MODULE) }])),
  };
}

interface Kept {
  readonly module?: string;
  readonly name: string;
  readonly instances: readonly { readonly attributes: { readonly input?: unknown; readonly output?: unknown } }[];
}

const state = (): readonly Kept[] =>
  (JSON.parse(readFileSync(join(folder, "stand-in.tfstate"), "utf8")) as { resources: readonly Kept[] }).resources;

/** What the state has of the one resource whose name has these words. */
const kept = (words: string): string => {
  const found = state().filter(({ module, name }) => `${module ?? ""} ${name}`.includes(words));
  expect(found).toHaveLength(1);
  return JSON.stringify(found[0]?.instances[0]?.attributes);
};

const keyOf = (): string => {
  const [, key = ""] = /"value":"([0-9a-f]{64})"/.exec(kept("Key_Version").replaceAll("\\", "")) ?? [];
  expect(key).not.toBe("");
  return key;
};

test("outputs of the module reach the variables of a workload, and its secret the secret store alone", async () => {
  await run.write(stack({ services: { "orders-search": 1 } }));
  expect((await run.apply()).problems).toEqual([]);
  expect(kept("config-map-shop-apiconnections")).toContain("orders-search.search.example.com");
  const key = keyOf();
  const holders = state()
    .filter((one) => JSON.stringify(one.instances).includes(key))
    .map(({ module, name }) => module ?? name);
  expect(holders).toEqual([expect.stringContaining("Key_Version")]);
});

test("a second plan has no changes", async () => {
  expect((await run.plan()).text).toContain("No changes.");
});

test("what the module is told otherwise changes in it, and the key stays", async () => {
  const key = keyOf();
  await run.write(stack({ services: { "orders-search": 3 } }));
  expect((await run.apply()).problems).toEqual([]);
  expect(keyOf()).toBe(key);
  expect((await run.plan()).text).toContain("No changes.");
});

test("another name of the service is refused, and nothing of the module goes", async () => {
  const key = keyOf();
  await run.write(stack({ services: { search: 3 } }));
  const { ok, text } = await run.plan();
  expect(ok).toBe(false);
  expect(text.replace(/\s+/g, " ")).toContain(
    '"orders-search": is used by workload/api, and is gone from the application',
  );
  await run.write(stack({ services: { "orders-search": 3 } }));
  expect(keyOf()).toBe(key);
  expect((await run.plan()).text).toContain("No changes.");
});

test("taken out beside another one it is kept until drops names it, and its module goes with it then", async () => {
  await run.write(stack({ services: { "orders-search": 3, search: 1 } }));
  expect((await run.apply()).problems).toEqual([]);
  await run.write(stack({ services: { search: 1 } }));
  expect((await run.apply()).problems.join("\n")).toContain('drops: ["orders-search"]');
  await run.write(stack({ services: { "orders-search": 3, search: 1 }, drops: ["orders-search"] }));
  expect((await run.apply()).problems).toEqual([]);
  await run.write(stack({ services: { search: 1 }, drops: ["orders-search"] }));
  expect((await run.apply()).problems).toEqual([]);
  expect([...new Set(state().flatMap(({ module }) => module ?? []))]).toEqual([
    expect.stringContaining("shop_Services_search_"),
  ]);
});
