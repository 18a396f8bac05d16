import type { PlatformEnvironment } from "../constructs/environment";
import type { Problem } from "../constructs/model/problem";

/** What an environment asks of its own platform, whose platform is somebody else's. */
export function installedProblems({ name, cloud, addons, clusterBackups, previews }: PlatformEnvironment): Problem[] {
  if (cloud.installed !== "all") return [];
  const asked = {
    addons: addons.length > 0,
    clusterBackups: clusterBackups !== undefined,
    previews: previews !== undefined,
  };
  return Object.entries(asked)
    .filter(([, is]) => is)
    .map(([field]) => ({
      path: ["environments", name, field],
      why: 'its stack is <env>-platform, and cloud.installed is "all": there is none',
      fix: `remove ${field}, and ask the cluster's owner for it; or name in cloud.installed what is there, and have the rest installed`,
    }));
}
