import { COMPONENT_LABEL } from "../kubernetes/labels";
import type { Labels, Metadata } from "../kubernetes/objects";
import { literalWords } from "../kubernetes/words";
import { keptSeconds, recordLabels, recordMetadata, type SessionRecord } from "./record";

/** Component of pods that run a command once for a person. */
const TASK_COMPONENT = "task";

/** A command that is run once, in a pod like those of a workload. */
export interface Task extends SessionRecord {
  /** Words, which no shell reads. */
  readonly command: readonly string[];
  /** Container whose image and variables the command has. */
  readonly container: string;
  /** Containers that stay beside it until it ends; the workload's others serve requests, and are left out. */
  readonly sidecars: readonly string[];
  /** Labels that a Service, an autoscaler or a policy tells the workload's pods by: the task's pod has none of them. */
  readonly selector: Labels;
  /** Whether the workload has a volume that one node alone can have. @default false */
  readonly onSameNode?: boolean;
}

/** A container as the cluster has it: this program renders a part of the fields, and none is lost. */
export interface LiveContainer {
  readonly name: string;
  readonly [field: string]: unknown;
}

/** A template of pods as the cluster has it. */
export interface LivePodTemplate {
  readonly metadata?: { readonly labels?: Labels; readonly annotations?: Labels };
  readonly spec: {
    readonly containers: readonly LiveContainer[];
    readonly initContainers?: readonly LiveContainer[];
    readonly affinity?: Readonly<Record<string, unknown>>;
    readonly [field: string]: unknown;
  };
}

export interface TaskJob {
  readonly apiVersion: "batch/v1";
  readonly kind: "Job";
  readonly metadata: Metadata;
  readonly spec: {
    readonly suspend: true;
    readonly backoffLimit: 0;
    readonly activeDeadlineSeconds: number;
    readonly ttlSecondsAfterFinished: number;
    readonly template: LivePodTemplate;
  };
}

/** What a container has to be asked whether it serves, and to be told that it does not any more. */
const OF_SERVING = ["args", "command", "lifecycle", "livenessProbe", "ports", "readinessProbe", "startupProbe"];

const without = <T extends object>(object: T, fields: readonly string[]): T =>
  Object.fromEntries(Object.entries(object).filter(([name]) => !fields.includes(name))) as T;

/** Labels of the task's pod: the workload's, but for those that select its pods. */
export const taskLabels = (task: Task, template: LivePodTemplate): Labels => ({
  ...without(template.metadata?.labels ?? {}, Object.keys(task.selector)),
  [COMPONENT_LABEL]: TASK_COMPONENT,
  ...recordLabels(task),
});

/**
 * A Job that runs the command once, by the template of pods that runs now: its image, variables, files, service account and limits. It waits
 * until somebody lets it begin: what opens its ways through the network belongs to it, and has to be there first.
 *
 * @throws Error where the template has no such container
 */
export function taskJob(
  task: Task,
  template: LivePodTemplate,
  undisturbedPodAnnotations: Readonly<Record<string, string>> = {},
): TaskJob {
  const { command, container, seconds } = task;
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: recordMetadata(task, { command: JSON.stringify(command) }),
    spec: {
      suspend: true,
      // Half of what it does may be done: whoever started it sees what is left.
      backoffLimit: 0,
      activeDeadlineSeconds: seconds,
      ttlSecondsAfterFinished: keptSeconds(task),
      template: {
        metadata: {
          labels: taskLabels(task, template),
          annotations: { ...template.metadata?.annotations, ...undisturbedPodAnnotations },
        },
        spec: {
          // Replicas are spread; this is none.
          ...without(template.spec, ["affinity", "containers", "initContainers", "topologySpreadConstraints"]),
          ...affinityOf(task, template),
          restartPolicy: "Never",
          ...besideIt(task, template),
          containers: [mainContainer(template, container, command)],
        },
      },
    },
  };
}

function mainContainer({ spec }: LivePodTemplate, name: string, command: readonly string[]): LiveContainer {
  const found = spec.containers.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no container ${name}`);
  return { ...without(found, OF_SERVING), name, command: literalWords(command) };
}

/** Init containers, and sidecars in the form in which they end when the command does. */
function besideIt({ sidecars }: Task, { spec }: LivePodTemplate): Pick<LivePodTemplate["spec"], "initContainers"> {
  const staying = spec.containers
    .filter(({ name }) => sidecars.includes(name))
    .map((one) => ({ ...one, restartPolicy: "Always" }));
  const all = [...(spec.initContainers ?? []), ...staying];
  return all.length === 0 ? {} : { initContainers: all };
}

function affinityOf({ onSameNode = false, selector }: Task, { spec }: LivePodTemplate) {
  const { podAffinity, ...affinity } = without(spec.affinity ?? {}, ["podAntiAffinity"]) as {
    readonly podAffinity?: Readonly<Record<string, unknown>>;
  };
  const required = "requiredDuringSchedulingIgnoredDuringExecution";
  const there = { labelSelector: { matchLabels: selector }, topologyKey: "kubernetes.io/hostname" };
  const asked = podAffinity?.[required];
  const near = onSameNode ? { [required]: [...(Array.isArray(asked) ? (asked as unknown[]) : []), there] } : {};
  const all = {
    ...affinity,
    ...((podAffinity !== undefined || onSameNode) && { podAffinity: { ...podAffinity, ...near } }),
  };
  return Object.keys(all).length === 0 ? {} : { affinity: all };
}
