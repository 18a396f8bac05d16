import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import type { Found } from "./api";
import type { Asked } from "./asked";
import { api } from "./cluster";

/* How one object is written and what is waited for, by the source of the Kubernetes provider 2.38.0. */

/** What is missing of an object as it is found; `undefined`: nothing. Throws where waiting is in vain. */
export type Wait = (found: Found) => string | undefined | Promise<string | undefined>;

/** Of `apps/v1 Deployment shop web`; `-` for no namespace. */
export function pathOf(identity: string): string {
  const [version = "", kind = "", namespace = "", name = ""] = identity.split(" ");
  const within = namespace === "-" ? "" : `namespaces/${namespace}/`;
  return `/${version === "v1" ? "api" : "apis"}/${version}/${within}${plural(kind)}/${name}`;
}

function plural(kind: string): string {
  const one = kind.toLowerCase();
  if (one.endsWith("ss")) return `${one}es`;
  return /[^aeiou]y$/.test(one) ? `${one.slice(0, -1)}ies` : `${one}s`;
}

/** Creates or changes it. @param found what is there */
export async function putInto({ object, ignored, force }: Asked, found: Found): Promise<void> {
  const { apiVersion, kind, metadata } = object;
  const path = pathOf(`${apiVersion} ${kind} ${metadata.namespace ?? "-"} ${metadata.name}`);
  const body = found === undefined ? hurried(object) : ignored.reduce(asFound(found), hurried(object));
  const query = `?fieldManager=Terraform&fieldValidation=Strict&force=${String(force)}`;
  const ask = () => api.ask("PATCH", path + query, body, "application/apply-patch+yaml");
  let answer = await ask();
  for (let again = 0; again < 8 && AGAIN.test(JSON.stringify(answer.body)); again++) answer = await ask();
  if (answer.status > 299) throw new Error(`${path}: ${answer.status} ${String(answer.body.message)}`);
}

/** Much that is made at one time meets itself at the namespace's quota. */
const AGAIN = /Operation cannot be fulfilled on resourcequotas/;

/** A pod is believed in after a second, where the model says ten: a story has many rollouts. */
const hurried = (object: KubernetesObject): Fields =>
  object.kind === "Deployment" ? { ...object, spec: { ...object.spec, minReadySeconds: 1 } } : { ...object };

type Fields = Readonly<Record<string, unknown>>;

const asFound =
  (found: Found) =>
  (body: Fields, path: readonly string[]): Fields => {
    const value = path.reduce<unknown>((inner, key) => (inner as Fields | undefined)?.[key], found);
    return value === undefined ? body : set(body, path, value);
  };

const set = (body: Fields, [key = "", ...rest]: readonly string[], value: unknown): Fields => ({
  ...body,
  [key]: rest.length === 0 ? value : set((body[key] ?? {}) as Fields, rest, value),
});

export function waits({ object, conditions }: Asked): Wait {
  if (conditions !== undefined) return ({ status }) => conditions.find((type) => !holds(status, type));
  switch (object.kind) {
    case "Deployment":
      return rolledOut;
    case "StatefulSet":
      return serverRolledOut;
    case "Job":
      return ended;
    case "Namespace":
      return async () => {
        const account = `v1 ServiceAccount ${object.metadata.name} default`;
        return (await api.ask("GET", pathOf(account))).status === 200 ? undefined : "has no default ServiceAccount";
      };
    default:
      return () => undefined;
  }
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
}

const conditionsOf = (status: Found): Condition[] => (status?.conditions ?? []) as Condition[];

const holds = (status: Found, type: string): boolean =>
  conditionsOf(status).some((one) => one.type === type && one.status === "True");

function rolledOut({ metadata, spec, status }: Found): string | undefined {
  if (metadata.generation > (status.observedGeneration ?? 0)) return "waiting for rollout to start";
  if (conditionsOf(status).some(({ reason }) => reason === "ProgressDeadlineExceeded"))
    throw new Error(`${metadata.name}: Deployment exceeded its progress deadline`);
  const { replicas = 0, updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0 } = status;
  const done =
    updatedReplicas >= (spec.replicas ?? 1) &&
    replicas <= updatedReplicas &&
    replicas <= readyReplicas &&
    availableReplicas >= updatedReplicas;
  return done
    ? undefined
    : `waiting for rollout to finish: ${updatedReplicas} of ${spec.replicas} replicas are updated`;
}

function serverRolledOut({ metadata, spec, status }: Found): string | undefined {
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0, updateRevision, currentRevision } = status;
  const done =
    observedGeneration >= metadata.generation &&
    readyReplicas === spec.replicas &&
    (updateRevision === currentRevision || updatedReplicas === spec.replicas);
  return done ? undefined : "StatefulSet is not finished rolling out";
}

function ended({ metadata, status }: Found): string | undefined {
  if (holds(status, "Failed")) throw new Error(`job: ${metadata.namespace}/${metadata.name} is in failed state`);
  return holds(status, "Complete") ? undefined : "job is not in complete state";
}
