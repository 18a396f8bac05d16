import type { Alert } from "../alerts/alert";
import { type AlertGroup, alertGroups } from "../alerts/alerts";
import { runbookFile, runbookFolder } from "./address";
import { alertPage } from "./alert-page";
import { indexPage } from "./index-page";
import type { Operated } from "./operated";
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
    alertPage(name, operated.application, playbookOf(name, operated, alerts), alerts),
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
