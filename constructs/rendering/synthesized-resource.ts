import { isJsonObject } from "../kubernetes/json";
/** A resource in the JSON of a stack, or a module, whose type is `module`. */
export interface Resource {
  readonly type: string;
  /** `<type>.<name>`, `module.<name>` */
  readonly address: string;
  /** Path of the construct, from the name of the stack. */
  readonly path: readonly string[];
  readonly block: Readonly<Record<string, unknown>>;
}

/**
 * Resources and modules of a stack, of `cdk.tf.json` as it was written. None where it is no stack.
 *
 * @throws Error for a resource without the path of its construct, which cdktf always writes
 */
export function resourcesOf(stack: unknown): Resource[] {
  const byType = isJsonObject(stack) && isJsonObject(stack.resource) ? stack.resource : {};
  const modules = isJsonObject(stack) && isJsonObject(stack.module) ? { module: stack.module } : {};
  return Object.entries({ ...byType, ...modules }).flatMap(([type, byName]) =>
    Object.entries(isJsonObject(byName) ? byName : {}).map(([name, block]) => {
      const address = `${type}.${name}`;
      const path = pathOf(block);
      if (path === undefined || !isJsonObject(block)) throw new Error(`${address}: has no path of a construct`);
      return { type, address, path, block };
    }),
  );
}

/** `KubernetesObject["kind"]` of a resource; `undefined` where it is none of Kubernetes. */
export function kindOf({ type, block }: Resource): string | undefined {
  const { manifest } = block;
  if (isJsonObject(manifest)) return typeof manifest.kind === "string" ? manifest.kind : undefined;
  const [, name] = /^kubernetes_(\w+?)(?:_v\d+)?$/.exec(type) ?? [];
  return name
    ?.split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

/** Labels of a Kubernetes object. */
export function labelsOf({ manifest, metadata }: Resource["block"]): Readonly<Record<string, string>> {
  const own = isJsonObject(manifest)
    ? manifest.metadata
    : Array.isArray(metadata)
      ? (metadata as unknown[])[0]
      : metadata;
  const labels = isJsonObject(own) && isJsonObject(own.labels) ? own.labels : {};
  return Object.fromEntries(
    Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}

/** An id in capitals and small letters is the program's; any other is a name of the user's, or of an object. */
const inWords = (id: string): string =>
  /^(?:[A-Z][a-z\d]*)+$/.test(id) ? id.replace(/(?<=[a-z\d])(?=[A-Z])/g, " ").toLowerCase() : id;

/**
 * Ids of constructs as people say them: `SecurityGroup`, `FromCluster` → `security group, from cluster`. Of an element's
 * main resource, whose construct has no id of its own, the type: `aws_db_instance` → `db instance`.
 */
export function words(ids: readonly string[], type: string): string {
  const said = ids.filter((id) => id !== "Default").map(inWords);
  if (said.length > 0) return said.join(", ");
  return type === "module" ? type : type.split("_").slice(1).join(" ");
}

function pathOf(block: unknown): string[] | undefined {
  const comment = isJsonObject(block) ? block["//"] : undefined;
  const metadata = isJsonObject(comment) ? comment.metadata : undefined;
  return isJsonObject(metadata) && typeof metadata.path === "string" ? metadata.path.split("/") : undefined;
}
