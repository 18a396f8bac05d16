import type { Reached } from "../../constructs/sessions/targets";
import { applicationTargets, consoleTargets } from "../../constructs/sessions/targets";
import { applicationOf } from "../rollback/chosen";

/**
 * What a name can mean in an environment: of an application that is named what it has, before pages of the same name.
 *
 * @param asked what somebody wants to be led to; for a page no application is asked for
 */
export function reachable(
  rendered: Parameters<typeof applicationOf>[0],
  asked: string,
  application: string | undefined,
): readonly Reached[] {
  const consoles = consoleTargets(rendered.environment);
  if (application === undefined && consoles.some(({ name }) => name === asked)) return consoles;
  return [...applicationTargets(applicationOf(rendered, application)), ...consoles];
}
