import type { Problem } from "../model/problem";
import { type KindDefinition, type ServiceBuilder, serviceBuilder, type ServiceOf } from "./define";
import { SERVICES } from "./kinds";
import type { ProvisionersByPlace } from "./provisioner";

/** A kind of service that another program brings: what it is, and who provides it where. */
export interface ServiceDefinition<K extends string, Spec extends object> extends KindDefinition<K, Spec> {
  /**
   * Its provisioners, by place: `aws`, `google`, `azure`, `in-cluster`, `compose`. A cloud's type is known to who imports that
   * cloud, as from `"goldenpath/aws"`. Where there is none, an environment that asks for the service is refused.
   */
  readonly provisioners: ProvisionersByPlace<ServiceOf<K, Spec>>;
}

/** A word that is fit for names, as those of applications are. */
const KIND = /^[a-z][a-z0-9-]{0,29}$/;

/**
 * Defines a kind of service outside of this package. Returns the function by which applications ask for it, as they ask for
 * MySQL by `mysql()`. A kind that this package has already is refused when the environments are loaded.
 */
export function defineService<const K extends string, Spec extends object>(
  definition: ServiceDefinition<K, Spec>,
): ServiceBuilder<K, Spec> {
  const { provisioners, ...kind } = definition;
  const build = serviceBuilder(kind);
  return (spec) => {
    const service = build(spec);
    return {
      ...service,
      provisioners,
      problems: (path, hosts) => [...kindProblems(kind.kind, path), ...service.problems(path, hosts)],
    };
  };
}

function kindProblems(kind: string, path: Problem["path"]): Problem[] {
  const at = { path, got: kind };
  // The ledger of what holds data says it of workloads' volumes.
  if (Object.hasOwn(SERVICES, kind) || kind === "volume") {
    return [{ ...at, why: "goldenpath has a kind of this name", fix: "give defineService() another kind" }];
  }
  if (KIND.test(kind)) return [];
  return [{ ...at, why: "no name of a kind", fix: "use up to 30 small letters, digits and hyphens, a letter first" }];
}
