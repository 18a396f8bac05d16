import type { ApplicationSpec } from "../application";
import { MAX_CRONJOB, MAX_LABEL, workloadName } from "../names";
import { didYouMean, oneOf, type Path } from "../problem";
import { millicores, bytes } from "../quantity";
import type { Autoscaling, Need, Resources, Workload } from "../workload";
import { cronProblem, isTimeZone } from "./cron";
import type { Report } from "./report";
import type { UsableApplication } from "./usable";

/** Cross-checks within one workload, and of its edges to the rest of its application. */
export function checkWorkload(
  report: Report,
  path: Path,
  usable: UsableApplication,
  name: string,
  workload: Workload,
): void {
  const { app } = usable;
  checkName(report, path, app, name, workload);
  checkResources(report, [...path, "resources"], workload.resources);
  checkVolumes(report, path, workload);
  checkSecurity(report, path, workload);
  checkSecrets(report, path, usable, workload);
  checkNeeds(report, path, usable, name, workload);
  if (workload.kind === "cron") {
    checkSchedule(report, [...path, "schedule"], workload.schedule);
    if (workload.timeZone !== undefined && !isTimeZone(workload.timeZone)) {
      report.add({
        path: [...path, "timeZone"],
        got: workload.timeZone,
        fix: 'use an IANA name, e.g. "Europe/Berlin"',
      });
    }
    return;
  }
  if (workload.autoscaling !== undefined) checkAutoscaling(report, [...path, "autoscaling"], workload.autoscaling);
  if (workload.kind === "php-fpm" && workload.port !== undefined && workload.port === (workload.httpPort ?? 8080)) {
    report.add({ path: [...path, "port"], got: workload.port, why: "nginx listens there", fix: "use another port" });
  }
}

export function checkSchedule(report: Report, path: Path, schedule: string): void {
  const fix = cronProblem(schedule);
  if (fix !== undefined && report.sound(path)) report.add({ path, got: schedule, fix });
}

export function checkResources(report: Report, path: Path, resources: Resources | undefined): void {
  if (resources === undefined || !report.sound(path)) return;
  const { requests, limits } = resources;
  const above = (amount: "cpu" | "memory"): void => {
    report.add({
      path: [...path, "requests", amount],
      got: requests[amount],
      why: `above the limit ${JSON.stringify(limits[amount])}`,
      fix: "lower the request or raise the limit",
    });
  };
  if (millicores(requests.cpu) > millicores(limits.cpu)) above("cpu");
  if (bytes(requests.memory) > bytes(limits.memory)) above("memory");
}

export function checkAutoscaling(report: Report, path: Path, autoscaling: Autoscaling): void {
  if (!report.sound(path)) return;
  if (autoscaling.max < autoscaling.min) {
    report.add({
      path: [...path, "max"],
      got: autoscaling.max,
      why: `below min ${autoscaling.min}`,
      fix: "raise max or lower min",
    });
  }
  if (autoscaling.cpu === undefined && autoscaling.memory === undefined) {
    report.add({ path, why: "nothing to scale on", fix: "give cpu or memory, in per cent of the request" });
  }
}

function checkName(report: Report, path: Path, app: ApplicationSpec, name: string, workload: Workload): void {
  const objectName = workloadName(app.name, name);
  const [max, kind] = workload.kind === "cron" ? [MAX_CRONJOB, "a CronJob"] : [MAX_LABEL - "-hpa".length, "a label"];
  if (objectName.length > max) {
    report.add({
      path,
      why: `its objects would be named "${objectName}"`,
      fix: `shorten it: ${kind} takes ${max} characters`,
    });
  }
}

function checkVolumes(report: Report, path: Path, workload: Workload): void {
  const mounted = new Map<string, string>();
  for (const [name, volume] of Object.entries(workload.volumes ?? {})) {
    const at = [...path, "volumes", name];
    if (!report.sound(at)) continue;
    const other = mounted.get(volume.mountPath);
    if (other !== undefined) {
      report.add({
        path: [...at, "mountPath"],
        got: volume.mountPath,
        why: `volume "${other}" is mounted there`,
        fix: "use another path",
      });
    }
    mounted.set(volume.mountPath, name);
    if (volume.access === "ReadWriteOnce" && mostPods(workload) > 1) {
      report.add({
        path: [...at, "access"],
        got: volume.access,
        why: `the workload may have ${mostPods(workload)} pods in several zones`,
        fix: 'use "ReadWriteMany", or one replica',
      });
    }
  }
}

