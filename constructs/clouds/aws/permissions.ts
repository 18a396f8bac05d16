import { byContent, CONTENT } from "../../model/permissions";
import type { ResolvedWorkload } from "../../model/resolved";
import type { Statement } from "./iam";

/** Statements that a workload says of its role itself. */
export const statementsOf = ({ permissions }: Pick<ResolvedWorkload, "permissions">): readonly Statement[] =>
  byContent(permissions?.aws, CONTENT.aws).map(({ actions, resources }) => ({
    Effect: "Allow",
    Action: [...actions],
    Resource: [...resources],
  }));
