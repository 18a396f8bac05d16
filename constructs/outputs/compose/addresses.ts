import { containersOf } from "../../model/containers-of";
import { type Element, elementsOf } from "../../model/element";
import { httpPort, type ResolvedApplication } from "../../model/resolved";
import type { OutputAddress } from "../output";
import { containerName } from "./containers";
import { sendsMail } from "./mail";
import { CERTIFICATE, MAIL_CATCHER, NGINX, PERMISSIONS } from "./names";
import { serverName } from "./servers/provisioners";

/** The services of `compose.yaml` by the elements that they are of. */
export const composeAddresses = (application: ResolvedApplication): OutputAddress[] =>
  elementsOf(application).flatMap((element): OutputAddress[] => {
    const found = servicesOf(application, element);
    if (typeof found === "string") return [{ element, none: found }];
    return found.map(([address, role]) => ({ element, address, role }));
  });

/** Names and roles of its containers, or why it has none. */
function servicesOf(
  application: ResolvedApplication,
  element: Element,
): string | readonly (readonly [name: string, role: string])[] {
  switch (element.kind) {
    case "workload":
      return [
        [element.name, "container"],
        ...application.workloads
          .filter(({ name }) => name === element.name)
          .flatMap((workload) =>
            containersOf(workload).map((one) => [containerName(workload, one), "container"] as const),
          ),
      ];
    case "service":
      return application.services
        .filter(({ name }) => name === element.name)
        .map((service) => [serverName(service), "server"] as const);
    case "routes":
      return [
        [NGINX, "HTTP server"],
        [CERTIFICATE, "certificate"],
      ];
    case "secret":
      return "its value is read from the environment of whoever starts Compose";
    case "objects":
      return "Kubernetes objects, which Compose has not: what they bring is in a compose.override.yaml of the developers";
    default:
      return ownContainers(application);
  }
}

function ownContainers({ routes, workloads }: ResolvedApplication) {
  const own = [
    ...(routes.length === 0 && workloads.some((workload) => httpPort(workload) !== undefined)
      ? [[NGINX, "HTTP server"] as const]
      : []),
    ...(workloads.some(sendsMail) ? [[MAIL_CATCHER, "mail catcher"] as const] : []),
    ...(workloads.some(({ volumes }) => volumes.length > 0) ? [[PERMISSIONS, "owner of volumes"] as const] : []),
  ];
  return own.length > 0 ? own : "every container is of one of its workloads and services";
}
