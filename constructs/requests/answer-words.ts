import type { Answer, Consequences } from "./answer";
import type { DecidingClause, Decision } from "./decide";
import { untilOf } from "./request";

/* The words of an answer, which text and Markdown have in common. */

/** `needs approval of team-my-app, security` */
export function decisionWords({ is, approvers }: Decision): string {
  if (is === "approval") return `needs approval of ${approvers.join(", ")}`;
  return is === "allowed" ? "allowed" : "refused";
}

/** `database invoices-db of my-app, until 2027-01-31` */
export function askedWords({ request }: Answer): string {
  const until = untilOf(request);
  return `${request.request} ${request.name} of ${request.application}${until === undefined ? "" : `, until ${until}`}`;
}

/** What a clause found: `refused at requests/x.yaml:5, sizes.production: …; use …`. */
export function clauseWords({ is, approver, place, field, why, fix }: DecidingClause): string {
  if (is === "allowed") return "allows it";
  if (is === "approval") return `asks ${approver ?? "somebody"}`;
  const where = [place, field].filter((one) => one !== undefined).join(", ");
  return `refuses it at ${where}: ${why ?? ""}; ${fix ?? ""}`;
}

const RESOURCES: Readonly<Record<string, string>> = {
  create: "new",
  update: "changed",
  replace: "replaced",
  delete: "deleted",
  forget: "left alone",
  move: "moved",
  import: "taken in",
};

/** Everything that differs, each kind with what it is called; kinds of which nothing differs are left out. */
export function consequenceWords(
  of: Consequences,
  most = Infinity,
): readonly (readonly [what: string, said: readonly string[]])[] {
  const counts = Object.entries(of.resources).map(([what, count]) => `${count} ${RESOURCES[what] ?? what}`);
  const all: readonly (readonly [string, readonly string[]])[] = [
    ["cost", of.costs.length === 0 ? [] : [of.costs.join("; ")]],
    ["resources", counts.length === 0 ? [] : [counts.join(", ")]],
    ["rights", of.rights],
    ["network", of.network],
    ["variables", of.variables],
    ["alerts", of.alerts],
    ["lost data", of.recovery],
    ["also", of.notes],
  ];
  return all.flatMap(([what, said]) => {
    if (said.length === 0) return [];
    const left = said.length - most;
    return [[what, left > 0 ? [...said.slice(0, most), `and ${left} more`] : said] as const];
  });
}

/** How many of each decision there are: `1 allowed, 2 need approval, 1 refused`. */
export function summaryWords(answers: readonly Answer[]): string {
  const count = (is: Decision["is"]): number => answers.filter(({ decision }) => decision.is === is).length;
  const [allowed, approval, refused] = [count("allowed"), count("approval"), count("refused")];
  return [
    ...(allowed > 0 ? [`${allowed} allowed`] : []),
    ...(approval > 0 ? [`${approval} ${approval === 1 ? "needs" : "need"} approval`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(answers.length === 0 ? ["no requests"] : []),
  ].join(", ");
}
