type ByName<T> = Readonly<Record<string, T>>;

/** Elements that an environment says, less those that it takes away by `false`. */
export const given = <T extends object>(over: ByName<T | false>): ByName<T> =>
  Object.fromEntries(Object.entries(over).flatMap(([name, one]) => (one === false ? [] : [[name, one]])));

/** Elements by name, each replaced as a whole by what an environment says of it; `false` takes one away. */
export function byName<T extends object>(
  base: ByName<T> | undefined,
  over: ByName<T | false> | undefined,
): ByName<T> | undefined {
  return over === undefined ? base : given({ ...base, ...over });
}
