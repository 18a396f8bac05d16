import { z } from "zod";
import type { Path, Problem } from "../../model/problem";
import { check } from "../../model/schema";

/** Problems of registries of a cloud, each by a form of that cloud's own. */
export const registryProblems =
  (registry: z.ZodType<string>) =>
  (registries: readonly string[], path: Path): Problem[] =>
    check(z.array(registry), registries, path);
