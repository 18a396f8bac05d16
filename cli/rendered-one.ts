import { loadEnvironments } from "../constructs/model/load";
import { renderEnvironments } from "../constructs/rendering/render-environment";
import type { RenderedEnvironment } from "../constructs/rendering/rendered-environment";
import { namedEnvironments } from "../stacks/program";
import type { Program } from "./program";

/**
 * The environment of a name, rendered. Mistakes in others stop nothing.
 *
 * @throws InvalidInput where there is none of that name, or its own input has mistakes
 */
export async function renderedOne(program: Program, name: string): Promise<RenderedEnvironment> {
  const environments = await program.environments();
  const only = namedEnvironments(environments, [name]);
  const [rendered] = renderEnvironments(loadEnvironments(environments, only === undefined ? {} : { only }));
  if (rendered === undefined) throw new Error(`no environment ${name} is left of its name`);
  return rendered;
}
