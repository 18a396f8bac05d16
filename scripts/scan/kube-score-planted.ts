import type { Deployment, KubernetesObject } from "../../constructs/kubernetes/objects";

export interface PlantedObjects {
  readonly check: string;
  readonly change: (objects: readonly KubernetesObject[]) => readonly object[];
}

/** What kube-score must find in an application's objects, each changed in one thing. */
export const PLANTED: readonly PlantedObjects[] = [
  inContainers("container-image-tag", { image: "registry.example.com/app:latest" }),
  inContainers("container-resources", { resources: {} }),
  inContainers("container-security-context-privileged", { securityContext: { privileged: true } }),
  inContainers("container-security-context-readonlyrootfilesystem", {
    securityContext: { readOnlyRootFilesystem: false },
  }),
  inContainers("pod-probes", { readinessProbe: undefined, livenessProbe: undefined }),
  without("deployment-has-poddisruptionbudget", "PodDisruptionBudget"),
  without("horizontalpodautoscaler-has-target", "Deployment"),
  without("pod-networkpolicy", "NetworkPolicy"),
];

function inContainers(check: string, change: object): PlantedObjects {
  const changed = (deployment: Deployment): object => {
    const { template } = deployment.spec;
    const containers = template.spec.containers.map((container) => ({ ...container, ...change }));
    return {
      ...deployment,
      spec: { ...deployment.spec, template: { ...template, spec: { ...template.spec, containers } } },
    };
  };
  return {
    check,
    change: (objects) => objects.map((object) => (object.kind === "Deployment" ? changed(object) : object)),
  };
}

function without(check: string, kind: KubernetesObject["kind"]): PlantedObjects {
  return { check, change: (objects) => objects.filter((object) => object.kind !== kind) };
}
