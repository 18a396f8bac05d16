import type { EnvironmentInput } from "../environment";
import { namespaceName } from "../names";
import { environmentDefaults } from "../resolve";
import type { Report } from "./report";
import { environmentPath, usableOverlays } from "./usable";

/** What one environment alone may have is refused in the second one that would have it. */
export function checkClaims(report: Report, inputs: readonly EnvironmentInput[]): void {
  const taken = new Map<string, string>();
  for (const [place, input] of inputs.entries()) {
    const path = [...environmentPath(input, place), "cloud"];
    if (!report.sound(path)) continue;
    for (const { of, path: at, got, why, fix } of input.cloud.claims?.(input) ?? []) {
      const other = taken.get(of);
      if (other === undefined || other === input.name) taken.set(of, input.name);
      else report.add({ path: [...path, ...at], got, why: `environment "${other}" has it, and ${why}`, fix });
    }
  }
}

/** One namespace of one cluster is one application's, of one environment: the second would take its objects over. */
export function checkNamespaces(report: Report, inputs: readonly EnvironmentInput[]): void {
  const taken = new Map<string, string>();
  for (const [index, input] of inputs.entries()) {
    const path = environmentPath(input, index);
    const readable = ["cloud", "name", "namespaceSuffix"].every((field) => report.sound([...path, field]));
    const place = readable ? input.cloud.place?.(input) : undefined;
    if (place === undefined) continue;
    for (const { overlay, path: at } of usableOverlays(path, input)) {
      const { name } = overlay.application;
      const namespace = namespaceName(name, environmentDefaults(input).namespaceSuffix);
      const key = [...place, namespace].join("/");
      const owner = `application "${name}" of environment "${input.name}"`;
      const other = taken.get(key);
      if (other !== undefined && other !== owner) {
        const why = `its namespace would be "${namespace}", which ${other} has in the same cluster`;
        report.add({ path: at, why, fix: "give one of the environments another namespaceSuffix, or another cluster" });
      }
      taken.set(key, owner);
    }
  }
}
