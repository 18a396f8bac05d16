import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";

/** Kinds to which only workloads of a cluster sign in, so that nobody could by themselves, with the reason. */
export const forWorkloadsAlone = (
  { services }: Pick<ResolvedApplication, "services">,
  reasons: Readonly<Record<string, string>>,
  path: Path,
): Problem[] =>
  services.flatMap(({ service: { kind } }) => {
    const why = reasons[kind];
    return why === undefined ? [] : [{ path, why, fix: "make it with an application" }];
  });
