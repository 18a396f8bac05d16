import { TerraformHclModule, Token } from "cdktf";
import { type AwsProvisioner, keepSecret, serviceName } from "goldenpath/aws";
import { localModule } from "goldenpath/clouds";
import type { Search } from "./index";

const PORT = 443;

/** An output of a module is in the state of the stack, whatever it is. */
const IN_STATE = {
  resource: "module orders-search",
  attribute: "api_key",
  reason: "an output of a module is in the state of the stack that has the module",
};

export const searchOnAws: AwsProvisioner<Search> = {
  facts: { secretsInState: [IN_STATE] },
  describe: (request) => ({
    placement: "managed",
    product: "the search of the platform team",
    version: undefined,
    port: PORT,
    tls: "system",
    signIn: "shared",
    optionalParts: [],
    compute: undefined,
    disk: undefined,
    backups: undefined,
    passwords: undefined,
    name: serviceName(request, { max: 63 }),
    inState: [`${IN_STATE.resource}: ${IN_STATE.attribute}`],
    notes: ["it is made by modules/orders-search, and what is in that is the team's"],
  }),
  provide: (request) => {
    const { scope, service } = request;
    const module = new TerraformHclModule(scope, "Default", {
      ...localModule(scope, "modules/orders-search"),
      variables: { name: serviceName(request, { max: 63 }), replicas: service.spec.replicas },
    });
    const parts = {
      host: { value: Token.asString(module.get("host")) },
      port: { value: String(PORT) },
      // Into the secret store, from where the cluster reads it: it is in no object that Terraform writes there.
      apiKey: keepSecret(request, "Key", Token.asString(module.get("api_key"))),
    };
    return {
      connection: () => ({ parts, tls: true, endpoints: [{ cidrs: ["0.0.0.0/0"], port: PORT }] }),
      grants: [],
    };
  },
};
