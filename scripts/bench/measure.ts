import { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import { convertDeployment } from "../../constructs/terraform/convert/deployment";
import { FastStack } from "../../constructs/terraform/fast-stack";
import { KubernetesResources } from "../../constructs/terraform/kubernetes-resources";
import { withoutStackTraces } from "../../constructs/terraform/without-stack-traces";
import { sampleDeployments, sampleWorkloads } from "./sample";

/** CPU milliseconds, user and system, of all threads. */
export interface Measured {
  readonly construct: number;
  readonly synthesize: number;
}

/** What one fresh process measures: `stock` and `fast` on Deployments alone, `growth` on whole workloads. */
export type Task = "stock" | "fast" | "growth";

export function measure(task: Task, count: number): Measured {
  const outdir = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    return task === "stock" ? stock(count, outdir) : fast(task, count, outdir);
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Nothing of ours is in the measured time: the resources' configurations are made before. */
function stock(count: number, outdir: string): Measured {
  const configs = sampleDeployments(count).map((object) => ({
    id: object.metadata.name,
    config: convertDeployment(object),
  }));
  const app = new App({ outdir });
  const construct = cpu(() => {
    const stack = new TerraformStack(app, "bench");
    new KubernetesProvider(stack, "kubernetes");
    for (const { id, config } of configs) new DeploymentV1(stack, id, config);
  });
  return {
    construct,
    synthesize: cpu(() => {
      app.synth();
    }),
  };
}

/** From plain objects on: the conversion is in the measured time. */
function fast(task: "fast" | "growth", count: number, outdir: string): Measured {
  const objects: KubernetesObject[] = task === "fast" ? sampleDeployments(count) : sampleWorkloads(count);
  const app = new App({ outdir, stackTraces: false });
  const construct = cpu(() => {
    withoutStackTraces(() => {
      const stack = new FastStack(app, "bench");
      new KubernetesProvider(stack, "kubernetes");
      new KubernetesResources(stack, "kubernetes-resources", { objects });
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
