import { execFileSync } from "node:child_process";
import { wantedOf } from "../../constructs/outputs/helm-chart/chart";
import { DIFFERENCES, expected, titleOf } from "../../constructs/outputs/helm-chart/differences";
import { compareObjects } from "../../constructs/outputs/helm-chart/reproduce";
import { type JsonObject, toJson } from "../../constructs/kubernetes/json";
import { loadEnvironments } from "../../constructs/model/load";
import { readAllAsHelm } from "../../constructs/yaml/read";
import { environments } from "../../environments";
import { myApp } from "../../environments/my-app";
import { chartEnvironments } from "../../stacks/helm-chart";
import { CHARTS } from "../render/helm-chart";
import type { Difference } from "./difference";
import { type Part, part } from "./part";

/** Kubernetes of the clusters; without it Helm takes that of its own libraries. */
const KUBERNETES = "1.36.3";

/** The chart in the repository, rendered by Helm for each environment, against what Terraform would release there. */
export function chartParity(helm: string, chart = `${CHARTS}/${myApp.name}`): Part {
  const comparisons = chartEnvironments(myApp.name, loadEnvironments(environments)).map(({ application, released }) => {
    const { environment } = application;
    const terraform = released.map(toJson);
    return {
      title: environment,
      compared: terraform.length,
      differences: [
        ...compareObjects(helmTemplate(helm, chart, environment), wantedOf(terraform)).map(({ path, why }) => ({
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
  });
  return part<ChartDifference>(
    { title: `The Helm chart and Terraform (${version(helm)})`, sides: ["the chart", "Terraform"] },
    comparisons,
    DIFFERENCES.map(({ name, reason }) => ({ name, reason, covers: ({ named }) => named === name })),
  );
}

/** `named`: the known difference that it is. */
type ChartDifference = Difference & { readonly named?: string };

const version = (helm: string): string => `Helm ${run(helm, "version", "--short").split("+")[0]?.trim() ?? ""}`;

function helmTemplate(helm: string, chart: string, environment: string): JsonObject[] {
  const text = run(
    helm,
    ...["template", myApp.name, chart, "--kube-version", KUBERNETES, "--set", `environment=${environment}`],
  );
  return objectsIn(text);
}

/** The objects in what `helm template` prints. */
export const objectsIn = (text: string): JsonObject[] => readAllAsHelm(text) as JsonObject[];

const run = (helm: string, ...args: readonly string[]): string => execFileSync(helm, args, { encoding: "utf8" });
