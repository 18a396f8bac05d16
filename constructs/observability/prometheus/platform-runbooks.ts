import { logRunbooks } from "../logs/logs";
import type { Observability } from "../observability";
import { platformPages } from "../runbooks/platform";
import { traceRunbooks } from "../traces/traces";
import type { PrometheusProps } from "./props";

/** Pages of alerts of the platform itself, of what was chosen. */
export function platformRunbooks({ logs, traces }: Partial<PrometheusProps>): Pick<Observability, "pages"> {
  if (logs === undefined && traces === undefined) return {};
  return {
    pages: (environment) => {
      const [first, ...more] = [
        ...(logs === undefined ? [] : [logRunbooks(environment)]),
        ...(traces === undefined ? [] : [traceRunbooks(environment, traces)]),
      ];
      return first === undefined ? {} : platformPages([first, ...more]);
    },
  };
}
