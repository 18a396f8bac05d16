import { SECRETS_IN_STATE } from "../../constructs/clouds/aws/secrets-in-state";
import { type Block, stack, synthesizeReference } from "../support/reference";

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

  test("an ephemeral password goes to write-only arguments alone, each to one", () => {
    const ids = Object.keys(json.ephemeral?.random_password ?? {});
    const uses = Object.entries(json.resource).flatMap(([type, named]) =>
      Object.values(named).flatMap((block) =>
        texts(block).flatMap(([path, text]) =>
          [...text.matchAll(/ephemeral\.random_password\.([\w-]+)\.result/g)].map(([, id = ""]) => [
            `${type}.${path}`,
            id,
          ]),
        ),
      ),
    );
    expect(uses.map(([, id]) => id).sort()).toEqual([...ids].sort());
    for (const [path] of uses) expect(path).toBe("aws_secretsmanager_secret_version.secret_string_wo");
    // Anywhere else, such as in a data source or a provider, it would be an error of Terraform at best.
    const { resource, ephemeral, ...others } = json;
    expect(JSON.stringify(others)).not.toContain("ephemeral.");
    expect([...Object.keys(ephemeral ?? {})]).toEqual(ids.length === 0 ? [] : ["random_password"]);
    expect(JSON.stringify(resource).match(/ephemeral\./g) ?? []).toHaveLength(ids.length);
  });

  test("no output carries a value out of the state", () => {
    expect(json).not.toHaveProperty("output");
  });
});

describe.each(["staging", "production"])("the passwords of users in %s", (environment) => {
  const json = stack(synthesis, environment);
  const versions = Object.entries(json.resource.aws_secretsmanager_secret_version ?? {});
  const users = [
    ["Services_orders-db_Users", ["backend", "consumer", "cron", "migrate"]],
    ["Services_events_Users", ["backend", "consumer"]],
  ] as const;

  test("are one for each edge to a service with users, made anew in every run and written when the generation says so", () => {
    const expected = users.flatMap(([service, workloads]) =>
      workloads.map((workload) => [`my-app_${service}_${workload}_Version`, `app.${workload}`, 1]),
    );
    const found = versions
      .filter(([id]) => id.includes("_Users_"))
      .map(([id, { secret_string_wo, secret_string_wo_version }]) => [
        id.replace(/_[0-9A-F]{8}$/, ""),
        /^\$\{jsonencode\(\{"username" = "([\w.]+)", "password" = ephemeral\.random_password\.[\w-]+\.result\}\)\}$/.exec(
          String(secret_string_wo),
        )?.[1],
        secret_string_wo_version,
      ]);
    expect(found.sort()).toEqual(expected.sort());
    expect(Object.keys(json.ephemeral?.random_password ?? {})).toHaveLength(expected.length);
  });

  test("are in no state: no argument that is kept, no resource that generates them, nothing in what is read", () => {
    for (const [, version] of versions) {
      expect(Object.keys(version)).not.toEqual(expect.arrayContaining(["secret_string"]));
      expect(version).toHaveProperty("secret_string_wo_version");
    }
    expect(Object.keys(json.resource.random_password ?? {}).filter((id) => id.includes("_Users_"))).toEqual([]);
    const read = Object.keys(json.data ?? {}).filter((type) => /secret|password/.test(type));
    // Lists of names, for secrets that people make.
    expect(read).toEqual(["aws_secretsmanager_secrets"]);
  });
});

