import { ofKind } from "../alerts/watched";
import { objectOf, type Operated } from "./operated";

/** The StatefulSet of a data service that runs in the cluster, as `kind/name`. */
export function ofServer(operated: Operated, service: string): string | undefined {
  const own = objectOf(operated, "StatefulSet", service)?.metadata.name;
  // The operator names the StatefulSet so.
  const broker = objectOf(operated, "RabbitmqCluster", service);
  const name = own ?? (broker && `${broker.metadata.name}-server`);
  return name === undefined ? undefined : `statefulset/${name}`;
}

/** The quota of the namespace, as `kind/name`. */
export const quotaOf = (operated: Operated): string[] =>
  ofKind(operated, "ResourceQuota").map(({ metadata }) => `resourcequota/${metadata.name}`);
