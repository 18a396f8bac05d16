import { TerraformHclModule } from "cdktf";
import { localModule } from "../../../constructs/clouds";
import { aws, type AwsProvisioner } from "../../../constructs/clouds/aws";
import { application, environment, http, ingress } from "../../../constructs/goldenpath";
import { defineService, type ServiceOf } from "../../../constructs/services";
import { AWS_PROPS } from "../../support/aws-environment";
import { reportOn } from "./support/reports";
import { synthesisOf } from "./support/syntheses";

/* What a plan says of resources in a module, which no stack writes: they are of the service whose module it is. */

type Search = ServiceOf<"search", object>;

const TABLE = "acme_search_index";

const onAws: AwsProvisioner<Search> = {
  facts: {
    resources: {
      [TABLE]: {
        ...{ service: "es", makes: "es:CreateDomain" },
        ...{ lost: { holds: "its index", serves: "whoever searches" }, destroyed: {} },
      },
    },
  },
  describe: ({ name }) => ({
    ...{ placement: "managed", product: "a module", version: undefined, port: 443, tls: "system", signIn: "none" },
    ...{ optionalParts: [], compute: undefined, disk: undefined, backups: undefined, passwords: undefined },
    ...{ name, inState: [], notes: [] },
  }),
  provide: ({ scope }) => {
    const source = localModule(scope, "examples/own-module/modules/orders-search");
    new TerraformHclModule(scope, "Default", { ...source, variables: { name: "orders", replicas: 1 } });
    return { connection: () => ({ parts: {}, tls: true, endpoints: [] }), grants: [] };
  },
};

const NOT_HERE = { notHere: "the module is for AWS" };

const search = defineService<"search", object>({
  kind: "search",
  contract: { defaultPort: 443, parts: {}, variables: {} },
  fields: {},
  defaults: {},
  sizes: { managed: [], "in-cluster": [] },
  moving: () => ({ out: "nothing", back: "index everything again" }),
  provisioners: { aws: onAws, google: NOT_HERE, azure: NOT_HERE, "in-cluster": NOT_HERE, compose: NOT_HERE },
});

const { model, stacks } = synthesisOf([
  environment({
    ...{ name: "staging", profile: "small", contact: "shop@example.com", costCenter: "shop" },
    cloud: aws(AWS_PROPS),
    routing: ingress(),
    applications: [
      {
        application: application({
          name: "shop",
          owner: "team-shop",
          services: { "orders-search": search() },
          workloads: { api: http({ image: "registry.example.com/shop:v1", needs: ["orders-search"] }) },
        }),
      },
    ],
  }),
]);

const [id = ""] = Object.keys(stacks["staging"]?.modules ?? {});

const gone = (type: string, key = "") =>
  reportOn(
    [{ address: `module.${id}${key}.${type}.index`, type, actions: ["delete"], before: { id: "1" }, after: null }],
    { base: model, head: model },
  ).risks.map(({ element, says, level }) => `${level} ${element}: ${says}`);

test("a resource that goes from a module is its service's, with what the kind says of its type and who needs it", () => {
  const [lost = ""] = gone(TABLE);
  expect(lost).toMatch(/^critical shop \/ orders-search: its module: acme_search_index\.index is deleted; /);
  expect(lost).toContain("lost with it: its index; api needs it");
  expect(gone(TABLE, '["a.b"]')[0]).toBe(lost);
});

test("a type of which nobody says anything is told as not known, and as the service's", () => {
  const [lost = ""] = gone("acme_other");
  expect(lost).toMatch(/^critical shop \/ orders-search: /);
  expect(lost).toContain("nothing is known here of its type acme_other");
});
