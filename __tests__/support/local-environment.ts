import { local, type LocalProps } from "../../constructs/clouds/local";
import type { EnvironmentSpec } from "../../constructs/environment";
import { local as shipped } from "../../environments/local";
import { type StackJson, stacksOn } from "./cloud-environment";
import { stack, synthesizeEnvironments } from "./reference";

export { all, one, release, type StackJson } from "./cloud-environment";

const stacks = stacksOn<LocalProps>((props) => local(props));

/** `<env>-platform`, of profile `small` as every environment here. */
export const synthPlatform = (props: LocalProps = {}, routing = shipped.routing): StackJson =>
  stacks.synthPlatform(props, "small", routing);

/** The shipped environment with another cluster, or otherwise changed. */
export const changed = (props: LocalProps, changes: Partial<EnvironmentSpec> = {}): EnvironmentSpec => ({
  ...shipped,
  cloud: local(props),
  ...changes,
});

/** The application's stack of that. */
export const synthApplication = (props: LocalProps = {}, changes: Partial<EnvironmentSpec> = {}) =>
  stack(synthesizeEnvironments([changed(props, changes)]), "local");
