/**
 * What a session's name begins with, of an application or what measures; by it alerts tell which broke the glass. Jobs of a workload that is called
 * so end with digits of a run or of a revision, of which none is an x.
 */
export const sessionPrefix = (
  { prefix }: { readonly prefix: string },
  brokenGlass: boolean,
  kind: "session" | "task" = "session",
): string => `${prefix}-${brokenGlass ? "break-glass" : kind}-x`;

/** Label of everything that a session is made of, with its name. */
export const SESSION_LABEL = "goldenpath/session";

/** Label of a session that broke the glass. */
export const BREAK_GLASS_LABEL = "goldenpath/break-glass";

/** Annotation of a session's Job: `who`, `reason`, `target`, `environment`, `from`, `until`, and of a task `command`. */
export const sessionAnnotation = (what: string): string => `goldenpath/session-${what}`;
