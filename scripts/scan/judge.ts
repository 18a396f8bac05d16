import type { CheckException } from "../../constructs/model/check-exception";
import type { Finding, Scan } from "./scan";

export interface Excused {
  readonly check: string;
  readonly exception: CheckException;
  readonly count: number;
}

export interface Verdict {
  /** Findings that nothing excuses. */
  readonly open: readonly Finding[];
  readonly excused: readonly Excused[];
  /** Exceptions that excuse nothing any more. */
  readonly unused: readonly string[];
}

/**
 * Findings against exceptions. An exception is one object: recorded on one resource it must match there; recorded on
 * many, as those of a kind of Kubernetes object are, on one of them at least.
 */
export function judge(scan: Scan): Verdict {
  const used = new Map<CheckException, Map<string, number>>();
  const open = scan.findings.filter(({ check, subject }) => {
    const exception = subject.exceptions.find(({ checks }) => checks.includes(check));
    if (exception === undefined) return true;
    const counts = used.get(exception) ?? new Map<string, number>();
    used.set(exception, counts.set(check, (counts.get(check) ?? 0) + 1));
    return false;
  });
  const stale = scan.subjects.flatMap(({ title, exceptions }) =>
    exceptions.flatMap((exception) =>
      exception.checks
        .filter((check) => scan.owns(check) && used.get(exception)?.has(check) !== true)
        .map((check) => [exception, `${title}: ${check} is excepted and not found: ${exception.reason}`] as const),
    ),
  );
  return { open, excused: sum(used), unused: [...new Map(stale).values()] };
}

/** The same check for the same reason is one line, however many resources have it. */
function sum(used: ReadonlyMap<CheckException, ReadonlyMap<string, number>>): Excused[] {
  const lines = new Map<string, Excused>();
  for (const [exception, counts] of used) {
    for (const [check, count] of counts) {
      const key = `${check} ${exception.reason}`;
      lines.set(key, { check, exception, count: count + (lines.get(key)?.count ?? 0) });
    }
  }
  return [...lines.values()].sort((a, b) => (a.check < b.check ? -1 : 1));
}
