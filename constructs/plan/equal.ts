/** Whether two values of JSON are the same, whatever the order of their keys. */
export function equal(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
    return one.every((member, index) => equal(member, other[index]));
  }
  const [fields, others] = [one as Fields, other as Fields];
  let count = 0;
  for (const key in fields) {
    if (!Object.hasOwn(others, key) || !equal(fields[key], others[key])) return false;
    count++;
  }
  return count === Object.keys(others).length;
}

type Fields = Readonly<Record<string, unknown>>;
