import { AUTOPILOT_ADMISSION } from "../../../constructs/clouds/google/autopilot";
import { admitted, admittedPod } from "../../../constructs/kubernetes/admission";
import type { Container, PodTemplate } from "../../../constructs/kubernetes/objects";
import { parseBytes, parseCpu } from "../../../constructs/model/quantity";

type Resources = Container["resources"];

const container = (name: string, resources: Resources): Container => ({
  name,
  image: "example.com/app@sha256:0",
  imagePullPolicy: "IfNotPresent",
  resources,
  securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
  volumeMounts: [],
});

const pod = (...all: readonly Resources[]): PodTemplate => ({
  metadata: { labels: { app: "web" } },
  spec: {
    serviceAccountName: "web",
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    restartPolicy: "Always",
    terminationGracePeriodSeconds: 30,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
      fsGroupChangePolicy: "OnRootMismatch",
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: all.map((resources, index) => container(`c${index}`, resources)),
    volumes: [],
  },
});

const amounts = (cpu: string, memory: string): Resources => ({
  requests: { cpu, memory },
  limits: { cpu: "1", memory: "8Gi" },
});

const requests = (template: PodTemplate) => template.spec.containers.map(({ resources }) => resources.requests);
const admit = (template: PodTemplate, undisturbed = false) => admittedPod(template, AUTOPILOT_ADMISSION, undisturbed);

describe("Autopilot's admission", () => {
  // The numbers of Google's page on requests in Autopilot: 50m and 52 MiB at least, 1 to 6.5 GiB for each vCPU.
  test.each([
    ["what is less than the minimum of a pod", ["10m", "16Mi"], ["50m", "52Mi"]],
    ["memory that is less than a GiB for each vCPU", ["500m", "128Mi"], ["500m", "512Mi"]],
    ["CPU that is less than a vCPU for 6.5 GiB", ["100m", "6656Mi"], ["1", "6656Mi"]],
    ["CPU up to the next thousandth", ["100m", "1Gi"], ["154m", "1Gi"]],
    ["nothing of what fits", ["250m", "256Mi"], ["250m", "256Mi"]],
    ["nothing at either end of the range", ["1", "6656Mi"], ["1", "6656Mi"]],
  ] as const)("raises %s", (_, [cpu, memory], [cpuAfter, memoryAfter]) => {
    expect(requests(admit(pod(amounts(cpu, memory))))).toEqual([{ cpu: cpuAfter, memory: memoryAfter }]);
  });

  test("counts all containers of a pod together, and gives what is missing to the first", () => {
    const template = admit(pod(amounts("250m", "64Mi"), amounts("250m", "64Mi")));
    expect(requests(template)).toEqual([
      { cpu: "250m", memory: "448Mi" },
      { cpu: "250m", memory: "64Mi" },
    ]);
  });

  test("never leaves a limit below its request", () => {
    const template = admit(pod({ requests: { cpu: "2", memory: "64Mi" }, limits: { cpu: "2", memory: "128Mi" } }));
    expect(template.spec.containers[0]?.resources).toEqual({
      requests: { cpu: "2", memory: "2Gi" },
      limits: { cpu: "2", memory: "2Gi" },
    });
  });

  test("requests the whole disk, as Autopilot lowers the limit to the request", () => {
    const disk = (size: string) => ({ "ephemeral-storage": size });
    const template = admit(
      pod({
        requests: { cpu: "100m", memory: "128Mi", ...disk("64Mi") },
        limits: { cpu: "1", memory: "128Mi", ...disk("1152Mi") },
      }),
    );
    expect(template.spec.containers[0]?.resources).toEqual({
      requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "1152Mi" },
      limits: { cpu: "1", memory: "128Mi", "ephemeral-storage": "1152Mi" },
    });
  });

  test("asks more of pods that are not to be evicted", () => {
    const job = (annotations: Readonly<Record<string, string>>) =>
      admitted(
        {
          apiVersion: "batch/v1",
          kind: "Job",
          metadata: { name: "job", namespace: "shop", labels: {} },
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: 60,
            template: { ...pod(amounts("100m", "128Mi")), metadata: { labels: {}, annotations } },
          },
        },
        AUTOPILOT_ADMISSION,
        { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" },
      );
    const marked = job({ "cluster-autoscaler.kubernetes.io/safe-to-evict": "false", "checksum/config": "0" });
    expect(requests(marked.spec.template)).toEqual([{ cpu: "500m", memory: "512Mi" }]);
    expect(requests(job({}).spec.template)).toEqual([{ cpu: "100m", memory: "128Mi" }]);
  });

  test("finds nothing to change in what went through it before", () => {
    const cpus = ["1m", "25m", "100m", "333m", "1500m", "4"];
    const memories = ["1Mi", "52Mi", "100Mi", "1Gi", "1500Mi", "13Gi"];
    for (const cpu of cpus) {
      for (const memory of memories) {
        for (const undisturbed of [false, true]) {
          const once = admit(pod(amounts(cpu, memory), amounts("25m", "32Mi")), undisturbed);
          expect(admit(once, undisturbed)).toEqual(once);
          const sum = (of: "cpu" | "memory", parse: (text: string) => number | undefined) =>
            requests(once).reduce((total, each) => total + (parse(each[of]) ?? Number.NaN), 0);
          const ratio = sum("memory", parseBytes) / 2 ** 30 / (sum("cpu", parseCpu) / 1000);
          expect(ratio).toBeGreaterThanOrEqual(1);
          expect(ratio).toBeLessThanOrEqual(6.5);
        }
      }
    }
  });
});

test("a cluster that takes pods as they are gets them as they are", () => {
  const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: {} } } as const;
  expect(admitted(object, undefined)).toBe(object);
  expect(admitted(object, AUTOPILOT_ADMISSION)).toEqual(object);
});

describe("a pod that chooses its nodes", () => {
  const chosen = (spec: Partial<PodTemplate["spec"]>): PodTemplate => {
    const one = pod(amounts("50m", "64Mi"));
    return { ...one, spec: { ...one.spec, ...spec } };
  };
  const own = { key: "example.com/own", value: "web", effect: "NoSchedule" } as const;

  test("keeps its tolerations beside those that every pod gets", () => {
    expect(admit(chosen({ tolerations: [own] })).spec.tolerations).toEqual([own, ...AUTOPILOT_ADMISSION.tolerations]);
  });

  test("has no second toleration of a taint that it names itself", () => {
    const arm = { key: "kubernetes.io/arch", operator: "Equal", value: "arm64", effect: "NoSchedule" } as const;
    expect(admit(chosen({ tolerations: [arm] })).spec.tolerations).toEqual([arm]);
  });

  test("requests more where nodes are made for it alone", () => {
    expect(requests(admit(chosen({ tolerations: [own] })))).toEqual(requests(admit(chosen({}))));
    const alone = chosen({ tolerations: [own], nodeSelector: { "example.com/own": "web" } });
    expect(requests(admit(alone))).toEqual([{ cpu: "500m", memory: "512Mi" }]);
  });
});
