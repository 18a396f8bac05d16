import { readPlan } from "../../../../constructs/plan/read-plan";
import { makeReport } from "../../../../constructs/report/make-report";
import type { Models } from "../../../../constructs/report/models";
import type { Report, RiskClass } from "../../../../constructs/report/report";
import { changeJson, planJson } from "../../plan/plans";

type ChangeInput = Parameters<typeof changeJson>[0];

/** What is told of a plan with these changes of the stack `staging`. */
export const reportOn = (changes: readonly ChangeInput[], models: Models = {}): Report =>
  makeReport({ plans: { staging: readPlan(planJson(changes.map(changeJson))) }, models });

/** Level and words of each risk of a class. */
export const risksOf = ({ risks }: Report, kind: RiskClass): string[] =>
  risks.filter((risk) => risk.class === kind).map(({ level, says }) => `${level}: ${says}`);
