import { byName, given } from "../by-name";
import type { ApplicationOverlay } from "../environment";
import { workloadName } from "../names";
import { needOf } from "../need";
import { type ObjectGroup, templateLabels } from "../object-group";
import { didYouMean, oneOf, type Path, type Problem } from "../problem";
import { runsToItsEnd } from "../resolved";
import type { Need } from "../workload";
import { checkNeed } from "./edges";
import { aboveLimits } from "./limits";
import { groupServiceProblems } from "./manifest-amounts";
import { manifestProblems, repeated } from "./manifest-rules";
import type { Report } from "./report";
import { isObject, overrideOf, type UsableApplication } from "./usable";

/** Whether others reach its pods. */
const answers = (group: ObjectGroup | undefined): boolean => group?.pods?.service !== undefined;

/** Groups of objects as the application says them. */
export function checkObjectGroups(report: Report, path: Path, usable: UsableApplication): void {
  const groups = usable.app.objects ?? {};
  checkGroups(report, path, usable, groups);
  checkRepeated(report, path, groups, Object.keys(groups));
}

/** Groups of objects as one environment has them. */
export function checkObjectsHere(
  report: Report,
  path: Path,
  overlay: ApplicationOverlay,
  usable: UsableApplication,
): void {
  const { declared } = usable;
  if (!isObject(overlay.objects)) return;
  for (const [name, group] of Object.entries(overlay.objects)) {
    const at = [...path, "objects", name];
    if (group === false && !declared.objects.includes(name)) {
      const fix = `use ${oneOf(declared.objects)}${didYouMean(name, declared.objects)}`;
      report.add({ path: at, why: "the application has no such objects to take away", fix });
    }
    const taken = (["workloads", "services", "externals"] as const).find((one) => declared[one].includes(name));
    if (taken === undefined) continue;
    report.add({ path: at, why: `"${name}" is also one of the ${taken}`, fix: "rename one of the two" });
  }
  const here = usableHere(overlay, usable);
  const changed = given(overlay.objects);
  checkGroups(report, path, here, changed);
  checkRepeated(report, path, here.app.objects ?? {}, Object.keys(changed));
  checkNeeded(report, path, overlay, here);
}

/** The application with the groups that one environment has. */
export function usableHere({ objects }: ApplicationOverlay, usable: UsableApplication): UsableApplication {
  if (!isObject(objects)) return usable;
  const here = byName(usable.app.objects, objects) ?? {};
  return {
    ...usable,
    app: { ...usable.app, objects: here },
    declared: { ...usable.declared, objects: Object.keys(here) },
  };
}

function checkGroups(
  report: Report,
  path: Path,
  usable: UsableApplication,
  groups: Readonly<Record<string, ObjectGroup>>,
): void {
  const sound = Object.entries(groups).filter(([name]) => report.sound([...path, "objects", name]));
  for (const [name, group] of sound) {
    const at = [...path, "objects", name];
    checkNeeds(report, at, usable, name, group);
    checkScales(report, at, usable, group);
    report.add(
      ...manifestProblems(at, group),
      ...groupServiceProblems(at, group),
      ...labelProblems(at, usable, group),
      ...aboveLimits(group.pods?.resources, ["resources"]).map(({ field, ...one }) => ({
        ...one,
        path: [...at, "pods", ...field],
      })),
    );
  }
}

/** Two objects of one kind and name are one. */
function checkRepeated(
  report: Report,
  path: Path,
  groups: Readonly<Record<string, ObjectGroup>>,
  of: readonly string[],
): void {
  for (const { group, index, title, other } of repeated(groups)) {
    const at = [...path, "objects", group, "manifests", index];
    if (!of.includes(group) || !report.sound(at)) continue;
    const why = other === group ? `${title} is there twice` : `the objects of "${other}" have ${title} too`;
    report.add({ path: at, why, fix: "name objects of one kind apart" });
  }
}

/** Names in `scales` of what has no number of pods: only what runs for good has. */
function checkScales(report: Report, at: Path, { app }: UsableApplication, { scales = {} }: ObjectGroup): void {
  const known = Object.entries(app.workloads).flatMap(([name, workload]) => (runsToItsEnd(workload) ? [] : [name]));
  for (const name of Object.keys(scales)) {
    if (known.includes(name)) continue;
    const fix = `use ${oneOf(known)}${didYouMean(name, known)}`;
    report.add({ path: [...at, "scales", name], why: "no workload with replicas has this name", fix });
  }
}

/** Pods of a group have no credentials of their own for a data service. */
function checkNeeds(report: Report, at: Path, usable: UsableApplication, name: string, group: ObjectGroup): void {
  const { needs = [], pods } = group;
  if (needs.length > 0 && pods === undefined) {
    const fix = "say in pods what they are, or remove it";
    report.add({ path: [...at, "needs"], why: "there are no pods that could", fix });
    return;
  }
  const { declared } = usable;
  needs.forEach((one, index) => {
    const need = needOf(one);
    const path = [...at, "needs", index];
    if (declared.services.includes(need.to)) {
      const why = "its users are the workloads, each with credentials of its own";
      report.add({ path, got: need.to, why, fix: "let a workload reach it, and need that" });
    } else {
      checkNeed(report, path, { ...usable, declared: { ...declared, services: [] } }, name, need);
    }
  });
}

/** Labels that every pod of a workload may have alike. */
const SHARED = /^(?:owner|version|app\.kubernetes\.io\/.*)$/;

/** What selects the group's pods must select no others, and nothing may take these for its own. */
function labelProblems(at: Path, { app, declared }: UsableApplication, { manifests, pods }: ObjectGroup): Problem[] {
  const taken = [...declared.workloads, ...declared.services].map((name) => workloadName(app.name, name));
  const templates = manifests.flatMap((manifest, index): Problem[] => {
    const { app: label } = templateLabels(manifest) ?? {};
    if (typeof label !== "string" || !taken.includes(label)) return [];
    const why = `by the label app: ${label} a workload or service of the application knows its pods`;
    return [{ path: [...at, "manifests", index], why, fix: "use another value" }];
  });
  if (pods === undefined || templates.length > 0) return templates;
  const own = Object.entries(pods.labels).some(([key, value]) => {
    if (key === "app") return !taken.includes(value);
    return !SHARED.test(key) && Object.values(app.workloads).every(({ labels }) => labels?.[key] !== value);
  });
  if (own) return [];
  const why = "pods of workloads may have all of them";
  return [{ path: [...at, "pods", "labels"], why, fix: "add one that the group alone has, e.g. app" }];
}

const targetsOf = (needs: readonly (string | Need)[]): string[] => needs.map((one) => needOf(one).to);

/** What is taken away, nobody may need. */
function checkNeeded(report: Report, path: Path, overlay: ApplicationOverlay, here: UsableApplication): void {
  const gone = Object.entries(overlay.objects ?? {}).flatMap(([name, group]) =>
    answers(group || undefined) ? [] : [name],
  );
  const say = (name: string, by: string): void => {
    const fix = `keep them with a service, or take it out of the needs of ${by} here`;
    report.add({ path: [...path, "objects", name], why: `${by} needs them here`, fix });
  };
  for (const name of gone) {
    for (const [workload, base] of Object.entries(here.app.workloads)) {
      const needs = overrideOf(overlay, workload)?.needs ?? base.needs ?? [];
      if (targetsOf(needs).includes(name)) say(name, `workload "${workload}"`);
    }
    for (const [group, { needs = [] }] of Object.entries(here.app.objects ?? {})) {
      if (overlay.objects?.[group] === undefined && targetsOf(needs).includes(name)) say(name, `"${group}"`);
    }
  }
}