describe.each(["staging", "production"])("External Secrets in %s", (environment) => {
  const json = stack(synthesis, environment);
  const platform = stack(synthesis, `${environment}-platform`);
  const account = environment === "production" ? "222222222222" : "111111111111";
  const manager = `arn:aws:secretsmanager:eu-central-1:${account}:secret`;
  interface Statement {
    readonly Action: string | readonly string[];
    readonly Resource: string;
    readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  }
  const statements = Object.entries(platform.resource.aws_iam_role_policy ?? {})
    .filter(([id]) => id.includes("external-secrets-identity"))
    .flatMap(([, { policy }]) => (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement);
  const allows = (action: string, arn: string): Statement[] =>
    statements.filter(({ Action, Resource }) => [Action].flat().includes(action) && like(Resource, arn));

  /** What the ExternalSecrets of the application read, as Terraform gives it to them. */
  const refs = Object.values(json.resource.kubernetes_manifest ?? {}).flatMap(({ manifest }) => {
    const { kind, spec } = manifest as {
      kind: string;
      spec: { data?: readonly { remoteRef: { key: string; version?: string } }[] };
    };
    return kind === "ExternalSecret" ? (spec.data ?? []).map(({ remoteRef }) => remoteRef) : [];
  });
  const keys = refs.map(({ key }) => key);
  const name = (key: string): string => {
    const [, version] = /^\$\{aws_secretsmanager_secret_version\.([\w-]+)\.secret_id\}$/.exec(key) ?? [];
    if (version === undefined) return key;
    const secretId = String(json.resource.aws_secretsmanager_secret_version?.[version]?.secret_id);
    const [, secret = ""] = /^\$\{aws_secretsmanager_secret\.([\w-]+)\.id\}$/.exec(secretId) ?? [];
    return String(json.resource.aws_secretsmanager_secret?.[secret]?.name);
  };

  test("may read every secret that the application's refer to, by its name", () => {
    const names = [...new Set(keys.map(name))].filter((each) => !each.startsWith("${"));
    expect(names.sort()).toEqual(
      [
        ...["cache", "events", "events/backend", "events/consumer"],
        ...["backend", "consumer", "cron", "migrate"].map((workload) => `orders-db/${workload}`),
        "stripe-key",
      ].map((each) => `${environment}/my-app/${each}`),
    );
    for (const each of names) {
      // Secrets Manager ends an ARN with six characters of its own.
      expect(allows("secretsmanager:GetSecretValue", `${manager}:${each}-a1B2c3`)).toHaveLength(1);
      expect(allows("secretsmanager:GetSecretValue", `${manager}:other${each}-a1B2c3`)).toEqual([]);
    }
  });

  test("are told the very version of what Terraform wrote, and none of what RDS or people write", () => {
    const current = refs.filter(({ version }) => version === undefined).map(({ key }) => key);
    expect([...new Set(current)].sort()).toEqual([
      expect.stringMatching(/^\$\{aws_db_instance\.[\w-]+\.master_user_secret\[0\]\.secret_arn\}$/),
      `${environment}/my-app/stripe-key`,
    ]);
    const written = refs.filter(({ version }) => version !== undefined);
    for (const { key, version } of written) expect(version).toBe(`uuid/${key.replace(".secret_id}", ".version_id}")}`);
    const versions = Object.keys(json.resource.aws_secretsmanager_secret_version ?? {});
    expect(new Set(written.map(({ key }) => key))).toEqual(
      new Set(versions.map((id) => `\${aws_secretsmanager_secret_version.${id}.secret_id}`)),
    );
  });

  test("may read what RDS keeps for the database, and the key that all of it is encrypted with", () => {
    const references = [...new Set(keys)].filter((key) => name(key).startsWith("${"));
    expect(references).toEqual([
      expect.stringMatching(/^\$\{aws_db_instance\.[\w-]+\.master_user_secret\[0\]\.secret_arn\}$/),
    ]);
    const [statement, ...others] = allows("secretsmanager:GetSecretValue", `${manager}:rds!db-1234-a1B2c3`);
    expect(others).toEqual([]);
    const tagged = statement?.Condition?.StringLike?.["aws:ResourceTag/aws:rds:primaryDBInstanceArn"] ?? "";
    for (const { identifier } of Object.values(json.resource.aws_db_instance ?? {})) {
      expect(like(tagged, `arn:aws:rds:eu-central-1:${account}:db:${String(identifier)}`)).toBe(true);
    }
    const [decrypt] = allows("kms:Decrypt", `arn:aws:kms:eu-central-1:${account}:key/1234`);
    const alias = decrypt?.Condition?.["ForAnyValue:StringLike"]?.["kms:ResourceAliases"] ?? "";
    for (const key of Object.values(json.resource.aws_kms_alias ?? {}))
      expect(like(alias, String(key.name))).toBe(true);
    expect(allows("secretsmanager:PutSecretValue", `${manager}:${environment}/x`)).toEqual([]);
  });
});

/** Whether a pattern of IAM fits: a star stands for any text. */
function like(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}

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
