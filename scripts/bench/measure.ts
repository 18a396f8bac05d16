import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { local } from "../../constructs/clouds/local";
import { environment } from "../../constructs/environment";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import { InvalidInput } from "../../constructs/model/problem";
import { http } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { FastStack } from "../../constructs/terraform/fast-stack";
import { KubernetesResources } from "../../constructs/terraform/kubernetes-resources";
import { withoutStackTraces } from "../../constructs/terraform/without-stack-traces";
import { sampleDeployments, sampleWorkloads } from "./sample";

/** CPU milliseconds, user and system, of all threads. */
export interface Measured {
  readonly construct: number;
  readonly synthesize: number;
}

/**
 * What one fresh process measures: `stock` and `fast` on Deployments alone, `growth` on whole workloads, `refusal` on
 * an input with that many mistakes, of which it is `construct`.
 */
export type Task = "stock" | "fast" | "growth" | "refusal";

export function measure(task: Task, count: number): Measured {
  if (task === "refusal") return { construct: refusal(count), synthesize: 0 };
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    return task === "stock" ? stock(count, outdir) : fast(task, count, outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Workloads of which each needs what is not there, until they are refused and said. */
function refusal(count: number): number {
  const names = Array.from({ length: count }, (_, index) => `workload-${index}`);
  const workloads = Object.fromEntries(
    names.map((name) => [name, http({ image: "registry.example.com/api:v1", needs: [`${name}-db`] })]),
  );
  const given = environment({
    name: "staging",
    cloud: local(),
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "bench",
    applications: [{ application: application({ name: "my-app", owner: "team-shop", workloads }) }],
  });
  return cpu(() => {
    try {
      loadEnvironments([given]);
    } catch (error) {
      if (error instanceof InvalidInput && error.problems.length === count && error.message !== "") return;
      throw error;
    }
    throw new Error("nothing was refused");
  });
}

/** The same resources from the same objects, on cdktf's own stack and with all that it records. */
function stock(count: number, outdir: string): Measured {
  const objects = sampleDeployments(count);
  loadBindings(outdir, sampleDeployments(1));
  const app = new App({ outdir });
  const construct = cpu(() => {
    build(new TerraformStack(app, "bench"), objects);
  });
  return {
    construct,
    synthesize: cpu(() => {
      app.synth();
    }),
  };
}

/** They are loaded when something first uses them, which is no part of construction. */
function loadBindings(outdir: string, objects: readonly KubernetesObject[]): void {
  build(new TerraformStack(new App({ outdir }), "first"), objects);
}

function build(stack: TerraformStack, objects: readonly KubernetesObject[]): void {
  new KubernetesProvider(stack, "kubernetes");
  new KubernetesResources(stack, "kubernetes-resources", { objects });
}

function fast(task: "fast" | "growth", count: number, outdir: string): Measured {
  const sample = task === "fast" ? sampleDeployments : sampleWorkloads;
  const objects: KubernetesObject[] = sample(count);
  loadBindings(outdir, sample(1));
  const app = new App({ outdir, stackTraces: false });
  const construct = cpu(() => {
    withoutStackTraces(() => {
      build(new FastStack(app, "bench"), objects);
    });
  });
  return {
    construct,
    synthesize: cpu(() => {
      withoutStackTraces(() => {
        app.synth();
      });
    }),
  };
}

function cpu(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
