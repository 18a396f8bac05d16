import type { SecretInState } from "../../constructs/clouds/shared/secrets-in-state";
import { type StackJson, synthesizeReference } from "../support/reference";
import { attributesOf, filledSecrets } from "./secrets/bindings";
import { EXCEPTIONS, exceptionsOf } from "./secrets/exceptions";
import {
  ephemeralReferences,
  isKept,
  isWriteOnly,
  references,
  secretReferences,
  textsOf,
  typesOf,
} from "./secrets/find";

/*
 * No secret value is in anything that synthesis writes, and none reaches the Terraform state but those on the list of
 * exceptions, which each cloud has of its own.
 */

const synthesis = synthesizeReference();

/** Forms in which secrets are known to leak. A URL's user part counts where its password is a literal. */
const SECRET_FORMS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bsk_(?:live|test)_\w+/,
  /\bghp_\w{20,}/,
  /\bxox[abp]-\w+/,
  /:\/\/[^\s:/@{}"$]+:[^\s:/@{}"$]+@/,
];

test.each(Object.entries(synthesis.files))("%s holds nothing in the form of a secret", (_file, text) => {
  for (const form of SECRET_FORMS) expect(text).not.toMatch(form);
});

test("the forms catch what they are for", () => {
  const leaks = [
    "-----BEGIN RSA PRIVATE KEY-----",
    `AKIA${"A".repeat(16)}`,
    "sk_live_abc",
    "mysql://app:secret@mysql:3306/db",
  ];
  for (const leak of leaks) expect(SECRET_FORMS.some((form) => form.test(leak))).toBe(true);
});

type Given = Pick<StackJson, "provider" | "resource" | "data" | "ephemeral">;

const key = ({ resource, attribute }: SecretInState): string => `${resource}.${attribute}`;

/** What External Secrets puts in the place of, in the cluster. */
const TEMPLATE = /^\{\{[^{}]+\}\}$/;

/** What a stack does with secrets that no exception allows; each a line. */
function leaks(json: Given): string[] {
  const allowed = new Set(exceptionsOf(json).map(key));
  const texts = textsOf(json);
  return [
    ...texts.filter(isKept).flatMap(({ type, path, text }) => {
      if (TEMPLATE.test(text)) return [];
      const at = `${type}.${path}`;
      if (!allowed.has(at)) return [`${at} is kept and on no list`];
      return secretReferences(text).length === 1 && /^\$\{[^{}]+\}$/.test(text) ? [] : [`${at} is a literal`];
    }),
    ...texts.flatMap(({ type, path, text }) =>
      secretReferences(text).flatMap((secret) => {
        const source = `${secret.type}.${secret.attribute}`;
        if (!allowed.has(source)) return [`${source} is in the state and on no list`];
        // A few digits of a hash, so that a new secret is written again.
        const version = path.endsWith("_wo_version") && /sha256\(/.test(text);
        return isWriteOnly(path) || version || allowed.has(`${type}.${path}`) ? [] : [`${type}.${path} has ${source}`];
      }),
    ),
    ...texts
      .filter(({ path, text }) => ephemeralReferences(text).length > 0 && !isWriteOnly(path))
      .map(({ type, path }) => `${type}.${path} is given what exists in one run`),
    ...filled(json)
      .filter((attribute) => ![...allowed, ...EMPTY.map(([empty]) => empty)].some((entry) => covers(entry, attribute)))
      .map((attribute) => `${attribute} is filled by the provider and on no list`),
  ];
}

/** Secrets that providers fill by themselves, whether or not a stack refers to them. */
const filled = (json: Given): string[] =>
  typesOf(json).flatMap(({ type, module }) => filledSecrets(type, module).map((path) => `${type}.${path}`));

/** What is filled in only where a setting has another value than this, and is empty here. */
const EMPTY: readonly (readonly [attribute: string, type: string, setting: string, value: unknown])[] = [
  ["azurerm_kubernetes_cluster.kube_admin_config", "azurerm_kubernetes_cluster", "local_account_disabled", true],
  [
    "google_container_cluster.master_auth.client_key",
    "google_container_cluster",
    "master_auth.client_certificate_config.issue_client_certificate",
    false,
  ],
];

/** Whether an entry of a list is about an attribute: about itself, a block's own, or the same as one text. */
const covers = (entry: string, attribute: string): boolean =>
  attribute === entry || attribute === `${entry}_raw` || attribute.startsWith(`${entry}.`);

describe.each(Object.entries(synthesis.stacks))("%s", (_name, json) => {
  test("keeps no secret but those on its cloud's list, and none as a literal", () => {
    expect(leaks(json)).toEqual([]);
  });

  test("uses every ephemeral value, and none outside of what it makes", () => {
    const made = Object.entries(json.ephemeral ?? {}).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((id) => `${type}.${id}`),
    );
    const { resource, ephemeral, ...others } = json;
    // In a data source or a provider it would be an error of Terraform at best.
    expect(JSON.stringify(others)).not.toContain("ephemeral.");
    const used = [...textsOf({ resource }), ...textsOf({ resource: ephemeral ?? {} })];
    expect([...new Set(used.flatMap(({ text }) => ephemeralReferences(text)))].sort()).toEqual(made.sort());
  });

  test("has no output, which would carry a value out of the state", () => {
    expect(json).not.toHaveProperty("output");
  });
});

