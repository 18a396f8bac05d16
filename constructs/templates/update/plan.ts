import { InvalidInput, type Problem, refuse } from "../../model/problem";
import type { TemplateRecord } from "../record";
import type { NewFile } from "../render";
import { mergedFile, type ThreeWay } from "./merged-file";
import type { Changed, Outcome, Stays } from "./outcome";
import { endsInCrlf, toLf } from "./text";

/** A file as it is on the disk. */
export interface Found {
  /** Nothing where it is no text in UTF-8. */
  readonly text?: string;
  readonly executable: boolean;
}

export interface UpdatePlan {
  /** What happens to each file that something is to be said of, in the order of paths. */
  readonly outcomes: readonly Outcome[];
  /** Lists of the record afterwards. */
  readonly files: TemplateRecord["files"];
}

/** What an update is made of. Files of both versions are those for the inputs, without what is rendered. */
export interface UpdateProps extends ThreeWay {
  readonly record: Pick<TemplateRecord, "ejected" | "files" | "into">;
  readonly from: readonly NewFile[];
  readonly to: readonly NewFile[];
  /** Path in the new version by the path in the old one, where it is another. */
  readonly moves: ReadonlyMap<string, string>;
  /** What was ejected, with the path that the template has it under by now, and the text that it had when that was done. */
  readonly ejected: ReadonlyMap<string, { readonly before?: string; readonly to: string; readonly base: string }>;
  /** What is at a path. @throws InvalidInput where that is no file */
  found(path: string): Found | undefined;
}

/**
 * Plans an update: for each file of three texts what becomes of it. It reads, and writes nothing.
 *
 * @throws InvalidInput with every file that nothing can be said of
 */
export function updatePlan(props: UpdateProps): UpdatePlan {
  const update = new Update(props);
  const outcomes = update.outcomes();
  refuse(update.problems);
  return { outcomes: [...outcomes].sort((a, b) => (a.path < b.path ? -1 : 1)), files: update.files() };
}

const added = ({ path, text, executable }: NewFile): Changed => ({ is: "added", path, written: { text, executable } });

/** What is said of somebody's own where the template has a file by now. */
const IN_THE_WAY = { fix: "move it away: the template has a file of this name by now" } as const;

class Update {
  readonly problems: Problem[] = [];
  readonly #before: ReadonlyMap<string, NewFile>;
  readonly #recorded: ReadonlySet<string>;
  readonly #seededHere: ReadonlySet<string>;
  readonly #owned: ReadonlySet<string>;
  /** Path in the old version by the path in the new one. */
  readonly #origin: ReadonlyMap<string, string>;
  /** Paths of the two versions that are not looked at, as somebody ejected them. */
  readonly #passed: ReadonlySet<string>;
  /** New files that are somebody else's here. */
  readonly #left = new Set<string>();

  constructor(private readonly props: UpdateProps) {
    const { record, from, moves, ejected } = props;
    this.#before = new Map(from.map((file) => [file.path, file]));
    this.#recorded = new Set([...record.files.merged, ...record.files.seeded]);
    this.#seededHere = new Set(record.files.seeded);
    this.#owned = new Set(record.files.owned);
    this.#origin = new Map([...moves].map(([old, path]) => [path, old]));
    this.#passed = new Set([...ejected].flatMap(([path, { before = path, to }]) => [before, to]));
  }

