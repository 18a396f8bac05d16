import { type Expression, interpolations } from "../../constructs/terraform/interpolation";

/*
 * A stack that any Terraform engine can plan and apply, without a provider: each resource and data source is a
 * `terraform_data` that keeps what it refers to, what it waits for, and its lifecycle. What an apply of it creates,
 * changes and destroys, and in which order, is what the real one would do as far as Terraform decides it.
 *
 * - An attribute that the configuration gives has that value; a computed one is the stand-in's `id`.
 * - What is replaced instead of changed, providers decide. Here it is what has another `name`, or for Kubernetes objects
 *   another kind, namespace or name.
 * - What is imported is taken over by its id, and never replaced: a `terraform_data` that was imported knows nothing of what it was.
 * - A module is what it is: it has to need no provider, and a `source` that leads to it from here.
 * - Conditions on what a provider read are gone, and nothing is made for each of what it read. Those of records, which are `terraform_data` in the stack too, stay,
 *   and so do those that resources have on data sources which `answers` has.
 */

type Block = Readonly<Record<string, unknown>>;
type Blocks = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** A stack's `cdk.tf.json`, as far as it is read here. */
export interface Stack {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly ephemeral?: Blocks;
  readonly module?: Readonly<Record<string, Block>>;
  readonly variable?: Block;
  readonly moved?: readonly Readonly<Record<"from" | "to", string>>[];
  readonly removed?: readonly (Block & { readonly from: string })[];
  readonly import?: readonly (Block & { readonly to: string; readonly id: string })[];
}

const RECORD = "terraform_data";

/** What data sources would read, by their addresses in the stack: all attributes of each. */
export type Answers = Readonly<Record<string, object>>;

/** Returns the stack with stand-ins in place of everything that needs a provider, its state in `state`. */
export function standIn(stack: Stack, state: string, answers: Answers = {}): object {
  const convert = new Conversion(stack, answers);
  return {
    terraform: { backend: { local: { path: state } } },
    ...(stack.variable !== undefined && { variable: stack.variable }),
    ...(stack.moved !== undefined && {
      moved: stack.moved.map(({ from, to }) => ({ from: standInAddress(from), to: standInAddress(to) })),
    }),
    ...(stack.removed !== undefined && {
      removed: stack.removed.map((block) => ({ ...block, from: standInAddress(block.from) })),
    }),
    ...(stack.import !== undefined && {
      import: stack.import.map(({ to, id }) => ({ to: standInAddress(to), id })),
    }),
    ...(stack.module !== undefined && { module: convert.modules(stack.module) }),
    resource: { [RECORD]: convert.resources() },
  };
}

/** `aws_kms_key.Key` → `terraform_data.aws_kms_key__Key`, with what follows a name; an address of a record stays. */
export function standInAddress(address: string): string {
  const [, data = "", type = "", name = "", rest = ""] = /^(data\.)?([\w-]+)\.([\w-]+)(.*)$/s.exec(address) ?? [];
  if (type === RECORD) return address;
  return `${RECORD}.${data === "" ? "" : "data__"}${type}__${name}${rest}`;
}

const META = ["//", "depends_on", "lifecycle", "provider", "provisioner", "connection", "for_each", "count"];

class Conversion {
  readonly #pattern: RegExp;

  constructor(
    private readonly stack: Stack,
    private readonly answers: Answers,
  ) {
    const addresses = [
      ...addressesOf(stack.resource, ""),
      ...addressesOf(stack.data, "data."),
      ...addressesOf(stack.ephemeral, "ephemeral."),
    ];
    // The longest first: one name may begin another.
    const any = [...addresses].sort((a, b) => b.length - a.length).join("|");
    this.#pattern = new RegExp(`(?<![\\w.-])(${any})(?![\\w-])`, "g");
  }

