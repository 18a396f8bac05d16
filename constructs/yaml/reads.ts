import { parseAllDocuments } from "yaml";

/**
 * Whether a file of JSON or YAML, by the end of its name, can be read: JSON by the rules of JSON, and neither with a key twice. Of any other file it is
 * not known.
 */
export function reads(path: string, text: string): boolean | undefined {
  if (!/\.(?:json|ya?ml)$/.test(path)) return undefined;
  try {
    if (path.endsWith(".json")) JSON.parse(text);
    // JSON is YAML; JSON.parse takes the last of two keys, and says nothing.
    return [...parseAllDocuments(text, { uniqueKeys: true, logLevel: "silent" })].every(
      ({ errors }) => errors.length === 0,
    );
  } catch {
    return false;
  }
}
