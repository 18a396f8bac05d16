import type { Path, Problem } from "../model/problem";
import type { ParameterRules } from "../model/service";

/** What the parameters of one kind of server look like, and which are not an environment's to say. */
export interface ParameterForms {
  readonly name: RegExp;
  /** What is wrong with a name of another form, and what to use. */
  readonly noName: { readonly why: string; readonly fix: string };
  readonly value: RegExp;
  /** What to do about a value of another form. */
  readonly valueFix: string;
  /** Why this one is refused. `undefined`: it is not */
  reason(name: string): string | undefined;
  /** What to do about one that is refused. */
  readonly refusedFix: string;
  /** Those of them that a server has from its first day: of one that was imported they are said as they are. @default - none */
  readonly firstDay?: readonly string[];
}

/** Names are checked by their form alone: which there are is the version's matter, and the server's to say. */
export function parameterRules(forms: ParameterForms): ParameterRules {
  const problemOf = (name: string, got: string, path: Path, isImported: boolean): Problem[] => {
    if (!forms.name.test(name)) return [{ path, ...forms.noName }];
    const why = isImported && forms.firstDay?.includes(name) === true ? undefined : forms.reason(name);
    if (why !== undefined) return [{ path, got, why, fix: forms.refusedFix }];
    return forms.value.test(got) ? [] : [{ path, got, fix: forms.valueFix }];
  };
  return {
    problems: (parameters, path, isImported = false) =>
      Object.entries(parameters).flatMap(([name, value]) => problemOf(name, value, [...path, name], isImported)),
  };
}
