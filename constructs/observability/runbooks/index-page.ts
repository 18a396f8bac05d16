import { failureOf } from "../../services/cloud-alarms";
import type { Alert } from "../alerts/alert";
import type { AlertGroup } from "../alerts/alerts";
import { runbookFile } from "./address";
import { everydayFile } from "./everyday";
import { code, condition } from "./in-words";
import type { Operated } from "./operated";
import { cloudAlarms, untold } from "./operations/cloud-alarms";
import { type Operation, operationFile } from "./operations/operation";
import { asFile, bullets, sectionLines } from "./page";
import { restoreSections } from "./pages/restores";

/** The two playbooks that people look for by what they see, and the alerts whose pages they are. */
const BY_SIGHT: readonly (readonly [title: string, alerts: readonly string[]])[] = [
  ["Service down", ["WorkloadDown"]],
  ["High CPU or memory", ["HighCpuUsage", "HighMemoryUsage"]],
];

const link = (name: string): string => `[${name}](${runbookFile(name)})`;

/** The first page of an application: its alerts by groups, and the way to the commands of every day. */
export function indexPage(
  operated: Operated,
  groups: readonly AlertGroup[],
  operations: readonly Operation[] = [],
): string {
  const { environment, name, namespace, owner } = operated.application;
  const restores = restoreSections(operated);
  const names = new Set(groups.flatMap(({ alerts }) => alerts.map((alert) => alert.name)));
  const bySight = BY_SIGHT.flatMap(([title, alerts]) => {
    const there = alerts.filter((alert) => names.has(alert));
    return there.length === 0 ? [] : [`- ${title}: ${there.map(link).join(", ")}`];
  });
  return asFile([
    `# Runbooks of ${name} in ${environment}`,
    "",
    `Namespace ${code(namespace)}; ${code(owner)} answers for it. Commands are for a shell whose ${code("kubectl")} is on the cluster of ${code(environment)}. Rendered from the model: edit nothing here.`,
    "",
    ...(bySight.length === 0 ? [] : ["## What people see", "", ...bySight, ""]),
    ...(operations.length === 0
      ? []
      : ["## What no alert tells", "", ...operations.map((one) => `- [${one.title}](${operationFile(one)})`), ""]),
    "## Alerts",
    "",
    ...groups.flatMap(groupLines),
    ...alarmLines(operated),
    ...(restores.length === 0 ? [] : ["## Lost data", "", ...sectionLines(restores)]),
    "## Everyday commands",
    "",
    `What people type without an alert, at ${code("kubectl")}, Helm and Docker: [everyday commands](${everydayFile()}).`,
  ]);
}

/** What the cloud tells, as a table, and what it does not, with its reasons. Nothing where there is no cloud, or nothing of its own. */
function alarmLines(operated: Operated): string[] {
  const { beside } = operated;
  if (beside === undefined) return [];
  const [told, not] = [cloudAlarms(operated, beside), untold(operated, beside)];
  if (told.length === 0 && not.length === 0) return [];
  return [
    "## Alarms of the cloud",
    "",
    `What only the cloud sees, it tells by mail to the environment's ${code("contact")}.`,
    "",
    ...(told.length === 0 ? [] : ["| alarm | severity | of |", "| --- | --- | --- |"]),
    ...told.map(
      ([failure, alarmed]) =>
        `| ${link(failure)} | ${[...new Set(alarmed.map(({ service }) => failureOf(service.service, failure).severity))].join("<br>")} | ${alarmed.map(({ service }) => code(service.name)).join("<br>")} |`,
    ),
    ...(told.length === 0 ? [] : [""]),
    ...(not.length === 0 ? [] : ["Not told by it:", "", ...bullets(not)]),
  ];
}

const unique = (alerts: readonly Alert[], of: (alert: Alert) => string): string =>
  [...new Set(alerts.map(of))].join("<br>");

/** A group as a table of its alerts. */
export function groupLines({ name, alerts }: AlertGroup): string[] {
  const names = [...new Set(alerts.map((alert) => alert.name))];
  const row = (one: string): string => {
    const own = alerts.filter((alert) => alert.name === one);
    return `| ${link(one)} | ${unique(own, ({ severity }) => severity)} | ${unique(own, condition)} |`;
  };
  return [`### ${name}`, "", "| alert | severity | fires at |", "| --- | --- | --- |", ...names.map(row), ""];
}
