/** JSON of a value on one line, with the keys of each object in order of code units: the same value has the same text. */
export function canonicalText(value: unknown): string {
  if (typeof value !== "object" || value === null) return value === undefined ? "null" : JSON.stringify(value);
  if ("toJSON" in value && typeof value.toJSON === "function") return canonicalText((value.toJSON as () => unknown)());
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(fields)
    .filter((key) => fields[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalText(fields[key])}`).join(",")}}`;
}
