import { isPlain, orEmpty } from "../model/plain";
import type { Path, Problem } from "../model/problem";
import type { CommonSpec, Workload } from "../model/workload";

/** Fields of a workload that an application acts on, and that a workload by itself would have for nothing. */
const UNSERVED: Readonly<Partial<Record<keyof CommonSpec, Pick<Problem, "why" | "fix">>>> = {
  permissions: {
    why: "no identity in a cloud is made here",
    fix: "remove it, and name an identity that has them by serviceAccount: { annotations }",
  },
  tracing: {
    why: "no environment says here where spans go",
    fix: "remove it, and say OTEL_EXPORTER_OTLP_ENDPOINT and what else there is in config",
  },
  connections: {
    why: "nobody counts here what a server takes",
    fix: "remove it, and bound the pool of the program by what the server is for",
  },
};

/** Problems of what would be ignored: nothing is made here but objects of the namespace. */
export function unservedProblems(workload: Workload, path: Path): Problem[] {
  const { needs, ...given } = orEmpty(workload);
  const scaled: unknown = Reflect.get(given, "autoscaling");
  const fields = Object.entries(UNSERVED).flatMap(([field, reason]): Problem[] =>
    Reflect.get(given, field) === undefined ? [] : [{ path: [...path, field], ...reason }],
  );
  return [
    ...fields,
    ...queueProblems(scaled, [...path, "autoscaling"]),
    ...(Array.isArray(needs) ? needs.flatMap((need, index) => accessProblems(need, [...path, "needs", index])) : []),
  ];
}

/** Who may only read is another user, and users are not made here. */
function accessProblems(need: unknown, path: Path): Problem[] {
  if (!isPlain(need) || need["access"] !== "read") return [];
  const why = "the workload signs in as its connection says, and users are not made here";
  const fix = "remove it, and give a connection of a user who only reads";
  return [{ path: [...path, "access"], got: "read", why, fix }];
}

/** What reads queues is of an environment, and so is the way to the broker through the network. */
export function queueProblems(autoscaling: unknown, path: Path): Problem[] {
  const queue: unknown = isPlain(autoscaling) ? autoscaling["queue"] : undefined;
  if (queue === undefined) return [];
  const why = "nothing is made here that reads queues";
  return [{ path: [...path, "queue"], got: queue, why, fix: "scale on cpu, memory or metrics" }];
}
