import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { sha256 } from "../../constructs/model/sha256";
import type { Archive } from "../../constructs/templates/archive";
import { kept, type KeptVersion, versionText } from "../../constructs/templates/kept";

/** Files of `templates/versions` for some archives, by their paths in it. */
export function versionFiles(archives: readonly Archive[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    archives.flatMap((archive) => {
      const { version, texts } = kept(archive);
      const named = Object.entries(texts).map(([name, text]): [string, string] => [`texts/${name}`, text]);
      return [[`${archive.template}-${archive.version}.json`, versionText(version)] as const, ...named];
    }),
  );
}

/**
 * Writes them, beside those of other versions; a text that no version names any more goes.
 *
 * @throws Error where a version that was released would be another: give the template the next number
 */
export function writeVersions(folder: string, archives: readonly Archive[]): void {
  const files = versionFiles(archives);
  const released = JSON.parse(readFileSync(join(folder, "released.json"), "utf8")) as Readonly<Record<string, string>>;
  for (const [name, digest] of Object.entries(released)) {
    const text = files[`${name}.json`];
    if (text !== undefined && sha256(text) !== digest) {
      throw new Error(`${name}: was released, and its files are others now; give the template the next version`);
    }
  }
  mkdirSync(join(folder, "texts"), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const versions = readdirSync(folder).filter((file) => /-\d+\.json$/.test(file));
  const named = new Set(
    versions.flatMap((file) => {
      const version = JSON.parse(readFileSync(join(folder, file), "utf8")) as KeptVersion;
      return version.files.map(({ text }) => text);
    }),
  );
  for (const text of readdirSync(join(folder, "texts"))) if (!named.has(text)) rmSync(join(folder, "texts", text));
}

/** Writes what is rendered of each, for the package. */
export function writeRendered(folder: string, archives: readonly Archive[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { template, version, files } of archives) {
    const owned = files.filter(({ class: whose }) => whose === "owned");
    // Without a time, so that two builds are the same.
    writeFileSync(join(folder, `${template}-${version}.json.gz`), gzipSync(JSON.stringify(owned), { level: 9 }));
  }
}
