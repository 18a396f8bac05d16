import type { Change } from "../../constructs/outputs/files";
import type { Outcome } from "../../constructs/templates/update/outcome";

/** What is written and removed by outcomes. */
export const changesOf = (outcomes: readonly Outcome[]): Change[] =>
  outcomes.flatMap((outcome) => {
    if ("missed" in outcome) return [];
    if (outcome.is === "removed") return [{ file: outcome.path }];
    const { path, from, written } = outcome;
    return [{ file: path, ...written }, ...(from === undefined ? [] : [{ file: from }])];
  });
