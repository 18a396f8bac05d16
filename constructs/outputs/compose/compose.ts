import { wire } from "../../kubernetes/provided";
import { InvalidInput } from "../../model/problem";
import type { ResolvedApplication } from "../../model/resolved";
import { withSpans } from "../../observability/local/spans";
import { CONFIGURATION, configurationFolder } from "./configuration";
import { containers } from "./containers";
import type { ComposeDocument, ComposeService } from "./document";
import { certificate, nginx, TOOLS_IMAGE } from "./front";
import { mailCatcher, sendsMail, withMailCaught } from "./mail";
import { withPortsOfContainers } from "./named-ports";
import { CERTIFICATE, checkNames, MAIL_CATCHER, NGINX, PERMISSIONS } from "./names";
import { withTags } from "./observability/logging";
import { OTLP_COLLECTOR, profileNames } from "./observability/names";
import type { LocalObservability } from "./observability/options";
import { profile } from "./observability/profile";
import { dependenciesOf } from "./order";
import { NETWORK } from "./parts";
import { localConnections } from "./provided";
import { localServers } from "./servers/provisioners";
import type { Source } from "./source";
import { volumeOwner } from "./volumes";
import { workloadContainer } from "./workload";

export interface ComposeInput {
  readonly application: ResolvedApplication;
  /**
   * The code of workloads by their names, to be built and mounted. Other workloads of the same image are of the same
   * code. @default - images are pulled
   */
  readonly sources?: Readonly<Record<string, Source>>;
  /** Folder of the files that containers mount, from that of `compose.yaml`, without `./`. @default "compose" */
  readonly configuration?: string;
  /**
   * What measures it on this machine, as the profile `observability` of Compose: Prometheus with the rules of a cluster, Alertmanager,
   * Grafana with its dashboard, Loki with the lines of all containers, and Tempo with the spans of workloads with `tracing`. Nothing of
   * it starts without the profile; Docker then keeps lines in files of at most 40 MB a container. @default "off"
   */
  readonly observability?: LocalObservability | "off";
}

const sourceOf = ({ workloads }: ResolvedApplication, sources: NonNullable<ComposeInput["sources"]>, image: string) =>
  workloads.filter((workload) => workload.image === image).flatMap(({ name }) => sources[name] ?? [])[0];

/** Those that are no folder of this machine. */
const namedVolumes = (services: readonly ComposeService[]): string[] => {
  const sources = services.flatMap(({ volumes = [] }) =>
    volumes.flatMap((volume) => (typeof volume === "string" ? [volume.split(":")[0] ?? ""] : [])),
  );
  return [...new Set(sources.filter((source) => !source.startsWith(".")))].sort();
};

/**
 * An application on a developer's machine: a container for each workload and each data service, what a cluster has in
 * front of them, and nothing that leaves the machine but what edges to hosts outside name.
 *
 * @throws InvalidInput for names that two containers would have, and sources of no workload
 */
export function composeDocument({
  application,
  sources = {},
  configuration = CONFIGURATION,
  observability = "off",
}: ComposeInput): ComposeDocument {
  checkNames(application, observability === "off" ? {} : profileNames(application));
  checkSources(application, sources);
  const local = localApplication(application, observability);
  const folder = configurationFolder(configuration);
  const servers = localServers(local, folder);
  const built = (image: string): Source | undefined => sourceOf(application, sources, image);
  const workloads = wire(local, localConnections(servers)).flatMap((wired): [string, ComposeService][] => {
    const { workload } = wired;
    const source = built(workload.image);
    return [
      [workload.name, workloadContainer({ application: local, wired, servers, folder, source })],
      ...containers(workload, dependenciesOf(local, workload), built, folder),
    ];
  });
  const services: Readonly<Record<string, ComposeService | undefined>> = {
    ...Object.fromEntries(workloads),
    ...Object.fromEntries(servers.map(({ host, service }) => [host, service])),
    [NGINX]: nginx(local, folder),
    [CERTIFICATE]: certificate(local, folder),
    [MAIL_CATCHER]: local.workloads.some(sendsMail) ? mailCatcher() : undefined,
    [PERMISSIONS]: volumeOwner(local, TOOLS_IMAGE),
    ...(observability === "off" ? {} : profile({ application: local, servers, folder }).services),
  };
  const present = Object.entries(services).flatMap(([name, service]) =>
    service === undefined ? [] : [[name, service] as const],
  );
  return {
    name: application.name,
    services: Object.fromEntries(observability === "off" ? present : withTags(local, servers, present)),
    networks: { [NETWORK]: { driver: "bridge" } },
    volumes: Object.fromEntries(namedVolumes(present.map(([, service]) => service)).map((name) => [name, {}])),
  };
}

/** The application as it is on this machine. */
export function localApplication(
  application: ResolvedApplication,
  observability: NonNullable<ComposeInput["observability"]>,
): ResolvedApplication {
  const local = withPortsOfContainers(withMailCaught(application));
  return observability === "off" ? local : withSpans(local, OTLP_COLLECTOR);
}

function checkSources({ name, workloads }: ResolvedApplication, sources: NonNullable<ComposeInput["sources"]>): void {
  const unknown = Object.keys(sources).filter((source) => !workloads.some((workload) => workload.name === source));
  if (unknown.length === 0) return;
  const fix = `use the name of a workload of ${name}`;
  throw new InvalidInput(unknown.map((source) => ({ path: ["sources", source], why: "no such workload", fix })));
}
