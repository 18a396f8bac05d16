import type { EnvironmentInput } from "../environment";
import type { Path } from "../problem";
import type { Workload } from "../workload";
import type { Report } from "./report";
import type { UsableApplication } from "./usable";

/**
 * Edges that may only read where Helm replaces the pods. Who reads is another user than who writes, and the one of before goes
 * with Terraform's run: pods that Helm has not replaced yet would still sign in with it.
 */
export function checkHelmReaders(
  report: Report,
  paths: { readonly base: Path; readonly override: Path },
  { release }: Pick<EnvironmentInput, "release">,
  { app }: UsableApplication,
  { needs = [] }: Workload,
): void {
  if (release !== "helm" || !report.sound([...paths.base, "needs"]) || !report.sound([...paths.override, "needs"]))
    return;
  needs.forEach((need, index) => {
    if (typeof need === "string" || need.access !== "read" || app.services?.[need.to]?.users === undefined) return;
    report.add({
      path: [...paths.override, "needs", index, "access"],
      got: need.access,
      why: 'with release "helm" the user of before goes before the pods that Helm replaces afterwards',
      fix: 'say needs of the workload in this environment without it, or use release "terraform"',
    });
  });
}
