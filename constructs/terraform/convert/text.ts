/*
 * Terraform reads `${` and `%{` in a string as the start of a template; Kubernetes objects hold such text literally
 * (shell commands, nginx and Grafana configuration). References to other resources pass through untouched.
 */

const REFERENCE = "${TfToken[";
const INTERPOLATION = /\$\{(?!TfToken\[)/g;

/** The string as Terraform must be given it to mean the same characters. */
export function text(value: string): string {
  if (!value.includes("${") && !value.includes("%{")) return value;
  // Within `$${ }` the framework prints a reference without its braces, so beside one the dollar is an expression.
  const dollar = value.includes(REFERENCE) ? '${"$"}{' : "$${";
  return value.replaceAll("%{", "%%{").replace(INTERPOLATION, () => dollar);
}

export function texts(values: readonly string[]): string[] {
  return values.map(text);
}

export function textMap(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, text(value)]));
}

/** All strings of a plain value, however deep. */
export function textsWithin(value: unknown): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map(textsWithin);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, textsWithin(inner)]));
}
