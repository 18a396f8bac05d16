import type { Path, Problem } from "../../model/problem";
import type { ResolvedSizing, Size } from "../../model/service";

/** How a cloud calls the machines of one service. */
export interface MachineForm {
  readonly form: RegExp;
  /** One that there is. */
  readonly example: string;
}

/** The machine that was asked for: by its name, or by a size. */
export const machineOf = (
  { machine, size }: Pick<ResolvedSizing, "machine" | "size">,
  machines: Readonly<Record<Size, string>>,
): string => machine ?? machines[size];

/** A machine whose name no machine of the service has. Which there are in a region the cloud says. `path` is the service's own. */
export function machineProblems(
  { machine }: Pick<ResolvedSizing, "machine">,
  { form, example }: MachineForm,
  path: Path,
): Problem[] {
  if (machine === undefined || form.test(machine)) return [];
  return [{ path: [...path, "machine"], got: machine, fix: `use the name of one, e.g. "${example}"` }];
}

/** What is said of a server whose machine this program does not know. */
export const UNCOUNTED = "how many connections it takes follows from its machine, and is compared with nothing";
