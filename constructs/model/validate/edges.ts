import { externalPrefix, workloadVariable } from "../edge-names";
import { needOf } from "../need";
import { didYouMean, oneOf, type Path } from "../problem";
import type { Need, Workload, WorkloadPort } from "../workload";
import type { Report } from "./report";
import { secretProblem } from "./secret-problem";
import { isObject, type UsableApplication } from "./usable";

/** Variables that a kind of workload gets without asking. */
const INJECTED: Readonly<Record<Workload["kind"], readonly string[]>> = {
  "php-fpm": ["FCGI_CONNECT", "FCGI_STATUS_PATH"],
  http: ["PORT"],
  worker: [],
  cron: [],
  release: [],
};

const namedPorts = (workload: Workload): Readonly<Record<string, WorkloadPort>> =>
  "ports" in workload && isObject(workload.ports) ? workload.ports : {};

/** Whether what is named there is there to be looked at. */
const hasSoundPorts = (report: Report, { app }: Pick<UsableApplication, "app">, need: Need): boolean =>
  need.port === undefined || report.sound(["applications", app.name, "workloads", need.to, "ports"]);

/**
 * A workload's edges and secrets, and that no two things set one variable. `config` is where its own variables stand:
 * the application's, or an environment's override.
 */
export function checkEdges(
  report: Report,
  path: Path,
  usable: UsableApplication,
  name: string,
  workload: Workload,
): void {
  const variables = new Map(
    INJECTED[workload.kind].map((variable): [string, string] => [variable, "the workload itself"]),
  );
  if (report.sound([...path, "config"])) {
    for (const variable of Object.keys(workload.config ?? {})) {
      claim(variable, "config", [...path, "config", variable], "rename it");
    }
  }
  if (report.sound([...path, "secrets"])) checkSecrets(report, path, usable, workload, claim);
  if (Array.isArray(workload.needs)) {
    checkOneAccess(report, [...path, "needs"], workload.needs as readonly (string | Need)[]);
    (workload.needs as readonly (string | Need)[]).forEach((given, index) => {
      const at = [...path, "needs", index];
      if (!report.sound(at)) return;
      const need = needOf(given);
      checkNeed(report, at, usable, name, need);
      if (!report.sound(at) || !hasSoundPorts(report, usable, need)) return;
      // One prefix mends them all, so the first that is taken is enough.
      variablesOf(usable, need).every((variable) =>
        claim(variable, `need "${need.to}"`, at, 'give one of them a prefix: { to: "...", prefix: "OTHER_" }'),
      );
    });
  }

  function claim(variable: string, by: string, where: Path, fix: string): boolean {
    const other = variables.get(variable);
    if (other === undefined) variables.set(variable, by);
    else report.add({ path: where, why: `${by} and ${other} both set ${variable}`, fix });
    return other === undefined;
  }
}

/** Returns whether nothing else has the variable. */
type Claim = (variable: string, by: string, where: Path, fix: string) => boolean;

function checkSecrets(report: Report, path: Path, usable: UsableApplication, workload: Workload, claim: Claim): void {
  workload.secrets?.forEach((name, index) => {
    const at = [...path, "secrets", index];
    const problem = secretProblem(usable, name);
    if (problem !== undefined) {
      report.add({ path: at, ...problem });
      return;
    }
    const variable = usable.app.secrets?.[name]?.variable;
    if (variable !== undefined) claim(variable, `secret "${name}"`, at, "rename one of the two");
  });
}

