import { MEASURING_USER } from "../../constructs/model/exporter";
import { stack, synthesizeReference } from "../support/reference";

/* On AWS: which passwords there are, who may read them, and that the cluster is told the very version. */

const synthesis = synthesizeReference();

describe.each(["staging", "production"])("the passwords of users in %s", (environment) => {
  const json = stack(synthesis, environment);
  const versions = Object.entries(json.resource.aws_secretsmanager_secret_version ?? {});
  const users = [
    ["Services_orders-db_Users", ["backend", "consumer", "cron", "migrate"]],
    ["Services_events_Users", ["backend", "consumer"]],
  ] as const;

  test("are one for each edge to a service with users, made anew in every run and written when the generation says so", () => {
    const expected = [
      ...users.flatMap(([service, workloads]) =>
        workloads.map((workload) => [`my-app_${service}_${workload}_Version`, `app.${workload}`, 1]),
      ),
      // And one who measures.
      ["my-app_Services_orders-db_Users_orders-db-exporter_Version", MEASURING_USER, 1],
    ];
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
        ...["cache", "cache/cache-exporter", "events", "events/backend", "events/consumer"],
        ...["backend", "consumer", "cron", "migrate", "orders-db-exporter"].map((workload) => `orders-db/${workload}`),
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
    const secrets = [decrypt?.Condition?.StringLike?.["kms:EncryptionContext:SecretARN"] ?? []].flat();
    const decrypts = (secret: string): boolean => secrets.some((pattern) => like(pattern, `${manager}:${secret}`));
    expect(["rds!db-1234-a1B2c3", `${environment}/my-app/cache-a1B2c3`, "other/cache-a1B2c3"].map(decrypts)).toEqual([
      true,
      true,
      false,
    ]);
    expect(allows("secretsmanager:PutSecretValue", `${manager}:${environment}/x`)).toEqual([]);
  });
});

/** Whether a pattern of IAM fits: a star stands for any text. */
function like(pattern: string, text: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}
