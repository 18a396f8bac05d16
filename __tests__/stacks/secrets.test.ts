import { SECRETS_IN_STATE } from "../../constructs/clouds/aws/secrets-in-state";
import { type Block, synthesizeReference } from "../support/reference";

/*
 * No secret value is in anything that synthesis writes, and none reaches the Terraform state but those on the list of
 * exceptions.
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

/** Names of arguments whose value is a secret wherever a provider has them. */
const SECRET_ARGUMENT =
  /^(?:.*_)?(?:password|passwords|passwd|auth_token|secret_string|secret_key|private_key|api_key|token)$/;

/** Arguments that say something about a secret, or are not kept. */
const HARMLESS = new Set(["manage_master_user_password", "automount_service_account_token", "creation_token"]);

interface Found {
  readonly resource: string;
  readonly attribute: string;
  readonly value: unknown;
}

/** Every argument with the name of a secret, with its path in the resource, blocks without their index. */
function secretArguments(resource: string, value: unknown, path: readonly string[] = []): Found[] {
  if (Array.isArray(value)) return value.flatMap((entry) => secretArguments(resource, entry, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]): Found[] => {
    const here = [...path, key];
    const secret = SECRET_ARGUMENT.test(key) && !HARMLESS.has(key);
    return secret ? [{ resource, attribute: here.join("."), value: inner }] : secretArguments(resource, inner, here);
  });
}

describe.each(Object.entries(synthesis.stacks))("%s", (_name, json) => {
  const blocks = Object.entries(json.resource).flatMap(([type, named]) =>
    Object.values(named).map((block): [string, Block] => [type, block]),
  );

  test("gives every secret argument a reference, never a literal, and only those on the list", () => {
    for (const found of blocks.flatMap(([type, block]) => secretArguments(type, block))) {
      expect(SECRETS_IN_STATE).toContainEqual(
        expect.objectContaining({ resource: found.resource, attribute: found.attribute }),
      );
      for (const value of [found.value].flat()) expect(value).toMatch(/^\$\{random_password\.[\w-]+\.result\}$/);
    }
  });

  test("a generated password goes to the listed arguments and to write-only ones, nowhere else", () => {
    const allowed = new Set(SECRETS_IN_STATE.map(({ resource, attribute }) => `${resource}.${attribute}`));
    for (const [type, block] of blocks) {
      for (const [path, text] of texts(block)) {
        if (!/random_password\.[\w-]+\.result/.test(text)) continue;
        expect(allowed.has(`${type}.${path}`) || path.endsWith("_wo")).toBe(true);
      }
    }
  });

  test("no output carries a value out of the state", () => {
    expect(json).not.toHaveProperty("output");
  });
});

test("every exception is in use: a list that only grows would stop meaning anything", () => {
  const used = Object.values(synthesis.stacks).flatMap((json) =>
    Object.entries(json.resource).flatMap(([type, named]) =>
      Object.values(named).flatMap((block) => secretArguments(type, block).map((f) => `${f.resource}.${f.attribute}`)),
    ),
  );
  for (const { resource, attribute, reason } of SECRETS_IN_STATE) {
    expect(reason.length).toBeGreaterThan(20);
    if (resource !== "random_password") expect(used).toContain(`${resource}.${attribute}`);
  }
});

function texts(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value === "string") return [[path.join("."), value]];
  if (Array.isArray(value)) return value.flatMap((entry) => texts(entry, path));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, [...path, key]));
}
