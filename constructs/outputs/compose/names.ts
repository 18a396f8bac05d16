import { InvalidInput, type Problem } from "../../model/problem";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import type { ServiceKind } from "../../model/service";

/** What an application has beside its workloads and data services. */
export const NGINX = "nginx";
export const MAIL_CATCHER = "mailcatcher";
export const CERTIFICATE = "certificate";
export const PERMISSIONS = "permissions";

const OWN = [NGINX, MAIL_CATCHER, CERTIFICATE, PERMISSIONS];

/** By what it is: the name that a developer looks for. */
const BY_KIND: Readonly<Record<ServiceKind, string>> = {
  mysql: "mysql",
  redis: "redis",
  rabbitmq: "rabbitmq",
  bucket: "minio",
};

/** The name of a data service's container: its kind's for the default one, or its own. A volume's name begins with it. */
export const serverName = ({ name, service, isDefault }: ResolvedService): string =>
  isDefault ? BY_KIND[service.kind] : name;

/** Containers of one network have one name each. Workloads keep theirs, so what is wrong is a workload or a service. */
export function checkNames(application: ResolvedApplication): void {
  const taken = new Map(OWN.map((name) => [name, "a container of its own by this name"]));
  const problems: Problem[] = [];
  const path = ["applications", application.name];
  const add = (name: string, what: string, at: readonly string[]): void => {
    const other = taken.get(name);
    if (other === undefined) taken.set(name, what);
    else problems.push({ path: [...path, ...at], why: `in Compose "${name}" is ${other}`, fix: "rename it" });
  };
  for (const service of application.services) {
    add(serverName(service), `the container of service ${service.name}`, ["services", service.name]);
  }
  for (const { name } of application.workloads) add(name, `workload ${name}`, ["workloads", name]);
  if (problems.length > 0) throw new InvalidInput(problems);
}
