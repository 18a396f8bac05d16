import { toJson } from "../../kubernetes/json";
import { InvalidInput } from "../../model/problem";
import type { Files } from "../output";
import type { HelmChartInput } from "./chart-input";
import { chartParts } from "./chart-parts";
import { chartFiles } from "./files";
import { wantedWith } from "./own-objects";
import { reproduce } from "./reproduce";

/**
 * The Helm chart of an application: its files by their paths in the chart. Values and templates give in each environment
 * what Terraform would release there, but for the named differences; this is tried before it is returned.
 *
 * @throws InvalidInput where environments differ in what the chart has no value for
 */
export function renderChart(input: HelmChartInput): Files {
  const parts = chartParts(input);
  const names = input.environments.map(({ application }) => application.environment);
  const wanted = input.environments.map(({ released, own }) => wantedWith(released.map(toJson), own));
  const problems = reproduce(parts, wanted, names);
  if (problems.length > 0) throw new InvalidInput(problems);
  return chartFiles(input, parts);
}
