import type { Path } from "../problem";
import { REPLICAS } from "../resolve-workload";
import { runsToItsEnd } from "../resolved";
import type { AnyVolume } from "../volumes";
import type { Workload } from "../workload";
import type { Report } from "./report";

interface Paths {
  readonly base: Path;
  readonly override: Path;
}

/** A zonal disk and a second pod, which stays pending in another zone. */
export function checkZonalVolumes(report: Report, paths: Paths, workload: Workload): void {
  if (!isReadable(report, paths, ["volumes", "replicas", "autoscaling", "concurrency"])) return;
  const pods = mostPods(workload);
  for (const [name, { access }] of Object.entries<AnyVolume>(workload.volumes ?? {})) {
    if (access !== "ReadWriteOnce" || pods <= 1) continue;
    report.add({
      path: [...paths.override, "volumes", name, "access"],
      got: access,
      why: `the workload may have ${pods} pods in several zones`,
      fix: 'use "ReadWriteMany" in the application, or one replica here',
    });
  }
}

/** Two pods at least, but for a workload that its zonal disk holds to one: it is down while its node is drained. */
export function checkReplicas(report: Report, paths: Paths, workload: Workload): void {
  if (runsToItsEnd(workload) || !isReadable(report, paths, ["volumes", "replicas", "autoscaling"])) return;
  const zonal = Object.values<AnyVolume>(workload.volumes ?? {}).some(({ access }) => access === "ReadWriteOnce");
  const { field, pods } =
    workload.autoscaling === undefined
      ? { field: ["replicas"], pods: workload.replicas ?? REPLICAS }
      : { field: ["autoscaling", "min"], pods: workload.autoscaling.min };
  if (zonal || pods >= 2) return;
  report.add({
    path: [...paths.override, ...field],
    got: pods,
    why: pods === 0 ? "nothing would run" : "one pod is no pod while its node is drained",
    fix: 'use at least 2 in profile "production"',
  });
}

function mostPods(workload: Workload): number {
  if (workload.kind === "release") return 1;
  if (workload.kind === "cron") return (workload.concurrency ?? "Forbid") === "Forbid" ? 1 : 2;
  return workload.autoscaling?.max ?? workload.replicas ?? REPLICAS;
}

function isReadable(report: Report, { base, override }: Paths, fields: readonly string[]): boolean {
  return fields.every((field) => report.sound([...base, field]) && report.sound([...override, field]));
}
