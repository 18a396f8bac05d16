import type { Path, Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { routeKey } from "../../model/route";
import type { LocalProps } from "./props";

/** Where requests come in by a port of the nodes, all clients have a node's address: a list of theirs would let in nobody. */
export function clientProblems({ routes }: ResolvedApplication, { loadBalancer }: LocalProps, path: Path): Problem[] {
  if (loadBalancer === true) return [];
  return routes.flatMap(({ hostName, path: at, settings }): Problem[] => {
    if (settings?.allowFrom === undefined) return [];
    const key = routeKey({ host: hostName, path: at });
    return [
      {
        path: [...path, "routes", key, "allowFrom"],
        got: settings.allowFrom,
        why: "requests come in by ports of the nodes here, which hide the addresses of clients",
        fix: `take it away here: routes: { "${key}": { allowFrom: false } }`,
      },
    ];
  });
}
