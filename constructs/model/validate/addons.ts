import type { AddonOption, EnvironmentInput } from "../environment";
import { namespaceName } from "../names";
import { oneOf, type Path } from "../problem";
import { environmentDefaults } from "../resolve";
import type { Report } from "./report";
import { isObject, usableOverlays } from "./usable";

/** An add-on that is an object at least, and where it stands. */
interface Placed {
  readonly addon: AddonOption;
  readonly path: Path;
}

/** Each add-on of an environment by itself, then beside the others of the environment and its applications. */
export function checkAddons(report: Report, environment: Path, input: EnvironmentInput): void {
  const given: unknown = input.addons;
  if (!Array.isArray(given)) return;
  const placed = given.flatMap((addon: unknown, index): Placed[] => {
    const path = [...environment, "addons", index];
    return isObject(addon) && report.sound(path) ? [{ addon: addon as unknown as AddonOption, path }] : [];
  });
  for (const { addon, path } of placed) report.add(...addon.problems(path));
  placed.forEach((one, index) => {
    const before = placed.slice(0, index).map(({ addon }) => addon);
    checkName(report, one, before);
    checkAfter(report, one, before);
    checkNamespace(report, one, before);
  });
  checkApplications(report, environment, input, placed);
}

function checkName(report: Report, { addon: { name }, path }: Placed, before: readonly AddonOption[]): void {
  const at = [...path, "name"];
  if (!report.sound(at) || !before.some((other) => other.name === name)) return;
  report.add({ path: at, got: name, why: "another add-on has this name", fix: "rename one of the two" });
}

/** Names in `after` are those of add-ons before it in the list, so that none wait for each other in a circle. */
function checkAfter(report: Report, { addon: { after }, path }: Placed, before: readonly AddonOption[]): void {
  if (after === undefined || !report.sound([...path, "after"])) return;
  const known = before.map(({ name }) => name);
  after.forEach((name, index) => {
    if (known.includes(name)) return;
    const why = "no add-on before it in the list has this name; those of the platform are installed before all of them";
    const fix = known.length === 0 ? "leave it out" : `use ${oneOf(known)}, or put the other one first`;
    report.add({ path: [...path, "after", index], got: name, why, fix });
  });
}

function checkNamespace(report: Report, { addon, path }: Placed, before: readonly AddonOption[]): void {
  const at = [...path, "namespace"];
  const { namespace: got, createNamespace = true, after = [] } = addon;
  if (![at, [...path, "after"], [...path, "createNamespace"]].every((field) => report.sound(field))) return;
  if (got === "kube-system") return;
  const creator = before.find(({ namespace, createNamespace: creates }) => namespace === got && creates !== false);
  if (createNamespace && creator !== undefined) {
    const why = `add-on "${creator.name}" creates it`;
    report.add({
      path: at,
      got,
      why,
      fix: `use another, or say createNamespace: false and after: ["${creator.name}"]`,
    });
  } else if (!createNamespace && creator === undefined) {
    report.add({ path: at, got, why: "no add-on before it creates it", fix: "leave out createNamespace: false" });
  } else if (!createNamespace && creator !== undefined && !after.includes(creator.name)) {
    const why = `add-on "${creator.name}" creates its namespace`;
    report.add({ path: [...path, "after"], got: addon.after, why, fix: `name "${creator.name}" in it` });
  }
}

/** An application's namespace has its own policies, quota and Pod Security, which are for nothing else. */
function checkApplications(
  report: Report,
  environment: Path,
  input: EnvironmentInput,
  placed: readonly Placed[],
): void {
  if (!report.sound([...environment, "namespaceSuffix"])) return;
  const { namespaceSuffix } = environmentDefaults(input);
  const taken = new Map(
    usableOverlays(environment, input).map(({ overlay: { application } }) => [
      namespaceName(application.name, namespaceSuffix),
      application.name,
    ]),
  );
  for (const { addon, path } of placed) {
    const at = [...path, "namespace"];
    const application = taken.get(addon.namespace);
    if (application === undefined || !report.sound(at)) continue;
    const why = `application "${application}" has it`;
    report.add({ path: at, got: addon.namespace, why, fix: "use a namespace of its own" });
  }
}
