import { LOST } from "./nodes";

/*
 * What becomes of pods and claims. kwok plays the kubelets: there are no containers, so a pod is what is said here. A pod
 * takes a moment to be ready and a moment to be gone, or a rollout that takes too many at once would not be seen.
 */

/** A tag for whose image nothing ever becomes ready, for a release that has to fail. */
export const NEVER_READY = "never-ready";

/** A tag for whose image a Job's pod ends with an error. */
export const FAILS = "fails";

/** A tag for whose image a container ends with an error whenever it is started. */
export const CRASHES = "crashes";

/** With which code it ends. */
export const CRASH_CODE = 1;

/** A tag that no registry has. */
export const NOT_PUSHED = "not-pushed";

interface Stage {
  readonly name: string;
  readonly kind: "Node" | "Pod" | "PersistentVolume" | "PersistentVolumeClaim";
  /** All of them, in jq: kwok's CEL does not know what is in the lists of a pod. */
  readonly when: readonly string[];
  readonly milliseconds: number;
  readonly step: Readonly<Record<string, unknown>>;
  /** What is told of it, before. @default - nothing */
  readonly event?: { readonly type: string; readonly reason: string; readonly message: string };
}

const ALIVE = ".metadata.deletionTimestamp == null";
/** Of a Job, and at work to its end: one that says when it is ready serves until somebody ends it. */
const OF_A_JOB =
  'any(.metadata.ownerReferences[]?; .kind == "Job") and all(.spec.containers[]; .readinessProbe == null)';
const READY = 'any(.status.conditions[]?; .type == "Ready" and .status == "True")';
const STUCK = `any(.spec.containers[]; .image | endswith(":${NEVER_READY}"))`;
const FAILING = `any(.spec.containers[]; .image | endswith(":${FAILS}"))`;
const CRASHING = `any(.spec.containers[]; .image | endswith(":${CRASHES}"))`;
const MISSING = `any(.spec.containers[]; .image | endswith(":${NOT_PUSHED}"))`;
/** Given longer than any other here, it takes longer than a rollout. */
const SLOW = ".spec.terminationGracePeriodSeconds > 900";
const phase = (is: string): string => `.status.phase == "${is}"`;

const status = (template: string): Stage["step"] => ({ patch: { subresource: "status", root: "status", template } });

const condition = (type: string, value: boolean): string => `
- type: ${type}
  status: "${value ? "True" : "False"}"
  lastTransitionTime: {{ Now | Quote }}`;

/** What a container does, as fields of its status. */
const running = (ready: boolean): string =>
  `ready: ${String(ready)}, started: ${String(ready)}, state: {running: {startedAt: {{ Now | Quote }}}}`;
const ended = (exitCode: number, reason: string): string =>
  `ready: false, started: false, state: {terminated: {exitCode: ${exitCode}, reason: ${reason}, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }}}}`;
const ENDED = ended(0, "Completed");

const containers = (list: "containers" | "initContainers", does: string): string => `
{{ range .spec.${list} }}
- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", ${does.includes("restartCount") ? "" : "restartCount: 0, "}${does}}
{{ end }}`;

/** Fields of those whose image has a tag, and of the others. */
const tagged = (tag: string, does: string, others: string): string =>
  `{{ if hasSuffix ":${tag}" .image }}${does}{{ else }}${others}{{ end }}`;

const CRASHED = `ready: false, started: false, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff, message: back-off 1m20s restarting failed container}}, lastState: {terminated: {exitCode: ${CRASH_CODE}, reason: Error, startedAt: {{ Now | Quote }}, finishedAt: {{ Now | Quote }}}}`;
const UNPULLED =
  "ready: false, started: false, restartCount: 0, state: {waiting: {reason: ImagePullBackOff, message: Back-off pulling image}}";

/** One that restarts always is a sidecar. */
const INITIAL = `{{ if eq .restartPolicy "Always" }}${running(true)}{{ else }}${ENDED}{{ end }}`;

const podOfAJob = (name: string, when: string, becomes: string, does: string): Stage => ({
  name,
  kind: "Pod",
  when: [ALIVE, phase("Running"), OF_A_JOB, `${STUCK} | not`, when],
  milliseconds: 300,
  step: status(`
phase: ${becomes}
conditions:${condition("Ready", false)}${condition("ContainersReady", false)}
containerStatuses:${containers("containers", does)}`),
});

