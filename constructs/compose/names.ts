import { InvalidInput, type Problem } from "../model/problem";
import type { ResolvedApplication, ResolvedService } from "../model/resolved";
import type { ServiceKind } from "../model/service";

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

/** The name of a data service's container: of its kind, or its own where the application has several of that kind. */
export function serverName({ services }: Pick<ResolvedApplication, "services">, { name, service }: ResolvedService) {
  return isAlone({ services }, service.kind) ? BY_KIND[service.kind] : name;
}

export const isAlone = ({ services }: Pick<ResolvedApplication, "services">, kind: ServiceKind): boolean =>
  services.filter(({ service }) => service.kind === kind).length === 1;

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
    add(serverName(application, service), `the container of service ${service.name}`, ["services", service.name]);
  }
  for (const { name } of application.workloads) add(name, `workload ${name}`, ["workloads", name]);
  if (problems.length > 0) throw new InvalidInput(problems);
}
