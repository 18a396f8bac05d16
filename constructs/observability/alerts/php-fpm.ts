import { poolOf } from "../../kubernetes/fpm-pool";
import type { ResolvedPhpFpm, ResolvedWorkload } from "../../model/resolved";
import { type Alert, alert } from "./alert";
import { select } from "./promql";
import { steady } from "./series";
import type { Watched } from "./watched";

/* The pool of PHP-FPM, as PHP-FPM measures it: what it may have is what was rendered into its file. */

const ACTIVE = "phpfpm_active_processes";
const QUEUE = "phpfpm_listen_queue";

const isFpm = (workload: ResolvedWorkload): workload is Extract<ResolvedWorkload, { readonly kind: "php-fpm" }> =>
  workload.kind === "php-fpm";

export const fpmAlerts = (watched: Watched): Alert[] =>
  watched.application.workloads
    .filter(isFpm)
    .flatMap((workload) => [poolExhausted(watched, workload), queueGrowing(watched, workload)]);

function poolExhausted({ application: { namespace } }: Watched, workload: ResolvedPhpFpm): Alert {
  const within = { namespace, workload: workload.name };
  const { maxChildren } = poolOf(workload);
  const busy = (processes: number) => [steady(ACTIVE, { ...within, pod: "a" }, processes, 300)];
  return alert({
    name: "PhpFpmPoolExhausted",
    value: `max by (pod) (${select(ACTIVE, within)})`,
    is: ">=",
    threshold: maxChildren,
    forSeconds: 300,
    severity: "warning",
    within,
    labels: { workload: workload.name },
    says: ({ label, value }) => ({
      summary: `${workload.name} has no free process`,
      description: `All ${value} processes of PHP-FPM in pod ${label("pod")} have been busy for five minutes: requests wait`,
    }),
    proof: {
      firing: busy(maxChildren),
      quiet: [busy(maxChildren - 1)],
      firesAt: 300,
      labels: { pod: "a" },
      shows: String(maxChildren),
    },
  });
}

function queueGrowing({ application: { namespace } }: Watched, workload: ResolvedPhpFpm): Alert {
  const within = { namespace, workload: workload.name };
  const { maxChildren } = poolOf(workload);
  const waiting = (requests: number) => [steady(QUEUE, { ...within, pod: "a" }, requests, 120)];
  return alert({
    name: "PhpFpmQueueGrowing",
    value: `max by (pod) (${select(QUEUE, within)})`,
    is: ">",
    threshold: maxChildren,
    forSeconds: 120,
    severity: "critical",
    within,
    labels: { workload: workload.name },
    says: ({ label, value }) => ({
      summary: `Requests to ${workload.name} queue up`,
      description: `${value} requests have waited for one of the ${maxChildren} processes in pod ${label("pod")} for two minutes`,
    }),
    proof: {
      firing: waiting(maxChildren + 1),
      quiet: [waiting(maxChildren)],
      firesAt: 120,
      labels: { pod: "a" },
      shows: String(maxChildren + 1),
    },
  });
}
