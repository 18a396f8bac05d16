import { formatPath, type Path } from "../model/problem";
import type { Asked } from "./asked";
import { type Clause, type Finding, LAST_DAY, NOTHING_PERMITS, type Policy } from "./policy";
import type { RequestFile } from "./read-request";
import { untilOf } from "./request";

/** What the policy says of a request. */
export interface Decision {
  readonly is: "allowed" | "approval" | "refused";
  /** Who has to agree, each once, in the order of the clauses that ask for it. */
  readonly approvers: readonly string[];
  /** Every clause that found something, in the order of the policy. */
  readonly clauses: readonly DecidingClause[];
  /** What is left of what clauses count. */
  readonly left: readonly string[];
}

/** A clause and what it found. */
export interface DecidingClause {
  readonly id: string;
  readonly text: string;
  readonly is: Finding["is"];
  /** Who has to agree. */
  readonly approver?: string;
  /** File and line of the field that it is about. */
  readonly place?: string;
  /** The field, as a path: `sizes.production`. */
  readonly field?: string;
  readonly why?: string;
  readonly fix?: string;
}

/** Asks every clause. One that fails refuses: a policy that cannot be asked has allowed nothing. */
export function decide(file: Pick<RequestFile, "placeOf">, asked: Asked, { clauses }: Policy): Decision {
  const found = [
    ...clauses.flatMap((clause) => findings(clause, asked).map((finding) => told(clause, finding, file, asked))),
    ...over(file, asked),
  ];
  const permits = found.some(({ is }) => is !== "refused");
  const refuses = found.some(({ is }) => is === "refused");
  const all = permits || refuses ? found : [nothingPermits(file)];
  const approvers = all.flatMap(({ approver }) => approver ?? []);
  const is = refuses || !permits ? "refused" : approvers.length > 0 ? "approval" : "allowed";
  return {
    is,
    // Nobody is asked to agree to what is refused.
    approvers: is === "refused" ? [] : [...new Set(approvers)],
    clauses: all,
    left: clauses.flatMap((clause) => leftOf(clause, asked)),
  };
}

function nothingPermits({ placeOf }: Pick<RequestFile, "placeOf">): DecidingClause {
  return {
    ...NOTHING_PERMITS,
    is: "refused",
    place: placeOf([]),
    why: "no clause says anything of it",
    fix: "ask the platform team for a clause that allows it",
  };
}

/** What ends by its own word is over whatever the policy says. Days are texts whose order is theirs. */
function over(file: Pick<RequestFile, "placeOf">, asked: Asked): DecidingClause[] {
  const until = untilOf(asked.request);
  if (until === undefined || until >= asked.today) return [];
  const finding: Finding = {
    is: "refused",
    path: ["until"],
    why: `${until} is past`,
    fix: "take the file away, or give a later day",
  };
  return [told(LAST_DAY, finding, file, asked)];
}

const FAILED: Finding = {
  is: "refused",
  why: "the clause itself failed",
  fix: "tell the platform team: its function threw, or answered in no known form",
};

function findings(clause: Clause, asked: Asked): readonly Finding[] {
  try {
    const found: unknown = clause.judge(asked);
    return Array.isArray(found) && found.every(isFinding) ? found : [FAILED];
  } catch {
    return [FAILED];
  }
}

function isFinding(value: unknown): value is Finding {
  if (typeof value !== "object" || value === null || !("is" in value)) return false;
  const has = (key: string): boolean => {
    const text: unknown = Reflect.get(value, key);
    return typeof text === "string" && text.trim() !== "";
  };
  const path: unknown = Reflect.get(value, "path");
  if (
    path !== undefined &&
    !(Array.isArray(path) && path.every((part) => typeof part === "string" || typeof part === "number"))
  )
    return false;
  if (value.is === "allowed") return true;
  return (value.is === "approval" && has("of") && has("why")) || (value.is === "refused" && has("why") && has("fix"));
}

function leftOf(clause: Clause, asked: Asked): readonly string[] {
  try {
    const left: unknown = clause.left?.(asked);
    return Array.isArray(left) ? left.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

function told(
  { id, text }: Pick<Clause, "id" | "text">,
  finding: Finding,
  file: Pick<RequestFile, "placeOf">,
  asked: Asked,
): DecidingClause {
  switch (finding.is) {
    case "allowed":
      return { id, text, is: "allowed" };
    case "approval":
      return {
        id,
        text,
        is: "approval",
        approver: finding.of === "owner" ? asked.owner : finding.of,
        why: finding.why,
      };
    case "refused": {
      const path: Path = finding.path ?? [];
      const field = path.length === 0 ? undefined : formatPath(path);
      return {
        id,
        text,
        is: "refused",
        place: file.placeOf(path),
        ...(field !== undefined && { field }),
        why: finding.why,
        fix: finding.fix,
      };
    }
  }
}
