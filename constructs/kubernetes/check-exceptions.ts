import type { CheckException } from "../model/check-exception";
import { EXPORTER_COMPONENT, SERVER_COMPONENT } from "./labels";
import type { Container, KubernetesObject, PodSpec } from "./objects";

interface ObjectException extends CheckException {
  readonly applies: (object: KubernetesObject) => boolean;
}

const component = ({ metadata }: KubernetesObject): string | undefined =>
  metadata.labels["app.kubernetes.io/component"];

const containers = (object: KubernetesObject): readonly Container[] => {
  const spec = pods(object);
  return spec === undefined ? [] : [...(spec.initContainers ?? []), ...spec.containers];
};

/** What scanners find in Kubernetes objects and we keep. checkov sees Terraform resources, kube-score the objects. */
export const OBJECT_EXCEPTIONS: readonly ObjectException[] = [
  {
    checks: ["CKV_K8S_43"],
    reason: 'images are given by their tags; an environment whose images are "digest" refuses that',
    given: true,
    applies: (object) => containers(object).some(({ image }) => !image.includes("@sha256:")),
  },
  {
    checks: ["CKV_K8S_15", "container-image-pull-policy"],
    reason:
      "by its digest, or because the registry overwrites no tag, the image cannot have changed, and a registry that " +
      "is down keeps no pod from starting",
    applies: (object) => containers(object).some((one) => one.imagePullPolicy === "IfNotPresent"),
  },
  {
    checks: ["CKV_K8S_35"],
    reason: "DATABASE_URL is given as a variable, and what other services need goes the same way",
    given: true,
    applies: (object) => containers(object).some(({ env }) => env !== undefined),
  },
  {
    checks: ["CKV_K8S_8"],
    reason: "the given consumer has no command that asks for its health; it ends by itself after an hour",
    given: true,
    applies: (object) => component(object) === "worker",
  },
  {
    checks: ["CKV_K8S_9"],
    reason: "nobody connects to a worker, so there is nothing to be ready for",
    applies: (object) => component(object) === "worker",
  },
  {
    checks: ["container-security-context-user-group-id"],
    reason: "user 1000 is given, and is that of the images",
    given: true,
    applies: (object) => (pods(object)?.securityContext.runAsUser ?? Infinity) <= 10_000,
  },
  {
    checks: ["pod-probes-identical"],
    reason: "php-fpm-healthcheck is given for both probes",
    given: true,
    applies: (object) => component(object) === "php-fpm",
  },
  {
    checks: ["deployment-has-host-podantiaffinity"],
    reason: "pods are spread over zones and nodes by topologySpreadConstraints, of which there can be more than nodes",
    applies: ({ kind }) => kind === "Deployment",
  },
  {
    checks: ["deployment-targeted-by-hpa-does-not-have-replicas-configured"],
    reason: "it is the number of the first rollout; from then on Terraform ignores it",
    applies: ({ kind }) => kind === "Deployment",
  },
  {
    checks: ["networkpolicy-targets-pod"],
    reason: "its pods are cert-manager's, there only while a certificate is proved",
    applies: ({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "allow-acme-solver",
  },
  {
    checks: ["networkpolicy-targets-pod"],
    reason: "its pods are made by the operator of RabbitMQ, which gives them these labels",
    applies: (object) =>
      object.kind === "NetworkPolicy" &&
      object.spec.podSelector.matchLabels?.["app.kubernetes.io/component"] === "rabbitmq",
  },
  {
    checks: ["pod-probes-identical"],
    reason: "a server tells by one question how it is; before it is started anew it may fail twice as often",
    applies: isServer,
  },
  {
    checks: ["pod-probes-identical"],
    reason:
      "an exporter answers two paths alone: what it measures, for which it asks its server, and a page of its own",
    applies: (object) => component(object) === EXPORTER_COMPONENT,
  },
  {
    checks: ["deployment-replicas"],
    reason: "an environment of profile small may have one of each; in production a single one is refused",
    applies: (object) => object.kind === "Deployment" && object.spec.replicas === 1,
  },
  {
    checks: ["statefulset-has-servicename"],
    reason: "it has one pod, which clients reach by the address of its Service; nobody asks for a pod by name",
    applies: (object) => object.kind === "StatefulSet" && isServer(object),
  },
];

export function objectExceptions(object: KubernetesObject): readonly CheckException[] {
  return OBJECT_EXCEPTIONS.filter(({ applies }) => applies(object));
}

function pods(object: KubernetesObject): PodSpec | undefined {
  if (object.kind === "Deployment" || object.kind === "StatefulSet" || object.kind === "Job") {
    return object.spec.template.spec;
  }
  return object.kind === "CronJob" ? object.spec.jobTemplate.spec.template.spec : undefined;
}

/** Whether it is the server of a data service. Where it keeps its data itself it is a StatefulSet. */
function isServer(object: KubernetesObject): boolean {
  return (object.kind === "Deployment" || object.kind === "StatefulSet") && component(object) === SERVER_COMPONENT;
}
