import { formatProblem, InvalidInput, type Path, type Problem } from "../problem";

/** What was found below one part of a path. */
type Node = Map<string | number, Node>;

/**
 * Collects problems, and remembers where they are: a cross-check is skipped where one of the fields it compares was
 * already found wrong, so that one mistake is reported once and every other part is still checked.
 */
export class Report {
  readonly #found: Problem[] = [];
  readonly #places: Node = new Map();

  add(...problems: readonly Problem[]): void {
    for (const problem of problems) {
      this.#found.push(problem);
      let at = this.#places;
      for (const part of problem.path) {
        const below = at.get(part) ?? (new Map() as Node);
        at.set(part, below);
        at = below;
      }
    }
  }

  /** Whether no problem was found at this path or below it. */
  sound(path: Path): boolean {
    let at: Node | undefined = this.#places;
    for (const part of path) at = at?.get(part);
    return at === undefined;
  }

  /**
   * Runs a cross-check. It trusts that what it reads has its form, which not everything has that it is given: what it
   * stumbles over is a problem found before. Where none was found, the fault is the program's own and is thrown. What somebody else's
   * part of it does wrong is a problem beside the others.
   */
  attempt(crossCheck: () => void): void {
    try {
      crossCheck();
    } catch (error) {
      if (error instanceof InvalidInput) this.#addNew(error.problems);
      else if (this.#found.length === 0) throw error;
    }
  }

  /** What two cross-checks came upon is one problem. */
  #addNew(problems: readonly Problem[]): void {
    const said = new Set(this.#found.map(formatProblem));
    this.add(...problems.filter((problem) => !said.has(formatProblem(problem))));
  }

  get problems(): readonly Problem[] {
    return this.#found;
  }
}
