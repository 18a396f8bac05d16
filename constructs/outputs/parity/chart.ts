import { type JsonObject, toJson } from "../../kubernetes/json";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import { DIFFERENCES, expected, titleOf } from "../helm-chart/differences";
import { chartEnvironments } from "../helm-chart/output";
import { wantedWith } from "../helm-chart/own-objects";
import { compareObjects } from "../helm-chart/reproduce";
import type { Difference } from "./difference";
import { type Part, part } from "./part";

export interface ChartParityProps {
  /** Name of the application. */
  readonly application: string;
  readonly environments: readonly RenderedEnvironment[];
  /** A Helm that has the chart: see `helmCommand`. */
  readonly helm: ChartReader;
}

/** Something that renders a chart as a release would. */
export interface ChartReader {
  /** `Helm v4.0.4` */
  readonly title: string;
  /** Objects of the chart in an environment. */
  objects(environment: string): readonly JsonObject[];
}

/** Compares a chart, as Helm renders it for each environment, with what Terraform would release there. */
export function chartParity({ application, environments, helm }: ChartParityProps): Part {
  const comparisons = chartEnvironments(application, environments).map(
    ({ application: { environment }, released, own }) => {
      const terraform = released.map(toJson);
      return {
        title: environment,
        compared: terraform.length + own.length,
        differences: [
          ...compareObjects(helm.objects(environment), wantedWith(terraform, own)).map(({ path, why }) => ({
            subject: path.join(": "),
            what: why,
          })),
          ...terraform.flatMap((object) =>
            expected(object, terraform).differences.map(({ name }) => ({
              subject: titleOf(object),
              what: name,
              named: name,
            })),
          ),
        ],
      };
    },
  );
  return part<ChartDifference>(
    { title: `The Helm chart and Terraform (${helm.title})`, sides: ["the chart", "Terraform"] },
    comparisons,
    DIFFERENCES.map(({ name, reason }) => ({ name, reason, covers: ({ named }) => named === name })),
  );
}

/** `named`: the known difference that it is. */
type ChartDifference = Difference & { readonly named?: string };
