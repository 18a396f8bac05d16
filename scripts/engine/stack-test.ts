import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engine } from "./engine";

/** What became of one stack. `absent`: a provider it needs could not be had, so nothing was proved. */
export type Verdict =
  | { readonly stack: string; readonly result: "passed"; readonly seconds: number }
  | { readonly stack: string; readonly result: "failed" | "absent"; readonly step: string; readonly text: string };

interface TerraformJson {
  data?: { aws_secretsmanager_secrets?: Record<string, { filter: readonly { values: readonly string[] }[] }> };
  terraform: { required_providers?: Record<string, { source: string; version: string }> };
}

/** For arguments that the provider checks to be an ARN. */
const ARN = "arn:aws:service:eu-central-1:111111111111:mocked";

/**
 * Values that a mock must have for functions over them and checks of them to work: a mocked string is eight random
 * letters, which is no base64, no URL and no ARN, and a mocked list is empty.
 */
const MOCKED: readonly Mock[] = [
  ["data", "aws_eks_addon_version", { version: "v1.20.0-eksbuild.1" }],
  [
    "data",
    "aws_eks_cluster",
    {
      certificate_authority: [{ data: Buffer.from("certificate").toString("base64") }],
      endpoint: "https://cluster.example.com",
      vpc_config: [
        {
          cluster_security_group_id: "sg-00000000",
          endpoint_private_access: true,
          endpoint_public_access: false,
          public_access_cidrs: [],
          security_group_ids: [],
          subnet_ids: [],
          vpc_id: "vpc-00000000",
        },
      ],
    },
  ],
  ["data", "aws_ssm_parameter", { insecure_value: "1.50.0-0a1b2c3d" }],
  ["data", "aws_subnets", { ids: ["subnet-0a", "subnet-0b", "subnet-0c"] }],
  ["resource", "aws_cloudwatch_log_group", { arn: ARN }],
  [
    "resource",
    "aws_db_instance",
    { master_user_secret: [{ kms_key_id: ARN, secret_arn: ARN, secret_status: "active" }] },
  ],
  ["resource", "aws_efs_file_system", { arn: ARN }],
  ["resource", "aws_iam_role", { arn: ARN }],
  ["resource", "aws_kms_key", { arn: ARN }],
  ["resource", "aws_launch_template", { id: "lt-0123456789abcdef0", latest_version: 1 }],
  [
    "resource",
    "aws_mq_broker",
    { instances: [{ console_url: "", endpoints: ["amqps://b-0.mq.example.com:5671"], ip_address: "" }] },
  ],
  ["resource", "aws_s3_bucket", { arn: ARN }],
  ["resource", "aws_sqs_queue", { arn: ARN }],
];

type Mock = readonly [kind: "data" | "resource", type: string, defaults: Record<string, unknown>];

/** The secrets that the stack insists on: without a value of its own each mock of the list would be empty. */
function mockedSecrets({ data }: TerraformJson): Mock[] {
  const lists = Object.values(data?.aws_secretsmanager_secrets ?? {});
  const names = lists.flatMap(({ filter }) => filter.flatMap(({ values }) => values));
  return names.length === 0 ? [] : [["data", "aws_secretsmanager_secrets", { names }]];
}

/** Initialises without a backend, validates, then plans and applies with every provider mocked. */
export async function testStack(binary: string, synthesized: string, stack: string, work: string): Promise<Verdict> {
  const started = process.hrtime.bigint();
  const folder = join(work, stack);
  mkdirSync(folder, { recursive: true });
  cpSync(join(synthesized, stack), folder, { recursive: true });
  const config = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson;
  const providers = Object.keys(config.terraform.required_providers ?? {});
  const mocks = [...MOCKED, ...mockedSecrets(config)];
  writeFileSync(join(folder, "mocked.tftest.hcl"), mockedTest(providers, mocks));
  for (const [step, args] of [
    ["init", ["init", "-backend=false", "-input=false"]],
    ["validate", ["validate"]],
    ["plan and apply with mocked providers", ["test"]],
  ] as const) {
    const { ok, text } = await engine(binary, folder, args);
    if (ok) continue;
    const missing = step === "init" ? missingProviders(text) : [];
    if (missing.length > 0) return { stack, result: "absent", step, text: `no ${missing.join(", ")}` };
    return { stack, result: "failed", step, text };
  }
  return { stack, result: "passed", seconds: Number(process.hrtime.bigint() - started) / 1e9 };
}

function mockedTest(providers: readonly string[], mocks: readonly Mock[]): string {
  const mocked = providers.map(
    (provider) => `mock_provider ${JSON.stringify(provider)} {\n${overrides(provider, mocks)}}\n`,
  );
  const runs = ["plan", "apply"].map((command) => `run "${command}" {\n  command = ${command}\n}\n`);
  return [...mocked, ...runs].join("\n");
}

function overrides(provider: string, mocks: readonly Mock[]): string {
  return mocks
    .filter(([, type]) => type.startsWith(`${provider}_`))
    .map(([kind, type, defaults]) => `  mock_${kind} "${type}" {\n    defaults = ${JSON.stringify(defaults)}\n  }\n`)
    .join("");
}

/** What `init` says of providers that neither a registry nor a mirror has, e.g. `hashicorp/aws 6.25.0`. */
function missingProviders(text: string): string[] {
  const named = [...text.replace(/\s*[│\n]\s*/g, " ").matchAll(/provider\s+(?:registry\.[\w.]+\/)?([\w-]+\/[\w-]+)/g)];
  const unavailable = /available|not be found|could not|failed to query|no such host|refused/i.test(text);
  return unavailable ? [...new Set(named.flatMap(([, name]) => name ?? []))] : [];
}
