import { dataHeld } from "./data-held";
import { dataLoss } from "./data-loss";
import { downtime } from "./downtime";
import { exposure } from "./exposure";
import { imports } from "./imports";
import { cost, secrets, unknown, unmanaged, versions } from "./others";
import { perhaps } from "./perhaps";
import { permissions } from "./permissions";
import { protection } from "./protection";
import type { Rule } from "./risk";
import { scorecard } from "./scorecard";

/** Every rule. Each finds risks of one class; what is deleted may be told by more than one, as it means more than one thing. */
export const RULES: readonly Rule[] = [
  dataLoss,
  dataHeld,
  perhaps,
  unknown,
  downtime,
  exposure,
  permissions,
  protection,
  unmanaged,
  secrets,
  versions,
  imports,
  cost,
  scorecard,
];
