import type { Deployment } from "../../kubernetes/objects";
import { type Autoscaler, autoscalers } from "../alerts/autoscalers";
import { nameOf } from "../alerts/watched";
import { kubectl, patch, rolledOut } from "./commands";
import { code } from "./in-words";
import { quotaOf } from "./objects";
import type { Operated, Running } from "./operated";
import type { Step } from "./page";
import { key, release, takenBack } from "./releases";

/* More pods, by whoever decides how many there are. */

/** @see https://keda.sh/docs/2.20/concepts/scaling-deployments/#pausing-autoscaling */
const PAUSED = "autoscaling.keda.sh/paused-replicas";

export const autoscalerOf = (operated: Operated, { workload }: Running): Autoscaler | undefined =>
  autoscalers(operated).find((one) => one.workload === workload.name);

/** Objects that say what an autoscaler does, as `kind/name`: its own first. KEDA makes the other. */
export const objectsOf = ({ said, name }: Autoscaler): readonly [string, ...string[]] => {
  const own = `${said.kind}/${said.metadata.name}`;
  return said.kind === "scaledobject" ? [own, `horizontalpodautoscaler/${name}`] : [own];
};

/** KEDA starts pods of a Deployment that has none, where Kubernetes' own autoscaler leaves it alone: it is told to, or no more. */
export const leftAlone = (operated: Operated, deployments: readonly Deployment[], leave: boolean): string[] =>
  deployments.flatMap((deployment) =>
    autoscalers(operated)
      .filter(({ workload, said }) => said.kind === "scaledobject" && workload === nameOf(deployment, operated))
      .map(({ said }) =>
        kubectl(
          operated,
          ...["annotate", `scaledobject/${said.metadata.name}`],
          ...(leave ? ["--overwrite", `${PAUSED}=0`] : [`${PAUSED}-`]),
        ),
      ),
  );

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
  const { cpu, memory, metrics, queue, messagesPerPod, broker } = autoscaling ?? {};
  const fields = Object.entries({ ...bounds, cpu, memory, queue, messagesPerPod, broker }).flatMap(([field, value]) =>
    value === undefined ? [] : [`${field}: ${typeof value === "string" ? JSON.stringify(value) : value}`],
  );
  const rest = metrics === undefined ? [] : ["/* metrics and behavior as the application says them */"];
  return `workloads: { ${key(name)}: { autoscaling: { ${[...fields, ...rest].join(", ")} } } },`;
}

function byMinimum(operated: Operated, one: Running, autoscaler: Autoscaler): Step[] {
  const { said, min: least, max } = autoscaler;
  const min = Math.min(max, least + 2);
  const why = `${code("kubectl scale")} does not last: the autoscaler of ${code(one.workload.name)} keeps between ${least} and ${max} pods, and takes it back`;
  if (min === least) return [beyondMaximum(operated, one, why, autoscaler)];
  const objects = objectsOf(autoscaler);
  return [
    {
      say: `Scale: ${why}. Raise its minimum. ${takenBack(operated)}`,
      run: [
        patch(operated, objects[0], { spec: { [said.minimum]: min } }),
        kubectl(operated, "get", ...objects),
        ...room(operated),
      ],
    },
    {
      say: "For good: in the environment's file.",
      write: wholly(one, { min, max }),
      run: release(operated),
    },
  ];
}

/** More than its maximum: the quota is for no more, so the environment says it first. */
export function beyondMaximum(
  operated: Operated,
  one: Running,
  why: string,
  { min, max }: Pick<Autoscaler, "max" | "min">,
): Step {
  return {
    say: `Scale: ${why}. The quota of the namespace is computed from the maximum, and refuses pods beyond it. So raise the maximum in the environment's file, with which the quota grows.`,
    write: wholly(one, { min, max: max + 2 }),
    run: release(operated),
  };
}
