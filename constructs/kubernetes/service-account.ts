import type { ResolvedApplication } from "../model/resolved";
import { workloadMetadata } from "./labels";
import type { ServiceAccount } from "./objects";
import type { WiredWorkload } from "./provided";

/**
 * One per workload, so that a cloud identity is one workload's alone. No workload speaks to the API server; the
 * tokens of workload identities are projected by the cloud's own webhook and need no automount.
 */
export function serviceAccount(application: ResolvedApplication, wired: WiredWorkload): ServiceAccount {
  const annotations = { ...wired.workload.serviceAccount?.annotations, ...wired.identity?.annotations };
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: {
      ...workloadMetadata(application, wired.workload),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    automountServiceAccountToken: false,
  };
}