function mostPods(workload: Workload): number {
  if (workload.kind === "cron") return workload.concurrency === "Allow" ? 2 : 1;
  return workload.autoscaling?.max ?? workload.replicas ?? 3;
}

function checkSecurity(report: Report, path: Path, workload: Workload): void {
  const { profile, reason } = workload.security ?? {};
  if (profile !== undefined && profile !== "restricted" && reason === undefined) {
    report.add({
      path: [...path, "security", "reason"],
      why: "missing",
      fix: `say why the profile "${profile}" is needed`,
    });
  }
}

function checkSecrets(report: Report, path: Path, { declared }: UsableApplication, workload: Workload): void {
  const known = declared.secrets;
  workload.secrets?.forEach((name, index) => {
    if (known.includes(name)) return;
    report.add({
      path: [...path, "secrets", index],
      got: name,
      why: "no such secret",
      fix: `declare it in the application's secrets${didYouMean(name, known)}`,
    });
  });
}

function checkNeeds(
  report: Report,
  path: Path,
  { app, declared }: UsableApplication,
  name: string,
  workload: Workload,
): void {
  const at = [...path, "needs"];
  if (!report.sound(at)) return;
  const targets = [...declared.services, ...declared.externals, ...declared.workloads];
  const variables = new Map<string, string>();
  for (const variable of Object.keys(workload.config ?? {})) variables.set(variable, "config");
  for (const secret of workload.secrets ?? []) {
    const variable = app.secrets?.[secret]?.variable;
    if (variable !== undefined) claim(variable, `secret "${secret}"`, [...path, "secrets"], "rename one of the two");
  }
  (workload.needs ?? []).forEach((given, index) => {
    const need: Need = typeof given === "string" ? { to: given } : given;
    const here = [...at, index];
    if (!targets.includes(need.to)) {
      const fix = `use a service, external or workload of this application: ${oneOf(targets)}${didYouMean(need.to, targets)}`;
      report.add({ path: here, got: need.to, why: "no such thing to need", fix });
      return;
    }
    if (need.to === name) {
      report.add({ path: here, got: need.to, why: "a workload reaches itself without an edge", fix: "remove it" });
      return;
    }
    const target = app.workloads[need.to];
    const isService = app.services?.[need.to] !== undefined || app.externals?.[need.to] !== undefined;
    if (!isService && target !== undefined && !["php-fpm", "http"].includes(target.kind)) {
      report.add({
        path: here,
        got: need.to,
        why: `a ${target.kind} answers no requests`,
        fix: "need a workload that speaks HTTP",
      });
      return;
    }
    for (const variable of variablesOf(app, need)) {
      claim(variable, `need "${need.to}"`, here, 'give one of them a prefix: { to: "...", prefix: "OTHER_" }');
    }
  });

  function claim(variable: string, by: string, where: Path, fix: string): void {
    const other = variables.get(variable);
    if (other === undefined) variables.set(variable, by);
    else report.add({ path: where, why: `${by} and ${other} both set ${variable}`, fix });
  }
}

/** Names of the variables an edge injects; the resolver makes the same ones. */
function variablesOf(app: ApplicationSpec, need: Need): string[] {
  const prefix = need.prefix ?? "";
  const service = app.services?.[need.to];
  if (service !== undefined) return Object.keys(service.contract.variables).map((bare) => prefix + bare);
  const outside = app.externals?.[need.to];
  if (outside !== undefined)
    return [`${externalPrefix(need, outside.kind)}HOST`, `${externalPrefix(need, outside.kind)}PORT`];
  return app.workloads[need.to] === undefined ? [] : [workloadVariable(need)];
}

/** `stripe` → `STRIPE_`; every mail relay is `SMTP_`, the name programs expect; a given prefix wins. */
export function externalPrefix(need: Need, kind: "external" | "smtp"): string {
  return need.prefix ?? (kind === "smtp" ? "SMTP_" : `${screaming(need.to)}_`);
}

/** `backend` → `BACKEND_URL`. */
export function workloadVariable(need: Need): string {
  return `${need.prefix ?? ""}${screaming(need.to)}_URL`;
}

function screaming(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}
