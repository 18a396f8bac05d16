import type { StackJson } from "./reference";

/** `helm_release.platform_traefik_Default`, as `depends_on` and references write it. */
export type Address = string;

/**
 * What Terraform knows of the order in a stack: by `depends_on` and by every reference in an argument. A resource is
 * created after all that it waits for, and destroyed before any of it.
 */
export class Graph {
  readonly #waitsFor: ReadonlyMap<Address, ReadonlySet<Address>>;
  readonly #json: StackJson;

  constructor(json: StackJson) {
    this.#json = json;
    const addresses = Object.entries(json.resource).flatMap(([type, found]) =>
      Object.keys(found).map((name) => `${type}.${name}`),
    );
    const known = new Set(addresses);
    this.#waitsFor = new Map(addresses.map((address) => [address, direct(this.#block(address), known)]));
  }

  /** All resources that this one comes after, by way of others too. */
  before(address: Address): ReadonlySet<Address> {
    const found = new Set<Address>();
    const visit = (at: Address): void => {
      for (const next of this.#waitsFor.get(at) ?? []) {
        if (found.has(next)) continue;
        found.add(next);
        visit(next);
      }
    };
    visit(address);
    return found;
  }

  of(type: string): Address[] {
    return Object.keys(this.#json.resource[type] ?? {}).map((name) => `${type}.${name}`);
  }

  /** The only resource of a type with these words in its JSON. */
  one(type: string, ...words: readonly string[]): Address {
    const found = this.of(type).filter((address) =>
      words.every((word) => JSON.stringify(this.#block(address)).includes(word)),
    );
    const only = found[0];
    if (only === undefined || found.length > 1) throw new Error(`${found.length} of ${type} with ${words.join(", ")}`);
    return only;
  }

  #block(address: Address): Readonly<Record<string, unknown>> {
    const [type = "", name = ""] = address.split(".");
    return this.#json.resource[type]?.[name] ?? {};
  }
}

function direct(block: Readonly<Record<string, unknown>>, known: ReadonlySet<Address>): Set<Address> {
  const { depends_on: declared = [], ...rest } = block;
  const references = [...JSON.stringify(rest).matchAll(/\b([a-z][a-z0-9_]+\.[\w-]+)\b/g)].map(
    ([, address = ""]) => address,
  );
  return new Set([...(declared as string[]), ...references].filter((address) => known.has(address)));
}
