import { own } from "../model/own";
import { canonicalText } from "../plan/canonical-text";
import { isFields } from "../plan/object";
import { type ModelDifference, modelDifferences } from "./model-differences";
import { follows, wordsFor } from "./model-words";
import { environmentIn, type Model, type Models, originOf } from "./models";
import type { ModelChange } from "./report";
import { modelText } from "./values";

/** Lists of an application whose members are told by themselves. */
export const MEMBERS = ["workloads", "services", "secrets", "externals", "objects"] as const;

/** A part of the model that changes: the environment, an application, its routes, or a member of one of its lists. */
export interface ChangedPart {
  readonly environment: string;
  readonly application?: string;
  readonly list?: string;
  readonly element?: string;
  /** Its own fields before and after; `undefined` where it is not there. */
  readonly before: unknown;
  readonly after: unknown;
  readonly differences: readonly ModelDifference[];
  readonly changes: readonly ModelChange[];
}

/** Everything that differs between the two models in one environment. Nothing where one of them is unknown. */
export function changedParts({ base, head }: Models, environment: string): ChangedPart[] {
  if (base === undefined || head === undefined) return [];
  const [was, is] = [base, head].map((model) => fieldsOf(environmentIn(model, environment)));
  const [apps, others] = [was, is].map((one) => fieldsOf(one?.applications));
  return [
    part({ base, head }, { environment, path: [] }, without(was, ["applications"]), without(is, ["applications"])),
    ...keysOf(apps, others).flatMap((application) =>
      applicationParts({ base, head }, environment, application, own(apps, application), own(others, application)),
    ),
  ].filter(({ differences }) => differences.length > 0);
}

function applicationParts(
  models: Required<Models>,
  environment: string,
  application: string,
  before: unknown,
  after: unknown,
): ChangedPart[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const at = ["applications", application];
  const told: readonly string[] = [...MEMBERS, "routes"];
  return [
    part(models, { environment, application, path: at }, without(was, told), without(is, told)),
    part(
      models,
      { environment, application, list: "routes", element: "routes", path: [...at, "routes"] },
      byRoute(was?.routes),
      byRoute(is?.routes),
    ),
    ...MEMBERS.flatMap((list) => {
      const [ones, others] = [fieldsOf(was?.[list]), fieldsOf(is?.[list])];
      return keysOf(ones, others).map((element) =>
        part(
          models,
          { environment, application, list, element, path: [...at, list, element] },
          own(ones, element),
          own(others, element),
        ),
      );
    }),
  ];
}

interface Where {
  readonly environment: string;
  readonly application?: string;
  readonly list?: string;
  readonly element?: string;
  readonly path: readonly string[];
}

function part(models: Required<Models>, where: Where, before: unknown, after: unknown): ChangedPart {
  const { path, ...rest } = where;
  const differences = modelDifferences(before, after);
  const at = ["environments", where.environment, ...path];
  const said = (difference: ModelDifference): ModelChange[] => {
    const side: Model = difference.after === undefined ? models.base : models.head;
    return sentences(difference).map((says) => {
      const origin = originOf(side, [...at, ...difference.path], at.length);
      return { says, ...(origin !== undefined && { origin }) };
    });
  };
  return { ...rest, before, after, differences, changes: differences.flatMap(said) };
}

/** What a difference is called: nothing where it follows from another one. */
function sentences({ path, before, after }: ModelDifference): string[] {
  if (path.length === 0) return [before === undefined ? "is new" : "is taken out"];
  const [field] = path;
  if (field === "edges" && path.length === 1) return edgeSentences(before, after);
  const name = path.join(".");
  if (follows(name)) return [];
  const words = wordsFor(name);
  if (Array.isArray(before) || Array.isArray(after)) return listSentences(words, listOf(before), listOf(after));
  if (before === undefined) return [`${words} is ${isFields(after) ? "new" : "set"}: ${modelText(after)}`];
  if (after === undefined) return [`${words} is taken out (it was ${modelText(before)})`];
  return [`${words} ${modelText(before)} → ${modelText(after)}`];
}

function listSentences(words: string, before: readonly unknown[], after: readonly unknown[]): string[] {
  const [was, is] = [before.map(canonicalText), after.map(canonicalText)];
  const added = after.filter((_, index) => !was.includes(is[index] ?? ""));
  const gone = before.filter((_, index) => !is.includes(was[index] ?? ""));
  if (added.length === 0 && gone.length === 0) return [`${words}: in another order`];
  return [
    `${words}: ${[...gone.map((one) => `−${modelText(one)}`), ...added.map((one) => `+${modelText(one)}`)].join(", ")}`,
  ];
}

interface Edge {
  readonly to?: string;
  readonly name?: string;
  readonly access?: string;
}

/** Edges by what they lead to: their order means nothing to a reader. */
function edgeSentences(before: unknown, after: unknown): string[] {
  const [was, is] = [before, after].map(
    (list) => new Map((listOf(list) as readonly Edge[]).map((edge) => [`${edge.to} ${edge.name}`, edge])),
  );
  return [...new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])].flatMap((key) => {
    const [one, other] = [was?.get(key), is?.get(key)];
    if (one === undefined) return [`may now ${verb(other)} ${other?.name ?? ""}`];
    if (other === undefined) return [`may no longer ${verb(one)} ${one.name ?? ""}`];
    if (canonicalText(one) === canonicalText(other)) return [];
    if (one.access !== other.access) return [`may now ${verb(other)} ${other.name ?? ""}, and before ${verb(one)} it`];
    return [`gets to ${other.name ?? ""} by other variables or another port`];
  });
}

function verb(edge: Edge | undefined): string {
  if (edge?.to === "service") return edge.access === "read" ? "read" : "use";
  return "call";
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Routes by what they match, as their order means nothing. */
function byRoute(routes: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!Array.isArray(routes)) return undefined;
  return Object.fromEntries(
    routes
      .filter(isFields)
      .map(({ host, path, pathType, ...rest }) => [
        `${String(host)}${String(path)}${pathType === "Exact" ? " (exactly)" : ""}`,
        rest,
      ]),
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isFields(value) ? value : undefined;
}

function without(of: Readonly<Record<string, unknown>> | undefined, keys: readonly string[]): unknown {
  return of && Object.fromEntries(Object.entries(of).filter(([key]) => !keys.includes(key)));
}

function keysOf(...of: readonly (Readonly<Record<string, unknown>> | undefined)[]): string[] {
  return [...new Set(of.flatMap((one) => Object.keys(one ?? {})))];
}
