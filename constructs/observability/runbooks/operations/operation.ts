import { code } from "../in-words";
import type { Operated } from "../operated";
import { asFile, bullets, type Playbook, playbookLines } from "../page";

/** What people do that no alert tells them to. */
export interface Operation extends Omit<Playbook, "called"> {
  /** Name of its file without the ending: in small letters, which no alert's name is, or the name of a failure that the cloud tells. */
  readonly file: string;
  readonly title: string;
  /** What it is about, in lines of a list. */
  readonly meaning: readonly string[];
  /** Alerts whose pages lead here, and which this one leads to where they are there. */
  readonly alerts: readonly string[];
}

export const operationFile = ({ file }: Pick<Operation, "file">): string => `${file}.md`;

const linked = (alert: string): string => `[${alert}](${alert}.md)`;

/** The page of one, in the form that pages of alerts have. */
export function operationPage(
  { application: { environment, name, namespace, owner } }: Operated,
  { alerts, diagnosis, impact, meaning, mitigation, title }: Operation,
): string {
  const seeAlso = alerts.length === 0 ? "" : `; alerts that lead here: ${alerts.map(linked).join(", ")}`;
  return asFile([
    `# ${title}`,
    "",
    `${code(name)} in ${code(environment)}, namespace ${code(namespace)}; ${code(owner)} answers for it. Rendered from the model; [all runbooks](README.md)${seeAlso}.`,
    "",
    "## Meaning",
    "",
    ...bullets(meaning),
    ...playbookLines({ impact, diagnosis, mitigation }),
  ]);
}
