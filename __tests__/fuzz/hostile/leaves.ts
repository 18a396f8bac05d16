/** A text somewhere in plain data. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  readonly value: string;
}

/** Every text of plain data with its path; functions, and the fields named, are passed over. */
export function leavesOf(value: unknown, except: readonly string[] = []): Leaf[] {
  const within = (part: unknown, path: Leaf["path"]): Leaf[] => {
    if (typeof part === "string") return [{ path, value: part }];
    if (typeof part !== "object" || part === null) return [];
    if (Array.isArray(part)) return part.flatMap((item, index) => within(item, [...path, index]));
    return Object.entries(part).flatMap(([key, inner]) => (except.includes(key) ? [] : within(inner, [...path, key])));
  };
  return within(value, []);
}

/** The same data with another text there. */
export function planted<T>(value: T, { path }: Pick<Leaf, "path">, text: string): T {
  const at = (part: unknown, [key, ...rest]: Leaf["path"]): unknown => {
    if (key === undefined) return text;
    if (Array.isArray(part)) return part.map((item: unknown, index) => (index === key ? at(item, rest) : item));
    if (typeof part !== "object" || part === null) throw new TypeError(`nothing at ${String(key)}`);
    return { ...part, [key]: at(Reflect.get(part, key), rest) };
  };
  return at(value, path) as T;
}
