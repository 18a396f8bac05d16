import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import type { ServiceTraits, SignIn } from "../../services/traits";

/** Why a workload there cannot have fewer rights than others. `undefined` where it has a sign-in of its own. */
const ALL_RIGHTS: Readonly<Record<SignIn, string | undefined>> = {
  user: undefined,
  identity: undefined,
  key: undefined,
  shared: "all workloads have one sign-in there",
  "shared-key": "all workloads have one pair of access keys there",
  none: "it lets everybody in",
};

/** Edges that may only read where nothing would keep them from writing. `describe` says how a service is signed in to. */
export function readerProblems(
  { workloads }: ResolvedApplication,
  describe: (service: ResolvedService) => Pick<ServiceTraits, "placement" | "product" | "signIn">,
  path: Path,
): Problem[] {
  return workloads.flatMap(({ name, edges }) => {
    const reading = edges.flatMap((edge) => (edge.to === "service" && edge.access === "read" ? [edge.service] : []));
    return [...new Set(reading)].flatMap((service): Problem[] => {
      const { placement, product, signIn } = describe(service);
      const reason = ALL_RIGHTS[signIn];
      if (reason === undefined) return [];
      const why = `${product} does not let "${name}" only read ${service.name}: ${reason}`;
      const fix =
        placement === "external"
          ? "declare a second service of the kind with a sign-in that only reads, and need that"
          : 'say needs of the workload in this environment without access: "read"';
      return [{ path: [...path, "workloads", name, "needs"], got: service.name, why, fix }];
    });
  });
}
