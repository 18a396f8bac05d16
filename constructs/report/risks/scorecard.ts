import { elementName } from "../../model-json/element-name";
import { type Fall, fallsOf } from "../../scorecard/falls";
import type { ChangedPart } from "../model-changes";
import { applicationIn, environmentIn, type Models, originOf } from "../models";
import type { Level, Risk } from "../report";
import { stackOf } from "./of-parts";
import { digestOf, type Judged, riskOfPart } from "./risk";

/** Parts whose grade falls: what was asked of it before, and is not there any more. */
export function scorecard({ parts, models, stacks }: Judged): Risk[] {
  return applicationsOf(parts, models).flatMap(([environment, application]) => {
    const [base, head] = [models.base, models.head].map((model) => environmentIn(model, environment));
    if (base === undefined || head === undefined) return [];
    const stack = stackOf({ environment, application }, models);
    if (!stacks.includes(stack)) return [];
    const isProduction = head.profile === "production";
    return fallsOf(environment, application, { base, head }).map((fall) =>
      riskOfFall(fall, { environment, application, stack, models, isProduction }),
    );
  });
}

/** Applications that may fall: those with a change, and of a change to the environment itself all of it. */
function applicationsOf(parts: readonly ChangedPart[], { head }: Models): (readonly [string, string])[] {
  const found = parts.flatMap(({ environment, application }) =>
    (application === undefined ? Object.keys(environmentIn(head, environment)?.applications ?? {}) : [application]).map(
      (name) => [environment, name] as const,
    ),
  );
  return [...new Map(found.map((one) => [one.join("/"), one])).values()].filter(
    ([environment, application]) => applicationIn(head, environment, application) !== undefined,
  );
}

function riskOfFall(
  { name, list, from, to, lost }: Fall,
  of: {
    readonly environment: string;
    readonly application: string;
    readonly stack: string;
    readonly models: Models;
    readonly isProduction: boolean;
  },
): Risk {
  const path = ["environments", of.environment, "applications", of.application];
  const origin = originOf(of.models.head, name === undefined ? path : [...path, list, name], 3);
  const level: Level = of.isProduction ? "medium" : "low";
  const below = to === "none" ? "below bronze" : `to ${to}`;
  return riskOfPart(elementName(of.application, name), of.stack, origin, {
    class: "scorecard",
    level,
    says: `falls from ${from} ${below}: ${lost.map(({ asks }) => asks).join("; ")}`,
    because: lost.flatMap(({ judgement }) =>
      judgement.is === "unmet" ? [{ what: judgement.fact, from: judgement.write }] : [],
    ),
    what: `${from} ${to} ${digestOf(...lost.map(({ rule }) => rule))}`,
  });
}
