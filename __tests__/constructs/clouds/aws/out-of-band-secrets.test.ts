import type { EnvironmentInput } from "../../../../constructs/model/environment";
import { onAws } from "../../../support/aws-application";
import { draft, type Draft, production } from "../../../support/input";

interface Lookup {
  readonly filter: unknown;
  readonly lifecycle: { readonly postcondition: readonly { condition: string; error_message: string }[] };
}

/** The lists of secrets that the stack asks for, by name. */
function lookups(input: EnvironmentInput): Readonly<Record<string, Lookup>> {
  const { data } = JSON.parse(onAws(input).text) as {
    data: { aws_secretsmanager_secrets?: Readonly<Record<string, Lookup>> };
  };
  return Object.fromEntries(
    Object.entries(data.aws_secretsmanager_secrets ?? {}).map(([id, lookup]) => [
      id.replace(/^Secrets_(.*)_[0-9A-F]{8}$/, "$1"),
      lookup,
    ]),
  );
}

function given(change: (input: Draft) => void): Readonly<Record<string, Lookup>> {
  const input = draft();
  change(input);
  return lookups(input.environment);
}

const webhook = { variable: "WEBHOOK_URL", description: "webhook of the channel" };

test("a secret is looked for by its name alone, and the plan stops where it is not there", () => {
  const { "stripe-key": lookup, ...others } = lookups(production());
  expect(others).toEqual({});
  expect(lookup?.filter).toEqual([{ name: "name", values: ["production/shop/stripe-key"] }]);
  expect(lookup?.lifecycle.postcondition.map(({ condition }) => condition)).toEqual([
    '${contains(self.names, "production/shop/stripe-key")}',
  ]);
});

test("what is said then is whose it is, what it is for, and the commands that make and change it", () => {
  const [said] = lookups(production())["stripe-key"]?.lifecycle.postcondition ?? [];
  expect(said?.error_message.split("\n")).toEqual([
    'Secret "stripe-key" is not in Secrets Manager: API key.',
    "Put its value, without a line break, into a file and create it:",
    "  aws secretsmanager create-secret --region eu-central-1 --name production/shop/stripe-key --secret-string file://stripe-key",
    "To change it later:",
    "  aws secretsmanager put-secret-value --region eu-central-1 --secret-id production/shop/stripe-key --secret-string file://stripe-key",
  ]);
});

test("the value itself is never read: there is no other data source of Secrets Manager", () => {
  const { data } = JSON.parse(onAws(production()).text) as { data: Record<string, unknown> };
  expect(Object.keys(data).filter((type) => type.includes("secretsmanager"))).toEqual(["aws_secretsmanager_secrets"]);
});

test("each secret that a workload uses is asked for once, and none that nobody uses", () => {
  const found = given(({ app, workload }) => {
    Object.assign(app.secrets ?? {}, { webhook, unused: { variable: "UNUSED", description: "of nobody" } });
    workload("api").secrets = ["stripe-key", "webhook"];
    workload("queue").secrets = ["webhook"];
  });
  expect(Object.keys(found).sort()).toEqual(["stripe-key", "webhook"]);
});

test("none is asked for that is sealed", () => {
  const found = given(({ app, environment, overlay, workload }) => {
    Object.assign(app.secrets ?? {}, { webhook });
    workload("api").secrets = ["stripe-key", "webhook"];
    environment.sealedSecrets = true;
    overlay.sealed = { "stripe-key": "AgB7" };
  });
  expect(Object.keys(found)).toEqual(["webhook"]);
});

test("a description that looks like a template of Terraform is text", () => {
  const found = given(({ app }) => {
    app.secrets = { "stripe-key": { variable: "STRIPE_KEY", description: 'see ${WIKI} and %{ if x }, "Keys"' } };
  });
  const [said] = found["stripe-key"]?.lifecycle.postcondition ?? [];
  expect(said?.error_message).toContain('Secrets Manager: see $${WIKI} and %%{ if x }, "Keys".\n');
});

const logins = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  registries: { logins: { "stripe-key": { registry: "ghcr.io", username: "acme-puller" } } },
});

test("the password of a registry is asked for beside an application's secret of the same name, and where all applications have it", () => {
  const { data } = JSON.parse(onAws(logins(production())).text) as {
    data: { aws_secretsmanager_secrets: Readonly<Record<string, Lookup>> };
  };
  const found = Object.entries(data.aws_secretsmanager_secrets);
  expect(found.map(([id]) => id.replace(/_[0-9A-F]{8}$/, "")).sort()).toEqual([
    "Logins_stripe-key",
    "Secrets_stripe-key",
  ]);
  const login = found.find(([id]) => id.startsWith("Logins"))?.[1];
  expect(login?.filter).toEqual([{ name: "name", values: ["production/stripe-key"] }]);
  expect(login?.lifecycle.postcondition[0]?.error_message.split("\n")).toContain(
    'Secret "stripe-key" is not in Secrets Manager: password or token with which acme-puller pulls from ghcr.io.',
  );
});
