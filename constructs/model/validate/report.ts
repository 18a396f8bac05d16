import { formatPath, type Path, type Problem } from "../problem";

/**
 * Collects problems, and remembers where they are: a cross-check is skipped where one of the fields it compares was
 * already found wrong, so that one mistake is reported once and every other part is still checked.
 */
export class Report {
  private readonly found: Problem[] = [];

  add(...problems: readonly Problem[]): void {
    this.found.push(...problems);
  }

  /** Whether no problem was found at this path or below it. */
  sound(path: Path): boolean {
    const key = formatPath(path);
    return !this.found.some(({ path: other }) => {
      const at = formatPath(other);
      return at === key || at.startsWith(`${key}.`) || at.startsWith(`${key}[`);
    });
  }

  get problems(): readonly Problem[] {
    return this.found;
  }
}
