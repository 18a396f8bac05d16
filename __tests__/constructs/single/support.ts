import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatProblem, InvalidInput } from "../../../constructs/model/problem";
import type { StackJson } from "../../support/reference";

/** What a stack of cdktf's own class becomes. */
export function written(fill: (stack: TerraformStack) => void, make = plainStack): StackJson {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir });
    const stack = make(app);
    new KubernetesProvider(stack, "kubernetes");
    fill(stack);
    app.synth();
    return JSON.parse(readFileSync(join(outdir, "stacks", "shop", "cdk.tf.json"), "utf8")) as StackJson;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

const plainStack = (app: App): TerraformStack => new TerraformStack(app, "shop");

/** Addresses of all resources. */
export const addresses = ({ resource }: StackJson): string[] =>
  Object.entries(resource)
    .flatMap(([type, ids]) => Object.keys(ids).map((id) => `${type}.${id}`))
    .sort();

/** Lines of the report that refuses it. */
export function refusal(fill: (stack: TerraformStack) => void): string[] {
  try {
    fill(new TerraformStack(new App(), "shop"));
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(formatProblem);
    throw error;
  }
  return [];
}
