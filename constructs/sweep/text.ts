import { columns } from "../model/columns";
import type { Judgement, Staying, Taken } from "./judge";

const COLUMNS = (rows: readonly (readonly string[])[]): string[] => columns(rows.map((row) => ["", ...row]));

function part(title: string, taken: readonly Taken[]): string[] {
  return taken.length === 0 ? [] : [`${title}:`, ...COLUMNS(taken.map(({ name, why }) => [name, why]))];
}

const stays = ({ until, held, unasked }: Staying): string =>
  held ?? `until ${until}${unasked === undefined ? "" : `, whatever its pull request is: ${unasked}`}`;

/** What would be swept and what not, for people; `notes` are what nobody answered. */
export function sweepText(
  environment: string,
  { namespaces, stores, states, staying, refused, others }: Judgement,
  notes: readonly string[],
): string {
  const lines = [
    ...part("namespaces, with all that is in them", namespaces),
    ...part("stores of secrets", stores),
    ...part("states", states),
    ...(staying.length === 0
      ? []
      : ["these stay:", ...COLUMNS(staying.map((one) => [one.namespace.name, stays(one)]))]),
    ...part("refused, for somebody to look at", refused),
    ...part("left, as their applications are not of this environment", others),
    ...notes.map((note) => `not asked: ${note}`),
  ];
  return `${lines.length === 0 ? `${environment}: no preview is there` : lines.join("\n")}\n`;
}
