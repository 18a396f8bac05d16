import type { Path, Problem } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";

/**
 * How long the lists in objects of the Gateway API may be. A host takes two of 64 listeners, and its route has a rule
 * for each workload.
 * @see https://gateway-api.sigs.k8s.io/reference/1.6/spec/
 */
const MAX_HOSTS = 32;
const MAX_WORKLOADS = 16;
const MAX_PATHS = 64;

export function gatewayLimits({ routes }: ResolvedApplication, path: Path): Problem[] {
  const hosts = [...new Set(routes.map(({ host }) => host))];
  const over = (count: number, max: number, what: string, fix: string): Problem[] =>
    count <= max
      ? []
      : [{ path: [...path, "hosts"], why: `${count} ${what}, and gatewayApi() has room for ${max}`, fix }];
  return [
    ...over(hosts.length, MAX_HOSTS, "hosts", "make two applications of it"),
    ...hosts.flatMap((host) => {
      const own = routes.filter((route) => route.host === host);
      const workloads = new Set(own.map(({ workload }) => workload.name)).size;
      const fix = "give some of them another host";
      return [
        ...over(workloads, MAX_WORKLOADS, `workloads behind ${host}`, fix),
        ...over(own.length, MAX_PATHS, `paths of ${host}`, fix),
      ];
    }),
  ];
}
