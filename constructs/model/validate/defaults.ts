import type { EnvironmentInput } from "../environment";
import { stackNames } from "../names";
import { didYouMean, oneOf, type Path } from "../problem";
import type { Report } from "./report";
import { type UsableApplication, usableOverlays } from "./usable";

/*
 * Where one of several has the plain name, it is said by name: the first in a list would be another one as soon as
 * something is put above it, and what the plain name stands for would be taken from whoever had it.
 */

/** One application has the stack that is called as the environment is. */
export function checkDefaultApplication(report: Report, path: Path, input: EnvironmentInput): void {
  const at = [...path, "defaultApplication"];
  const names = [...new Set(usableOverlays(path, input).map(({ overlay }) => overlay.application.name))];
  const [first] = names;
  if (!report.sound(at) || !report.sound([...path, "name"]) || first === undefined) return;
  const { name, defaultApplication: got } = input;
  if (typeof got === "string" && !names.includes(got)) {
    const why = "no such application here";
    report.add({ path: at, got, why, fix: `use ${oneOf(names)}${didYouMean(got, names)}` });
  }
  if (got !== undefined || names.length === 1) return;
  const why = `missing: ${oneOf(names)} has the stack "${name}"`;
  const others = stackNames.application(name, "<application>", false);
  const fix = `say which, or false for none; each other has "${others}" (until this was asked, the first in the list had it: ${JSON.stringify(first)})`;
  report.add({ path: at, why, fix });
}

/** One service of each kind has the plain keys in the application's Secret. */
export function checkDefaultServices(report: Report, path: Path, { app, declared }: UsableApplication): void {
  const at = [...path, "defaultServices"];
  if (!report.sound(at)) return;
  const defaults = app.defaultServices ?? [];
  const prefixed = prefixedIn(report, [...path, "prefixedServices"], app, declared.services);
  const services = Object.entries(app.services ?? {}).filter(([name]) => report.sound([...path, "services", name]));
  const kindOf = new Map<string, string>(services.map(([name, { kind }]) => [name, kind]));
  const chosen = new Map<string, string>();
  defaults.forEach((name, index) => {
    const kind = kindOf.get(name);
    if (kind === undefined) {
      if (declared.services.includes(name)) return;
      const fix = `use ${oneOf(declared.services)}${didYouMean(name, declared.services)}`;
      report.add({ path: [...at, index], got: name, why: "no such service", fix });
      return;
    }
    if (prefixed.includes(name))
      report.add({
        path: [...at, index],
        got: name,
        why: "is in prefixedServices, too",
        fix: "name it in one of the two",
      });
    const other = chosen.get(kind);
    if (other !== undefined) {
      const why = `${JSON.stringify(other)} is a ${kind} too`;
      report.add({ path: [...at, index], got: name, why, fix: "name one of each kind" });
    }
    chosen.set(kind, name);
  });
  if (!report.sound(at)) return;
  for (const kind of new Set(kindOf.values())) {
    const names = services.flatMap(([name, service]) =>
      service.kind === kind && !prefixed.includes(name) ? [JSON.stringify(name)] : [],
    );
    if (names.length < 2 || chosen.has(kind)) continue;
    const why = `missing: ${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""} are of one kind, ${kind}`;
    const fix =
      "name the one whose keys in the application's Secret have no name before them " +
      `(until this was asked, it was the first, ${names[0] ?? ""})`;
    report.add({ path: at, why, fix });
  }
}

/** Services that have their name before their keys; those that are not there are told. */
function prefixedIn(
  report: Report,
  at: Path,
  { prefixedServices = [] }: UsableApplication["app"],
  declared: readonly string[],
): readonly string[] {
  if (!report.sound(at)) return [];
  prefixedServices.forEach((got, index) => {
    if (declared.includes(got)) return;
    const fix = `use ${oneOf(declared)}${didYouMean(got, declared)}`;
    report.add({ path: [...at, index], got, why: "no such service", fix });
  });
  return prefixedServices;
}

/** One workload has the plain keys in the application's Secret. */
export function checkDefaultWorkload(report: Report, path: Path, { app, declared }: UsableApplication): void {
  const at = [...path, "defaultWorkload"];
  const got: unknown = app.defaultWorkload;
  if (typeof got !== "string" || declared.workloads.includes(got)) return;
  const fix = `use ${oneOf(declared.workloads)}${didYouMean(got, declared.workloads)}`;
  report.add({ path: at, got, why: "no such workload", fix });
}
