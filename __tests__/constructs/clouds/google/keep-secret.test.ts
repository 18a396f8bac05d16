import { TerraformHclModule, Token } from "cdktf";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localModule } from "../../../../constructs/clouds";
import { type GoogleProvisioner, keepSecret } from "../../../../constructs/clouds/google";
import { provideApplication } from "../../../../constructs/clouds/google/provide";
import { application } from "../../../../constructs/model/application";
import { http } from "../../../../constructs/model/workload";
import { defineService, type ServiceOf, z } from "../../../../constructs/services";
import { DATA_CIDRS, googleApplication, LOOKUP, synthesize } from "../../../support/google-application";
import { draft } from "../../../support/input";
import { provideOn } from "../../../support/synthesized";

/* A value that a team's module has drawn, as a kind of service of another program keeps it. */

type Search = ServiceOf<"search", { readonly replicas: number }>;

const folder = mkdtempSync(join(tmpdir(), "goldenpath-module-"));
writeFileSync(join(folder, "main.tf"), 'output "api_key" {\n  value     = "drawn"\n  sensitive = true\n}\n');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const searchOnGoogle: GoogleProvisioner<Search> = {
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

const NOT_HERE = { notHere: "the module is for Google Cloud" };

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
  provisioners: { aws: NOT_HERE, google: searchOnGoogle, azure: NOT_HERE, "in-cluster": NOT_HERE, compose: NOT_HERE },
});

function provided() {
  const { environment, overlay } = draft();
  overlay.application = application({
    ...{ name: "shop", owner: "team-shop", services: { find: search() } },
    workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["find"] }) },
  }) as typeof overlay.application;
  Object.assign(overlay, { hosts: {} });
  const shop = googleApplication(environment);
  return provideOn<[]>(shop, synthesize, (stack) =>
    provideApplication(stack, { lookup: LOOKUP, application: shop, place: { dataCidrs: DATA_CIDRS } }),
  );
}

const given = provided();

test("it is a secret of the service, in the region, encrypted by the application's key, and protected with it", () => {
  expect(given.resource("google_secret_manager_secret")).toMatchObject({
    secret_id: "production_shop_find_key",
    annotations: { description: "Key of service find of shop in production" },
    replication: {
      user_managed: {
        replicas: [
          {
            location: "europe-west3",
            customer_managed_encryption: {
              kms_key_name: expect.stringMatching(/^\$\{google_kms_crypto_key\./) as string,
            },
          },
        ],
      },
    },
    lifecycle: { prevent_destroy: true },
  });
});

test("the value is written and never compared: another one is another number, and another version", () => {
  const version = given.resource("google_secret_manager_secret_version");
  expect(version).toMatchObject({
    secret_data_wo: expect.stringMatching(/^\$\{jsonencode\(\{"value" = module\.\w+\.api_key\}\)\}$/) as string,
    secret_data_wo_version: expect.stringMatching(
      /^\$\{parseint\(substr\(sha256\(module\.\w+\.api_key\), 0, 7\), 16\)\}$/,
    ) as string,
  });
  expect(version).not.toHaveProperty("secret_data");
});

test("a workload reads it from there, by the version that was written", () => {
  const { apiKey } = given.resolve(given.provided.connection("api", "find").parts) as Record<string, unknown>;
  expect(apiKey).toEqual({
    secret: {
      key: expect.stringMatching(/^\$\{google_secret_manager_secret\.\w+\.secret_id\}$/) as string,
      property: "value",
      version: expect.stringMatching(/^\$\{google_secret_manager_secret_version\.\w+\.version\}$/) as string,
    },
  });
});
