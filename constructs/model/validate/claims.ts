import type { EnvironmentInput } from "../environment";
import type { Report } from "./report";
import { environmentPath } from "./usable";

/** What one environment alone may have is refused in the second one that would have it. */
export function checkClaims(report: Report, inputs: readonly EnvironmentInput[]): void {
  const taken = new Map<string, string>();
  for (const [place, input] of inputs.entries()) {
    const path = [...environmentPath(input, place), "cloud"];
    if (!report.sound(path)) continue;
    for (const { of, path: at, got, why, fix } of input.cloud.claims ?? []) {
      const other = taken.get(of);
      if (other === undefined || other === input.name) taken.set(of, input.name);
      else report.add({ path: [...path, ...at], got, why: `environment "${other}" has it, and ${why}`, fix });
    }
  }
}
