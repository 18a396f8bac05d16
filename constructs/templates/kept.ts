import { sha256 } from "../model/sha256";
import { type Archive, type ArchivedFile } from "./archive";

/**
 * What the package keeps of a version for good: everything but what is rendered from the model, which a repository renders for itself. Texts are
 * named by their digests, so that versions and templates that have one in common keep it once.
 */
export interface KeptVersion extends Omit<Archive, "files"> {
  readonly files: readonly (Omit<ArchivedFile, "text"> & { readonly text: string })[];
}

/** Name of a text: enough of its digest that no two have the same. */
const nameOf = (text: string): string => sha256(text).slice(0, 32);

/** What is kept of a version, and the texts that it names. */
export function kept(archive: Archive): { version: KeptVersion; texts: Readonly<Record<string, string>> } {
  const files = archive.files.filter(({ class: whose }) => whose !== "owned");
  return {
    version: { ...archive, files: files.map((file) => ({ ...file, text: nameOf(file.text) })) },
    texts: Object.fromEntries(files.map(({ text }) => [nameOf(text), text])),
  };
}

/** Text of the file of a version, and its digest, which a record has: another text is another version. */
export const versionText = (version: KeptVersion): string => `${JSON.stringify(version, null, 2)}\n`;

export const digestOf = (version: KeptVersion): string => sha256(versionText(version));

/** An archive of a version that was kept, and what is rendered of it. */
export function restored(
  version: KeptVersion,
  texts: (name: string) => string,
  owned: readonly ArchivedFile[],
): Archive {
  const files = version.files.map((file) => ({ ...file, text: texts(file.text) }));
  const all = [...files, ...owned];
  // Sorting is stable: files of one path stay in their order.
  return { ...version, files: all.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)) };
}
