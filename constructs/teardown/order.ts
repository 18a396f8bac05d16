import { isJsonObject } from "../kubernetes/json";
import { interpolations } from "../terraform/interpolation";
import { blocksIn, type Resource, resourcesIn, type WrittenStack } from "./stack";

/**
 * What of a stack goes before what. Terraform destroys a resource when all are gone that refer to it, by whatever way: an attribute,
 * `depends_on`, a data source between the two, the configuration of a provider. Nothing else says an order.
 */
export class DestroyOrder {
  /** Resources that each one stands on, by addresses, near and far. */
  readonly #below = new Map<string, ReadonlySet<string>>();
  readonly resources: readonly Resource[];

  constructor(stack: WrittenStack) {
    this.resources = resourcesIn(stack);
    const direct = referencesIn(stack);
    for (const { address } of this.resources) this.#below.set(address, reach(direct, address));
  }

  /** Whether the first is gone before the second is destroyed. */
  public isBefore(first: string, second: string): boolean {
    return this.#below.get(first)?.has(second) ?? false;
  }

  /** Those that have to be gone before any of the next are destroyed. Together all resources of the stack. */
  public waves(): Resource[][] {
    const waves: Resource[][] = [];
    let left = this.resources;
    while (left.length > 0) {
      const now = left.filter(({ address }) => !left.some((one) => this.isBefore(one.address, address)));
      // The engine refuses a circle; nothing would ever be first here.
      if (now.length === 0) throw new Error(`${left.map(({ address }) => address).join(", ")}: wait for one another`);
      waves.push(now);
      left = left.filter((one) => !now.includes(one));
    }
    return waves;
  }
}

/** Everything that a resource leads to, but itself. Data sources and the like lead on and are none. */
function reach(direct: ReadonlyMap<string, ReadonlySet<string>>, from: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...(direct.get(from) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    open.push(...(direct.get(next) ?? []));
  }
  return found;
}

function referencesIn({ written }: WrittenStack): ReadonlyMap<string, ReadonlySet<string>> {
  const blocks = [
    ...blocksIn(written, "resource").map(({ type, name, block }) => ({ address: `${type}.${name}`, type, block })),
    ...blocksIn(written, "data").map(({ type, name, block }) => ({ address: `data.${type}.${name}`, type, block })),
    ...blocksIn(written, "ephemeral").map(({ type, name, block }) => ({
      ...{ address: `ephemeral.${type}.${name}`, type, block },
    })),
  ];
  const known = new Set(blocks.map(({ address }) => address));
  const providers = providersIn(written);
  const ofProviders = new Map([...providers].map(([name, config]) => [name, named(config, known)]));
  return new Map(
    blocks.map(({ address, type, block }) => {
      const own = named(block, known);
      const provider = typeof block.provider === "string" ? block.provider : (type.split("_")[0] ?? "");
      for (const one of ofProviders.get(provider) ?? []) own.add(one);
      own.delete(address);
      return [address, own];
    }),
  );
}

/** Configurations of providers, by what a resource calls them: `aws`, `aws.copies`. */
function providersIn(written: unknown): Map<string, unknown> {
  const all = isJsonObject(written) && isJsonObject(written.provider) ? written.provider : {};
  return new Map(
    Object.entries(all).flatMap(([provider, configs]) =>
      (Array.isArray(configs) ? configs : [configs]).map((config: unknown): [string, unknown] => {
        const alias = isJsonObject(config) && typeof config.alias === "string" ? `.${config.alias}` : "";
        return [`${provider}${alias}`, config];
      }),
    ),
  );
}

const ADDRESS = /(?<![\w.-])(?:data\.|ephemeral\.)?[a-z][a-z0-9]*(?:_\w+)?\.[A-Za-z_][\w-]*/g;

/** Addresses that a value names, in an expression or as the address itself, which is how `depends_on` says it. */
function named(value: unknown, known: ReadonlySet<string>): Set<string> {
  const found = new Set<string>();
  const look = (part: unknown): void => {
    if (typeof part === "string") {
      if (known.has(part)) found.add(part);
      for (const piece of interpolations(part)) {
        if (typeof piece === "string") continue;
        for (const [address] of piece.expression.matchAll(ADDRESS)) if (known.has(address)) found.add(address);
      }
    } else if (typeof part === "object" && part !== null) {
      for (const [key, below] of Object.entries(part)) if (key !== "//") look(below);
    }
  };
  look(value);
  return found;
}
