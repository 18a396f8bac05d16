import { createHash } from "node:crypto";
import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { type Stack, standIn, standInAddress } from "../../../scripts/engine/stand-in";

/*
 * Stand-ins that do what they stand for: each Kubernetes resource of a stack becomes two `terraform_data`, the one with the
 * object's life and the one with its content. Their provisioners ask `StandInProvider`, which calls the API server. In what
 * order they are called, and what stops, is the engine's.
 *
 * - `<name>__object` is replaced when the resource is: with its kind, namespace and name. Creating it creates the object and
 *   waits; destroying it deletes the object. It has the resource's `lifecycle`.
 * - `<name>` has an instance for each content, so that another one is another instance: a change in place has no provisioner.
 *   Creating it changes the object and waits. What depends on the resource depends on this.
 *
 * A provisioner that is to run when its block is gone stands in a `removed` block.
 */

type Block = Readonly<Record<string, unknown>>;

interface Config {
  readonly resource: { readonly terraform_data: Readonly<Record<string, Block>> };
  readonly moved?: readonly Readonly<Record<"from" | "to", string>>[];
  readonly removed?: readonly (Block & { readonly from: string })[];
}

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

export interface LiveStandIn {
  readonly config: object;
  /** By the address of the stand-in. */
  readonly asked: ReadonlyMap<string, Asked>;
}

interface Around {
  /** File of the state. */
  readonly file: string;
  /** Addresses in it. */
  readonly present: readonly string[];
  /** Where the provider listens. */
  readonly port: number;
  /** Identities of Deployments that have pods of another revision. */
  readonly unfinished: readonly string[];
}

const DATA = "terraform_data.";
const LIFE = "__object";

/** `Deployment`, `shop`, `web` as one word, by which an object is known through all stacks. */
export const identityOf = ({ apiVersion, kind, metadata: { namespace = "-", name } }: KubernetesObject): string =>
  `${apiVersion} ${kind} ${namespace} ${name}`;

/**
 * @param objects what the stack's resources were made of
 */
export function liveStandIn(
  stack: Stack,
  objects: readonly KubernetesObject[],
  { file, present, port, unfinished }: Around,
): LiveStandIn {
  const config = standIn(stack, file) as Config;
  const byName = new Map(objects.map((object) => [keyOf(object.kind, object.metadata.name), object]));
  const asked = new Map<string, Asked>();
  const { terraform_data: plain } = config.resource;
  const made = Object.fromEntries(Object.entries(plain).map(([name, block]) => [name, afterBoth(block)]));
  for (const [type, blocks] of Object.entries(stack.resource ?? {})) {
    if (!type.startsWith("kubernetes_")) continue;
    for (const [id, block] of Object.entries(blocks)) {
      const name = standInAddress(`${type}.${id}`).slice(DATA.length);
      const one = askedOf(block, kindOf(type, block), byName);
      asked.set(name, one);
      const { depends_on: before = [], lifecycle = {}, for_each: revisions } = made[name] ?? {};
      const { prevent_destroy: kept, create_before_destroy: before_destroy } = lifecycle as Block;
      const first = before_destroy === undefined ? {} : { create_before_destroy: before_destroy };
      const identity = identityOf(one.object);
      const life = `${name}${LIFE}`;
      made[life] = {
        depends_on: before,
        ...(revisions !== undefined && { for_each: revisions }),
        input: identity,
        triggers_replace: identity,
        lifecycle: { ...first, ...(kept !== undefined && { prevent_destroy: kept }) },
        provisioner: [call(port, `create ${name}`), deletion(port)],
      };
      made[name] = {
        depends_on: [...(before as string[]), `${DATA}${life}`],
        for_each: `\${toset([${JSON.stringify(contentOf(one))}])}`,
        lifecycle: first,
        provisioner: [call(port, `change ${name}`)],
      };
    }
  }
  refuseUnfinished(stack, made, asked, { present, unfinished });
  const forgotten = (config.removed ?? []).flatMap((block) => [block, { ...block, from: lifeOf(block.from) }]);
  const moved = (config.moved ?? []).map(({ from, to }) =>
    from.startsWith(`${DATA}kubernetes_`) ? { from: lifeOf(from), to: lifeOf(to) } : { from, to },
  );
  const known = new Set([
    ...Object.keys(made).map((name) => `${DATA}${name}`),
    ...[...forgotten, ...moved].map(({ from }) => blockOf(from)),
  ]);
  const gone = new Set(present.map(blockOf).filter((address) => address.endsWith(LIFE) && !known.has(address)));
  const removed = [
    ...forgotten,
    ...[...gone].map((from) => ({ from, lifecycle: { destroy: true }, provisioner: [deletion(port)] })),
  ];
  return {
    config: {
      ...config,
      ...(moved.length > 0 && { moved }),
      ...(removed.length > 0 && { removed }),
      resource: { terraform_data: made },
    },
    asked,
  };
}

/** Whoever depends on a resource depends on both of its stand-ins, so that an order between two of them is the resources'. */
function afterBoth(block: Block): Block {
  const { depends_on: before } = block;
  if (!Array.isArray(before)) return block;
  const all = (before as string[]).flatMap((one) =>
    one.startsWith(`${DATA}kubernetes_`) ? [one, lifeOf(one)] : [one],
  );
  return { ...block, depends_on: all };
}

/** A data source is read in the plan where what it depends on has nothing to change: its condition then holds or does not. */
function refuseUnfinished(
  { data = {} }: Stack,
  made: Record<string, Block>,
  asked: ReadonlyMap<string, Asked>,
  { present, unfinished }: Pick<Around, "present" | "unfinished">,
): void {
  for (const [id, block] of Object.entries(data.kubernetes_resource ?? {})) {
    const [before = ""] = block.depends_on as readonly string[];
    const read = asked.get(standInAddress(before).slice(DATA.length));
    if (read === undefined) throw new Error(`${id} reads what is not in the stack`);
    const current = `${standInAddress(before)}[${JSON.stringify(contentOf(read))}]`;
    if (!present.includes(current) || !unfinished.includes(identityOf(read.object))) continue;
    const [{ error_message: says } = {}] = (block.lifecycle as { postcondition: readonly Block[] }).postcondition;
    const name = standInAddress(`data.kubernetes_resource.${id}`).slice(DATA.length);
    const refusal = { condition: "${self.input == null}", error_message: says };
    made[name] = { ...made[name], lifecycle: { postcondition: [refusal] } };
  }
}

/** What is deleted is what was created, whatever its block says now: no other is known to a provisioner. */
const deletion = (port: number) => call(port, "delete ${self.input}", { when: "destroy" });

/** Says a line, reads whether it went well and what there is to say of it. */
const call = (port: number, line: string, more: Block = {}) => ({
  "local-exec": {
    ...more,
    interpreter: ["bash", "-c"],
    command: `exec 3<>/dev/tcp/127.0.0.1/${port} && echo '${line}' >&3 && read -r code <&3 && cat <&3 >&2; exit "$code"`,
  },
});

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
const contentOf = ({ object, ignored }: Asked): string =>
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

/** The address of the object's life, of that of the resource. */
const lifeOf = (address: string): string => address.replace(/^([^[]+)/, `$1${LIFE}`);

const blockOf = (address: string): string => address.replace(/\[.*$/s, "");
