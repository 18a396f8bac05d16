import type { EnvironmentAddon } from "./addons/environment-addon";
import type { Cloud } from "./clouds/cloud";
import type { EnvironmentInput } from "./model/environment";
import { rememberOrigin } from "./model/origin";
import type { Environment } from "./model/resolved";
import type { Observability } from "./observability/observability";
import type { Routing } from "./routing/routing";

/** An environment as its file writes it: the model's fields with a cloud, a routing, observability and add-ons that this program knows. */
export type EnvironmentSpec = EnvironmentInput<Cloud, Routing, EnvironmentAddon, Observability>;

/** An environment after validation, complete: what stacks, outputs and `model.json` are made of. */
export type PlatformEnvironment = Environment<Cloud, Routing, EnvironmentAddon, Observability>;

/** Gives the object literal its type; everything is checked when the environments are loaded. */
export const environment = (spec: EnvironmentSpec): EnvironmentSpec => rememberOrigin(spec, environment);
