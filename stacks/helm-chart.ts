import { App, Token } from "cdktf";
import { provideParts } from "../constructs/application";
import type { Cloud } from "../constructs/clouds/cloud";
import { helmChart } from "../constructs/outputs/helm-chart/chart";
import type { ChartEnvironment } from "../constructs/outputs/helm-chart/chart-input";
import type { Routing } from "../constructs/routing/routing";
import { InvalidInput, oneOf, type Problem } from "../constructs/model/problem";
import type { Environment } from "../constructs/model/resolved";
import { FastStack } from "../constructs/terraform/fast-stack";
import { opaque, transparentWithin } from "../constructs/terraform/opaque";

export interface ApplicationChartProps {
  /** Name of the application. */
  readonly application: string;
  /** As `loadEnvironments` returns them. The chart is for those of them that the application is placed in. */
  readonly environments: readonly Environment<Cloud, Routing>[];
  /** Version of the chart, by semantic versioning. @default "1.0.0" */
  readonly version?: string;
}

/**
 * The Helm chart of an application: the text of its files by their paths in the chart's folder. Where `release` is `helm`,
 * it holds what Terraform does not; elsewhere the same objects as Terraform, and is not for use.
 *
 * @throws InvalidInput where no environment has the application, or two of them differ in what the chart has no value for
 */
export function applicationChart({
  application,
  environments,
  version,
}: ApplicationChartProps): Readonly<Record<string, string>> {
  return helmChart({ environments: chartEnvironments(application, environments), version });
}

/** What Terraform would release of the application in each environment that has it. */
export function chartEnvironments(
  application: string,
  environments: readonly Environment<Cloud, Routing>[],
): ChartEnvironment[] {
  const found = environments.flatMap((environment) => released(environment, application));
  if (found.length > 0) return found;
  const known = [...new Set(environments.flatMap(({ applications }) => applications.map(({ name }) => name)))];
  throw new InvalidInput([{ path: ["chart", "application"], got: application, fix: `use ${oneOf(known)}` }]);
}

function released(environment: Environment<Cloud, Routing>, name: string): ChartEnvironment[] {
  const application = environment.applications.find((one) => one.name === name);
  if (application === undefined) return [];
  // Never synthesized: the cloud only says what it would bring.
  const stack = new FastStack(new App({ stackTraces: false }), application.stackName);
  environment.cloud.configure(stack, environment);
  const cluster = environment.cloud.connect(stack, environment);
  const parts = provideParts(stack, { environment, application: opaque(application), cluster });
  const problems = parts.released.filter(refers).map((object): Problem => ({
    path: ["chart", environment.name, `${object.kind} ${object.metadata.name}`],
    why: "refers to what only Terraform knows",
    fix: "keep it among the objects that Terraform prepares",
  }));
  if (problems.length > 0) throw new InvalidInput(problems);
  return [{ application, released: transparentWithin(parts.released) }];
}

/** Whether there is a reference anywhere in it. */
function refers(part: unknown): boolean {
  if (Token.isUnresolved(part)) return true;
  return typeof part === "object" && part !== null && Object.entries(part).some((entry) => entry.some(refers));
}
