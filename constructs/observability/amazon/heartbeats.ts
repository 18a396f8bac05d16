import type { Heartbeat } from "../../addons/measures";
import { STEP_SECONDS } from "../alerts/alert";
import { duration } from "../alerts/promql";
import type { RuleGroup } from "../rules";
import { HEARTBEATS, RULES_EVALUATED } from "./names";

/**
 * The rule that says every minute that measures of the cluster arrive and that rules over them are evaluated. What only says that
 * rules are evaluated, as `vector(1)` does, says so too when the cluster is gone.
 */
export const heartbeatRules = (environment: string): RuleGroup[] => [
  {
    name: "heartbeat",
    interval: duration(STEP_SECONDS),
    rules: [
      {
        alert: RULES_EVALUATED,
        expr: `count(up{cluster=${JSON.stringify(environment)}} == 1) > 0`,
        for: "0s",
        labels: { cluster: environment, severity: "none" },
        annotations: {
          summary: `Measures of ${environment} arrive`,
          description:
            "Fires as long as measures arrive and rules are evaluated. Nobody is told but who notices when it stops.",
        },
      },
    ],
  },
];

/** What people read when one of them stopped, with what to look at first. */
export const heartbeats = (environment: string): Heartbeat[] => [
  {
    name: HEARTBEATS.cluster,
    stopped:
      `Prometheus in the cluster of ${environment} sends no alerts to Amazon Managed Service for Prometheus, or these are not told: ` +
      "nobody hears of failures of nodes, pods and add-ons. Look at the pods in the namespace observability, then at the log of the workspace.",
  },
  {
    name: HEARTBEATS.rules,
    stopped:
      `Measures of ${environment} do not arrive in Amazon Managed Service for Prometheus, or its rules are not evaluated: alerts of ` +
      "applications are blind. Look at PrometheusRemoteStorageFailures and the log of Prometheus in the namespace observability, then at the log of the workspace.",
  },
];
