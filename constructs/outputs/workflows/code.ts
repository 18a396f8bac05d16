import { imageName } from "../../model/image";
import type { ResolvedApplication } from "../../model/resolved";
import type { ImageCode, WorkflowsOptions } from "./options";

/** An image that the repository has the code of, with the workloads that run it. */
export interface BuiltImage {
  /** The last part of its name: `backend`. */
  readonly name: string;
  readonly code: ImageCode;
  /** Names of workloads, in the order of the application. One at least. */
  readonly workloads: readonly string[];
}

/** Images in the order of the options. Those that no workload runs are left out, and are a mistake that the options' check names. */
export const builtImages = ({ workloads }: ResolvedApplication, { images }: WorkflowsOptions): readonly BuiltImage[] =>
  Object.entries(images).flatMap(([name, code]) => {
    const running = workloads.filter(({ image }) => imageName(image) === name).map((workload) => workload.name);
    return running.length === 0 ? [] : [{ name, code, workloads: running }];
  });

/** Name of a job for an image: `build`, and of one of several `build-backend`. */
export const jobOf = (step: string, { name }: Pick<BuiltImage, "name">, images: readonly BuiltImage[]): string =>
  images.length === 1 ? step : `${step}-${name}`;

/** A variable of a shell for what is about an image: `BACKEND_IMAGE`. */
export const variableOf = (name: string, what: string): string =>
  `${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}_${what}`;
