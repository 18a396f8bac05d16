import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { EnvironmentSpec } from "../../../constructs/environment";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { loadEnvironments } from "../../../constructs/model/load";
import { literalParts } from "../../../scripts/engine/application-objects";
import { applicationChart } from "../../support/outputs";
import { asAsked, KUBECONFIG, KUBECTL, type Output } from "./cluster";
import { guarded } from "./guarded";
import { environmentsOf } from "./rendered";

export type Major = 3 | 4;

export const HELMS: readonly Major[] = [3, 4];

export const helmProgram = (major: Major): string => join(dirname(KUBECTL), `helm${major}`);

/** Runs Helm with no configuration of a user's, whatever it answers, and again where the API server asks for that. */
export const helm = (major: Major, args: readonly string[]): Promise<Output> => asAsked(() => runHelm(major, args));

function runHelm(major: Major, args: readonly string[]): Promise<Output> {
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

export interface Chart {
  /** The chart's folder. */
  readonly folder: string;
  readonly namespace: (environment: string) => string;
  /** What Terraform makes before the first release in an environment. */
  readonly prepared: (environment: string) => readonly KubernetesObject[];
  /** What it would release itself. */
  readonly released: (environment: string) => readonly KubernetesObject[];
  readonly remove: () => void;
}

/** The chart of the shipped environments, in namespaces that only this suite uses. */
export function chartOf(
  suite: string,
  change: (environment: EnvironmentSpec) => EnvironmentSpec = (environment) => environment,
): Chart {
  const folder = mkdtempSync(join(tmpdir(), "goldenpath-chart-"));
  const environments = loadEnvironments(environmentsOf(suite).map(change));
  for (const [file, text] of Object.entries(applicationChart({ application: "my-app", environments }))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  const found = (name: string) => {
    const environment = environments.find((one) => one.name === name);
    const application = environment?.applications[0];
    if (environment === undefined || application === undefined) throw new Error(`no environment ${name}`);
    return { environment, application };
  };
  const parts = (name: string) => {
    const { environment, application } = found(name);
    return literalParts(environment, application);
  };
  return {
    folder,
    namespace: (name) => found(name).application.namespace,
    prepared: (name) => parts(name).prepared,
    released: (name) => parts(name).released,
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
