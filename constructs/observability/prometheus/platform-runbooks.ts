import { clusterBackupRunbooks } from "../cluster-backups/cluster-backups";
import { logRunbooks } from "../logs/logs";
import type { Observability } from "../observability";
import { platformPages } from "../runbooks/platform";
import { traceRunbooks } from "../traces/traces";
import type { PrometheusProps } from "./props";

/** Pages of alerts of the platform itself, of what was chosen here and in the environment. */
export function platformRunbooks({
  logs,
  traces,
}: Pick<PrometheusProps, "logs" | "traces">): Pick<Observability, "pages"> {
  return {
    pages: (environment) => {
      const [first, ...more] = [
        ...(logs === undefined ? [] : [logRunbooks(environment)]),
        ...(traces === undefined ? [] : [traceRunbooks(environment, traces)]),
        ...clusterBackupRunbooks(environment),
      ];
      return first === undefined ? {} : platformPages([first, ...more]);
    },
  };
}
