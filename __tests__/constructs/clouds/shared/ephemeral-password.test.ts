import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Construct } from "constructs";
import { EphemeralPassword } from "../../../../constructs/clouds/shared/ephemeral-password";
import { synthesize } from "../../../support/aws-application";

const { text, providers } = synthesize((stack) => {
  for (const id of ["One", "Two"]) {
    const here = new Construct(stack, id);
    const password = new EphemeralPassword(here, "Password", { length: 40 });
    new SecretsmanagerSecretVersion(here, "Version", {
      secretId: "secret",
      secretStringWo: password.result,
      secretStringWoVersion: 1,
    });
  }
});
const json = JSON.parse(text) as {
  readonly ephemeral: { readonly random_password: Readonly<Record<string, Readonly<Record<string, unknown>>>> };
  readonly resource: Readonly<Record<string, Readonly<Record<string, { readonly secret_string_wo: string }>>>>;
};

test("is a block of its own kind, which Terraform keeps nowhere, and no resource", () => {
  expect(Object.keys(json.ephemeral)).toEqual(["random_password"]);
  const passwords = Object.values(json.ephemeral.random_password);
  expect(passwords.map(({ length, special }) => ({ length, special }))).toEqual([
    { length: 40, special: false },
    { length: 40, special: false },
  ]);
  // Nothing else: the block knows neither `lifecycle` nor `keepers`.
  for (const password of passwords) expect(Object.keys(password).sort()).toEqual(["//", "length", "special"]);
  expect(Object.keys(json.resource)).toEqual(["aws_secretsmanager_secret_version"]);
  expect(providers).toEqual(["aws", "random"]);
});

test("is referred to by its address in those blocks, each its own", () => {
  const ids = Object.keys(json.ephemeral.random_password).sort();
  expect(new Set(ids).size).toBe(2);
  const used = Object.values(json.resource.aws_secretsmanager_secret_version ?? {}).map(
    ({ secret_string_wo }) => secret_string_wo,
  );
  expect(used.sort()).toEqual(ids.map((id) => `\${ephemeral.random_password.${id}.result}`));
});
