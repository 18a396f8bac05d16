/* Which release Helm goes back to. Helm's own default is the revision before the newest, which may be the one that failed. */

/** A revision of a release, as `helm history --output json` tells it. */
export interface Revision {
  readonly revision: number;
  /** Time of it, as text: `2026-11-29T23:36:31.12Z`. */
  readonly updated: string;
  readonly status: string;
  readonly description: string;
  /** Whether somebody went back by it. */
  readonly goesBack: boolean;
  /** Revision that it goes back to, or was to. @default - a release, or nobody knows: Helm 3 forgets it where that failed */
  readonly backTo?: number;
}

/** A list that is none of revisions. */
export class NotAHistory extends Error {}

/**
 * Reads what `helm history --output json` prints.
 *
 * @throws NotAHistory for anything else
 */
export function readHistory(text: string): readonly Revision[] {
  const found = parsed(text);
  if (!Array.isArray(found)) throw new NotAHistory("is no list of revisions");
  return found.map(revisionOf).sort((one, other) => one.revision - other.revision);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new NotAHistory("is no JSON");
  }
}

function revisionOf(one: unknown): Revision {
  const found = (typeof one === "object" && one !== null ? one : {}) as Readonly<Record<string, unknown>>;
  const { revision, status, updated, description = "", rollback_revision: said } = found;
  if (typeof revision !== "number" || typeof status !== "string") {
    throw new NotAHistory("has an entry without revision and status");
  }
  const told = String(description);
  const [, to] = /^Rollback to (\d+)/.exec(told) ?? [];
  // Helm 4 says it in a field of its own; 3 in the description, and there no longer where it failed.
  const backTo = typeof said === "number" && said > 0 ? said : to === undefined ? undefined : Number(to);
  const failedBack = status === "failed" && /^(?:Release|Rollback) ".*" failed/s.test(told);
  return {
    revision,
    status,
    updated: typeof updated === "string" ? updated : "",
    description: told,
    goesBack: backTo !== undefined || failedBack || status === "pending-rollback",
    ...(backTo !== undefined && { backTo }),
  };
}

/** What a release goes back to, or why to nothing. */
export type Choice =
  | {
      readonly to: Revision;
      /** Why that one. */
      readonly because: string;
    }
  | { readonly nothing: string };

/** Whether it ran once, all of it, and was well as far as Helm knows. */
const ran = ({ status }: Revision): boolean => status === "deployed" || status === "superseded";

export const isPending = ({ status }: Revision): boolean => status.startsWith("pending-");

/**
 * Chooses the newest revision that ran, that nobody has gone back from, and that is something else than what is there now.
 *
 * @param history oldest first, as `readHistory` gives it
 * @param contentOf tells what a revision holds, for equality alone; asked only where it decides
 */
export async function chooseRevision(
  history: readonly Revision[],
  contentOf: (revision: number) => Promise<string>,
): Promise<Choice> {
  const now = history.at(-1);
  if (now === undefined) return { nothing: "nothing was released yet" };
  if (now.status === "uninstalled" || now.status === "uninstalling") {
    return { nothing: `revision ${now.revision} is ${now.status}: release again, which keeps its data` };
  }
  if (now.status === "pending-rollback" && now.backTo !== undefined) {
    const to = history.find(({ revision }) => revision === now.backTo);
    if (to !== undefined) return { to, because: `revision ${now.revision} was on its way there, and was cut off` };
  }
  const left = await leftBy(history, contentOf);
  const isFree = (one: Revision): boolean => one !== now && ran(one) && !left.has(one.revision);
  const live = history.filter((one) => one.status === "deployed" && isFree(one)).at(-1);
  if (live !== undefined && !ran(now)) {
    return { to: live, because: `it ran before revision ${now.revision}, which is ${now.status}` };
  }
  const here = await contentOf(now.revision);
  const tried = await triedSince(history, contentOf);
  for (const one of history.filter(isFree).reverse()) {
    const content = await contentOf(one.revision);
    if (content !== here && !tried.has(content)) {
      return {
        to: one,
        because: "it is the newest that ran, holds something else, and that nobody has gone back from",
      };
    }
  }
  return { nothing: whyNot(history, now, left) };
}

function whyNot(history: readonly Revision[], now: Revision, left: ReadonlySet<number>): string {
  const older = history.filter((one) => one !== now);
  if (older.length === 0) return `revision ${now.revision} is the only one`;
  const gone = older.filter(({ revision }) => left.has(revision)).map(({ revision }) => revision);
  const why = [
    ...(gone.length > 0 ? [`somebody has gone back from ${gone.join(", ")}`] : []),
    "every other one failed, or holds what is there now",
  ];
  return `no revision before ${now.revision} is to go back to: ${why.join("; ")}`;
}

/** Revision to which one goes back: as it says, or the newest before it that holds the same. */
async function targetOf(
  history: readonly Revision[],
  one: Revision,
  contentOf: (revision: number) => Promise<string>,
): Promise<number | undefined> {
  if (!one.goesBack || one.backTo !== undefined) return one.backTo;
  const content = await contentOf(one.revision);
  for (const other of history.filter(({ revision }) => revision < one.revision).reverse()) {
    if (ran(other) && (await contentOf(other.revision)) === content) return other.revision;
  }
  return undefined;
}

/** Revisions from which somebody went back, or tried to: those between one that goes back and where it went to. */
async function leftBy(
  history: readonly Revision[],
  contentOf: (revision: number) => Promise<string>,
): Promise<ReadonlySet<number>> {
  const left = new Set<number>();
  for (const one of history) {
    const target = await targetOf(history, one, contentOf);
    if (target === undefined) continue;
    for (const { revision } of history) if (revision > target && revision < one.revision) left.add(revision);
  }
  return left;
}

/** What of late was gone back to in vain: since the newest revision that ran. */
async function triedSince(
  history: readonly Revision[],
  contentOf: (revision: number) => Promise<string>,
): Promise<ReadonlySet<string>> {
  const newest = history.filter(ran).at(-1)?.revision ?? 0;
  const failed = history.filter(
    ({ goesBack, revision, status }) => goesBack && status === "failed" && revision > newest,
  );
  return new Set(await Promise.all(failed.map(({ revision }) => contentOf(revision))));
}
