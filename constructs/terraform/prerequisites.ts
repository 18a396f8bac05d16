import type { ITerraformDependable } from "cdktf";
import { ordersCertificates } from "../kubernetes/certificate-order";
import type { OwnResource } from "../kubernetes/object-groups";
import type { KubernetesObject, Labels, PodTemplate, ServiceAccount } from "../kubernetes/objects";
import { type Phase, phaseOf, PHASES } from "../kubernetes/phases";
import { isPolicyByName, POLICY_BY_NAME_KINDS } from "../kubernetes/policies-by-name";
import { rabbitmqPodLabels } from "../kubernetes/rabbitmq-labels";
import { nameOfAllRevisions } from "../kubernetes/revision";
import type { Calls } from "./calls";

type Kind = KubernetesObject["kind"];

/** Kinds of which an operator makes a Secret. */
const SECRETS = ["ExternalSecret", "SealedSecret"] as const satisfies readonly Kind[];
const MOUNTED = ["ExternalSecret", "Certificate"] as const satisfies readonly Kind[];

/** Annotation by which an Ingress asks for passwords. */
const AUTH_SECRET = "nginx.ingress.kubernetes.io/auth-secret";

/** The one by which it sets headers: namespace and name of a ConfigMap. */
const CUSTOM_HEADERS = "nginx.ingress.kubernetes.io/custom-headers";

const RUNNING: readonly Kind[] = ["Job", "Deployment", "CronJob", "StatefulSet", "RabbitmqCluster"];

/** What processes of each phase wait for beside what their pods refer to. */
const BEFORE: { readonly [P in Phase]?: readonly Phase[] } = {
  users: ["data"],
  release: ["data", "users"],
  workloads: ["data", "users", "release"],
  cleanup: ["users", "release", "workloads"],
};

const rank = (object: KubernetesObject): number => PHASES.indexOf(phaseOf(object));

/** The objects, so that none comes before one it waits for. */
export function creationOrder(objects: readonly KubernetesObject[], calls: Calls): KubernetesObject[] {
  return [...objects].sort((a, b) => rank(a) - rank(b) || calls.depth(a) - calls.depth(b));
}

/** What each object waits for, by the names it refers to. Objects are added in `creationOrder`. */
export class Prerequisites {
  readonly #byName = new Map<string, ITerraformDependable>();
  /** Quotas, limits and policies of a whole namespace, by the namespace. */
  readonly #rules = new Map<string, ITerraformDependable[]>();
  /** Policies of some pods, by the namespace and one label they select. */
  readonly #policies = new Map<string, { readonly select: Labels; readonly resource: ITerraformDependable }[]>();
  /** Jobs and what runs for good, by namespace, phase and whether by the clock, for what has to wait. */
  readonly #running = new Map<string, ITerraformDependable[]>();

  /** Policies that say who may use a route, by the route: it opens when they hold. */
  readonly #guards = new Map<string, ITerraformDependable[]>();
  /** Ingresses, by namespace: the one that orders certificates comes last. */
  readonly #ingresses = new Map<string, ITerraformDependable[]>();

  constructor(private readonly calls: Calls) {}

