import { App } from "cdktf";
import { nodeReport, type NodeReport } from "../constructs/capacity/nodes";
import { nodeProblems } from "../constructs/capacity/problems";
import { applicationCapacity, type CapacityReport } from "../constructs/capacity/report";
import type { NodeSupply } from "../constructs/clouds/node-supply";
import type { PlatformEnvironment } from "../constructs/environment";
import type { Problem } from "../constructs/model/problem";
import { renderEnvironments } from "../constructs/rendering/render-environment";
import type { RenderedApplication } from "../constructs/rendering/rendered-environment";
import { withoutStackTraces } from "../constructs/terraform/without-stack-traces";
import { AppStack } from "./app-stack";
import { createStacks } from "./index";
import { PlatformStack } from "./platform-stack";

/** Stacks of one environment, before or after they are written. */
type Stacks = readonly unknown[];

const UNKNOWN: NodeSupply = {
  pools: [],
  unbounded: "the cluster is somebody else's, and nobody here knows its nodes",
};

const supplyOf = (environment: PlatformEnvironment): NodeSupply => environment.cloud.nodes?.(environment) ?? UNKNOWN;

/** What pods of an environment's applications and add-ons find on its nodes. */
function nodesOf(environment: PlatformEnvironment, stacks: Stacks): NodeReport {
  const demand = stacks.flatMap((stack) => {
    if (stack instanceof AppStack) return stack.application.demand;
    return stack instanceof PlatformStack ? stack.platform.demand : [];
  });
  return nodeReport(demand, supplyOf(environment));
}

const problemsOf = ({ name }: PlatformEnvironment, nodes: NodeReport): Problem[] =>
  nodeProblems(nodes, ["environments", name, "cloud"]);

/** What of an environment's pods cannot be scheduled at their most, with the numbers. */
export const capacityProblems = (environment: PlatformEnvironment, stacks: Stacks): Problem[] =>
  problemsOf(environment, nodesOf(environment, stacks));

export interface CheckedCapacity {
  readonly report: CapacityReport;
  readonly problems: readonly Problem[];
}

/** What an environment needs at most, and what there is. Writes nothing. */
export function capacity(environment: PlatformEnvironment): CheckedCapacity {
  const [rendered] = renderEnvironments([environment]);
  return capacityOf(environment, rendered?.applications ?? [], stacksOf(environment));
}

/** The same of an environment whose stacks and objects are there already. */
export function capacityOf(
  environment: PlatformEnvironment,
  applications: readonly Pick<RenderedApplication, "application" | "prepared">[],
  stacks: Stacks,
): CheckedCapacity {
  const nodes = nodesOf(environment, stacks);
  const report: CapacityReport = {
    environment: environment.name,
    nodes,
    applications: applications.map(({ application, prepared }) =>
      applicationCapacity({
        application,
        prepared,
        most: (service) => environment.cloud.connections?.(service),
      }),
    ),
    quotas: supplyOf(environment).quotas ?? [],
  };
  return { report, problems: problemsOf(environment, nodes) };
}

function stacksOf(environment: PlatformEnvironment): Stacks {
  const app = new App({ stackTraces: false });
  withoutStackTraces(() => {
    createStacks(app, [environment]);
  });
  return app.node.children;
}
