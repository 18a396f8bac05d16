import type { Alert } from "../alerts/alert";
import { type AlertGroup, alertGroups } from "../alerts/alerts";
import { runbookFile, runbookFolder } from "./address";
import { alertPage } from "./alert-page";
import { everydayFile, everydayPage } from "./everyday";
import { indexPage } from "./index-page";
import type { Operated } from "./operated";
import { cloudAlarmPages } from "./operations/cloud-alarms";
import { operationFile, operationPage } from "./operations/operation";
import { operationsOf } from "./operations/operations";
import { playbookOf } from "./playbooks";

/**
 * Pages of an application in an environment: one for each name that its alerts have, those of what no alert tells, the commands
 * of every day, and an index. Texts by the paths of their files, from the folder of all runbooks.
 */
export function runbookPages(operated: Operated): Record<string, string> {
  const groups = alertGroups(operated);
  const folder = runbookFolder(operated.application);
  const named = byName(groups);
  const fired = new Set(named.map(([name]) => name));
  const operations = operationsOf(operated, fired);
  const alarms = operated.beside === undefined ? [] : cloudAlarmPages(operated, operated.beside, fired);
  const pages = named.map(([name, alerts]) => {
    const further = [...alarms, ...operations].filter((one) => one.alerts.includes(name));
    return [
      `${folder}/${runbookFile(name)}`,
      alertPage(name, operated.application, playbookOf(name, operated, alerts), alerts, further),
    ];
  });
  const beside = [...alarms, ...operations].map((one) => [
    `${folder}/${operationFile(one)}`,
    operationPage(operated, one),
  ]);
  const everyday = [`${folder}/${everydayFile()}`, everydayPage(operated)];
  const index = [`${folder}/README.md`, indexPage(operated, groups, operations)];
  return Object.fromEntries([...pages, ...beside, everyday, index]) as Record<string, string>;
}

function byName(groups: readonly AlertGroup[]): (readonly [string, readonly Alert[]])[] {
  const names = new Map<string, Alert[]>();
  for (const alert of groups.flatMap(({ alerts }) => alerts)) {
    names.set(alert.name, [...(names.get(alert.name) ?? []), alert]);
  }
  return [...names];
}
