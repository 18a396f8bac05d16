import { z } from "zod";
import { contractProblems } from "../model/contract-problems";
import { type Path, type Problem, refuse } from "../model/problem";
import { check } from "../model/schema";
import type { Service } from "../model/service";
import { isKnownFailure } from "./cloud-alarms";
import { type KindDefinition, type ServiceBuilder, serviceBuilder, type ServiceOf } from "./define";
import { formProblems, guardedFunctions } from "./guarded";
import { SERVICES } from "./kinds";
import type { ProvisionersByPlace } from "./provisioner";
import type { Signals } from "./signals";

/** A kind of service that another program brings: what it is, and who provides it where. */
export interface ServiceDefinition<K extends string, Spec extends object>
  extends KindDefinition<K, Spec>, Partial<Signals> {
  /**
   * Its provisioners, by place: `aws`, `google`, `azure`, `in-cluster`, `compose`; or why a place has none: `{ notHere: "Google sells no
   * SQS" }`. A cloud's type is known to who imports that cloud, as from `"goldenpath/aws"`, and asked for then. An environment that asks
   * for the service where there is none is refused, with that reason.
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
  const { provisioners, observability, ...given }: ServiceDefinition<K, Spec> & Pick<Service, "observability"> =
    definition;
  const kind = withGuard(given);
  const build = serviceBuilder(kind, { provisioners, ...(observability !== undefined && { observability }) });
  return (spec) => {
    const service = build(spec);
    return {
      ...service,
      problems: (path, hosts) => [
        ...kindProblems(kind.kind, path),
        ...contractProblems(kind.contract, [...path, "contract"]),
        ...failureProblems(kind.failures, path),
        ...service.problems(path, hosts),
      ],
    };
  };
}

/** Functions of a definition, of which an application is the last to know what they do. */
function withGuard<K extends string, Spec extends object>(kind: KindDefinition<K, Spec>): KindDefinition<K, Spec> {
  const at = (...more: readonly string[]): Path => ["kinds", kind.kind, ...more];
  const { moving } = guardedFunctions(
    { moving: kind.moving },
    {
      path: (name) => at(name),
      answer: (_, answer, path) => {
        refuse(formProblems(answer, { out: "string", back: "string" }, path));
        return answer;
      },
    },
  );
  const { settings } = kind;
  if (settings === undefined) return { ...kind, moving };
  return { ...kind, moving, settings: guardedFunctions(settings, { path: (name) => at("settings", name) }) };
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

/** What people are told of a failure. */
const FACTS = z.object({
  severity: z.enum(["critical", "warning"]),
  is: z.string().min(1),
  impact: z.string().min(1),
});

/** A page is called as a failure is. */
const FAILURE = /^[A-Z][A-Za-z0-9]{2,59}$/;

function failureProblems(failures: ServiceDefinition<string, object>["failures"], path: Problem["path"]): Problem[] {
  return Object.entries<unknown>(failures ?? {}).flatMap(([got, facts]): Problem[] => {
    if (isKnownFailure(got)) {
      return [
        {
          path,
          got,
          why: "goldenpath has a failure of this name",
          fix: "give it another name, or leave it out of failures",
        },
      ];
    }
    const fix = "use up to 60 letters and digits, a capital first: QueueStuck";
    const at = [...path, "failures", got];
    return [
      ...(FAILURE.test(got) ? [] : [{ path, got, why: "no name of a failure", fix }]),
      ...check(FACTS, facts, at),
    ];
  });
}
