import { InvalidInput, type Problem } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { containerName } from "./containers";
import { COMPOSE, serverName } from "./servers/provisioners";

/** What an application has beside its workloads and data services. */
export const NGINX = "nginx";
export const MAIL_CATCHER = "mailcatcher";
export const CERTIFICATE = "certificate";
export const PERMISSIONS = "permissions";

const OWN = [NGINX, MAIL_CATCHER, CERTIFICATE, PERMISSIONS];

/**
 * Containers of one network have one name each. Workloads keep theirs, so what is wrong is a workload or a service.
 *
 * @param more names that are taken as well, with what each is
 */
export function checkNames(application: ResolvedApplication, more: Readonly<Record<string, string>> = {}): void {
  const taken = new Map([
    ...OWN.map((name) => [name, "a container of its own by this name"] as const),
    ...Object.entries(more),
  ]);
  const problems: Problem[] = [];
  const path = ["applications", application.name];
  const add = (name: string, what: string, at: readonly string[]): void => {
    const other = taken.get(name);
    if (other === undefined) taken.set(name, what);
    else problems.push({ path: [...path, ...at], why: `in Compose "${name}" is ${other}`, fix: "rename it" });
  };
  for (const service of application.services) {
    const whyNot = COMPOSE.whyNot(service.service);
    if (whyNot !== undefined) {
      const fix = 'give defineService() a provisioner "compose", or leave its application out of Compose';
      problems.push({ path: [...path, "services", service.name], got: service.service.kind, why: whyNot, fix });
      continue;
    }
    add(serverName(service), `the container of service ${service.name}`, ["services", service.name]);
  }
  for (const { name } of application.workloads) add(name, `workload ${name}`, ["workloads", name]);
  for (const workload of application.workloads) {
    const fields = {
      initContainers: workload.initContainers,
      sidecars: "sidecars" in workload ? workload.sidecars : [],
    };
    for (const [field, all] of Object.entries(fields)) {
      for (const one of all ?? []) {
        const what = `container ${one.name} of workload ${workload.name}`;
        add(containerName(workload, one), what, ["workloads", workload.name, field, one.name]);
      }
    }
  }
  if (problems.length > 0) throw new InvalidInput(problems);
}
