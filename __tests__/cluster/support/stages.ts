/*
 * What becomes of pods and claims. kwok plays the kubelets: there are no containers, so a pod is what is said here. A pod
 * takes a moment to be ready and a moment to be gone, or a rollout that takes too many at once would not be seen.
 */

/** A tag for whose image nothing ever becomes ready, for a release that has to fail. */
export const NEVER_READY = "never-ready";

/** A tag for whose image a Job's pod ends with an error. */
export const FAILS = "fails";

interface Stage {
  readonly name: string;
  readonly kind: "Node" | "Pod" | "PersistentVolume" | "PersistentVolumeClaim";
  /** All of them, in jq: kwok's CEL does not know what is in the lists of a pod. */
  readonly when: readonly string[];
  readonly milliseconds: number;
  readonly step: Readonly<Record<string, unknown>>;
}

const ALIVE = ".metadata.deletionTimestamp == null";
const OF_A_JOB = 'any(.metadata.ownerReferences[]?; .kind == "Job")';
const READY = 'any(.status.conditions[]?; .type == "Ready" and .status == "True")';
const STUCK = `any(.spec.containers[]; .image | endswith(":${NEVER_READY}"))`;
const FAILING = `any(.spec.containers[]; .image | endswith(":${FAILS}"))`;
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
- {name: {{ .name | Quote }}, image: {{ .image | Quote }}, imageID: "", restartCount: 0, ${does}}
{{ end }}`;

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
    when: [`${READY} | not`],
    milliseconds: 0,
    step: status(`
conditions:${condition("Ready", true)}`),
  },
  {
    name: "pod-starts",
    kind: "Pod",
    when: [ALIVE, phase("Pending")],
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
    when: [ALIVE, phase("Running"), `${OF_A_JOB} | not`, `${READY} | not`, `${STUCK} | not`],
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
  STAGES.map(({ name, kind, when, milliseconds, step }) =>
    JSON.stringify({
      apiVersion: "kwok.x-k8s.io/v1alpha1",
      kind: "Stage",
      metadata: { name },
      spec: {
        resourceRef: { apiGroup: "v1", kind },
        selector: { matchExpressions: when.map((key) => ({ jq: { key, operator: "In", values: ["true"] } })) },
        delay: { durationMilliseconds: milliseconds },
        steps: [step],
      },
    }),
  ).join("\n---\n");
