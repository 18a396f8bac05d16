import type { HorizontalPodAutoscaler } from "../../kubernetes/objects";
import { kubectl, patch, rolledOut } from "./commands";
import { code } from "./in-words";
import { quotaOf } from "./objects";
import { objectOf, type Operated, type Running } from "./operated";
import type { Step } from "./page";
import { key, release, takenBack } from "./releases";

/* More pods, by whoever decides how many there are. */

export const autoscalerOf = (operated: Operated, { workload }: Running): HorizontalPodAutoscaler | undefined =>
  objectOf(operated, "HorizontalPodAutoscaler", workload.name);

/** More pods of a workload now, and for good. */
export function scale(operated: Operated, one: Running): Step[] {
  const autoscaler = autoscalerOf(operated, one);
  return autoscaler === undefined ? byHand(operated, one) : byMinimum(operated, one, autoscaler);
}

/** What the namespace has room for, where something limits it. */
const room = (operated: Operated): string[] => quotaOf(operated).map((quota) => kubectl(operated, "describe", quota));

function byHand(operated: Operated, one: Running): Step[] {
  const { deployment, workload } = one;
  const replicas = deployment.spec.replicas + 1;
  const object = `deployment/${deployment.metadata.name}`;
  return [
    {
      say: `Scale: ${code(workload.name)} has no autoscaler. The quota of the namespace has room for a rolling update's pods beyond the model's, so for few more. ${takenBack(operated)}`,
      run: [kubectl(operated, "scale", object, `--replicas=${replicas}`), rolledOut(operated, one), ...room(operated)],
    },
    {
      say: "For good: in the environment's file, with which the quota grows.",
      write: `workloads: { ${key(workload.name)}: { replicas: ${replicas} } },`,
      run: release(operated),
    },
  ];
}

/** What the environment's file says of an autoscaler replaces what the application says: so all of it. */
function wholly({ workload: { name, autoscaling } }: Running, bounds: { readonly min: number; readonly max: number }) {
  const { cpu, memory, metrics } = autoscaling ?? {};
  const fields = Object.entries({ ...bounds, cpu, memory }).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field}: ${value}`],
  );
  const rest = metrics === undefined ? [] : ["/* metrics and behavior as the application says them */"];
  return `workloads: { ${key(name)}: { autoscaling: { ${[...fields, ...rest].join(", ")} } } },`;
}

function byMinimum(operated: Operated, one: Running, { metadata, spec }: HorizontalPodAutoscaler): Step[] {
  const { minReplicas, maxReplicas } = spec;
  const min = Math.min(maxReplicas, minReplicas + 2);
  const why = `${code("kubectl scale")} does not last: the autoscaler of ${code(one.workload.name)} keeps between ${minReplicas} and ${maxReplicas} pods, and takes it back`;
  if (min === minReplicas) return [beyondMaximum(operated, one, why, spec)];
  return [
    {
      say: `Scale: ${why}. Raise its minimum. ${takenBack(operated)}`,
      run: [
        patch(operated, `horizontalpodautoscaler/${metadata.name}`, { spec: { minReplicas: min } }),
        kubectl(operated, "get", `horizontalpodautoscaler/${metadata.name}`),
        ...room(operated),
      ],
    },
    {
      say: "For good: in the environment's file.",
      write: wholly(one, { min, max: maxReplicas }),
      run: release(operated),
    },
  ];
}

/** More than its maximum: the quota is for no more, so the environment says it first. */
export function beyondMaximum(
  operated: Operated,
  one: Running,
  why: string,
  { minReplicas, maxReplicas }: HorizontalPodAutoscaler["spec"],
): Step {
  return {
    say: `Scale: ${why}. The quota of the namespace is computed from the maximum, and refuses pods beyond it. So raise the maximum in the environment's file, with which the quota grows.`,
    write: wholly(one, { min: minReplicas, max: maxReplicas + 2 }),
    run: release(operated),
  };
}
