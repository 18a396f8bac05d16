import type { ApplicationOverlay, WorkloadOverride } from "./environment";
import { imageName, parseImage } from "./image";
import { InvalidInput, oneOf, type Problem } from "./problem";

/**
 * What an environment says of an application, with the images that a pipeline has built and written into a file: those of workloads by the
 * last part of their names, `{ "backend": "ghcr.io/acme/orders/backend:develop-1f2e…@sha256:…" }`. A workload whose image the environment
 * overrides by hand keeps that one.
 *
 * @throws InvalidInput for a name that no workload's image has, and for an image without a digest
 */
export function withImages(overlay: ApplicationOverlay, images: Readonly<Record<string, string>>): ApplicationOverlay {
  const built = Object.entries(images);
  if (built.length === 0) return overlay;
  const { workloads } = overlay.application;
  const known = [...new Set(Object.values(workloads).map(({ image }) => imageName(image)))];
  const problems = built.flatMap(([name, image]) => imageProblems(name, image, known));
  if (problems.length > 0) throw new InvalidInput(problems);
  const overrides = Object.entries(workloads).flatMap(([name, { image }]): [string, WorkloadOverride][] => {
    const built = images[imageName(image)];
    const override = overlay.workloads?.[name];
    return built === undefined || override?.image !== undefined ? [] : [[name, { ...override, image: built }]];
  });
  return { ...overlay, workloads: { ...overlay.workloads, ...Object.fromEntries(overrides) } };
}

/** What is wrong with one line of such a file. */
export function imageProblems(name: string, image: string, known: readonly string[]): readonly Problem[] {
  const path = ["images", name];
  if (!known.includes(name)) {
    return [
      { path, why: "no workload runs an image of that name", fix: `take it out of the file, or use ${oneOf(known)}` },
    ];
  }
  if (parseImage(image)?.digest !== undefined) return [];
  return [{ path, got: image, fix: "use an image with its digest: ghcr.io/acme/orders/backend:v1@sha256:…" }];
}
