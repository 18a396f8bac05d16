import { applicationObjects } from "../../constructs/kubernetes/application";
import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import type { Routing } from "../../constructs/kubernetes/routing/routing";
import type { ResolvedApplication } from "../../constructs/model/resolved";
import { literals, type OnCloud } from "./literals";

/** What Terraform would create of an application, without its cloud: every reference is a literal. */
export const literalObjects = (
  environment: OnCloud & { readonly routing: Routing },
  application: ResolvedApplication,
): readonly KubernetesObject[] =>
  applicationObjects({
    application,
    facts: environment.cloud.facts(environment),
    routing: environment.routing,
    provided: literals(environment, application),
  });
