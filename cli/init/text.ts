/**
 * A file's text, which stands indented in the source: two spaces of each line go, and the first line break. Values that
 * are put in may have several lines, and are left as they are.
 */
export function text(parts: TemplateStringsArray, ...values: readonly string[]): string {
  const outdented = parts.map((part) => part.replaceAll("\n  ", "\n"));
  return outdented
    .map((part, index) => part + (values[index] ?? ""))
    .join("")
    .slice(1);
}
