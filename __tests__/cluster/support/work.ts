import type { HorizontalPodAutoscaler } from "../../../constructs/kubernetes/objects";
import { type Found } from "./api";
import { api } from "./cluster";
import { WORK } from "./metrics-api";

/** Gives a workload so many processors of work, of which its pods use a share each; `undefined`: none. */
export function giveWork(namespace: string, app: string, cores: string | undefined): Promise<Found> {
  const name = `${WORK.name}-${namespace}.${app}`;
  return api.patch(
    `/api/v1/namespaces/${WORK.namespace}/configmaps/${name}`,
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { cores } },
    "apply",
  );
}

const pathOf = ({ metadata: { namespace, name } }: HorizontalPodAutoscaler): string =>
  `/apis/autoscaling/v2/namespaces/${String(namespace)}/horizontalpodautoscalers/${name}`;

/** Why it does what it does: the reason of each of its conditions. */
export async function reasons(autoscaler: HorizontalPodAutoscaler): Promise<Readonly<Record<string, string>>> {
  const { status }: Found = await api.get(pathOf(autoscaler));
  const conditions = (status?.conditions ?? []) as { type: string; reason: string }[];
  return Object.fromEntries(conditions.map(({ type, reason }) => [type, reason]));
}

/** Keeps to its steps and forgets its patience: what takes a minute takes a second, so that a test can see the end. */
export function hurry(autoscaler: HorizontalPodAutoscaler): Promise<Found> {
  const { scaleUp, scaleDown } = autoscaler.spec.behavior;
  const hurried = [scaleUp, scaleDown].map((rules) => ({
    ...rules,
    stabilizationWindowSeconds: 0,
    policies: rules.policies.map((policy) => ({ ...policy, periodSeconds: 1 })),
  }));
  return api.patch(pathOf(autoscaler), { spec: { behavior: { scaleUp: hurried[0], scaleDown: hurried[1] } } });
}
