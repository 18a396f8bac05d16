import type { Labels, MachineKind } from "../../pipelines/machines";

/** Labels of machines of one's own, by environment and kind. */
export type RunnerLabels = Readonly<Record<string, Readonly<Partial<Record<MachineKind, Labels>>>>>;

export interface AnsibleOptions {
  /** Name of the application that is released. */
  readonly application: string;
  /** Folder that the files go to, from the root of the program. Nothing else may be in it. @default "ansible" */
  readonly folder?: string;
  /** Folder of the application's chart, from the root of the program. It is read where Helm releases. */
  readonly chart: string;
  /**
   * Addresses that have to answer with a success after a release by Helm, by environment. An empty list asks none.
   * @default - each host of a route, by HTTPS
   */
  readonly smoke?: Readonly<Record<string, readonly string[]>>;
  /**
   * Image with Python 3.11 or later and Helm that AWX's execution environment is made from: `registry.example.com/helm@sha256:…`. Needs an
   * environment that Helm releases. @default - no execution environment is rendered
   */
  readonly baseImage?: string;
  /**
   * Machines of one's own that jobs of workflows run on, by environment: those that plan and those that apply, by their labels. Give it
   * `runnersOf(…)` of the options of the output `workflows`, and machines are registered by the labels that its jobs ask for.
   * @default - none, and no playbook for them
   */
  readonly runners?: RunnerLabels;
}
