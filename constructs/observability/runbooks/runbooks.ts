import type { Alert } from "../alerts/alert";
import { type AlertGroup, alertGroups } from "../alerts/alerts";
import { runbookFile, runbookFolder } from "./address";
import { code, condition, templateInWords } from "./in-words";
import { indexPage } from "./index-page";
import type { Operated } from "./operated";
import { asFile, bullets, sectionLines } from "./page";
import { playbookOf } from "./playbooks";

/**
 * Pages of an application in an environment: one for each name that its alerts have, and an index. Texts by the paths of their
 * files, from the folder of all runbooks.
 */
export function runbookPages(operated: Operated): Record<string, string> {
  const groups = alertGroups(operated);
  const folder = runbookFolder(operated.application);
  const pages = byName(groups).map(([name, alerts]) => [
    `${folder}/${runbookFile(name)}`,
    alertPage(name, operated, alerts),
  ]);
  return Object.fromEntries([...pages, [`${folder}/README.md`, indexPage(operated, groups)]]) as Record<string, string>;
}

function byName(groups: readonly AlertGroup[]): (readonly [string, readonly Alert[]])[] {
  const names = new Map<string, Alert[]>();
  for (const alert of groups.flatMap(({ alerts }) => alerts)) {
    names.set(alert.name, [...(names.get(alert.name) ?? []), alert]);
  }
  return [...names];
}

function alertPage(name: string, operated: Operated, alerts: readonly Alert[]): string {
  const { environment, namespace, owner, name: application } = operated.application;
  const { called, impact, diagnosis, mitigation } = playbookOf(name, operated, alerts);
  const severities = [...new Set(alerts.map(({ severity }) => severity))];
  return asFile([
    `# ${name}${called === undefined ? "" : `: ${called}`}`,
    "",
    `Alert of ${code(application)} in ${code(environment)}, namespace ${code(namespace)}; severity ${severities.map(code).join(" and ")}; ${code(owner)} answers for it. Rendered from the model; [all alerts](README.md).`,
    "",
    "## Meaning",
    "",
    ...meaning(alerts),
    "## Impact",
    "",
    ...bullets(impact),
    "## Diagnosis",
    "",
    ...sectionLines(diagnosis),
    "## Mitigation",
    "",
    ...sectionLines(mitigation),
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
