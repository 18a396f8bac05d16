import type { Path, Problem } from "./problem";

/** Whether it is an object as a literal makes it: no list, no instance of a class. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** What was given where it is an object, and otherwise none of it: whoever reads it has problems to tell of it. */
export const orEmpty = <T extends object>(given: T): Partial<T> => {
  const value: unknown = given;
  return isPlain(value) ? given : {};
};

/**
 * A problem for everything in a value that is more than data: instances of classes, which a schema takes for empty objects
 * or for hundreds of fields, objects that hold themselves, and keys that JavaScript gives a meaning of its own.
 *
 * @param elsewhere fields of the value that are looked at by somebody else
 */
export function plainProblems(value: unknown, path: Path, elsewhere: readonly string[] = []): Problem[] {
  if (!isPlain(value)) return walk(value, path, []);
  const own = Object.fromEntries(Object.entries(value).filter(([key]) => !elsewhere.includes(key)));
  return walk(own, path, []);
}

/** Whether it is a provisioner behind a getter, which loads what its cloud alone has: see `ProvisionersByPlace`. */
const isLoadedWhenAsked = (value: object, key: string, path: Path): boolean =>
  path.at(-1) === "provisioners" && Object.getOwnPropertyDescriptor(value, key)?.get !== undefined;

function walk(value: unknown, path: Path, above: readonly object[]): Problem[] {
  if (typeof value !== "object" || value === null) return [];
  if (above.includes(value)) return [{ path, why: "holds itself", fix: "give a value of its own" }];
  const within = [...above, value];
  // By index, so that a hole is no entry.
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => walk(item, [...path, index], within));
  if (!isPlain(value)) return [{ path, got: value, fix: "use a plain object, a list or a text" }];
  return Object.keys(value).flatMap((key) => {
    if (key === "__proto__") {
      return [{ path: [...path, key], why: "JavaScript gives this key a meaning of its own", fix: "rename it" }];
    }
    return isLoadedWhenAsked(value, key, path) ? [] : walk(value[key], [...path, key], within);
  });
}
