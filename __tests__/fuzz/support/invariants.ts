import type { KubernetesObject, Labels, PodTemplate } from "../../../constructs/kubernetes/objects";

/*
 * What holds of the objects of every application, whatever it is: names that Kubernetes takes, and nothing that refers to
 * what is not there.
 */

const DNS_LABEL = /^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const DNS_NAME = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const LABEL_VALUE = /^(?:[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_KEY = /^(?:[a-z0-9.-]{1,253}\/)?[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;

/** Names of these are parts of addresses. */
const DNS_LABELS: readonly KubernetesObject["kind"][] = ["Service", "Namespace"];

/** Secrets that come from elsewhere: made by the cluster's operators under these ends. */
const MADE = /-(?:tls|ca|server-tls|default-user|sealed|erlang-cookie)$/;

/** Every violation, named by its object. */
export function violations(objects: readonly KubernetesObject[]): string[] {
  const named = (kind: KubernetesObject["kind"]): string[] =>
    objects.flatMap((object) => (object.kind === kind ? [object.metadata.name] : []));
  const ids = objects.map(({ kind, metadata: { namespace = "", name } }) => `${kind} ${namespace}/${name}`);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  const templates = objects.flatMap((object) => {
    const template = templateOf(object);
    return template === undefined ? [] : [{ object, template }];
  });
  return [
    ...twice.map((id) => `${id}: given twice`),
    ...objects.flatMap((object) => nameViolations(object)),
    ...templates.flatMap(({ object, template }) => referenceViolations(object, template, objects, named)),
    ...objects.flatMap((object) =>
      targetViolations(
        object,
        objects,
        templates.map(({ template }) => template),
      ),
    ),
  ];
}

function nameViolations({ kind, metadata }: KubernetesObject): string[] {
  const { name, labels } = metadata;
  const form = DNS_LABELS.includes(kind) ? DNS_LABEL : DNS_NAME;
  return [
    ...(form.test(name) ? [] : [`${kind} ${name}: no name`]),
    ...Object.entries(labels).flatMap(([key, value]) =>
      LABEL_KEY.test(key) && LABEL_VALUE.test(value) ? [] : [`${kind} ${name}: label ${key}=${value}`],
    ),
  ];
}

export function templateOf(object: KubernetesObject): PodTemplate | undefined {
  switch (object.kind) {
    case "Deployment":
    case "StatefulSet":
    case "Job":
      return object.spec.template;
    case "CronJob":
      return object.spec.jobTemplate.spec.template;
    default:
      return undefined;
  }
}

function referenceViolations(
  { kind, metadata: { name } }: KubernetesObject,
  { metadata, spec }: PodTemplate,
  objects: readonly KubernetesObject[],
  named: (kind: KubernetesObject["kind"]) => string[],
): string[] {
  const secrets = objects.flatMap((object) => {
    if (object.kind === "ExternalSecret") return [object.spec.target.name];
    return object.kind === "Certificate" ? [object.spec.secretName] : [];
  });
  const known = (what: string, one: string | undefined, all: readonly string[]): string[] =>
    one === undefined || all.includes(one) || (what === "Secret" && MADE.test(one))
      ? []
      : [`${kind} ${name}: no ${what} ${one}`];
  const ports = spec.containers.flatMap(({ ports: given = [] }) => given.map((port) => port.name));
  return [
    ...(new Set(ports).size === ports.length ? [] : [`${kind} ${name}: two ports of one name`]),
    ...Object.values(metadata.labels).flatMap((value) =>
      LABEL_VALUE.test(value) ? [] : [`${kind} ${name}: pod label ${value}`],
    ),
    ...known("ServiceAccount", spec.serviceAccountName, [...named("ServiceAccount"), "default"]),
    ...spec.containers.flatMap(({ envFrom = [], env = [] }) => [
      ...envFrom.flatMap(({ configMapRef }) => known("ConfigMap", configMapRef.name, named("ConfigMap"))),
      ...env.flatMap((variable) =>
        "valueFrom" in variable ? known("Secret", variable.valueFrom.secretKeyRef.name, secrets) : [],
      ),
      ...duplicates(env.map((variable) => variable.name)).map((variable) => `${kind} ${name}: ${variable} twice`),
    ]),
    ...spec.volumes.flatMap(({ configMap, secret, persistentVolumeClaim: claim }) => [
      ...known("ConfigMap", configMap?.name, named("ConfigMap")),
      ...known("Secret", secret?.secretName, secrets),
      ...known("PersistentVolumeClaim", claim?.claimName, named("PersistentVolumeClaim")),
    ]),
  ];
}

const duplicates = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);

const selects = (select: Labels, labels: Labels): boolean =>
  Object.entries(select).every(([key, value]) => labels[key] === value);

/** Services, routes and autoscalers lead to something. */
function targetViolations(
  object: KubernetesObject,
  objects: readonly KubernetesObject[],
  templates: readonly PodTemplate[],
): string[] {
  const { kind, metadata } = object;
  const services = objects.flatMap((one) => (one.kind === "Service" ? [one.metadata.name] : []));
  const say = (what: string): string => `${kind} ${metadata.name}: ${what}`;
  switch (object.kind) {
    case "Service": {
      const selector = object.spec.selector;
      // Pods of an operator's are none of these objects.
      if ("app.kubernetes.io/name" in selector) return [];
      const pods = templates.filter(({ metadata: { labels } }) => selects(selector, labels));
      if (pods.length === 0) return [say("selects no pods")];
      const ports = pods.flatMap(({ spec }) => spec.containers.flatMap(({ ports: given = [] }) => given));
      return object.spec.ports
        .filter(
          ({ targetPort }) => !ports.some((port) => port.name === targetPort || port.containerPort === targetPort),
        )
        .map(({ targetPort }) => say(`no port ${targetPort}`));
    }
    case "HorizontalPodAutoscaler": {
      const { name } = object.spec.scaleTargetRef;
      return objects.some((one) => one.kind === "Deployment" && one.metadata.name === name) ? [] : [say(`no ${name}`)];
    }
    case "Ingress":
      return object.spec.rules
        .flatMap(({ http }) => (http?.paths ?? []).map(({ backend }) => backend.service.name))
        .filter((name) => !services.includes(name))
        .map((name) => say(`no Service ${name}`));
    case "HTTPRoute":
      return object.spec.rules
        .flatMap(({ backendRefs = [] }) => backendRefs.map(({ name }) => name))
        .filter((name) => !services.includes(name))
        .map((name) => say(`no Service ${name}`));
    default:
      return [];
  }
}
