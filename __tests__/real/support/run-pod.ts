import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { KubernetesObject, PodSpec } from "../../../constructs/kubernetes/objects";
import { type Image, type Result, runContainer } from "./container";
import { PodFiles, type Secrets } from "./pod-files";
import type { Site } from "./site";

type Variables = Readonly<Record<string, string>>;

export interface RunPod {
  readonly objects: readonly KubernetesObject[];
  readonly secrets: Secrets;
  readonly spec: PodSpec;
  /** @default - the first one */
  readonly container?: string;
  readonly image: Image;
  /** @default - the container's, or its image's */
  readonly command?: readonly string[];
  /** Changes what the container's variables are. @default - they are as rendered */
  readonly variables?: (rendered: Variables) => Variables;
  /** File that tells of every program that was started. */
  readonly trace?: string;
}

/** Runs one container of a rendered pod to its end, with everything that the pod gives it. */
export async function runPod(site: Site, run: RunPod): Promise<Result> {
  const { objects, secrets, spec, image, variables = (rendered: Variables) => rendered } = run;
  const container = spec.containers.find(({ name }) => run.container === undefined || name === run.container);
  if (container === undefined) throw new Error(`the pod has no container ${run.container}`);
  const folder = mkdtempSync(join(site.folder, "pod-"));
  chmodSync(folder, 0o755);
  try {
    const files = new PodFiles(folder, spec, objects, secrets);
    const options = {
      image,
      command: run.command ?? container.command,
      env: variables(files.variables(container)),
      mounts: [...files.mounts(container), site.hosts],
      user: spec.securityContext.runAsUser,
      group: spec.securityContext.runAsGroup,
      readOnlyRoot: container.securityContext.readOnlyRootFilesystem,
      network: site.network,
    };
    return await runContainer(options, 30, run.trace);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
