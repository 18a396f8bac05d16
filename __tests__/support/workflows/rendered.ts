import { workflowVariants } from "../../../scripts/workflows/variants";

export const APPLICATION = ".github/workflows/application-my-app.yml";
export const INFRASTRUCTURE = ".github/workflows/infrastructure.yml";

export const ALL = workflowVariants();

/** Every workflow of every kind: `helm: application-my-app.yml`. */
export const FILES: readonly (readonly [title: string, text: string])[] = Object.entries(ALL).flatMap(([kind, files]) =>
  [APPLICATION, INFRASTRUCTURE].map((file) => [`${kind}: ${file.split("/").at(-1) ?? ""}`, files[file] ?? ""] as const),
);
