import type { ApplicationSpec } from "../application";
import { oneOf, type Path } from "../problem";
import { cidrProblems } from "./cidr";
import type { Report } from "./report";
import { applicationShape } from "./shape";
import { usableApplication, type UsableApplication } from "./usable";
import { checkWorkload } from "./workloads";

/**
 * Everything that can be said of an application without knowing an environment. Returns what of it is well-formed: a
 * workload with a wrong edge still is, so environments check it too.
 */
export function checkApplication(report: Report, path: Path, given: ApplicationSpec): UsableApplication {
  report.add(...applicationShape(given, path));
  const usable = usableApplication(report, path, given);
  const { app } = usable;
  checkNamesOnce(report, path, usable);
  for (const [name, service] of Object.entries(app.services ?? {})) {
    report.add(...service.problems([...path, "services", name]));
  }
  for (const [name, outside] of Object.entries(app.externals ?? {})) {
    report.add(...cidrProblems([...path, "externals", name, "cidrs"], outside.cidrs ?? []));
  }
  for (const [name, workload] of Object.entries(app.workloads)) {
    checkWorkload(report, [...path, "workloads", name], usable, name, workload);
  }
  checkRoutes(report, path, usable);
  return usable;
}

/** An edge names its target alone, so a name may stand for one thing only. */
function checkNamesOnce(report: Report, path: Path, { declared }: UsableApplication): void {
  const owners = new Map<string, string>();
  for (const group of ["workloads", "services", "externals"] as const) {
    for (const name of declared[group]) {
      const other = owners.get(name);
      if (other === undefined) owners.set(name, group);
      else
        report.add({
          path: [...path, group, name],
          why: `"${name}" is also one of the ${other}`,
          fix: "rename one of the two",
        });
    }
  }
}

function checkRoutes(report: Report, path: Path, { app, declared, servable }: UsableApplication): void {
  const taken = new Map<string, number>();
  app.routes?.forEach((route, index) => {
    const at = [...path, "routes", index];
    if (!report.sound(at)) return;
    const broken = declared.workloads.includes(route.to) && app.workloads[route.to] === undefined;
    if (!servable.includes(route.to) && !broken) {
      const kind = app.workloads[route.to]?.kind;
      const why = kind === undefined ? "no such workload" : `a ${kind} speaks no HTTP`;
      report.add({
        path: [...at, "to"],
        got: route.to,
        why,
        fix: `use a workload that speaks HTTP: ${oneOf(servable)}`,
      });
    }
    const key = `${route.host} ${route.path ?? "/"} ${route.pathType ?? "Prefix"}`;
    const other = taken.get(key);
    if (other === undefined) taken.set(key, index);
    else
      report.add({
        path: at,
        got: route.path ?? "/",
        why: `routes[${other}] has the same host and path`,
        fix: "use another path",
      });
  });
}
