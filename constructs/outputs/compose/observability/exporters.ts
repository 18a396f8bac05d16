import { EXPORTER_PATH, exporterName, type ExporterPiece, type ExporterSetup } from "../../../model/exporter";
import type { ResolvedApplication, ResolvedService } from "../../../model/resolved";
import { brokerTargets, exporterTarget, type Target } from "../../../observability/local/targets";
import type { Files } from "../../output";
import type { ConfigurationFolder } from "../configuration";
import type { ComposeService } from "../document";
import { COMPLETED, CONFINED, HEALTHY, onNetwork } from "../parts";
import type { NamedServer } from "../servers/provisioners";
import { PROFILE, userMaker } from "./names";

/** How one data service is measured. */
export interface MeasuredServer {
  readonly service: string;
  readonly targets: readonly Target[];
  readonly containers: readonly (readonly [name: string, service: ComposeService])[];
  readonly files: Files;
}

export interface ExportersRequest {
  readonly application: ResolvedApplication;
  readonly servers: readonly NamedServer[];
  readonly folder: ConfigurationFolder;
}

/** Every data service that tells by itself, or that has an exporter. */
export const measuredServers = (request: ExportersRequest): MeasuredServer[] =>
  request.application.services.flatMap((service) => {
    const server = request.servers.find(({ name }) => name === service.name);
    if (server === undefined) return [];
    if (server.metricsPort !== undefined) return [byItself(request, service, server, server.metricsPort)];
    const { exporter } = service.service;
    return exporter === undefined ? [] : [byExporter(request, service, server, exporter)];
  });

function byItself(
  { application }: ExportersRequest,
  service: ResolvedService,
  { host }: NamedServer,
  port: number,
): MeasuredServer {
  const targets = brokerTargets(application, service, { container: host, port });
  return { service: service.name, targets, containers: [], files: {} };
}

function byExporter(
  { application, folder }: ExportersRequest,
  service: ResolvedService,
  server: NamedServer,
  setup: ExporterSetup,
): MeasuredServer {
  const name = exporterName(service.name);
  const { connection, user } = server;
  const told = setup.told(undefined, { tls: connection.tls, open: connection.open === true });
  const text = (pieces: readonly ExporterPiece[]): string => pieces.map((one) => textOf(server, one)).join("");
  const files = Object.entries(told.files ?? {});
  const at = `${folder.observability}/${name}`;
  const maker: (readonly [string, ComposeService])[] =
    user === undefined ? [] : [[userMaker(service.name), ofProfile(user.made)]];
  const container: ComposeService = {
    image: setup.image,
    profiles: [PROFILE],
    user: "65534:65534",
    mem_limit: "128m",
    restart: "unless-stopped",
    ...(told.args !== undefined && { command: told.args }),
    ...(told.variables !== undefined && {
      environment: Object.fromEntries(Object.entries(told.variables).map(([key, pieces]) => [key, text(pieces)])),
    }),
    ...(files.length > 0 && { volumes: [`./${at}:${EXPORTER_PATH}:ro`] }),
    ...onNetwork(),
    depends_on: user === undefined ? { [server.host]: HEALTHY } : { [userMaker(service.name)]: COMPLETED },
    // Images of exporters need have nothing but the program; DataServiceMetricsMissing says when one is silent.
    healthcheck: { disable: true },
    read_only: true,
    ...CONFINED,
  };
  return {
    service: service.name,
    targets: [exporterTarget(application, service, { container: name, port: setup.port })],
    containers: [...maker, [name, container]],
    files: Object.fromEntries(files.map(([file, pieces]) => [`${at}/${file}`, text(pieces)])),
  };
}

function ofProfile({ image, ...rest }: ComposeService): ComposeService {
  return { image, profiles: [PROFILE], ...rest };
}

/** A part of the connection of whoever measures: as its own user, where there is one. */
function textOf({ host, connection, secrets, user }: NamedServer, piece: ExporterPiece): string {
  if (typeof piece === "string") return piece;
  const source = connection.parts[piece.part];
  const plain = source !== undefined && "value" in source ? source.value : secrets[piece.part];
  const text = user?.parts[piece.part] ?? plain;
  if (text === undefined) throw new Error(`container ${host}: no ${piece.part} for what measures it`);
  return piece.raw === true ? text : encodeURIComponent(text);
}
