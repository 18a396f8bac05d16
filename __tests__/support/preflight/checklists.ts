import { environment, type EnvironmentSpec } from "../../../constructs/environment";
import type { Check, Checklist } from "../../../constructs/preflight/check";
import { environments } from "../../../environments";
import { preflightOf } from "../../../stacks/preflight";
import { INPUTS } from "../../fuzz/support/inputs";
import { build } from "../../fuzz/support/tree";

const known = new Map<string, Checklist>();

/** Checklist of a shipped environment, made once. */
export function checklist(name: string): Checklist {
  const found = known.get(name) ?? preflightOf(environments, name, "terraform");
  known.set(name, found);
  return found;
}

export const SHIPPED = environments.map(({ name }) => name);

let every: readonly (readonly [name: string, Checklist])[] | undefined;

/** Those of the shipped environments, and of inputs that say everything that an environment may have, on every cloud. */
export function everyChecklist(): readonly (readonly [name: string, Checklist])[] {
  every ??= [
    ...SHIPPED.map((name) => [name, checklist(name)] as const),
    ...Object.entries(INPUTS).map(([name, input]) => {
      const [spec, ...others] = build(input) as EnvironmentSpec[];
      if (spec === undefined) throw new Error(`${name}: no environment`);
      return [`everything: ${name}`, preflightOf([spec, ...others], spec.name, "terraform")] as const;
    }),
  ];
  return every;
}

/** Checklist of one environment of a test's own. */
export const checklistOf = (spec: EnvironmentSpec): Checklist => preflightOf([environment(spec)], spec.name, "terraform");

/** The check of an id. */
export function check({ checks }: Checklist, id: string): Check {
  const found = checks.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no check ${id} among ${checks.map((one) => one.id).join(", ")}`);
  return found;
}
