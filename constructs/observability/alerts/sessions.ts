import { sessionPrefix } from "../../model/session-names";
import { type Alert, alert, STEP_SECONDS } from "./alert";
import { humanizeDuration } from "./in-words";
import { select } from "./promql";
import { ahead } from "./series";
import type { Watched } from "./watched";

/* People who are led to data of a protected environment. */

const STARTED = "kube_job_status_start_time";

/** Seconds for which alerts tell of a session: whoever looks an hour later sees it still. */
const TOLD_SECONDS = 3600;

export const sessionAlerts = (watched: Watched): Alert[] => (watched.application.protect ? [glassBroken(watched)] : []);

/**
 * Fires from the first look at a session on, and ends by itself: what is known of it stays on the Job. Each session is an alert: a
 * second one while the first is told would add nothing to one for all, and nobody would hear of it.
 */
function glassBroken({ application: { name, namespace } }: Watched): Alert {
  const session = sessionPrefix({ prefix: name }, true);
  const job_name = `${session}4f2a91c0`;
  const began = (seconds: number) => [ahead(STARTED, { namespace, job_name }, -seconds, 60)];
  // A release that is called as sessions are: its Job ends with a revision.
  const release = ahead(STARTED, { namespace, job_name: job_name.replace("-x", "-") }, -60, 60);
  const usual = ahead(STARTED, { namespace, job_name: `${sessionPrefix({ prefix: name }, false)}4f2a91c0` }, -60, 60);
  return alert({
    name: "GlassBroken",
    value: `time() - max by (job_name) (${select(STARTED, { namespace, job_name: new RegExp(`${session}[0-9a-f]+`) })})`,
    is: "<",
    threshold: TOLD_SECONDS,
    forSeconds: 60,
    severity: "warning",
    within: { namespace },
    pins: ["job_name"],
    labels: {},
    shownBy: "humanizeDuration",
    says: ({ value, label }) => ({
      summary: `Somebody was led to data of ${name}`,
      description: `${label("job_name")}, a session that breaks the glass, began in ${namespace} ${value} ago: this Job says who, why and until when`,
    }),
    proof: {
      firing: began(TOLD_SECONDS - STEP_SECONDS),
      quiet: [began(TOLD_SECONDS), [usual], [release]],
      firesAt: 60,
      labels: { job_name },
      shows: humanizeDuration(TOLD_SECONDS - STEP_SECONDS),
    },
  });
}