  public add(object: KubernetesObject, resource: ITerraformDependable): void {
    const { namespace = "" } = object.metadata;
    this.#byName.set(key(object.kind, namespace, referredName(object)), resource);
    if (object.kind === "ResourceQuota" || object.kind === "LimitRange") append(this.#rules, namespace, resource);
    if (RUNNING.includes(object.kind)) {
      append(this.#running, `${namespace}/${phaseOf(object)}/${object.kind === "CronJob"}`, resource);
    }
    if (object.kind === "SecurityPolicy") {
      for (const { kind, name } of object.spec.targetRefs) append(this.#guards, key(kind, namespace, name), resource);
    }
    if (object.kind === "Ingress") append(this.#ingresses, namespace, resource);
    if (object.kind !== "NetworkPolicy") return;
    const select = object.spec.podSelector.matchLabels ?? {};
    const first = Object.entries(select)[0];
    if (first === undefined) append(this.#rules, namespace, resource);
    else append(this.#policies, labelKey(namespace, first), { select, resource });
  }

  /** `undefined` where there is none. */
  public of(object: KubernetesObject): ITerraformDependable[] | undefined {
    const { namespace } = object.metadata;
    const found = new Set<ITerraformDependable>();
    if (namespace !== undefined) {
      this.#named(found, "Namespace", "", namespace);
      this.#referred(found, object, namespace);
    }
    return found.size === 0 ? undefined : [...found];
  }

  /** What an object of the application's own waits for, whose fields nobody knows: the rules that hold over it. */
  public ofOwn({ object: { metadata }, podLabels }: OwnResource): ITerraformDependable[] | undefined {
    const found = new Set<ITerraformDependable>();
    this.#named(found, "Namespace", "", metadata.namespace);
    if (podLabels !== undefined) this.#rulesOver(found, podLabels, metadata.namespace);
    return found.size === 0 ? undefined : [...found];
  }

  #referred(found: Set<ITerraformDependable>, object: KubernetesObject, namespace: string): void {
    switch (object.kind) {
      case "Deployment":
      case "StatefulSet":
      case "Job":
        this.#ofPods(found, object.spec.template, namespace);
        this.#after(found, namespace, BEFORE[phaseOf(object)] ?? []);
        this.#deployments(found, namespace, this.calls.of(object));
        break;
      case "CronJob":
        this.#deployments(found, namespace, this.calls.of(object));
        this.#ofPods(found, object.spec.jobTemplate.spec.template, namespace);
        this.#after(found, namespace, BEFORE[phaseOf(object)] ?? []);
        break;
      case "NetworkPolicy":
        // What it may close is open by name then.
        for (const kind of POLICY_BY_NAME_KINDS)
          this.#named(found, kind, namespace, nameOfAllRevisions(object.metadata));
        break;
      case "ServiceAccount":
        this.#pulls(found, object.imagePullSecrets, namespace);
        break;
      case "PersistentVolumeClaim":
        // One that grows is refused as long as the quota is that of before.
        for (const rule of this.#rules.get(namespace) ?? []) found.add(rule);
        break;
      case "RabbitmqCluster":
        this.#pulls(found, object.spec.imagePullSecrets, namespace);
        this.#rulesOver(found, rabbitmqPodLabels(object.metadata.name), namespace);
        this.#named(found, "ExternalSecret", namespace, object.spec.secretBackend.externalSecret.name);
        this.#named(found, "Certificate", namespace, object.spec.tls.secretName);
        break;
      case "Certificate":
        this.#named(found, "Issuer", namespace, object.spec.issuerRef.name);
        break;
      case "Issuer":
        if ("ca" in object.spec) this.#named(found, "Certificate", namespace, object.spec.ca.secretName);
        break;
      case "ExternalSecret":
        // New passwords are handed out once the services know them.
        if (phaseOf(object) === "secrets") this.#after(found, namespace, ["users"]);
        break;
      case "HorizontalPodAutoscaler":
        this.#named(found, "Deployment", namespace, object.spec.scaleTargetRef.name);
        break;
      case "TriggerAuthentication":
        for (const { name } of object.spec.secretTargetRef ?? []) this.#named(found, "ExternalSecret", namespace, name);
        for (const { name } of object.spec.configMapTargetRef ?? []) this.#named(found, "ConfigMap", namespace, name);
        break;
      case "ScaledObject":
        this.#named(found, "Deployment", namespace, object.spec.scaleTargetRef.name);
        for (const { authenticationRef } of object.spec.triggers)
          this.#named(found, "TriggerAuthentication", namespace, authenticationRef.name);
        break;
      case "SecurityPolicy":
        this.#named(found, "ExternalSecret", namespace, object.spec.basicAuth?.users.name);
        break;
      case "Ingress":
        this.#named(found, "ExternalSecret", namespace, object.metadata.annotations?.[AUTH_SECRET]);
        this.#named(found, "ConfigMap", namespace, object.metadata.annotations?.[CUSTOM_HEADERS]?.split("/")[1]);
        for (const { http } of object.spec.rules) {
          for (const { backend } of http?.paths ?? []) {
            if (ordersCertificates(object.metadata)) this.#serving(found, namespace, backend.service.name);
            // Kept until the main one leads there, and so may what it waits for be: a Deployment has no second name.
            else this.#named(found, "Service", namespace, backend.service.name);
          }
        }
        if (ordersCertificates(object.metadata)) for (const own of this.#ingresses.get(namespace) ?? []) found.add(own);
        break;
      case "HTTPRoute":
        for (const { name } of object.spec.parentRefs) this.#named(found, "Gateway", namespace, name);
        for (const policy of this.#guards.get(key("HTTPRoute", namespace, object.metadata.name)) ?? [])
          found.add(policy);
        for (const { backendRefs = [] } of object.spec.rules) {
          for (const { name } of backendRefs) this.#serving(found, namespace, name);
        }
        break;
      case "ClientTrafficPolicy":
      case "BackendTrafficPolicy":
        for (const { kind, name } of object.spec.targetRefs) this.#named(found, kind, namespace, name);
    }
  }

  /** A Service, and what answers for it: the provider waits for a Deployment's rollout. */
  #serving(found: Set<ITerraformDependable>, namespace: string, service: string): void {
    this.#named(found, "Service", namespace, service);
    this.#deployments(found, namespace, this.calls.behind(namespace, service));
  }

  #deployments(found: Set<ITerraformDependable>, namespace: string, names: readonly string[]): void {
    for (const name of names) this.#named(found, "Deployment", namespace, name);
  }

  #pulls(found: Set<ITerraformDependable>, secrets: ServiceAccount["imagePullSecrets"], namespace: string): void {
    for (const { name } of secrets ?? []) this.#named(found, "ExternalSecret", namespace, name);
  }

  #after(found: Set<ITerraformDependable>, namespace: string, phases: readonly Phase[]): void {
    for (const phase of phases) {
      // What runs by the clock comes last, as in the states that there are.
      for (const clock of [false, true]) {
        for (const resource of this.#running.get(`${namespace}/${phase}/${clock}`) ?? []) found.add(resource);
      }
    }
  }

  #ofPods(found: Set<ITerraformDependable>, { metadata, spec }: PodTemplate, namespace: string): void {
    this.#rulesOver(found, metadata.labels, namespace);
    this.#named(found, "ServiceAccount", namespace, spec.serviceAccountName);
    for (const { envFrom = [], env = [] } of [...(spec.initContainers ?? []), ...spec.containers]) {
      for (const { configMapRef } of envFrom) this.#named(found, "ConfigMap", namespace, configMapRef.name);
      for (const variable of env) {
        if (!("valueFrom" in variable)) continue;
        for (const kind of SECRETS) this.#named(found, kind, namespace, variable.valueFrom.secretKeyRef.name);
      }
    }
    for (const { configMap, secret, persistentVolumeClaim, projected } of spec.volumes) {
      for (const source of [
        { configMap, secret: secret && { name: secret.secretName } },
        ...(projected?.sources ?? []),
      ]) {
        for (const kind of MOUNTED) this.#named(found, kind, namespace, source.secret?.name);
        this.#named(found, "ConfigMap", namespace, source.configMap?.name);
      }
      if (persistentVolumeClaim === undefined) continue;
      this.#named(found, "PersistentVolumeClaim", namespace, persistentVolumeClaim.claimName);
    }
  }

  #rulesOver(found: Set<ITerraformDependable>, labels: Labels, namespace: string): void {
    for (const rule of this.#rules.get(namespace) ?? []) found.add(rule);
    for (const label of Object.entries(labels)) {
      for (const { select, resource } of this.#policies.get(labelKey(namespace, label)) ?? []) {
        if (Object.entries(select).every(([name, value]) => labels[name] === value)) found.add(resource);
      }
    }
  }

  /** Adds what has the name, only if it is among the objects: otherwise it must exist already. */
  #named(found: Set<ITerraformDependable>, kind: Kind, namespace: string, name: string | undefined): void {
    if (name === undefined) return;
    const resource = this.#byName.get(key(kind, namespace, name));
    if (resource !== undefined) found.add(resource);
  }
}

/** Pods refer to the Secret, which is not ours but an operator's, and a policy to the one beside it in any revision. */
function referredName(object: KubernetesObject): string {
  switch (object.kind) {
    case "Certificate":
      return object.spec.secretName;
    case "ExternalSecret":
      return object.spec.target.name;
    default:
      return isPolicyByName(object) ? nameOfAllRevisions(object.metadata) : object.metadata.name;
  }
}

function key(kind: Kind, namespace: string, name: string): string {
  return `${kind}/${namespace}/${name}`;
}

function labelKey(namespace: string, [name, value]: readonly [string, string]): string {
  return `${namespace}/${name}=${value}`;
}

function append<T>(map: Map<string, T[]>, at: string, value: T): void {
  const present = map.get(at);
  if (present === undefined) map.set(at, [value]);
  else present.push(value);
}
