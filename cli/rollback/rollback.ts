import { line } from "../../constructs/releases/shell";
import { staysOf } from "../../constructs/releases/stays";
import type { RenderedApplication } from "../../constructs/rendering/rendered-environment";
import { EXIT, type Exit } from "../command";
import type { Consent } from "./agree";
import type { Programs } from "./programs";

/** What is to go back, and how. */
export interface Rollback {
  readonly environment: string;
  readonly rendered: RenderedApplication;
  /** Workloads that alone go back. @default - all of it, where there are none */
  readonly workloads: readonly string[];
  /** Revision or commit. @default - the newest that was well */
  readonly to?: string;
  /** Context of kubeconfig. @default - the current one */
  readonly context?: string;
  /** The current one, where it is known. */
  readonly current?: string;
  /** Seconds that it may take. @default - what the model says */
  readonly seconds?: number;
  /** Whether a release that is on its way is known to be nobody's any more. */
  readonly interrupted: boolean;
  readonly consent: Consent;
  readonly programs: Programs;
}

/** Goes back by one of the tools that release. */
export type GoBack = (rollback: Rollback) => Promise<Exit>;

export const say = (...lines: readonly string[]): void => {
  process.stdout.write(`${lines.join("\n")}\n`);
};

/** Says why nothing was done, or not all, and what to do. */
export const complain = (...lines: readonly string[]): void => {
  process.stderr.write(`${lines.join("\n")}\n`);
};

const bullet = (text: string): string => `  - ${text}`;

/** What cannot go back, first of all. */
export function sayWhatStays({ environment, rendered: { application } }: Rollback, tool: "helm" | "terraform"): void {
  const stays = staysOf(application, tool);
  const who = tool === "helm" ? "Helm" : "Terraform";
  say(`${application.name} in ${environment}, namespace ${application.namespace}: ${who} releases it.`);
  if (stays.length === 0) return;
  say("", "What does not go back:", ...stays.map(bullet));
}

export const sayList = (title: string, items: readonly string[]): void => {
  if (items.length > 0) say("", title, ...items.map(bullet));
};

export const sayCommands = (commands: readonly (readonly string[])[]): void => {
  say("", "Commands that go back:", ...commands.map((words) => `  ${line(words)}`));
};

/** Names of Deployments of workloads; of all where none is named. */
export const deploymentsOf = ({ rendered: { released, application }, workloads }: Rollback) =>
  released.flatMap((one) => {
    if (one.kind !== "Deployment") return [];
    const { name } = one.metadata;
    const workload = application.workloads.find(({ objectName }) => objectName === name);
    return workloads.length === 0 || (workload !== undefined && workloads.includes(workload.name)) ? [one] : [];
  });

/** A duration for people: `42 s`. */
export const took = (began: number): string => `${((performance.now() - began) / 1000).toFixed(0)} s`;

/** Words of a command of kubectl, in the context that was given. */
export const inContext = ({ context }: Rollback, words: readonly string[]): readonly string[] =>
  context === undefined ? words : [...words, "--context", context];

/** Waits until pods are there, and says how long all of it took. */
export async function waitFor(
  programs: Rollback["programs"],
  waits: readonly (readonly string[])[],
  began: number,
): Promise<Exit> {
  const stuck: string[] = [];
  for (const wait of waits) {
    if ((await programs.show(wait)).code !== 0) stuck.push(wait.find((one) => one.startsWith("deployment/")) ?? "");
  }
  if (stuck.length > 0) {
    complain("", `${stuck.join(", ")}: does not become ready, after ${took(began)}; look why, and go further back`);
    return EXIT.wrong;
  }
  say("", `Back after ${took(began)}.`);
  return EXIT.done;
}
