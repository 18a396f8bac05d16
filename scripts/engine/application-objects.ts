import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import type { Observability } from "../../constructs/observability/observability";
import { type ApplicationParts, applicationParts } from "../../constructs/rendering/application-objects";
import type { Routing } from "../../constructs/routing/routing";
import { literals, type OnCloud } from "./literals";

type LiteralEnvironment = OnCloud & { readonly routing: Routing; readonly observability: Observability | undefined };

/** The same in its two parts. */
export const literalParts = (environment: LiteralEnvironment, application: ResolvedApplication): ApplicationParts =>
  applicationParts({
    application,
    facts: environment.cloud.facts(environment),
    routing: environment.routing,
    ...(environment.observability && { observability: environment.observability }),
    provided: literals(environment, application),
  });

/** What Terraform would create of an application, without its cloud: every reference is a literal. */
export function literalObjects(
  environment: LiteralEnvironment,
  application: ResolvedApplication,
): readonly KubernetesObject[] {
  const { prepared, released } = literalParts(environment, application);
  return [...prepared, ...released];
}
