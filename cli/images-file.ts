import { existsSync, readFileSync } from "node:fs";
import { Refused } from "./command";

/**
 * Reads a file of images by their names, as `goldenpath images` writes it.
 *
 * @throws Refused where it is not there, or is another, with what to do
 */
export function readImages(path: string, file = path): Readonly<Record<string, string>> {
  const fix = "make it with {} in it, and have the environment read it: withImages";
  if (!existsSync(path)) throw new Refused(`${file}: no such file; ${fix}`);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new Refused(`${file}: is no JSON; ${fix}`);
  }
  const entries = typeof content === "object" && content !== null && !Array.isArray(content) ? content : undefined;
  if (entries === undefined || Object.values(entries).some((value) => typeof value !== "string")) {
    throw new Refused(`${file}: is no object of texts; ${fix}`);
  }
  return entries as Readonly<Record<string, string>>;
}
