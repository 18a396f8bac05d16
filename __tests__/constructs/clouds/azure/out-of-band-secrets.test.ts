import type { EnvironmentInput } from "../../../../constructs/model/environment";
import { LOOKUP, onAzure } from "../../../support/azure-application";
import { draft, type Draft, production } from "../../../support/input";

interface Lookup {
  readonly key_vault_id: string;
  readonly lifecycle: { readonly postcondition: readonly { condition: string; error_message: string }[] };
}

const lookups = (input: EnvironmentInput): Lookup[] =>
  Object.values(onAzure(input).data["azurerm_key_vault_secrets"] ?? {}) as unknown as Lookup[];

function given(change: (input: Draft) => void): Lookup[] {
  const input = draft();
  change(input);
  return lookups(input.environment);
}

const said = (found: readonly Lookup[]): string[] =>
  found.flatMap(({ lifecycle }) => lifecycle.postcondition.map(({ error_message }) => error_message));

/** Names of the secrets that the conditions ask for. */
const asked = (found: readonly Lookup[]): (string | undefined)[] =>
  found.flatMap(({ lifecycle }) =>
    lifecycle.postcondition.map(({ condition }) => /secret\.name == "([^"]+)"/.exec(condition)?.[1]),
  );

const webhook = { variable: "WEBHOOK_URL", description: "webhook of the channel" };

test("a secret is looked for by its name alone, and the plan stops where it is not there or nobody can read it", () => {
  const found = lookups(production());
  expect(found).toHaveLength(1);
  expect(found[0]?.key_vault_id).toBe(LOOKUP.secretVaultId);
  expect(found[0]?.lifecycle.postcondition.map(({ condition }) => condition)).toEqual([
    '${anytrue([for secret in self.secrets : secret.name == "production--shop--stripe-key" && secret.enabled])}',
  ]);
});

test("what is said then is whose it is, what it is for, and the command that makes and changes it", () => {
  expect(said(lookups(production()))[0]?.split("\n")).toEqual([
    'Secret "stripe-key" is not in Key Vault, or is disabled there: API key.',
    "Put its value, without a line break, into a file and create it; the same command changes it later:",
    "  az keyvault secret set --vault-name production-secrets --name production--shop--stripe-key --file stripe-key --output none",
    "Where it was deleted a while ago, first: az keyvault secret recover --vault-name production-secrets --name production--shop--stripe-key",
  ]);
});

test("no value is read: the only data source is the list of names", () => {
  expect(Object.keys(onAzure(production()).data)).toEqual(["azurerm_key_vault_secrets"]);
});

test("the list is read once, and says all that are missing; of none that nobody uses", () => {
  const found = given(({ app, workload }) => {
    Object.assign(app.secrets ?? {}, { webhook, unused: { variable: "UNUSED", description: "of nobody" } });
    workload("api").secrets = ["stripe-key", "webhook"];
    workload("queue").secrets = ["webhook"];
  });
  expect(found).toHaveLength(1);
  expect(asked(found)).toEqual(["production--shop--stripe-key", "production--shop--webhook"]);
});

test("none is asked for that is sealed, and nothing is read where all are", () => {
  const sealed = (names: readonly string[]) =>
    given(({ app, environment, overlay, workload }) => {
      Object.assign(app.secrets ?? {}, { webhook });
      workload("api").secrets = ["stripe-key", "webhook"];
      environment.sealedSecrets = true;
      overlay.sealed = Object.fromEntries(names.map((name) => [name, "AgB7"]));
    });
  expect(asked(sealed(["stripe-key"]))).toEqual(["production--shop--webhook"]);
  expect(sealed(["stripe-key", "webhook"])).toEqual([]);
});

test("a description that looks like a template of Terraform is text", () => {
  const found = given(({ app }) => {
    app.secrets = { "stripe-key": { variable: "STRIPE_KEY", description: 'see ${WIKI} and %{ if x }, "Keys"' } };
  });
  expect(said(found)[0]).toContain('disabled there: see $${WIKI} and %%{ if x }, "Keys".\n');
});

const logins = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  registries: { logins: { "stripe-key": { registry: "ghcr.io", username: "acme-puller" } } },
});

test("the password of a registry is asked for in the same list, where all applications have it", () => {
  const found = lookups(logins(production()));
  expect(found).toHaveLength(1);
  expect(asked(found)).toEqual(["production--shop--stripe-key", "production--stripe-key"]);
  expect(said(found)[1]).toContain("password or token with which acme-puller pulls from ghcr.io.");
});
