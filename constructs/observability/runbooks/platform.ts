import type { Alert } from "../alerts/alert";
import type { AlertGroup } from "../alerts/alerts";
import type { RuleContext } from "../rules";
import { runbookFile, runbookFolder, runbookUrl } from "./address";
import { alertPage } from "./alert-page";
import { code } from "./in-words";
import { groupLines } from "./index-page";
import { asFile, type Playbook } from "./page";

/* Alerts of the platform itself: of no application, and so of every one. */

/** Folder of their pages beside those of applications, none of whose names begins so. */
const FOLDER = "_platform";

/** Whose they are. */
export interface PlatformPart {
  readonly environment: string;
  /** Namespace of what they are about. */
  readonly namespace: string;
  /** Who answers for the environment. */
  readonly owner: string;
}

/** What their rules are told. `base` is the address of the folder of all runbooks. */
export const platformContext = (base: string, { environment, ...part }: PlatformPart): RuleContext => ({
  application: { name: "platform", ...part },
  runbookUrl: (alert) => runbookUrl(base, { environment, name: FOLDER }, alert),
});

/** Address of the first of their pages. `base` is as above. */
export const platformIndex = (base: string, environment: string): string =>
  runbookUrl(base, { environment, name: FOLDER }, "README");

const folderOf = ({ environment }: PlatformPart): string => runbookFolder({ environment, name: FOLDER });

/** Alerts of one part, and what is done about each by the alert's name. */
export interface PlatformAlerts {
  readonly part: PlatformPart;
  readonly groups: readonly AlertGroup[];
  readonly playbooks: Readonly<Record<string, Playbook>>;
}

/**
 * Pages of alerts of the platform, and an index of them all, by the paths of their files.
 *
 * @param parts those of one environment, at least one
 * @throws Error for an alert without a playbook: a mistake of this program
 */
export function platformPages(parts: readonly [PlatformAlerts, ...PlatformAlerts[]]): Record<string, string> {
  const [{ part }] = parts;
  const index = asFile([
    `# Runbooks of the platform in ${part.environment}`,
    "",
    `${code(part.owner)} answers for it. Commands are for a shell whose ${code("kubectl")} is on the cluster of ${code(part.environment)}. Rendered from the model: edit nothing here.`,
    "",
    "## Alerts",
    "",
    ...parts.flatMap(({ groups }) => groups.flatMap(groupLines)),
  ]);
  return {
    ...Object.fromEntries(parts.flatMap(alertPages)),
    [`${folderOf(part)}/README.md`]: index,
  };
}

function alertPages({ part, groups, playbooks }: PlatformAlerts): [string, string][] {
  const all = groups.flatMap(({ alerts }) => alerts);
  return all.map((alert: Alert): [string, string] => {
    const playbook = playbooks[alert.name];
    if (playbook === undefined) throw new Error(`alert ${alert.name} has no runbook`);
    const own = all.filter(({ name }) => name === alert.name);
    return [
      `${folderOf(part)}/${runbookFile(alert.name)}`,
      alertPage(alert.name, { name: "platform", ...part }, playbook, own),
    ];
  });
}
