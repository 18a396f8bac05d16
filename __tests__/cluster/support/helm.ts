import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EnvironmentSpec } from "../../../constructs/environment";
import { applicationParts, type ApplicationParts } from "../../../constructs/kubernetes/application";
import { loadEnvironments } from "../../../constructs/model/load";
import { environments } from "../../../environments";
import { literals } from "../../../scripts/engine/literals";
import { applicationChart } from "../../../stacks/helm-chart";
import { KUBECONFIG, KUBECTL, type Output } from "./cluster";
import { guarded } from "./guarded";
import { environmentsOf } from "./rendered";

export type Major = 3 | 4;

export const HELMS: readonly Major[] = [3, 4];

export const helmProgram = (major: Major): string => join(dirname(KUBECTL), `helm${major}`);

/** Runs Helm with no configuration of a user's, whatever it answers. */
export function helm(major: Major, args: readonly string[]): Promise<Output> {
  const env = { PATH: process.env["PATH"] ?? "", HOME: "/nonexistent", KUBECONFIG, HELM_CACHE_HOME: tmpdir() };
  return new Promise((resolve, reject) => {
    const [file = "", ...rest] = guarded([helmProgram(major), ...args]);
    const options = { env, encoding: "utf8", maxBuffer: 2 ** 26, timeout: 170_000 } as const;
    const child = execFile(file, rest, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code;
      if (typeof code === "number") resolve({ code, stdout, stderr });
      else reject(new Error(`helm ${args.join(" ")} did not end: ${stdout}${stderr}`, { cause: error }));
    });
    child.stdin?.end();
  });
}

/** A chart, and its application in each environment that it is for. */
export interface ChartSuite {
  readonly folder: string;
  /** With what Terraform makes before the first release there, and what it would release itself. */
  readonly of: (environment: string) => ApplicationParts & { readonly namespace: string };
}

/** The chart in the repository. */
export const committedChart = (): ChartSuite => ({
  folder: join(__dirname, "..", "..", "..", "helm", "my-app"),
  of: partsIn(environments),
});

/** The same one for environments with namespaces that only this suite uses, in a folder that goes with the control plane. */
export function chartOf(suite: string): ChartSuite {
  const folder = mkdtempSync(join(dirname(KUBECONFIG), "chart-"));
  const specs = environmentsOf(suite);
  const files = applicationChart({ application: "my-app", environments: loadEnvironments(specs) });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return { folder, of: partsIn(specs) };
}

const partsIn = (specs: readonly EnvironmentSpec[]): ChartSuite["of"] => {
  const loaded = loadEnvironments(specs);
  return (name) => {
    const environment = loaded.find((one) => one.name === name);
    const [application] = environment?.applications ?? [];
    if (environment === undefined || application === undefined) throw new Error(`no environment ${name}`);
    const facts = environment.cloud.facts(environment);
    const provided = literals(environment, application);
    const parts = applicationParts({ application, facts, routing: environment.routing, provided });
    return { ...parts, namespace: application.namespace };
  };
};