  public resources(): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    for (const [prefix, blocks] of [
      ["", this.stack.resource],
      ["data.", this.stack.data],
    ] as const) {
      for (const [type, named] of Object.entries(blocks ?? {})) {
        for (const [name, block] of Object.entries(named)) {
          const address = `${prefix}${type}.${name}`;
          const [, standInName = ""] = standInAddress(address).split(".");
          const answer = this.answers[address];
          if (answer !== undefined) made[standInName] = { input: answer };
          else made[standInName] = type === RECORD ? this.#record(block) : this.#standIn(type, address, block);
        }
      }
    }
    return made;
  }

  /** Modules are what they are, with stand-ins in what they are told. */
  public modules(modules: NonNullable<Stack["module"]>): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(modules).map(([name, block]) => [
        name,
        { ...this.#meta(block), ...(this.#value(without(block, META)) as object) },
      ]),
    );
  }

  #record(block: Block): object {
    return { ...this.#meta(block), ...(this.#value(without(block, META)) as object), lifecycle: block.lifecycle };
  }

  #standIn(type: string, address: string, block: Block): object {
    const config = without(block, META);
    const isImported = this.stack.import?.some(({ to }) => to === address) === true;
    return {
      ...this.#meta(block),
      input: this.#value(config),
      ...(!isImported && { triggers_replace: this.#value(identity(type, config)) }),
      ...(block.lifecycle !== undefined && { lifecycle: this.#lifecycle(block.lifecycle as Block, config) }),
    };
  }

  #meta({ depends_on: dependsOn = [], for_each: forEach, count, ...config }: Block): object {
    const closed = this.#behindEphemeral(config);
    const addresses = [...(dependsOn as readonly string[]), ...closed].flatMap((address) =>
      address.startsWith("ephemeral.") ? this.#behindEphemeral(this.#ephemeral(address)) : [address],
    );
    return {
      ...(addresses.length > 0 && { depends_on: [...new Set(addresses.map(standInAddress))] }),
      ...(forEach !== undefined && { for_each: this.#isRead(forEach) ? "${toset([])}" : this.#value(forEach) }),
      ...(count !== undefined && { count }),
    };
  }

  /** Whether it follows from what a data source would read. No key may be unknown in a plan, as an id is. */
  #isRead(value: unknown): boolean {
    return this.#references(value).some((address) => address.startsWith("data."));
  }

  /** Whether all is known that a condition is about. */
  #isAnswered({ condition }: Block): boolean {
    const about = this.#references(condition);
    return about.length > 0 && about.every((address) => address in this.answers);
  }

  /** What stands behind the ephemeral values that a block reads: they have no stand-in themselves. */
  #behindEphemeral(config: unknown): string[] {
    return this.#references(config)
      .filter((address) => address.startsWith("ephemeral."))
      .flatMap((address) => {
        const block = this.#ephemeral(address);
        const direct = this.#references(block).filter((found) => !found.startsWith("ephemeral."));
        return [...direct, ...((block.depends_on as string[] | undefined) ?? []), ...this.#behindEphemeral(block)];
      });
  }

  #ephemeral(address: string): Block {
    const [, type = "", name = ""] = address.split(".");
    return this.stack.ephemeral?.[type]?.[name] ?? {};
  }

  #references(value: unknown): string[] {
    if (typeof value === "string") {
      return interpolations(value).flatMap((part) =>
        typeof part === "string" ? [] : [...part.expression.matchAll(this.#pattern)].map(([address]) => address),
      );
    }
    if (typeof value !== "object" || value === null) return [];
    return Object.values(value).flatMap((inner) => this.#references(inner));
  }

  #value(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.#value(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        this.#text(key),
        key === "dynamic" ? this.#repeated(inner as Blocks[string]) : this.#value(inner),
      ]),
    );
  }

  /** Blocks that are repeated: what for is kept, and what each is as a text, since no item of a list is here for it to refer to. */
  #repeated(blocks: Blocks[string]): object {
    return Object.fromEntries(
      Object.entries(blocks).map(([name, { for_each: forEach, content }]) => [
        name,
        { for_each: this.#value(forEach), content: JSON.stringify(content).replaceAll("${", () => "$${") },
      ]),
    );
  }

  #text(text: string): string {
    const parts = interpolations(text);
    const whole = parts.length === 1;
    return parts.map((part) => (typeof part === "string" ? part : this.#interpolation(part, whole))).join("");
  }

  #interpolation({ expression }: Expression, whole: boolean): string {
    const found = [...expression.matchAll(this.#pattern)].map(([address]) => address);
    const last = found.find((address) => !address.startsWith("ephemeral."));
    if (found.length === 0) return `\${${expression}}`;
    if (found.some((address) => address.startsWith("ephemeral."))) return "ephemeral";
    const replaced = expression.replace(this.#pattern, (address) => `${standInAddress(address)}.input`);
    const given = whole ? replaced : `tostring(${replaced})`;
    return `\${try(${given}, ${standInAddress(last ?? "")}.id)}`;
  }

  #lifecycle(lifecycle: Block, config: Block): Block {
    const { ignore_changes: ignored, replace_triggered_by: triggers, precondition = [], ...others } = lifecycle;
    const answered = (precondition as readonly Block[]).filter((one) => this.#isAnswered(one));
    return {
      ...without(others, ["postcondition"]),
      ...(answered.length > 0 && { precondition: this.#value(answered) }),
      ...(ignored === "all" && { ignore_changes: "all" }),
      ...(Array.isArray(ignored) && {
        ignore_changes: ignored.flatMap((path) => ignoredPath(String(path), config) ?? []),
      }),
      ...(Array.isArray(triggers) && {
        replace_triggered_by: triggers.map((address) => standInAddress(String(address))),
      }),
    };
  }
}

function addressesOf(blocks: Blocks | undefined, prefix: string): string[] {
  return Object.entries(blocks ?? {}).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${prefix}${type}.${name}`),
  );
}

function without(block: Block, keys: readonly string[]): Block {
  return Object.fromEntries(Object.entries(block).filter(([key]) => !keys.includes(key)));
}

/** What another value of is another object, and no change of this one. */
function identity(type: string, config: Block): Block {
  const { kind, metadata } = (type === "kubernetes_manifest" ? config.manifest : config) as Block;
  if (typeof metadata !== "object" || metadata === null) return { name: config.name ?? "" };
  const { name, namespace } = metadata as Block;
  return { kind: kind ?? type, namespace: namespace ?? "", name: name ?? "" };
}

/** `spec[0].replicas` → `input.spec.replicas`: single blocks are objects in JSON. `undefined` if it is not given. */
function ignoredPath(path: string, config: Block): string | undefined {
  const steps = [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([\w-]+)/g)];
  let value: unknown = config;
  let standIn = "input";
  for (const [, key, index, attribute] of steps) {
    if (index !== undefined && !Array.isArray(value)) continue;
    const step = key ?? index ?? attribute ?? "";
    value = typeof value === "object" && value !== null ? (value as Block)[step] : undefined;
    if (value === undefined) return undefined;
    standIn += index !== undefined ? `[${index}]` : key !== undefined ? `[${JSON.stringify(key)}]` : `.${step}`;
  }
  return standIn;
}
