import { InvalidInput, type Problem } from "../../model/problem";
import { refers } from "../../rendering/placeholder";
import { placedIn, type RenderedApplication, type RenderedEnvironment } from "../../rendering/rendered-environment";
import type { Output } from "../output";
import { chartAddresses } from "./addresses";
import { renderChart } from "./chart";
import type { HelmChartInput } from "./chart-input";
import { chartParts } from "./chart-parts";
import { chartFileParts } from "./parts-of-files";

export interface HelmChartOptions extends Pick<HelmChartInput, "version"> {
  /** Name of the application. The chart is for those of the environments that have it. */
  readonly application: string;
}

/**
 * The Helm chart of an application. Where `release` is `helm`, it holds what Terraform does not; elsewhere the same objects
 * as Terraform, and is not for use.
 */
export const helmChart: Output<HelmChartOptions> = {
  name: "helm-chart",
  description: "a Helm chart of an application, with values for each environment",
  render: (environments, { application, version }) =>
    renderChart({ environments: chartEnvironments(application, environments), version }),
  parts: chartFileParts,
  addresses: (environments, { application }) => {
    const found = chartEnvironments(application, environments);
    const { documents } = chartParts({ environments: found });
    return found.slice(0, 1).flatMap((one) => chartAddresses(one.application, documents));
  },
};

/**
 * What Terraform would release of the application in each environment that has it.
 *
 * @throws InvalidInput where no environment has it, or a released object refers to what only Terraform knows
 */
export function chartEnvironments(
  application: string,
  environments: readonly RenderedEnvironment[],
): readonly RenderedApplication[] {
  const found = placedIn(environments, application, ["chart", "application"]);
  const problems = found.flatMap(({ application: { environment }, released }) =>
    released.filter(refers).map((object): Problem => ({
      path: ["chart", environment, `${object.kind} ${object.metadata.name}`],
      why: "refers to what only Terraform knows",
      fix: "keep it among the objects that Terraform prepares",
    })),
  );
  if (problems.length > 0) throw new InvalidInput(problems);
  return found;
}
