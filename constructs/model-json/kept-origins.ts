import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { broughtInto } from "../model/brought";
import type { EnvironmentInput } from "../model/environment";
import { writeWhole } from "../terraform/swap/owner";
import { canonicalJson } from "./canonical";
import { originsOf, type Sources } from "./origins";
import type { EnvironmentDocument } from "./schema";

type Origins = Readonly<Record<string, string>>;

/** Places that files of data brought, which may move without another value of the document. */
const broughtPlaces = (input: EnvironmentInput): string =>
  JSON.stringify([input, ...input.applications.map(({ application }) => application)].map(broughtInto));

/**
 * Does as `originsOf`, with the answer of an earlier synthesis where everything that it rests on has the same content: every
 * file of the program, the document, this library and TypeScript. Loading TypeScript and parsing take most of a second.
 */
export function keptOrigins(
  name: string,
  document: EnvironmentDocument,
  input: EnvironmentInput,
  sources: Sources,
): Origins {
  const key = digest(sources.digest, name, canonicalJson(document), contentOf(sources), broughtPlaces(input));
  const file = join(sources.cache, `${name}.json`);
  const kept = read(file);
  if (kept?.key === key && kept.digest === digest(canonicalJson(kept.origins))) return kept.origins;
  const origins = originsOf(name, document, input, sources);
  try {
    mkdirSync(sources.cache, { recursive: true });
    writeWhole(file, JSON.stringify({ key, digest: digest(canonicalJson(origins)), origins }));
  } catch {
    // What cannot be kept is found again by the next synthesis.
  }
  return origins;
}

const CONTENTS = new WeakMap<Sources, string>();

/** A digest of the program's files, once for all environments. */
function contentOf(sources: Sources): string {
  const known = CONTENTS.get(sources);
  if (known !== undefined) return known;
  const hash = createHash("sha256");
  for (const file of sources.files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(sources.root, file)))
      .update("\0");
  const content = hash.digest("hex");
  CONTENTS.set(sources, content);
  return content;
}

function read(file: string): { readonly key: string; readonly digest: string; readonly origins: Origins } | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ReturnType<typeof read>;
  } catch {
    return undefined;
  }
}

function digest(...parts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
}
