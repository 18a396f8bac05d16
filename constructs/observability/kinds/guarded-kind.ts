import { isPlain } from "../../model/plain";
import { type Path, type Problem, refuse } from "../../model/problem";
import { formProblems, guardedFunctions } from "../../services/guarded";
import type { ObservedKind } from "./observed-kind";

/** Names of rules and of runbooks. */
const NAME = /^[A-Z][A-Za-z0-9]{2,59}$/;

const ALERT = { texts: "object", proof: "object", within: "object", labels: "object", severity: "string" } as const;

/** What another program tells of its kind: its functions, and each alert that they give. */
export const guardedKind = (kind: ObservedKind): ObservedKind =>
  guardedFunctions(kind, {
    path: (name, given) => [...serviceOf(given), "observability", name],
    answer: (name, answer, path) => {
      if (name === "alerts") refuse(listProblems(answer, path, alertProblems));
      if (name === "panels") refuse(listProblems(answer, path, panelProblems));
      if (name === "looks" && typeof answer !== "string") refuse([{ path, got: answer, fix: "return a text" }]);
      return answer;
    },
  });

/** The service is the last thing that they are given, or its name. */
function serviceOf(given: readonly unknown[]): Path {
  const last = given.at(-1);
  const name = isPlain(last) ? last["name"] : last;
  return typeof name === "string" ? ["services", name] : ["services"];
}

function listProblems(answer: unknown, path: Path, each: (one: object, path: Path) => Problem[]): Problem[] {
  if (!Array.isArray(answer)) return [{ path, got: answer, fix: "return a list, [] for none" }];
  return answer.flatMap((one: unknown, index) => {
    const at = [...path, index];
    return isPlain(one) ? each(one, at) : [{ path: at, got: one, fix: "give an object" }];
  });
}

function alertProblems(alert: object, path: Path): Problem[] {
  const { name, value, threshold, forSeconds } = alert as Readonly<Record<string, unknown>>;
  const isName = typeof name === "string" && NAME.test(name);
  const number = (field: string, given: unknown): Problem[] =>
    typeof given === "number" && Number.isFinite(given)
      ? []
      : [{ path: [...path, field], got: given, fix: "give a number" }];
  return [
    ...(isName
      ? []
      : [{ path: [...path, "name"], got: name, fix: "use up to 60 letters and digits, a capital first: QueueStuck" }]),
    ...(typeof value === "string" && value.trim() !== ""
      ? []
      : [{ path: [...path, "value"], got: value, fix: "give the expression that is compared, in PromQL" }]),
    ...number("threshold", threshold),
    ...number("forSeconds", forSeconds),
    ...formProblems(alert, ALERT, path),
  ];
}

function panelProblems(panel: object, path: Path): Problem[] {
  const { queries } = panel as Readonly<Record<string, unknown>>;
  const hasQueries =
    Array.isArray(queries) &&
    queries.length > 0 &&
    queries.every((one: unknown) => isPlain(one) && typeof one["expr"] === "string" && one["expr"].trim() !== "");
  return [
    ...formProblems(panel, { title: "string" }, path),
    ...(hasQueries
      ? []
      : [{ path: [...path, "queries"], got: queries, fix: "give one query or more, each with its expr in PromQL" }]),
  ];
}
