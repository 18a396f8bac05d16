import { containersOf } from "../../model/containers-of";
import { type Element, elementsOf } from "../../model/element";
import { exporterName } from "../../model/exporter";
import { httpPort, type ResolvedApplication } from "../../model/resolved";
import type { OutputAddress } from "../output";
import { containerName } from "./containers";
import { sendsMail } from "./mail";
import { CERTIFICATE, MAIL_CATCHER, NGINX, PERMISSIONS } from "./names";
import {
  ALERTMANAGER,
  ALLOY,
  GRAFANA,
  KEEPERS,
  LOKI,
  OTLP_COLLECTOR,
  poolMetrics,
  PROMETHEUS,
  TEMPO,
  userMaker,
} from "./observability/names";
import { serverName } from "./servers/provisioners";

/** A container, and what it is. */
type Role = readonly [name: string, role: string];

/**
 * The services of `compose.yaml` by the elements that they are of.
 *
 * @param profile names of the containers that measure it
 */
export const composeAddresses = (application: ResolvedApplication, profile: readonly string[]): OutputAddress[] =>
  elementsOf(application).flatMap((element): OutputAddress[] => {
    const found = servicesOf(application, element);
    const roles = [
      ...(typeof found === "string" ? [] : found),
      ...measuring(element).filter(([container]) => profile.includes(container)),
    ];
    if (typeof found === "string" && roles.length === 0) return [{ element, none: found }];
    return roles.map(([address, role]) => ({ element, address, role }));
  });

/** Names and roles of the containers that may measure an element. */
function measuring(element: Element): Role[] {
  switch (element.kind) {
    case "workload":
      return [[poolMetrics(element), "measures of the pool"]];
    case "service":
      return [
        [exporterName(element.name), "exporter"],
        [userMaker(element.name), "user of the exporter"],
      ];
    case "application":
      return [
        [PROMETHEUS, "Prometheus"],
        [ALERTMANAGER, "Alertmanager"],
        [GRAFANA, "Grafana"],
        [LOKI, "Loki"],
        [ALLOY, "reader of lines"],
        [TEMPO, "Tempo"],
        [OTLP_COLLECTOR, "collector of spans"],
        [KEEPERS, "owner of volumes of what measures"],
      ];
    default:
      return [];
  }
}

/** Names and roles of its containers, or why it has none. */
function servicesOf(application: ResolvedApplication, element: Element): string | readonly Role[] {
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