test.each(EMPTY)("%s is empty, by a setting of every %s", (_attribute, type, setting, value) => {
  const blocks = Object.values(synthesis.stacks).flatMap(({ resource }) => Object.values(resource[type] ?? {}));
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) expect(block).toHaveProperty(setting, value);
});

describe("the check finds", () => {
  const aws = (resource: Given["resource"], more: Partial<Given> = {}): string[] =>
    leaks({ provider: { aws: [{}] }, resource, ...more });
  const PASSWORD = "${random_password.one.result}";

  test.each([
    [
      "a literal where a reference is excepted",
      { aws_mq_broker: { a: { user: [{ password: "hunter2" }] } } },
      "literal",
    ],
    [
      "a literal in an object of Kubernetes",
      { kubernetes_manifest: { a: { manifest: { data: { password: "hunter2" } } } } },
      "is kept",
    ],
    [
      "a Secret that the state has, whatever its key is called",
      { kubernetes_secret_v1: { a: { data: { value: "placeholder" } } } },
      "kubernetes_secret_v1.data.value is kept",
    ],
    [
      "a kept argument on no list",
      { aws_db_instance: { a: { password: PASSWORD } } },
      "aws_db_instance.password is kept",
    ],
    [
      "a secret in a tag",
      { aws_db_instance: { a: { tags: { note: `x-${PASSWORD}` } } } },
      "aws_db_instance.tags.note has",
    ],
    [
      "what exists in one run in a kept argument",
      { aws_db_instance: { a: { username: "${ephemeral.random_password.x.result}" } } },
      "aws_db_instance.username is given what exists in one run",
    ],
    [
      "a key that a provider tells",
      { aws_ssm_parameter: { a: { description: "${azurerm_storage_account.b.primary_access_key}" } } },
      "azurerm_storage_account.primary_access_key is in the state",
    ],
    [
      "what a provider fills though nothing refers to it",
      { google_storage_hmac_key: { a: { service_account_email: "x" } } },
      "google_storage_hmac_key.secret is filled",
    ],
    [
      "the credentials that a data source of a cluster reads",
      { aws_db_instance: {} },
      "azurerm_kubernetes_cluster.kube_config.client_key is filled",
      { data: { azurerm_kubernetes_cluster: { a: { name: "x" } } } },
    ],
  ] as const)("%s", (_what, resource, said, more: Partial<Given> = {}) => {
    expect(aws(resource as Given["resource"], more).join("\n")).toContain(said);
  });

  test("no fault with a write-only argument, whatever provider has it", () => {
    expect(aws({ aws_secretsmanager_secret_version: { a: { secret_string_wo: PASSWORD } } })).toEqual([]);
    const ephemeral = "${ephemeral.random_password.x.result}";
    expect(aws({ google_sql_user: { a: { password_wo: ephemeral } } })).toEqual([]);
    expect(aws({ azurerm_key_vault_secret: { a: { value_wo: ephemeral } } })).toEqual([]);
    expect(aws({ kubernetes_secret_v1: { a: { data_wo: { password: ephemeral } } } })).toEqual([]);
  });

  test("a secret's hash in the version of a write-only argument, and not the secret there", () => {
    const version = (text: string) =>
      aws({ aws_secretsmanager_secret_version: { a: { secret_string_wo_version: text } } });
    expect(version("${parseint(substr(sha256(random_password.one.result), 0, 7), 16)}")).toEqual([]);
    expect(version("${parseint(random_password.one.result, 16)}")).toHaveLength(1);
  });

  test("no fault with a template that External Secrets fills in the cluster", () => {
    const manifest = (password: string) => aws({ kubernetes_manifest: { a: { manifest: { data: { password } } } } });
    expect(manifest("{{ .s0_password }}")).toEqual([]);
    expect(manifest("{{ .s0_password }}hunter2")).toHaveLength(1);
  });

  test("that one cloud's exceptions are not another's", () => {
    const resource = { aws_elasticache_user: { a: { authentication_mode: [{ passwords: [PASSWORD] }] } } };
    expect(aws(resource)).toEqual([]);
    expect(leaks({ provider: { google: [{}] }, resource })).not.toEqual([]);
  });

  test("references wherever they stand in a text", () => {
    expect(references('${jsonencode({"a" = x_y.one.b[0].secret_key, "c" = data.d_e.f.g})} ${h_i.j.k}')).toEqual([
      { type: "x_y", attribute: "b.secret_key" },
      { type: "d_e", attribute: "g" },
      { type: "h_i", attribute: "k" },
    ]);
  });
});

describe.each(Object.entries(EXCEPTIONS))("the exceptions of %s", (provider, list) => {
  const stacks = Object.values(synthesis.stacks).filter((json) => provider in json.provider);

  test.each(list.map((entry) => [key(entry), entry] as const))(
    "%s is in use: a list that only grows means nothing",
    (_key, entry) => {
      expect(entry.reason.length).toBeGreaterThan(20);
      const types = stacks.flatMap(typesOf).filter(({ type }) => type === entry.resource);
      expect(types).not.toEqual([]);
      const given = stacks.flatMap(textsOf).some(({ type, path }) => `${type}.${path}` === key(entry));
      // What cannot be given is filled by the provider wherever there is such a resource.
      const byProvider = types.some(({ module }) =>
        attributesOf(module).some(({ path, settable }) => path === entry.attribute && !settable),
      );
      expect({ given, byProvider }).toEqual({ given: !byProvider, byProvider });
    },
  );
});
