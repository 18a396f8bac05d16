import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const digest = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("hex");
};

/**
 * The files that are kept of one program. What cannot be read is not there, and what cannot be written is not kept: a
 * full disk or a folder of somebody else makes a run slower, and never wrong.
 */
export class Kept {
  #used = new Set();
  #wrote = false;

  constructor(cache, name) {
    this.folder = join(cache, "run", name);
    // What a former release kept beside it, under names that said nothing about the content.
    this.former = { cache, prefixes: [`${name}.cjs`, `${name}.packages.cjs`] };
    process.once("exit", () => this.#wrote && this.#tidy());
  }

  path(file) {
    return join(this.folder, file);
  }

  /** A file that carries the digest of its content in front, or nothing where it is absent, torn or changed. */
  read(file) {
    this.#used.add(file);
    try {
      const all = readFileSync(this.path(file));
      const content = all.subarray(DIGEST);
      const said = all.toString("latin1", 0, DIGEST);
      return digest(content) === said ? { content, digest: said } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Written apart and renamed: two runs at a time never see each other's half. */
  write(file, content) {
    this.#used.add(file);
    this.#wrote = true;
    const temporary = this.path(`${file}.${process.pid}`);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(temporary, digest(content));
      writeFileSync(temporary, content, { flag: "a" });
      renameSync(temporary, this.path(file));
      return true;
    } catch {
      return false;
    }
  }

  /** The time by the clock of the file system, in nanoseconds, or nothing where nothing can be written. */
  now() {
    if (!this.write("clock", "")) return undefined;
    return statSync(this.path("clock"), { bigint: true }).ctimeNs;
  }

  #tidy() {
    const { cache, prefixes } = this.former;
    const old = names(cache).filter((name) => prefixes.some((one) => name === one || name.startsWith(`${one}.`)));
    for (const name of old) rmSync(join(cache, name), { recursive: true, force: true });
    for (const name of names(this.folder)) if (!this.#used.has(name)) rmSync(this.path(name), { force: true });
  }
}

/** Characters of a digest. */
const DIGEST = 64;

function names(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
