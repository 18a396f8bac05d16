import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InvalidInput, type Problem } from "../../model/problem";
import { isBelow } from "./below";
import { apply, type Changes, obstacles } from "./changes";
import { isGone, ownerOf, PAUSE, read, SELF, sleep, takenOver, writeWhole } from "./owner";

/** Milliseconds after which one of another machine counts as gone. */
const PATIENCE = 10_000;

/**
 * A folder in which everything is written first, beside the one it is meant for. Only when all of it is there, and
 * nothing is in the way, its files are renamed to their places, in one go and by one process at a time. Until then the
 * target is as it was. Files that nobody here writes are never touched, and no folder of the target is replaced by
 * another: an engine may be running in it.
 */
export class Staging {
  /** Where the files are written. */
  readonly files: string;
  readonly #own: string;
  readonly #next: string;

  /**
   * @param target folder, which need not be there
   * @param prefix path on the target's file system of what is kept here meanwhile, such as `cdktf.out.`
   */
  constructor(
    private readonly target: string,
    private readonly prefix: string,
  ) {
    this.#next = `${prefix}next`;
    mkdirSync(dirname(prefix), { recursive: true });
    this.#finishOthers();
    this.#own = mkdtempSync(`${prefix}${SELF.host}.${SELF.pid}.`);
    this.files = join(this.#own, "files");
    mkdirSync(this.files);
    writeFileSync(join(this.#own, "owner.json"), JSON.stringify(SELF));
  }

  /**
   * Puts the files in their places.
   *
   * @param plan says what is to happen, from the folder that the files are in now and the target as it is then
   * @throws InvalidInput with everything that is in the way, before anything is changed
   */
  commit(plan: (files: string) => Changes): void {
    for (let waited = 0; !renamed(this.#own, this.#next); waited += PAUSE) {
      this.#finishOthers(waited > PATIENCE);
      if (waited > PATIENCE) throw new InvalidInput([inTheWay(this.#next)]);
      sleep(PAUSE);
    }
    const files = join(this.#next, "files");
    const changes = this.#orRelease(() => {
      const planned = plan(files);
      const problems = obstacles(this.target, planned);
      if (problems.length > 0) throw new InvalidInput(problems);
      return planned;
    });
    undisturbed(() => {
      // From here on whoever comes next would finish it, also where this fails.
      writeWhole(join(this.#next, "changes.json"), JSON.stringify(changes));
      apply(files, this.target, changes);
      this.#release();
    });
  }

  /** Removes what was written and not put in its place. */
  discard(): void {
    rmSync(this.#own, { recursive: true, force: true });
  }

  /** Ends what a process that was killed has begun, and removes what it left. */
  #finishOthers(impatient = false): void {
    const owner = ownerOf(this.#next);
    if (owner !== undefined && (isGone(owner) || (impatient && owner.host !== SELF.host)) && takenOver(this.#next)) {
      const changes = begunIn(this.#next);
      if (changes !== undefined) apply(join(this.#next, "files"), this.target, changes);
      this.#release();
    }
    for (const name of readdirSync(dirname(this.prefix))) {
      if (!name.startsWith(`${basename(this.prefix)}${SELF.host}.`)) continue;
      const pid = Number(name.slice(basename(this.prefix).length + SELF.host.length + 1).split(".")[0]);
      if (pid !== SELF.pid && isGone({ host: SELF.host, pid })) {
        rmSync(join(dirname(this.prefix), name), { recursive: true, force: true });
      }
    }
  }

  #orRelease<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  /** Renames it at once, so that nobody finds half of it. */
  #release(): void {
    const done = mkdtempSync(`${this.prefix}${SELF.host}.${SELF.pid}.`);
    renameSync(this.#next, join(done, "next"));
    rmSync(done, { recursive: true, force: true });
  }
}

/** A folder with something in it is not replaced: whoever is first has it. */
function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (["ENOTEMPTY", "EEXIST", "ENOTDIR", "EPERM"].includes(code)) return false;
    throw error;
  }
}

/**
 * The changes that a process has begun; `undefined` where it made none.
 *
 * @throws InvalidInput where they are none that this program writes, as where a repository brought the folder
 */
function begunIn(folder: string): Changes | undefined {
  const found = read(join(folder, "changes.json"));
  if (found === undefined) return undefined;
  const { written, removed, emptied = [] } = (found ?? {}) as Partial<Record<keyof Changes, unknown>>;
  const lists = [written, removed, emptied];
  if (lists.every((list) => Array.isArray(list) && list.every(isBelow))) return found as Changes;
  const why = "has changes that nobody here has begun: they name what is not in its folder";
  throw new InvalidInput([{ path: ["output"], got: folder, why, fix: "look where it comes from, and remove it" }]);
}

function inTheWay(folder: string): Problem {
  const owner = ownerOf(folder);
  const why = owner === undefined ? "is in the way" : `process ${owner.pid} on ${owner.host} does not end`;
  return { path: ["output"], got: folder, why, fix: "wait for whoever writes there, or remove it" };
}

/** Signals that end a process wait until it is done: it is a matter of milliseconds. */
function undisturbed(act: () => void): void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const wait = (): void => undefined;
  for (const signal of signals) process.on(signal, wait);
  try {
    act();
  } finally {
    for (const signal of signals) process.off(signal, wait);
  }
}
