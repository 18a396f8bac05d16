import type { Alert } from "../alerts/alert";
import { code, condition, templateInWords } from "./in-words";
import { asFile, bullets, type Playbook, playbookLines } from "./page";

/** Whose an alert is. */
interface Owned {
  readonly name: string;
  readonly environment: string;
  readonly namespace: string;
  readonly owner: string;
}

/** A page that people may need after this one. */
interface Further {
  /** Name of its file without the ending. */
  readonly file: string;
  readonly title: string;
}

/** The page of the alerts of one name. */
export function alertPage(
  name: string,
  { environment, namespace, owner, name: application }: Owned,
  { called, impact, diagnosis, mitigation }: Playbook,
  alerts: readonly Alert[],
  further: readonly Further[] = [],
): string {
  const severities = [...new Set(alerts.map(({ severity }) => severity))];
  return asFile([
    `# ${name}${called === undefined ? "" : `: ${called}`}`,
    "",
    `Alert of ${code(application)} in ${code(environment)}, namespace ${code(namespace)}; severity ${severities.map(code).join(" and ")}; ${code(owner)} answers for it. Rendered from the model; [all alerts](README.md).`,
    "",
    "## Meaning",
    "",
    ...meaning(alerts),
    ...playbookLines({ impact, diagnosis, mitigation }),
    ...(further.length === 0
      ? []
      : ["## Further", "", ...bullets(further.map(({ file, title }) => `[${title}](${file}.md)`))]),
  ]);
}

/** What it is of, where its labels say it. */
const ofWhat = ({ labels }: Pick<Alert, "labels">): string => {
  const names = Object.values(labels);
  return names.length === 0 ? "" : `${names.map(code).join(" / ")}: `;
};

/** What each says when it fires, with its limit. Words in italics are what it fills in. */
function meaning(alerts: readonly Alert[]): string[] {
  return bullets(
    alerts.map(
      (alert) => `${ofWhat(alert)}${templateInWords(alert.texts.description)}. Fires at: ${condition(alert)}.`,
    ),
  );
}
