import { createHash } from "node:crypto";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";

/* What a resource of Kubernetes asks for: the object that it was made of, and what stands beside that in its block. */

export type Block = Readonly<Record<string, unknown>>;

/** A resource's object with what its resource says of it. */
export interface Asked {
  readonly object: KubernetesObject;
  /** Paths that others write, as lists of keys. */
  readonly ignored: readonly (readonly string[])[];
  /** Conditions that a manifest waits for; `undefined` for a typed resource, which has its own way to wait. */
  readonly conditions?: readonly string[];
  /** Whether what others have written is overwritten. */
  readonly force: boolean;
}

/** `apps/v1 Deployment shop web`: by it an object is known through all stacks. `-` is no namespace. */
export const identityOf = ({ apiVersion, kind, metadata: { namespace = "-", name } }: KubernetesObject): string =>
  `${apiVersion} ${kind} ${namespace} ${name}`;

/** Finds what a resource was made of, among all that a stack was made of. */
export function askedFrom(objects: readonly KubernetesObject[]): (type: string, block: Block) => Asked {
  const byName = new Map(objects.map((object) => [keyOf(object.kind, object.metadata.name), object]));
  return (type, block) => askedOf(block, kindOf(type, block), byName);
}

function askedOf(block: Block, kind: string, byName: ReadonlyMap<string, KubernetesObject>): Asked {
  const { name } = ((block.manifest ?? block) as { metadata: { name: string } }).metadata;
  const object = byName.get(keyOf(kind, name));
  if (object === undefined) throw new Error(`a ${kind} ${name} is in the stack and among no objects`);
  const { ignore_changes: ignored = [] } = (block.lifecycle ?? {}) as { ignore_changes?: readonly string[] };
  const { force_conflicts: forced } = (block.field_manager ?? {}) as Block;
  const { condition = [] } = (block.wait ?? {}) as { condition?: readonly { type: string }[] };
  return {
    object,
    ignored: ignored.map(keysOf),
    force: block.manifest === undefined || forced === true,
    ...(block.manifest !== undefined && { conditions: condition.map(({ type }) => type) }),
  };
}

/** `spec[0].template[0].metadata[0].annotations["a/b"]` → `spec`, `template`, `metadata`, `annotations`, `a/b`. */
const keysOf = (path: string): string[] =>
  [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|([A-Za-z_]+)/g)].map(([, key, attribute]) => key ?? attribute ?? "");

/** `kubernetes_config_map_v1` → `configmap`. */
const kindOf = (type: string, { manifest }: Block): string =>
  (manifest as { kind: string } | undefined)?.kind ?? type.replace(/^kubernetes_|_v\d$|_/g, "");

const keyOf = (kind: string, name: string): string => `${kind.toLowerCase()}/${name}`;

/** Another where the object would be changed. */
export const contentOf = ({ object, ignored }: Asked): string =>
  createHash("sha256")
    .update(JSON.stringify(ignored.reduce<object>((one, path) => without(one, path), object)))
    .digest("hex")
    .slice(0, 12);

function without(value: object, [key = "", ...rest]: readonly string[]): object {
  const inner: unknown = (value as Block)[key];
  const others = Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  if (rest.length === 0) return others;
  return typeof inner === "object" && inner !== null ? { ...others, [key]: without(inner, rest) } : value;
}
