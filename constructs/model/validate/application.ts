import type { ApplicationSpec } from "../application";
import { oneOf, type Path } from "../problem";
import { cidrProblems } from "./cidr";
import type { Report } from "./report";
import { applicationShape } from "./shape";
import { checkWorkload } from "./workloads";

/** Everything that can be said of an application without knowing an environment. */
export function checkApplication(report: Report, path: Path, app: ApplicationSpec): void {
  report.add(...applicationShape(app, path));
  checkNamesOnce(report, path, app);
  for (const [name, service] of Object.entries(app.services ?? {})) {
    const at = [...path, "services", name];
    if (report.sound(at)) report.add(...service.problems(at));
  }
  for (const [name, outside] of Object.entries(app.externals ?? {})) {
    report.add(...cidrProblems([...path, "externals", name, "cidrs"], outside.cidrs ?? []));
  }
  for (const [name, workload] of Object.entries(app.workloads)) {
    const at = [...path, "workloads", name];
    if (report.sound(at)) checkWorkload(report, at, app, name, workload);
  }
  checkRoutes(report, path, app);
}

/** An edge names its target alone, so a name may stand for one thing only. */
function checkNamesOnce(report: Report, path: Path, app: ApplicationSpec): void {
  const owners = new Map<string, string>();
  for (const group of ["workloads", "services", "externals"] as const) {
    for (const name of Object.keys(app[group] ?? {})) {
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

function checkRoutes(report: Report, path: Path, app: ApplicationSpec): void {
  const taken = new Map<string, number>();
  const servable = Object.entries(app.workloads)
    .filter(([, workload]) => workload.kind === "php-fpm" || workload.kind === "http")
    .map(([name]) => name);
  app.routes?.forEach((route, index) => {
    const at = [...path, "routes", index];
    if (!report.sound(at)) return;
    if (!servable.includes(route.to)) {
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
