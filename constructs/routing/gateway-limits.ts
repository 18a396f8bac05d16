import type { RoutedApplication } from "../kubernetes/routed";
import { domainsOf } from "../model/domains";
import type { Path, Problem } from "../model/problem";

/**
 * How long the lists in objects of the Gateway API may be. A host takes two of 64 listeners, and its route has a rule
 * for each workload, and for each route with settings of its own.
 * @see https://gateway-api.sigs.k8s.io/reference/1.6/spec/
 */
const MAX_HOSTS = 32;
const MAX_RULES = 16;
const MAX_PATHS = 64;

export function gatewayLimits({ routes }: Pick<RoutedApplication, "routes">, path: Path): Problem[] {
  const hosts = [...new Set(routes.map(({ host }) => host))];
  const domains = domainsOf(routes);
  const over = (count: number, max: number, what: string, fix: string): Problem[] =>
    count <= max
      ? []
      : [{ path: [...path, "hosts"], why: `${count} ${what}, and gatewayApi() has room for ${max}`, fix }];
  return [
    ...over(domains.length, MAX_HOSTS, "hosts", "make two applications of it"),
    ...hosts.flatMap((host) => {
      const own = routes.filter((route) => route.host === host);
      const settled = own.filter(({ settings }) => settings !== undefined).length;
      const workloads = new Set(
        own
          .filter(({ settings }) => settings === undefined)
          .map(({ workload: { objectName, servicePort } }) => `${objectName}:${servicePort}`),
      );
      const fix = "give some of them another host";
      return [
        ...over(
          workloads.size + settled,
          MAX_RULES,
          settled === 0 ? `workloads behind ${host}` : `workloads and routes with settings behind ${host}`,
          fix,
        ),
        ...over(own.length, MAX_PATHS, `paths of ${host}`, fix),
      ];
    }),
  ];
}
