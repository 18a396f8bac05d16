import { keepsElsewhere } from "../elsewhere";
import { type EnvironmentInput, OFF } from "../environment";
import { oneOf, type Path } from "../problem";
import { environmentDefaults } from "../resolve";
import { checkInstalled } from "./installed";
import type { Report } from "./report";

/** What an environment's cloud cannot serve of what was chosen beside it, though each is valid by itself. */
export function checkOptions(report: Report, path: Path, input: EnvironmentInput): void {
  if (!report.sound([...path, "cloud"])) return;
  const { cloud } = input;
  const { profile } = environmentDefaults(input);
  const { profiles = [profile] } = cloud;
  if (report.sound([...path, "profile"]) && !profiles.includes(profile)) {
    const why = `a "${cloud.title}" serves no such environment`;
    report.add({ path: [...path, "profile"], got: profile, why, fix: `use ${oneOf(profiles)}` });
  }
  const { clusterBackups = OFF } = input;
  if (report.sound([...path, "clusterBackups"]) && clusterBackups !== OFF && cloud.clusterBackups !== true) {
    report.add({
      path: [...path, "clusterBackups"],
      why: `a "${cloud.title}" keeps no objects and takes no snapshots of disks, so that there is nowhere to copy to`,
      fix: 'use "off", or leave it out',
    });
  }
  const { observability = OFF } = input;
  const required =
    report.sound([...path, "observability"]) && observability !== OFF ? observability.requires : undefined;
  if (required !== undefined && cloud.offers?.includes(required) !== true) {
    report.add({
      path: [...path, "observability"],
      why: `a "${cloud.title}" has no ${required}`,
      fix: 'use prometheus({...}), which runs in every cluster, or "off"',
    });
  }
  checkElsewhere(report, [...path, "backups"], input);
  checkInstalled(report, path, input);
  if (!report.sound([...path, "routing"])) return;
  const { clusterIssuer } = input.routing;
  if (clusterIssuer !== undefined && cloud.clusterIssuers?.includes(clusterIssuer) === false) {
    report.add({
      path: [...path, "routing", "clusterIssuer"],
      got: clusterIssuer,
      why: `a "${cloud.title}" has only ${oneOf(cloud.clusterIssuers)}, which its routes name by themselves`,
      fix: "leave it out",
    });
  }
}

/** Whether the cloud keeps copies in a second region, and in that one. */
function checkElsewhere(report: Report, path: Path, { backups, cloud }: EnvironmentInput): void {
  if (backups === undefined || !report.sound(path)) return;
  if (!keepsElsewhere(cloud.elsewhere)) {
    const { none, instead } = cloud.elsewhere ?? {
      none: "nothing is copied to a second region by this program",
      instead: "copy what must not be lost with the region by means of your own",
    };
    report.add({ path, why: `on "${cloud.title}" ${none}`, fix: `leave it out: ${instead}` });
    return;
  }
  for (const problem of cloud.elsewhere.problems(backups, path)) report.add(problem);
}
