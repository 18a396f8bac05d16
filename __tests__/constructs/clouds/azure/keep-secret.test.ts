import { TerraformHclModule, Token } from "cdktf";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localModule } from "../../../../constructs/clouds";
import { type AzureProvisioner, keepSecret } from "../../../../constructs/clouds/azure";
import { application } from "../../../../constructs/model/application";
import { http } from "../../../../constructs/model/workload";
import { defineService, type ServiceOf, z } from "../../../../constructs/services";
import { LOOKUP, onAzure } from "../../../support/azure-application";
import { draft } from "../../../support/input";

/* A value that a team's module has drawn, as a kind of service of another program keeps it. */

type Search = ServiceOf<"search", { readonly replicas: number }>;

const folder = mkdtempSync(join(tmpdir(), "goldenpath-module-"));
writeFileSync(join(folder, "main.tf"), 'output "api_key" {\n  value     = "drawn"\n  sensitive = true\n}\n');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const searchOnAzure: AzureProvisioner<Search> = {
  describe: ({ name }) => ({
    ...{ placement: "managed", product: "a module", version: undefined, port: 443, tls: "system", signIn: "shared" },
    ...{ optionalParts: [], compute: undefined, disk: undefined, backups: undefined, passwords: undefined },
    ...{ name, inState: [], notes: [] },
  }),
  provide: (request) => {
    const module = new TerraformHclModule(request.scope, "Default", localModule(request.scope, folder));
    const apiKey = keepSecret(request, "Key", Token.asString(module.get("api_key")));
    return {
      connection: () => ({ parts: { apiKey }, tls: true, endpoints: [{ cidrs: ["0.0.0.0/0"], port: 443 }] }),
      grants: [],
    };
  },
};

const NOT_HERE = { notHere: "the module is for Azure" };

const search = defineService<"search", { readonly replicas: number }>({
  kind: "search",
  contract: {
    defaultPort: 443,
    parts: { apiKey: { secret: true } },
    variables: { SEARCH_API_KEY: { template: [{ part: "apiKey", raw: true }] } },
  },
  fields: { replicas: z.int() },
  defaults: { replicas: 1 },
  sizes: { managed: [], "in-cluster": [] },
  moving: () => ({ out: "nothing", back: "index everything again" }),
  provisioners: { aws: NOT_HERE, google: NOT_HERE, azure: searchOnAzure, "in-cluster": NOT_HERE, compose: NOT_HERE },
});

function provided() {
  const { environment, overlay } = draft();
  overlay.application = application({
    ...{ name: "shop", owner: "team-shop", services: { find: search() } },
    workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["find"] }) },
  }) as typeof overlay.application;
  Object.assign(overlay, { hosts: {} });
  return onAzure(environment);
}

const given = provided();

test("it is a secret of the service, in the environment's vault", () => {
  expect(given.resource("azurerm_key_vault_secret")).toMatchObject({
    name: "production--shop--find--key",
    key_vault_id: LOOKUP.secretVaultId,
    content_type: "Key of service find of shop in production",
    tags: { "goldenpath:service": "find" },
  });
});

test("the value is written and never compared: another one is another number, and another version", () => {
  const secret = given.resource("azurerm_key_vault_secret");
  expect(secret).toMatchObject({
    value_wo: expect.stringMatching(/^\$\{module\.\w+\.api_key\}$/) as string,
    value_wo_version: expect.stringMatching(
      /^\$\{sum\(\[parseint\(nonsensitive\(substr\(sha256\(module\.\w+\.api_key\), 0, 7\)\), 16\), 1\]\)\}$/,
    ) as string,
  });
  expect(secret).not.toHaveProperty("value");
});

test("a workload reads it from there", () => {
  const { apiKey } = given.resolve(given.provided.connection("api", "find").parts) as Record<string, unknown>;
  expect(apiKey).toEqual({
    secret: { key: expect.stringMatching(/^\$\{azurerm_key_vault_secret\.\w+\.name\}$/) as string },
  });
});
