import {
  bytes,
  type Bytes,
  type Cpu,
  formatBytes,
  formatCpu,
  millicores,
  parseBytes,
  parseCpu,
} from "../model/quantity";
import type { Toleration } from "../model/scheduling";
import type { Container, KubernetesObject, PodTemplate } from "./objects";

/**
 * What a cluster's admission makes of pods before it stores them. Objects are rendered as it would leave them, so that the
 * quota counts what runs and Terraform finds what it wrote.
 */
export interface PodAdmission {
  /** What a pod requests at least, all its containers together. */
  readonly minimum: Amounts;
  /** The same of pods with `CloudFacts.undisturbedPodAnnotations`, and of those with nodes of their own. */
  readonly undisturbedMinimum: Amounts;
  /** Memory for each whole CPU that a pod requests: whichever of the two is too small is raised. */
  readonly memoryPerCpu: { readonly min: Bytes; readonly max: Bytes };
  /** What every pod gets to tolerate that says nothing of the taint itself. */
  readonly tolerations: readonly Toleration[];
}

interface Amounts {
  readonly cpu: Cpu;
  readonly memory: Bytes;
}

type Resources = Container["resources"];

/** Whether it selects nodes by a label of which it tolerates the taint: those are made for such pods alone. */
const hasOwnNodes = ({ spec: { nodeSelector = {}, tolerations = [] } }: PodTemplate): boolean =>
  tolerations.some(({ key, value = "" }) => key !== undefined && nodeSelector[key] === value);

/** The pod as it is after its admission. The first container gets what is missing. */
export function admittedPod<T extends PodTemplate>(template: T, admission: PodAdmission, undisturbed: boolean): T {
  const { initContainers, containers, tolerations = [] } = template.spec;
  const all = admittedResources(
    containers.map(({ resources }) => resources),
    admission,
    undisturbed || hasOwnNodes(template),
  );
  const told = new Set(tolerations.map(({ key }) => key));
  return {
    ...template,
    spec: {
      ...template.spec,
      tolerations: [...tolerations, ...admission.tolerations.filter(({ key }) => !told.has(key))],
      ...(initContainers !== undefined && {
        initContainers: initContainers.map((one) => ({ ...one, resources: withWholeDisk(one.resources) })),
      }),
      containers: containers.map((container, index) => ({
        ...container,
        resources: all[index] ?? container.resources,
      })),
    },
  };
}

const millis = (text: string): number => parsed(text, parseCpu);
const size = (text: string): number => parsed(text, parseBytes);

function admittedResources(all: readonly Resources[], admission: PodAdmission, undisturbed: boolean): Resources[] {
  const [first, ...others] = all.map(withWholeDisk);
  if (first === undefined) return [];
  const { cpu, memory } = missing([first, ...others], admission, undisturbed);
  if (cpu === 0 && memory === 0) return [first, ...others];
  return [withRequests(first, millis(first.requests.cpu) + cpu, size(first.requests.memory) + memory), ...others];
}

/** Thousandths of a CPU, and bytes, that the requests of a pod lack. */
function missing(all: readonly Resources[], admission: PodAdmission, undisturbed: boolean) {
  const minimum = undisturbed ? admission.undisturbedMinimum : admission.minimum;
  const per = { min: bytes(admission.memoryPerCpu.min), max: bytes(admission.memoryPerCpu.max) };
  const has = {
    cpu: all.reduce((sum, { requests }) => sum + millis(requests.cpu), 0),
    memory: all.reduce((sum, { requests }) => sum + size(requests.memory), 0),
  };
  const least = Math.max(has.memory, bytes(minimum.memory));
  const cpu = Math.max(has.cpu, millicores(minimum.cpu), Math.ceil((least / per.max) * 1000));
  const memory = Math.max(least, Math.ceil((cpu * per.min) / 1000));
  return { cpu: cpu - has.cpu, memory: memory - has.memory };
}

/** The limit of a container's disk is lowered to what it requests: it has to request all of it. */
function withWholeDisk({ requests, limits }: Resources): Resources {
  const disk = limits["ephemeral-storage"];
  return disk === undefined ? { requests, limits } : { requests: { ...requests, "ephemeral-storage": disk }, limits };
}

/** Requests raised to these, with limits that are no lower. */
function withRequests({ requests, limits }: Resources, cpu: number, memory: number): Resources {
  return {
    requests: { ...requests, cpu: formatCpu(cpu), memory: formatBytes(memory) },
    limits: {
      ...limits,
      cpu: formatCpu(Math.max(cpu, millis(limits.cpu))),
      memory: formatBytes(Math.max(memory, size(limits.memory))),
    },
  };
}

/** The object with its pods as they are after their admission. */
export function admitted<T extends KubernetesObject>(
  object: T,
  admission: PodAdmission | undefined,
  undisturbed: Readonly<Record<string, string>> = {},
): T {
  if (admission === undefined) return object;
  const pod = (template: PodTemplate): PodTemplate => {
    const annotations = template.metadata.annotations ?? {};
    const marks = Object.entries(undisturbed);
    const stays = marks.length > 0 && marks.every(([name, value]) => annotations[name] === value);
    return admittedPod(template, admission, stays);
  };
  return withPods(object, pod, (resources) => admittedResources([resources], admission, false)[0] ?? resources) as T;
}

function withPods(
  object: KubernetesObject,
  pod: (template: PodTemplate) => PodTemplate,
  alone: (resources: Resources) => Resources,
): KubernetesObject {
  switch (object.kind) {
    case "Deployment":
      return { ...object, spec: { ...object.spec, template: pod(object.spec.template) } };
    case "StatefulSet":
      return { ...object, spec: { ...object.spec, template: pod(object.spec.template) } };
    case "Job":
      return { ...object, spec: { ...object.spec, template: pod(object.spec.template) } };
    case "CronJob": {
      const { jobTemplate } = object.spec;
      const template = pod(jobTemplate.spec.template);
      const spec = { ...jobTemplate.spec, template };
      return { ...object, spec: { ...object.spec, jobTemplate: { ...jobTemplate, spec } } };
    }
    // Its operator makes the pods.
    case "RabbitmqCluster":
      return { ...object, spec: { ...object.spec, resources: alone(object.spec.resources) } };
    default:
      return object;
  }
}

function parsed(text: string, parse: (text: string) => number | undefined): number {
  const value = parse(text);
  if (value === undefined) throw new RangeError(`not a quantity: ${text}`);
  return value;
}
