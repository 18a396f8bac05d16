import type { KubernetesObject } from "../../../constructs/kubernetes/objects";
import { type Stack, standIn, standInAddress } from "../../../scripts/engine/stand-in";
import { type Asked, askedFrom, type Block, contentOf, identityOf } from "./asked";

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
 *
 * One order is lost by that: Terraform deletes what leaves before it changes, in place, what depended on it. Here the change
 * is another instance, which waits for no deletion. `test:stories` sees that order, and the real provider has it.
 */

interface Config {
  readonly resource: { readonly terraform_data: Readonly<Record<string, Block>> };
  readonly moved?: readonly Readonly<Record<"from" | "to", string>>[];
  readonly removed?: readonly (Block & { readonly from: string })[];
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

/**
 * @param objects what the stack's resources were made of
 */
export function liveStandIn(
  stack: Stack,
  objects: readonly KubernetesObject[],
  { file, present, port, unfinished }: Around,
): LiveStandIn {
  const config = standIn(stack, file) as Config;
  const askedOf = askedFrom(objects);
  const asked = new Map<string, Asked>();
  const { terraform_data: plain } = config.resource;
  const made = Object.fromEntries(Object.entries(plain).map(([name, block]) => [name, afterBoth(block)]));
  for (const [type, blocks] of Object.entries(stack.resource ?? {})) {
    if (!type.startsWith("kubernetes_")) continue;
    for (const [id, block] of Object.entries(blocks)) {
      const name = standInAddress(`${type}.${id}`).slice(DATA.length);
      const one = askedOf(type, block);
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

/** The address of the object's life, of that of the resource. */
const lifeOf = (address: string): string => address.replace(/^([^[]+)/, `$1${LIFE}`);

const blockOf = (address: string): string => address.replace(/\[.*$/s, "");
