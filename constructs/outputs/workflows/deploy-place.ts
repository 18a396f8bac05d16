import type { ReleaseTool } from "../../model/environment";
import type { ResolvedApplication } from "../../model/resolved";
import type { PipelineAccess } from "../../pipelines/pipeline";
import type { BuiltImage } from "./code";
import type { Deploy, Runners } from "./options";
import { RUNNER } from "./steps";
import type { Runner } from "./workflow";

/** An environment that is deployed to, with all that its jobs are made of. */
export interface DeployPlace {
  readonly environment: { readonly name: string; readonly release: ReleaseTool };
  readonly application: ResolvedApplication;
  readonly deploy: Deploy;
  readonly images: readonly BuiltImage[];
  /** How long Helm waits for a release, and for one that it goes back to: `20m`. */
  readonly timeouts: { readonly upgrade: string; readonly rollback: string };
  /** Folder of the chart, from the root. */
  readonly chart: string;
  /** Names of the environment's stacks, in the order in which they are applied; that of its state is applied by people. */
  readonly stacks: readonly string[];
  /** How jobs sign in to its cloud. */
  readonly access: PipelineAccess;
  /** Commands that write the kubeconfig. */
  readonly credentials: readonly string[];
}

/** What runs jobs that read an environment, or that change it. */
export const runnerOf = ({ runners }: Pick<Deploy, "runners">, use: keyof Runners): Runner => runners?.[use] ?? RUNNER;
