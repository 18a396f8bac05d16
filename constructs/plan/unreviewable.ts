import type { Plan } from "./plan";

/**
 * Says why nobody can have reviewed a plan, in a line, with what to do: what it does is not known.
 *
 * @returns `undefined` where it is known
 */
export function unreviewable({ changes, deferred, outputs, hasErrors, hasActions }: Plan): string | undefined {
  if (hasErrors) return "is of a run that failed, so there may be more to do; correct what it says, and plan again";
  if (hasActions)
    return "has actions beside its resources, which are not known here; use a later release of this program";
  const resources = [...changes, ...deferred.map(({ change }) => change)];
  const all = [
    ...resources.map(({ address, ...change }) => ({ ...change, address })),
    ...Object.entries(outputs).map(([name, output]) => ({ ...output, address: `output.${name}` })),
  ];
  const other = all.find(({ kind }) => kind === "other");
  if (other === undefined) return undefined;
  const actions = JSON.stringify(other.actions);
  return `has an action for ${other.address} that is not known here, ${actions}; use a later release of this program`;
}
