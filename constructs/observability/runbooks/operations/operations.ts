import type { Operated } from "../operated";
import { halfApplied } from "./half-applied";
import { lostBroker } from "./lost-broker";
import { lostCluster } from "./lost-cluster";
import { lostNode, lostZone } from "./lost-machines";
import { lostRegion } from "./lost-region";
import type { Operation } from "./operation";
import { restoreDatabases } from "./restore-database";
import { restoreNamespace } from "./restore-namespace";
import { rollBackAll } from "./roll-back";
import { rotateSecrets } from "./rotate-secrets";
import { terraformState } from "./terraform-state";

/**
 * Pages beside those of alerts, in the order of the index. None where nobody says what there is beside the cluster.
 *
 * @param fired names of the alerts that the application has: no page leads to another
 */
export function operationsOf(operated: Operated, fired: ReadonlySet<string>): Operation[] {
  const { beside } = operated;
  if (beside === undefined) return [];
  return [
    rollBackAll(operated),
    halfApplied(operated, beside),
    rotateSecrets(operated, beside),
    terraformState(beside),
    ...restoreDatabases(operated, beside),
    restoreNamespace(operated, beside),
    ...lostBroker(operated, beside),
    lostNode(operated, beside),
    lostZone(operated, beside),
    lostCluster(operated, beside),
    lostRegion(operated, beside),
  ].map((one) => ({ ...one, alerts: one.alerts.filter((alert) => fired.has(alert)) }));
}