/** A need of a workload, or of the pods of a group of objects, which has the name. */
export function checkNeed(
  report: Report,
  at: Path,
  { app, declared, servable }: UsableApplication,
  name: string,
  need: Need,
): void {
  const target = app.workloads[need.to];
  const targets = [...declared.services, ...declared.externals, ...declared.workloads, ...declared.objects];
  const say = (why: string, fix: string): void => {
    report.add({ path: at, got: need.to, why, fix });
  };
  if (!targets.includes(need.to)) {
    const sensible = [
      ...declared.services,
      ...declared.externals,
      ...servable,
      ...declared.objects.filter((group) => app.objects?.[group]?.pods?.service !== undefined),
    ].filter((target) => target !== name);
    const kinds = `${declared.services.length > 0 ? "a service, " : ""}an external or a workload that speaks HTTP`;
    const known = `use ${kinds}: ${oneOf(sensible)}`;
    say("no such thing to need", known + didYouMean(need.to, sensible));
  } else if (need.to === name) {
    say("it reaches itself without an edge", "remove it");
  } else if (!declared.workloads.includes(need.to) && need.port !== undefined) {
    report.add({ path: [...at, "port"], got: need.port, why: "only workloads have ports by name", fix: "remove it" });
  } else if (need.port !== undefined && target !== undefined && namedPorts(target)[need.port] === undefined) {
    const known = Object.keys(namedPorts(target));
    const why = `workload "${need.to}" has no such port`;
    const fix = known.length === 0 ? "give it in its ports" : `use ${oneOf(known)}${didYouMean(need.port, known)}`;
    if (hasSoundPorts(report, { app }, need)) report.add({ path: [...at, "port"], got: need.port, why, fix });
  } else if (declared.workloads.includes(need.to) && !servable.includes(need.to) && need.port === undefined) {
    const named = Object.keys(target === undefined ? {} : namedPorts(target))[0];
    const fix = named === undefined ? "" : `, or one of its ports: { to: "${need.to}", port: "${named}" }`;
    if (target !== undefined) say(`a ${target.kind} answers no requests`, `need a workload that speaks HTTP${fix}`);
  } else if (declared.objects.includes(need.to)) {
    const group = app.objects?.[need.to];
    const isAnswering = group === undefined || group.pods?.service !== undefined;
    if (!isAnswering) say("these objects answer nobody", "give their pods a service, or remove it");
  } else if (declared.workloads.includes(need.to) && app.workloads[name]?.kind === "release") {
    say("a release runs before the other workloads are changed, and before they are there at all", "remove it");
  }
  if (need.access !== undefined && targets.includes(need.to)) checkAccess(report, at, { app, declared }, need);
}

function checkAccess(
  report: Report,
  at: Path,
  { app, declared }: Pick<UsableApplication, "app" | "declared">,
  { to, access }: Need,
): void {
  const path = [...at, "access"];
  if (!declared.services.includes(to)) {
    report.add({ path, got: access, why: `"${to}" is no service of this application`, fix: "remove it" });
  } else if (access === "read" && app.services?.[to]?.readers === undefined) {
    const kind = app.services?.[to]?.kind;
    if (kind !== undefined) report.add({ path, got: access, why: `a ${kind} has no rights but all`, fix: "remove it" });
  }
}

/** One workload is one user of a service, whatever it calls the edges. */
function checkOneAccess(report: Report, path: Path, needs: readonly (string | Need)[]): void {
  const said = new Map<string, string>();
  needs.forEach((given, index) => {
    const at = [...path, index];
    if (!report.sound(at)) return;
    const { to, access = "write" } = needOf(given);
    const other = said.get(to) ?? access;
    said.set(to, other);
    if (other === access) return;
    const why = `another edge to "${to}" says "${other}", and a workload has one sign-in there`;
    report.add({ path: at, got: access, why, fix: "say the same of both" });
  });
}

/** Names of the variables an edge injects; the resolver makes the same ones. */
function variablesOf({ app }: UsableApplication, need: Need): string[] {
  const prefix = need.prefix ?? "";
  const service = app.services?.[need.to];
  if (service !== undefined) return Object.keys(service.contract.variables).map((bare) => prefix + bare);
  const outside = app.externals?.[need.to];
  if (outside !== undefined) return ["HOST", "PORT"].map((end) => externalPrefix(need, outside.kind) + end);
  if (app.objects?.[need.to] !== undefined) return ["HOST", "PORT"].map((end) => externalPrefix(need, "objects") + end);
  const target = app.workloads[need.to];
  return target === undefined ? [] : [workloadVariable(need, target)];
}
