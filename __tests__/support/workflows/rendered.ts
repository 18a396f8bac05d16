import { workflowVariants } from "../../../scripts/workflows/variants";

export const APPLICATION = ".github/workflows/application-my-app.yml";
export const INFRASTRUCTURE = ".github/workflows/infrastructure.yml";

export const ALL = workflowVariants();

export const PREVIEW = ".github/workflows/preview.yml";
export const SWEEP = ".github/workflows/sweep.yml";

type Titled = readonly (readonly [title: string, text: string])[];

const kinds = Object.entries(ALL);

const filesOf = (of: typeof kinds, files: readonly string[]): Titled =>
  of.flatMap(([kind, rendered]) =>
    files.map((file) => [`${kind}: ${file.split("/").at(-1) ?? ""}`, rendered[file] ?? ""] as const),
  );

/** The workflows of every kind that build, plan and deploy: `helm: application-my-app.yml`. With previews they are the same, which a test says. */
export const FILES: Titled = filesOf(
  kinds.filter(([kind]) => !kind.startsWith("previews")),
  [APPLICATION, INFRASTRUCTURE],
);

/** Those of previews: `previews: sweep.yml`. */
export const PREVIEW_FILES: Titled = filesOf(
  kinds.filter(([kind]) => kind.startsWith("previews")),
  [PREVIEW, SWEEP],
);
