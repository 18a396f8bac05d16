import { elementName } from "../../model-json/element-name";
import type { ChangedPart } from "../model-changes";
import { applicationIn, type Models } from "../models";
import type { Fact, Level, Risk, RiskClass } from "../report";
import { riskOfPart } from "./risk";

interface Found {
  readonly class: RiskClass;
  readonly level: Level;
  readonly says: string;
  readonly what: string;
  readonly because?: readonly Fact[];
}

/** The stack that brings a part of an application; of the environment's own parts each brings something, and it is named. */
export function stackOf(
  { environment, application }: Pick<ChangedPart, "application" | "environment">,
  { head, base }: Models,
): string {
  if (application === undefined) return environment;
  const [now, was] = [head, base].map((model) => applicationIn(model, environment, application)?.stack);
  return now ?? was ?? environment;
}

/** What a part of the model is called. */
export function nameOfPart({
  environment,
  application,
  element,
}: Pick<ChangedPart, "application" | "element" | "environment">): string {
  return application === undefined ? `environment ${environment}` : elementName(application, element);
}

/** A risk that the model tells, as a list: most rules find one or none. */
export function partRisk(part: ChangedPart, models: Models, found: Found): Risk[] {
  const origin = part.changes.find(({ origin: one }) => one !== undefined)?.origin;
  return [riskOfPart(nameOfPart(part), stackOf(part, models), origin, found)];
}
