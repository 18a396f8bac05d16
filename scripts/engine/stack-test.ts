import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { engine } from "./engine";
import { missingProviders } from "./missing-providers";
import { awsMocks } from "./mocks/aws";
import { azurermMocks } from "./mocks/azurerm";
import { googleMocks } from "./mocks/google";
import { kubernetesMocks } from "./mocks/kubernetes";
import type { Mock, StackBlocks } from "./mocks/mock";

/** What became of one stack. `absent`: a provider it needs could not be had, so nothing was proved. */
export type Verdict =
  | { readonly stack: string; readonly result: "passed"; readonly seconds: number }
  | { readonly stack: string; readonly result: "failed" | "absent"; readonly step: string; readonly text: string };

interface TerraformJson extends StackBlocks {
  variable?: Record<string, unknown>;
  ephemeral?: Record<string, unknown>;
  terraform: { required_providers?: Record<string, { source: string; version: string }> };
}

/** Mocks in one list: each provider takes those of its types. */
const mocksOf = (stack: StackBlocks): readonly Mock[] => [
  ...awsMocks(stack),
  ...azurermMocks(stack),
  ...googleMocks(stack),
  ...kubernetesMocks,
];

const MOCKED = "plan and apply with mocked providers";

const withoutProtection = (key: string, value: unknown): unknown => (key === "prevent_destroy" ? undefined : value);

/**
 * The stack as mocks can be made of it. No engine mocks ephemeral resources: a password that every cloud takes stands for
 * what they give. And a test ends by destroying what it made, which what is protected would refuse.
 */
const mockable = (config: TerraformJson): string =>
  JSON.stringify({ ...config, ephemeral: undefined }, withoutProtection, 2).replace(
    /\bephemeral\.\w+\.[\w-]+\.\w+/g,
    String.raw`\"Mocked-Password-1\"`,
  );

/** Initialises without a backend, validates, then plans and applies with every provider mocked. */
export async function testStack(binary: string, synthesized: string, stack: string, work: string): Promise<Verdict> {
  const started = process.hrtime.bigint();
  const folder = join(work, stack);
  mkdirSync(folder, { recursive: true });
  cpSync(join(synthesized, stack), folder, { recursive: true });
  const config = JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")) as TerraformJson;
  const providers = Object.keys(config.terraform.required_providers ?? {});
  const mocks = mocksOf(config);
  const test = [variables(folder, config), mockedTest(providers, mocks)];
  writeFileSync(join(folder, "mocked.tftest.hcl"), test.join("\n"));
  for (const [step, args] of [
    ["init", ["init", "-backend=false", "-input=false"]],
    ["validate", ["validate"]],
    [MOCKED, ["test"]],
  ] as const) {
    if (step === MOCKED) writeFileSync(join(folder, "cdk.tf.json"), mockable(config));
    const { ok, text } = await engine(binary, folder, args);
    if (ok) continue;
    const missing = step === "init" ? missingProviders(text) : [];
    if (missing.length > 0) return { stack, result: "absent", step, text: `no ${missing.join(", ")}` };
    return { stack, result: "failed", step, text };
  }
  return { stack, result: "passed", seconds: Number(process.hrtime.bigint() - started) / 1e9 };
}

/** A stack that reads a kubeconfig gets one, of a cluster on this machine that nobody asks for anything. */
function variables(folder: string, { variable = {} }: TerraformJson): string {
  if (!("kubeconfig" in variable)) return "";
  const name = "mocked";
  const file = join(folder, "kubeconfig.json");
  writeFileSync(
    file,
    JSON.stringify({
      clusters: [{ name, cluster: { server: "https://127.0.0.1:6443" } }],
      contexts: [{ name, context: { cluster: name } }],
      "current-context": name,
    }),
  );
  return `variables {\n  kubeconfig = ${JSON.stringify(file)}\n}\n`;
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
