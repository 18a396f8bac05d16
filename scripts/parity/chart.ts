import { execFileSync } from "node:child_process";
import { parseAllDocuments } from "yaml";
import { wantedOf } from "../../constructs/helm-chart/chart";
import { DIFFERENCES, expected, titleOf } from "../../constructs/helm-chart/differences";
import { compareObjects } from "../../constructs/helm-chart/reproduce";
import { type JsonObject, toJson } from "../../constructs/kubernetes/json";
import { loadEnvironments } from "../../constructs/model/load";
import { environments } from "../../environments";
import { myApp } from "../../environments/my-app";
import { chartEnvironments } from "../../stacks/helm-chart";
import { CHARTS } from "../render/helm-chart";

/** What two renders of one model have in common, and where they are known to differ. */
export interface Parity {
  readonly title: string;
  /** Objects compared. */
  readonly compared: number;
  readonly known: readonly { readonly name: string; readonly reason: string; readonly where: readonly string[] }[];
  /** Other differences, and known ones that are none any more. */
  readonly problems: readonly string[];
}

/** Kubernetes of the clusters; without it Helm takes that of its own libraries. */
const KUBERNETES = "1.36.3";

/** The chart in the repository, rendered by Helm for each environment, against what Terraform would release there. */
export function chartParity(helm: string, chart = `${CHARTS}/${myApp.name}`): Parity {
  const all = chartEnvironments(myApp.name, loadEnvironments(environments)).map(({ application, released }) => ({
    environment: application.environment,
    terraform: released.map(toJson),
  }));
  const problems = all.flatMap(({ environment, terraform }) =>
    compareObjects(helmTemplate(helm, chart, environment), wantedOf(terraform)).map(
      ({ path, why }) => `${environment}: ${path.join(": ")}: ${why}`,
    ),
  );
  const known = DIFFERENCES.map((difference) => ({
    name: difference.name,
    reason: difference.reason,
    where: all.flatMap(({ environment, terraform }) =>
      terraform
        .filter((object) => expected(object, terraform).differences.includes(difference))
        .map((object) => `${environment}: ${titleOf(object)}`),
    ),
  }));
  const unused = known.filter(({ where }) => where.length === 0);
  return {
    title: `Helm chart and Terraform (${version(helm)})`,
    compared: all.reduce((count, { terraform }) => count + terraform.length, 0),
    known,
    problems: [...problems, ...unused.map(({ name }) => `known difference "${name}": nothing differs by it any more`)],
  };
}

const version = (helm: string): string => `Helm ${run(helm, "version", "--short").split("+")[0]?.trim() ?? ""}`;

function helmTemplate(helm: string, chart: string, environment: string): JsonObject[] {
  const text = run(
    helm,
    ...["template", myApp.name, chart, "--kube-version", KUBERNETES, "--set", `environment=${environment}`],
  );
  return objectsIn(text);
}

/** The objects in what `helm template` prints. */
export const objectsIn = (text: string): JsonObject[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as JsonObject | null)
    .filter((object) => object !== null);

const run = (helm: string, ...args: readonly string[]): string => execFileSync(helm, args, { encoding: "utf8" });