const STAGES: readonly Stage[] = [
  {
    // Ready once, and then by its lease, which kwok renews.
    name: "node-is-up",
    kind: "Node",
    when: [`${READY} | not`, `.metadata.labels["${LOST}"] == null`],
    milliseconds: 0,
    step: status(`
conditions:${condition("Ready", true)}`),
  },
  {
    name: "pod-starts",
    kind: "Pod",
    when: [ALIVE, phase("Pending"), `${MISSING} | not`],
    milliseconds: 100,
    step: status(`
phase: Running
startTime: {{ Now | Quote }}
conditions:${condition("Initialized", true)}${condition("Ready", false)}${condition("ContainersReady", false)}
initContainerStatuses:${containers("initContainers", INITIAL)}
containerStatuses:${containers("containers", running(false))}
{{ with NodeIPsWith .spec.nodeName }}
hostIP: {{ index . 0 | Quote }}
hostIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}
{{ with PodIPsWith .spec.nodeName (or .spec.hostNetwork false) (or .metadata.uid "") (or .metadata.name "") (or .metadata.namespace "") }}
podIP: {{ index . 0 | Quote }}
podIPs:
{{ range . }}
- ip: {{ . | Quote }}
{{ end }}
{{ end }}`),
  },
  {
    name: "pod-becomes-ready",
    kind: "Pod",
    when: [ALIVE, phase("Running"), `(${OF_A_JOB}) | not`, `${READY} | not`, `${STUCK} | not`, `${CRASHING} | not`],
    milliseconds: 700,
    step: status(`
conditions:${condition("Ready", true)}${condition("ContainersReady", true)}
{{ range .spec.readinessGates }}
- type: {{ .conditionType | Quote }}
  status: "True"
  lastTransitionTime: {{ Now | Quote }}
{{ end }}
containerStatuses:${containers("containers", running(true))}`),
  },
  {
    name: "pod-crashes",
    kind: "Pod",
    when: [ALIVE, phase("Running"), CRASHING, "all(.status.containerStatuses[]; .restartCount == 0)"],
    milliseconds: 300,
    step: status(`
containerStatuses:${containers("containers", tagged(CRASHES, CRASHED, `restartCount: 0, ${running(true)}`))}`),
  },
  {
    name: "image-is-not-there",
    kind: "Pod",
    when: [ALIVE, phase("Pending"), MISSING, ".status.containerStatuses == null"],
    milliseconds: 100,
    event: { type: "Warning", reason: "Failed", message: "Failed to pull image: not found" },
    step: status(`
containerStatuses:${containers("containers", tagged(NOT_PUSHED, UNPULLED, UNPULLED.replace("ImagePullBackOff", "ContainerCreating")))}`),
  },
  podOfAJob("pod-of-a-job-ends", `${FAILING} | not`, "Succeeded", ENDED),
  podOfAJob("pod-of-a-job-fails", FAILING, "Failed", ended(1, "Error")),
  {
    name: "pod-goes",
    kind: "Pod",
    when: [`${ALIVE} | not`, `${SLOW} | not`],
    milliseconds: 300,
    step: { delete: true },
  },
  {
    name: "pod-goes-slowly",
    kind: "Pod",
    when: [`${ALIVE} | not`, SLOW],
    milliseconds: 150_000,
    step: { delete: true },
  },
  {
    // A volume that waits for this claim alone: the control plane's own controller binds the two.
    name: "volume-is-made",
    kind: "PersistentVolumeClaim",
    when: [ALIVE, ".spec.volumeName == null", ".spec.storageClassName != null"],
    milliseconds: 50,
    step: {
      apply: {
        template: `
apiVersion: v1
kind: PersistentVolume
metadata:
  name: made-{{ .metadata.uid }}
  annotations: {pv.kubernetes.io/provisioned-by: test-cluster}
spec:
  storageClassName: {{ .spec.storageClassName | Quote }}
  persistentVolumeReclaimPolicy: Delete
  accessModes: {{ .spec.accessModes | toJson }}
  capacity: {storage: {{ .spec.resources.requests.storage | Quote }}}
  claimRef: {apiVersion: v1, kind: PersistentVolumeClaim, namespace: {{ .metadata.namespace }}, name: {{ .metadata.name }}}
  csi: {driver: test-cluster, volumeHandle: {{ .metadata.uid | Quote }}}`,
      },
    },
  },
  {
    name: "volume-goes",
    kind: "PersistentVolume",
    when: [ALIVE, phase("Released"), '.spec.persistentVolumeReclaimPolicy == "Delete"'],
    milliseconds: 50,
    step: { delete: true },
  },
];

/** Configuration of kwok, in several documents. */
export const kwokConfiguration = (): string =>
  STAGES.map(({ name, kind, when, milliseconds, step, event }) =>
    JSON.stringify({
      apiVersion: "kwok.x-k8s.io/v1alpha1",
      kind: "Stage",
      metadata: { name },
      spec: {
        resourceRef: { apiGroup: "v1", kind },
        selector: { matchExpressions: when.map((key) => ({ jq: { key, operator: "In", values: ["true"] } })) },
        delay: { durationMilliseconds: milliseconds },
        steps: [...(event === undefined ? [] : [{ event }]), step],
      },
    }),
  ).join("\n---\n");
