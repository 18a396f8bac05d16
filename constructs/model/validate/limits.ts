import type { Path } from "../problem";
import { bytes, millicores, type Resources } from "../quantity";
import type { Finding } from "./rule";

/** Requests above limits, which the API server refuses. `field` is where they stand. */
export function aboveLimits(resources: Resources | undefined, field: Path): Finding[] {
  if (resources === undefined) return [];
  const { requests, limits } = resources;
  const above = (amount: "cpu" | "memory"): Finding => ({
    field: [...field, "requests", amount],
    got: requests[amount],
    why: `above the limit ${JSON.stringify(limits[amount])}`,
    fix: "lower the request or raise the limit",
  });
  return [
    ...(millicores(requests.cpu) > millicores(limits.cpu) ? [above("cpu")] : []),
    ...(bytes(requests.memory) > bytes(limits.memory) ? [above("memory")] : []),
  ];
}
