import { type EnvironmentInput, OFF } from "../environment";
import type { Path } from "../problem";
import type { Report } from "./report";

/** What an environment asks of its own platform, whose platform is somebody else's: there is no stack that would have it. */
export function checkInstalled(report: Report, path: Path, input: EnvironmentInput): void {
  const { cloud, addons, clusterBackups = OFF, previews } = input;
  if (cloud.installed !== "all") return;
  const asked = {
    addons: Array.isArray(addons) && addons.length > 0,
    clusterBackups: clusterBackups !== OFF,
    previews: previews !== undefined,
  };
  for (const [field, is] of Object.entries(asked)) {
    if (!is || !report.sound([...path, field])) continue;
    report.add({
      path: [...path, field],
      why: 'its stack is <env>-platform, and cloud.installed is "all": there is none',
      fix: `remove ${field}, and ask the cluster's owner for it; or name in cloud.installed what is there, and have the rest installed`,
    });
  }
}
