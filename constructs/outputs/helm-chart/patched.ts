import type { Json } from "../../kubernetes/json";
import { changesOf } from "../../model/patch";
import { type PathStep, pathSteps } from "../../model/patch-path";
import type { ResolvedApplication } from "../../model/resolved";
import { Scope } from "./access";
import type { ObjectColumn } from "./chart-input";
import type { ValueSheet } from "./sheet";
import { Inline, When } from "./template";
import { isSame, type Rule, type Rules } from "./unify";

export interface PatchedObject {
  readonly applications: readonly ResolvedApplication[];
  /** Name of the workload whose object it is. @default - the application's own */
  readonly of?: string;
  readonly object: Pick<ObjectColumn, "kind" | "name">;
  readonly sheet: ValueSheet;
}

/** Rules for the fields that an environment's patches change: one that is not the same everywhere is a value. */
export function patchRules({ applications, of, object, sheet }: PatchedObject): Rules {
  const { kind, name: whole } = object;
  const paths = applications.flatMap(({ patches }) =>
    patches.flatMap((patch) =>
      patch.on === "object" &&
      patch.of === of &&
      patch.kind === kind &&
      (patch.object === undefined || `${kind} ${patch.object}` === whole)
        ? changesOf(patch).map(({ path }) => path)
        : [],
    ),
  );
  const scope = of === undefined ? Scope.application : Scope.workload(of);
  return Object.fromEntries(paths.map((path) => [inTemplate(path), patchedRule(scope, sheet, whole, path)]));
}

function patchedRule(scope: Scope, sheet: ValueSheet, whole: string, path: string): Rule {
  return (column) => {
    if (isSame(column)) return undefined;
    const place = ["patches", whole, path];
    sheet.set([...scope.path, ...place], column);
    const text = scope.text(...place);
    const value = (values: Parameters<Scope["get"]>[0]): Json | undefined => scope.get(values, ...place);
    // In JSON, which is YAML on one line whatever it holds.
    const node = new Inline(`toJson ${text}`, (values) => JSON.stringify(value(values)));
    return new When(`not (kindIs "invalid" ${text})`, (values) => value(values) !== undefined, node);
  };
}

/** The path as rules have it. */
function inTemplate(path: string): string {
  return (pathSteps(path) ?? []).reduce((before, step) => before + inRule(step, before === ""), "");
}

function inRule(step: PathStep, isFirst: boolean): string {
  if ("key" in step) return isFirst ? step.key : `.${step.key}`;
  return `[${"index" in step ? step.index : step.item}]`;
}
