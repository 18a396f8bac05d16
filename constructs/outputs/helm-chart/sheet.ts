import { isJsonObject, type Json, type JsonObject } from "../../kubernetes/json";
import { at } from "./access";
import { sameJson } from "./same";

type Path = readonly string[];
type Draft = { [key: string]: Json };

/**
 * The values of all environments, set one by one while templates are made. What is the same in all of them is a default;
 * of the rest, each environment has its own.
 */
export class ValueSheet {
  readonly #environments: readonly Draft[];
  readonly #paths = new Map<string, Path>();
  readonly #own = new Set<string>();

  constructor(count: number) {
    this.#environments = Array.from({ length: count }, () => ({}));
  }

  /** `undefined`: the environment has none. */
  set(path: Path, column: readonly (Json | undefined)[]): void {
    this.reserve(path);
    column.forEach((value, index) => {
      const values = this.#environments[index];
      if (values !== undefined && value !== undefined) put(values, path, value);
    });
  }

  /** Keeps the place of a value among the others, which is set when its template is made. */
  reserve(path: Path): void {
    this.#paths.set(path.join("\n"), path);
  }

  /** Each environment says it, though all say the same. */
  setOwn(path: Path, column: readonly Json[]): void {
    this.#own.add(path.join("\n"));
    this.set(path, column);
  }

  /** All values of one environment, as templates see them. */
  of(index: number): JsonObject {
    const all: Draft = {};
    for (const path of this.#paths.values()) this.#copy(index, path, all);
    return all;
  }

  /** What an environment has of its own. */
  ownOf(index: number): JsonObject {
    const own: Draft = {};
    for (const path of this.#differing()) this.#copy(index, path, own);
    return own;
  }

  /** What all have alike, with the maps that environments put the rest into: templates look into them. */
  defaults(): JsonObject {
    const shared: Draft = {};
    for (const path of this.#differing()) {
      const map = path.slice(0, -1);
      if (at(shared, map) === undefined) put(shared, map, {});
    }
    for (const [key, path] of this.#paths) if (this.#isShared(key, path)) this.#copy(0, path, shared);
    return shared;
  }

  /** `null` wherever an environment says it itself. */
  blank(): JsonObject {
    const blank: Draft = {};
    for (const path of this.#differing()) put(blank, path, null);
    return blank;
  }

  #differing(): Path[] {
    return [...this.#paths].filter(([key, path]) => !this.#isShared(key, path)).map(([, path]) => path);
  }

  #isShared(key: string, path: Path): boolean {
    const [first, ...rest] = this.#environments.map((values) => at(values, path));
    return !this.#own.has(key) && first !== undefined && rest.every((value) => sameJson(value, first));
  }

  #copy(index: number, path: Path, to: Draft): void {
    const value = at(this.#environments[index] ?? {}, path);
    if (value !== undefined) put(to, path, value);
  }
}

function put(values: Draft, path: Path, value: Json): void {
  const [key, ...rest] = path;
  if (key === undefined) return;
  if (rest.length === 0) {
    values[key] = value;
    return;
  }
  const below: Draft = { ...(isJsonObject(values[key]) && (values[key] as Draft)) };
  put(below, rest, value);
  values[key] = below;
}
