import type { ResolvedHttp, ResolvedPhpFpm } from "../model/resolved";
import type { RoutedRoute } from "./routed";

/*
 * How long each one on the way waits for an answer. The workload is the first to give up, and every proxy before it a
 * little later than the one behind it: whoever knows most of a request that takes too long answers it.
 */

/** Time from one to the next, in seconds. */
const STEP_SECONDS = 5;

/** Seconds that the nginx in a pod waits for PHP-FPM. */
export const answerSeconds = ({ requestSeconds }: Pick<ResolvedPhpFpm, "requestSeconds">): number =>
  requestSeconds + STEP_SECONDS;

/** Seconds that a proxy waits before the workload's pods: without a byte, in either direction. */
export const proxySeconds = ({ requestSeconds }: Pick<ResolvedHttp | ResolvedPhpFpm, "requestSeconds">): number =>
  requestSeconds + 2 * STEP_SECONDS;

/** Seconds that a proxy waits on a route: what the route says, or else what its workload takes. */
export const routeSeconds = ({
  settings,
  workload: { requestSeconds },
}: Pick<RoutedRoute, "settings" | "workload">): number =>
  settings?.timeoutSeconds ?? (requestSeconds === undefined ? 0 : proxySeconds({ requestSeconds }));

/** Seconds of a proxy that has one number for several routes. @returns 0 without routes */
export const longestProxySeconds = (routes: readonly RoutedRoute[]): number => Math.max(0, ...routes.map(routeSeconds));
