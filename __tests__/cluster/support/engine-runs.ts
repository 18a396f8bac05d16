import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App } from "cdktf";
import { spawnSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { dirname, join } from "node:path";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { loadEnvironments } from "../../../constructs/model/load";
import { withoutStackTraces } from "../../../constructs/terraform/without-stack-traces";
import { engine, findEngine, type Outcome } from "../../../scripts/engine/engine";
import { withoutCloud } from "../../../scripts/engine/without-cloud";
import { AppStack } from "../../../stacks/app-stack";
import { KUBECONFIG } from "./cluster";
import { guarded } from "./guarded";
import { environmentsOf, inCluster } from "./rendered";

/** One application's stack with the Kubernetes and Helm providers at their pinned versions. */
export interface EngineRun {
  readonly stack: string;
  readonly namespace: string;
  readonly protected: boolean;
  /** The stack's folder. */
  readonly folder: string;
  /** The engine there, or in another folder of its own. */
  readonly run: (...args: readonly string[]) => Promise<Outcome>;
  readonly runIn: (folder: string, ...args: readonly string[]) => Promise<Outcome>;
}

type Change = (environment: EnvironmentSpec) => EnvironmentSpec;

/** The Kubernetes half of every shipped environment, and of one with all its services in the cluster, for this control plane. */
function synthesize(outdir: string, change: Change): readonly Omit<EngineRun, "folder" | "run" | "runIn">[] {
  const app = new App({ outdir, stackTraces: false });
  return withoutStackTraces(() => {
    const shipped = environmentsOf("engine");
    const servers = shipped
      .filter(({ name }) => name === "gke-staging")
      .map((environment) => inCluster({ ...environment, name: "servers", namespaceSuffix: "engine-servers" }));
    // Not together: the domains are the same.
    const loaded = [shipped, servers].flatMap((some) => loadEnvironments(some.map(change).map(withoutCloud)));
    const stacks = loaded.flatMap((environment) =>
      environment.applications.map((application) => {
        const stack = new AppStack(app, environment, application);
        // It goes with the control plane that it is of; by default it would be where the tests run.
        const state = join(dirname(KUBECONFIG), `${application.stackName}.tfstate`);
        stack.addOverride("terraform.backend.local.path", state);
        for (const provider of stack.node.children) {
          if (provider instanceof KubernetesProvider) {
            provider.resetHost();
            provider.configPath = KUBECONFIG;
          }
          if (provider instanceof HelmProvider) provider.kubernetes = { configPath: KUBECONFIG };
        }
        return {
          stack: application.stackName,
          namespace: application.namespace,
          protected: environment.protect,
        };
      }),
    );
    app.synth();
    return stacks;
  });
}

function guardedEngine(binary: string, cwd: string, args: readonly string[]): Promise<Outcome> {
  const [file = "", ...rest] = guarded([binary, ...args], "TERM");
  return engine(file, cwd, rest);
}

export interface EngineRuns {
  readonly ready: readonly EngineRun[];
  /** What did not run, and why. */
  readonly absent: readonly string[];
  /** Writes every stack again, as an edit of its environment makes it. */
  readonly edit: (change: Change) => void;
}

/**
 * Each stack initialised, in a folder that is removed with the control plane's. Waits for the engine, so that Jest knows
 * which tests there are before it runs any.
 */
export function engineRuns(): EngineRuns {
  const folder = mkdtempSync(join(dirname(KUBECONFIG), "engine-"));
  const edit = (change: Change) => synthesize(folder, change);
  const stacks = edit((environment) => environment);
  const binary = findEngine(process.env["PATH"] ?? "");
  if (binary === undefined) return { ready: [], absent: ["no tofu or terraform on the PATH"], edit };
  const ready: EngineRun[] = [];
  const absent: string[] = [];
  for (const { stack, ...one } of stacks) {
    const cwd = join(folder, "stacks", stack);
    const { status, stdout, stderr } = spawnSync(binary, ["init", "-input=false", "-no-color"], {
      cwd,
      encoding: "utf8",
    });
    const runIn: EngineRun["runIn"] = (where, ...args) => guardedEngine(binary, where, args);
    if (status === 0) ready.push({ stack, ...one, folder: cwd, run: (...args) => runIn(cwd, ...args), runIn });
    else absent.push(`${stack}: ${binary} init: ${`${stdout}${stderr}`.trim()}`);
  }
  return { ready, absent, edit };
}
