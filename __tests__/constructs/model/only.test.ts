import { loadEnvironments } from "../../../constructs/model/load";
import type { Problem } from "../../../constructs/model/problem";
import { draft, production, shop, staging } from "../../support/input";

/* Whoever asks for one environment is not stopped by the mistakes of another. */

const broken = () => {
  const { environment } = draft(production(shop()));
  environment.costCenter = "";
  return environment;
};

test("problems of an environment that nobody asked for stop nothing, and are passed on", () => {
  const passedOver: Problem[] = [];
  const [loaded, ...more] = loadEnvironments([staging(), { ...broken(), applications: production().applications }], {
    only: ["staging"],
    passedOver: (problems) => passedOver.push(...problems),
  });
  expect([loaded?.name, more]).toEqual(["staging", []]);
  expect(passedOver.map(({ path }) => path)).toEqual([["environments", "production", "costCenter"]]);
});

test("those of the one that is asked for do, and those of its applications", () => {
  const { environment, app } = draft();
  app.owner = "";
  const only = { only: ["production"] };
  expect(() => loadEnvironments([{ ...environment, costCenter: "" }], only)).toThrow(/costCenter.*|owner/);
  expect(() => loadEnvironments([environment], only)).toThrow("applications.shop.owner");
});

test("an application of another environment alone stops nothing", () => {
  const other = draft({ ...production(shop()) });
  other.app.name = "other";
  other.app.owner = "";
  expect(loadEnvironments([staging(), other.environment], { only: ["staging"] })).toHaveLength(1);
});
