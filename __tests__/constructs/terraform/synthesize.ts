import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, type TerraformStack } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { FastStack } from "../../../constructs/terraform/fast-stack";
import { KubernetesResources } from "../../../constructs/terraform/kubernetes-resources";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- assertions walk through it
type Arguments = Record<string, any>;

/** What is read of a `cdk.tf.json`. */
export interface Synthesized {
  readonly resource: Record<string, Record<string, Arguments>>;
  readonly data?: Record<string, Record<string, Arguments>>;
}

/** Files of each stack, as the whole app writes them. */
export function synthesizeApp(build: (app: App) => readonly TerraformStack[]): string[] {
  const outdir = mkdtempSync(join(tmpdir(), "goldenpath-"));
  try {
    const app = new App({ outdir });
    const stacks = build(app);
    app.synth();
    return stacks.map(({ node }) => readFileSync(join(outdir, "stacks", node.id, "cdk.tf.json"), "utf8"));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

export function synthesize(fill: (stack: TerraformStack) => void): Synthesized {
  const [file = "{}"] = synthesizeApp((app) => {
    const stack = new FastStack(app, "test");
    new KubernetesProvider(stack, "kubernetes");
    fill(stack);
    return [stack];
  });
  return JSON.parse(file) as Synthesized;
}

export function synthesizeObjects(objects: readonly KubernetesObject[]): Synthesized["resource"] {
  return synthesize((stack) => new KubernetesResources(stack, "k", { objects })).resource;
}

/** The only resource of a type. */
export function only(resource: Synthesized["resource"], type: string): Arguments {
  const [found, ...others] = Object.values(resource[type] ?? {});
  if (found === undefined || others.length > 0) throw new Error(`${type}: not one of them`);
  return found;
}
