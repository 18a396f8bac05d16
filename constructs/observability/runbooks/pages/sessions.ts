import { BREAK_GLASS_LABEL, sessionAnnotation } from "../../../model/session-names";
import { kubectl } from "../commands";
import type { Operated } from "../operated";
import type { Playbook } from "../page";

/* People who were led to data. */

/** What ends a session. */
const ENDED = { spec: { activeDeadlineSeconds: 1 } };

const SESSIONS = ["-l", `${BREAK_GLASS_LABEL}=true`, "--sort-by=.metadata.creationTimestamp"];

/** Columns of what the Jobs say. A key with a dot would be escaped. */
const columns = ["who", "target", "reason", "until", "command"]
  .map((what) => `${what.toUpperCase()}:.metadata.annotations.${sessionAnnotation(what)}`)
  .join(",");

export const glassBroken = (operated: Operated): Playbook => ({
  impact: ["Nobody by itself. Whoever it was could read and change data with what a workload signs in with."],
  diagnosis: [
    {
      steps: [
        {
          say: "Who was led where, or ran which command, why and until when. The newest is the last line; Jobs stay for 30 days.",
          run: [kubectl(operated, "get", "jobs", ...SESSIONS, `-o=custom-columns=NAME:.metadata.name,${columns}`)],
        },
        {
          say: "Whether one is open: it has a pod then, whose log has a line for each connection that has ended, or is what the command prints.",
          run: [kubectl(operated, "get", "pods", "-l", `${BREAK_GLASS_LABEL}=true`)],
        },
        {
          say: "Whoever it names may be asked. The name is the one that the cluster told whoever opened it; the audit log of the cluster's API has it from the cluster itself.",
        },
      ],
    },
  ],
  mitigation: [
    {
      steps: [
        {
          say: "Ends what is open at once. The Jobs stay, as what is known of it.",
          run: [
            `${kubectl(operated, "get", "jobs", "-l", `${BREAK_GLASS_LABEL}=true`, "-o", "name")} | xargs -r -n 1 ${kubectl(operated, "patch", "--type=merge", `--patch=${JSON.stringify(ENDED)}`)}`,
          ],
        },
        {
          say: "If nobody knows of it, somebody has an administrator's sign-in: take their access in the environment's file away, deploy, and give the passwords of the data services another number.",
        },
        { say: "If it was right, nothing is to be done: the alert ends an hour after the session began." },
      ],
    },
  ],
});
