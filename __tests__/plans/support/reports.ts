import { readPlan } from "../../../constructs/plan/read-plan";
import { makeReport } from "../../../constructs/report/make-report";
import type { Models } from "../../../constructs/report/models";
import type { Report } from "../../../constructs/report/report";
import { fileOf, type Recorded, recordedText } from "./recorded";

/** The models of a recorded plan, where it has them. */
export function modelsOf({ name, hasModels }: Recorded): Models {
  if (hasModels !== true) return {};
  const [base, head] = ["base", "head"].map((side) => JSON.parse(recordedText(`${name}.${side}.model.json`)) as object);
  return { ...(base !== undefined && { base }), ...(head !== undefined && { head }) };
}

/** What is told of a recorded plan. */
export function reportOf(recorded: Recorded): Report {
  const plan = readPlan(recordedText(fileOf(recorded)));
  return makeReport({ plans: { [recorded.stack ?? "demo"]: plan }, models: modelsOf(recorded) });
}
