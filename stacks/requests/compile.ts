import { App } from "cdktf";
import type { EnvironmentSpec, PlatformEnvironment } from "../../constructs/environment";
import { modelJson, type ModelPart } from "../../constructs/model-json/model-json";
import type { Problem } from "../../constructs/model/problem";
import { type Model, modelOf } from "../../constructs/report/models";
import { readStack, type WrittenStack } from "../../constructs/report/stacks/read-stack";
import { FastStack } from "../../constructs/terraform/fast-stack";
import { withoutStackTraces } from "../../constructs/terraform/without-stack-traces";
import { capacityProblems } from "../capacity";
import { elementsByAddress } from "../elements";
import { createStacks } from "../index";

/** An environment as a synthesis would write it, and nothing of it is. */
export interface Compiled {
  readonly environment: PlatformEnvironment;
  readonly stacks: Readonly<Record<string, WrittenStack>>;
  readonly model: Model;
  /** What of its pods cannot be scheduled at their most, which a synthesis refuses. */
  readonly problems: readonly Problem[];
}

/**
 * Makes the stacks of one environment in memory.
 *
 * @param input as the program writes it
 * @param environment the same, loaded
 */
export function compile(input: EnvironmentSpec, environment: PlatformEnvironment): Compiled {
  return withoutStackTraces(() => {
    const app = new App({ stackTraces: false });
    createStacks(app, [environment]);
    const stacks = app.node.children.filter((one): one is FastStack => one instanceof FastStack);
    const written = Object.fromEntries(stacks.map((stack): [string, unknown] => [stack.node.id, stack.toTerraform()]));
    const part: ModelPart = {
      ...{ input, environment },
      stacks: Object.keys(written),
      resources: elementsByAddress(environment, written),
    };
    return {
      environment,
      stacks: Object.fromEntries(Object.entries(written).map(([name, one]) => [name, readStack(JSON.stringify(one))])),
      model: modelOf(JSON.parse(modelJson([part]))),
      problems: capacityProblems(environment, stacks),
    };
  });
}
