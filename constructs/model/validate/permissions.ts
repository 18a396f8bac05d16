import type { EnvironmentInput } from "../environment";
import { CLOUDS_WITH_PERMISSIONS } from "../permissions";
import { isPlain } from "../plain";
import type { Path } from "../problem";
import type { Workload } from "../workload";
import type { Report } from "./report";

/**
 * A workload that says what it may do in other clouds and nothing of this one: it would be here without a right that it has
 * there. Where there is no cloud to act in, there is nothing to say.
 */
export function checkPermissions(
  report: Report,
  paths: { readonly base: Path; readonly override: Path },
  { cloud }: EnvironmentInput,
  { permissions }: Workload,
): void {
  const here = cloud.permissions;
  if (here === undefined || !isPlain(permissions) || permissions[here] !== undefined) return;
  if (![paths.base, paths.override].every((path) => report.sound([...path, "permissions"]))) return;
  const others = CLOUDS_WITH_PERMISSIONS.filter((one) => permissions[one] !== undefined);
  if (others.length === 0) return;
  report.add({
    path: [...paths.override, "permissions", here],
    why: `missing, and the workload has permissions for ${others.join(" and ")}`,
    fix: "say what it may do here, or {} where that is nothing more",
  });
}