  outcomes(): Outcome[] {
    const { from, to, moves } = this.props;
    const there = new Set(to.map(({ path }) => path));
    return [
      ...[...this.props.ejected].flatMap(([path, one]) => this.#ejected(path, one)),
      ...to.filter(({ path }) => !this.#passed.has(path)).flatMap((file) => this.#outcome(file)),
      ...from
        .filter(({ path }) => !this.#passed.has(path) && !there.has(moves.get(path) ?? path))
        .flatMap((file) => this.#gone(file)),
    ];
  }

  /** Lists of what is the template's afterwards. */
  files(): TemplateRecord["files"] {
    const { record, to, ejected } = this.props;
    const placed = new Map([...ejected].map(([path, { to: now }]) => [now, path]));
    const now = to.filter(({ path }) => !this.#left.has(path) && (placed.has(path) || !this.#passed.has(path)));
    const of = (whose: NewFile["class"]): string[] =>
      now.flatMap((file) => (this.#classOf(file) === whose ? [placed.get(file.path) ?? file.path] : []));
    const taken = new Set(now.map(({ path }) => path));
    return {
      owned: record.files.owned.filter((path) => !taken.has(path)),
      merged: [...of("merged"), ...[...ejected].flatMap(([path, { to: one }]) => (taken.has(one) ? [] : [path]))],
      seeded: of("seeded"),
    };
  }

  /** What was the team's from the first day stays the team's, whatever a later version calls it. */
  #classOf({ path, class: whose }: NewFile): NewFile["class"] {
    return this.#seededHere.has(this.#origin.get(path) ?? path) ? "seeded" : whose;
  }

  #ejected(path: string, { to, base }: { readonly to: string; readonly base: string }): Stays[] {
    const theirs = this.props.to.find((file) => file.path === to)?.text ?? "";
    if (base === theirs && to === path) return [];
    const reason = this.props.record.ejected?.[path]?.reason;
    return [
      {
        ...{ is: "ejected", path, missed: { base, theirs } },
        ...(reason !== undefined && { reason }),
        ...(to !== path && { to }),
      },
    ];
  }

  #outcome(theirs: NewFile): Outcome[] {
    const old = this.#origin.get(theirs.path) ?? theirs.path;
    const base = this.#before.get(old);
    if (this.#classOf(theirs) === "seeded") return this.#seeded(theirs, base);
    if (base === undefined) return this.#added(theirs);
    if (!this.#recorded.has(old)) return this.#notRecorded(theirs, base);
    return this.#threeWay(base, theirs);
  }

  #seeded(theirs: NewFile, base?: NewFile): Outcome[] {
    if (base !== undefined && !this.#recorded.has(base.path)) return this.#notRecorded(theirs, base);
    if (base === undefined) {
      if (this.#found(theirs.path) === undefined) return [added(theirs)];
      if (theirs.part === "shared" && this.props.record.into !== undefined) this.#left.add(theirs.path);
      return [];
    }
    if (base.text === theirs.text && base.path === theirs.path) return [];
    const moved = base.path === theirs.path ? {} : { to: theirs.path };
    return [{ is: "seeded", path: base.path, ...moved, missed: { base: base.text, theirs: theirs.text } }];
  }

  /** What services of one kind have in common, another one has written. */
  #notRecorded({ path, text }: NewFile, base: NewFile): Stays[] {
    this.#left.add(path);
    if (this.props.record.into !== undefined && base.part === "shared") return [];
    if (base.text === text) return [];
    return [{ is: "unknown", path: base.path, missed: { base: base.text, theirs: text } }];
  }

  /** A file as it is; what stands there that is none is told with everything else, and nothing is written then. */
  #found(path: string): Found | undefined {
    try {
      return this.props.found(path);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const fix = this.#recorded.has(path) || this.#recorded.has(this.#origin.get(path) ?? path) ? {} : IN_THE_WAY;
      this.problems.push(...error.problems.map((problem) => ({ ...problem, ...fix })));
      return undefined;
    }
  }

  #added(theirs: NewFile): Outcome[] {
    const ours = this.#found(theirs.path);
    if (ours === undefined) return [added(theirs)];
    if (ours.text === theirs.text) return [];
    if (ours.text === undefined) {
      this.problems.push({ path: [theirs.path], why: "is no text in UTF-8", ...IN_THE_WAY });
      return [];
    }
    // What was rendered has no edits.
    if (this.#owned.has(theirs.path)) return [{ ...added(theirs), is: "updated" }];
    if (theirs.part === "shared" && this.props.record.into !== undefined) {
      this.#left.add(theirs.path);
      return [{ is: "shared", path: theirs.path, missed: { base: "", theirs: theirs.text } }];
    }
    return this.#merged(theirs.path, ours, { ...theirs, text: "" }, theirs);
  }

  #threeWay(base: NewFile, theirs: NewFile): Outcome[] {
    const isMoved = base.path !== theirs.path;
    const isSame = base.text === theirs.text && base.executable === theirs.executable;
    // Whatever stands there is nobody's business: nothing would be written.
    if (isSame && !isMoved) return [];
    const [old, new_] = [this.#found(base.path), isMoved ? this.#found(theirs.path) : undefined];
    if (old !== undefined && new_ !== undefined) {
      const why = `is in the way of ${base.path}, which has this path by now`;
      this.problems.push({ path: [theirs.path], why, fix: `move it away, or ${base.path}` });
      return [];
    }
    // Somebody may have moved it already.
    const ours = old ?? new_;
    if (ours === undefined) {
      const missed = { base: base.text, theirs: theirs.text };
      return [{ is: "deleted", path: base.path, ...(isMoved && { to: theirs.path }), missed }];
    }
    const from = isMoved && old !== undefined ? base.path : undefined;
    if (isSame) {
      if (from === undefined) return [];
      if (ours.text === undefined) return this.#noText(base.path);
      return [{ is: "moved", path: theirs.path, from, written: { text: ours.text, executable: ours.executable } }];
    }
    return this.#merged(from ?? theirs.path, ours, base, theirs);
  }

  /** @param at where it is until now */
  #merged(at: string, ours: Found, base: NewFile, theirs: NewFile): Outcome[] {
    if (ours.text === undefined) return this.#noText(at);
    const outcome = mergedFile(theirs.path, { ...ours, text: ours.text }, { base, theirs }, this.props);
    if (outcome === "marked") {
      const fix = "resolve them, and commit that; or take the file back as it was";
      this.problems.push({ path: [at], why: "has marks of a conflict", fix });
      return [];
    }
    const from = at === theirs.path ? {} : { from: at };
    if (outcome !== undefined) return [{ ...outcome, ...from }];
    if (at === theirs.path) return [];
    return [{ is: "moved", path: theirs.path, ...from, written: { text: ours.text, executable: ours.executable } }];
  }

  #gone(base: NewFile): Outcome[] {
    if (this.#seededHere.has(base.path) || !this.#recorded.has(base.path)) return [];
    const ours = this.#found(base.path);
    if (ours === undefined) return [];
    const isSame = ours.text !== undefined && (endsInCrlf(ours.text) ? toLf(ours.text) : ours.text) === base.text;
    if (isSame) return [{ is: "removed", path: base.path }];
    return [{ is: "edited", path: base.path, missed: { base: base.text, theirs: "" } }];
  }

  #noText(path: string): [] {
    const fix = "goldenpath eject it, or take it back as it was";
    this.problems.push({ path: [path], why: "is no text in UTF-8, so that nothing is put together with it", fix });
    return [];
  }
}
