import type { Connection, PartSource } from "../../../model/connection";
import type { Service } from "../../../model/service";
import type { Place, Provisioner, ProvisionRequest } from "../../../services/provisioner";
import type { ConfigurationFolder } from "../configuration";
import type { LocalServer, MeasuringUser } from "./server";

/** Docker Compose on a developer's machine: a container for each service. */
export interface ComposePlace extends Place {
  /** Name by which people call it: `mysql`. */
  readonly described: { readonly container: string };
  readonly given: {
    /** Name of its container, by which others find it. */
    readonly host: string;
    /** Whether it is the default of its kind, which has the port of the machine. Of any other it is a free one. */
    readonly alone: boolean;
    /** Name of the application. */
    readonly application: string;
    /** Folders with configuration that containers may mount. */
    readonly folder: ConfigurationFolder;
  };
  readonly provided: LocalServer;
}

declare module "../../../services/provisioner" {
  interface Places {
    readonly compose: ComposePlace;
  }
}

export type ComposeRequest<S extends Service> = ProvisionRequest<S, ComposePlace>;

export type ComposeProvisioner<S extends Service> = Provisioner<S, ComposePlace>;

/** What one kind says of its container. Names of parts are those of its contract. */
export interface ContainerKind<S extends Service>
  extends Pick<ComposeProvisioner<S>, "versions">, Pick<LocalServer, "metricsPort"> {
  /** What a developer looks for: `mysql`. The default service of the kind is called so. */
  readonly container: string;
  service(request: ComposeRequest<S>): LocalServer["service"];
  /** Parts that are no secret, as they are in the network of the containers. */
  parts(request: ComposeRequest<S>): Readonly<Record<string, string>>;
  /** What its secret parts are. @default - there are none: it lets everybody in */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Command in its container that shows what is in it. Words need no quotes. @default - its image has none */
  client?(request: ComposeRequest<S>): readonly string[];
  /** The user of its exporter. @default - the exporter signs in as workloads do */
  user?(request: ComposeRequest<S>): MeasuringUser;
  /**
   * Files that its container mounts, by their paths from the folder of `compose.yaml`, below `folder.service(…)`. Two services of the
   * kind that name one path have one text. @default - none
   */
  files?(request: ComposeRequest<S>): Readonly<Record<string, string>>;
  /** Variables of its container where those files cannot be mounted, so that workloads are let in all the same. @default - those that it has */
  bare?(request: ComposeRequest<S>): LocalServer["service"]["environment"];
}

/** The provisioner of a kind that is one container. Nothing speaks TLS on one machine. */
export const containerProvisioner = <S extends Service>(kind: ContainerKind<S>): ComposeProvisioner<S> => ({
  versions: kind.versions,
  describe: () => ({ container: kind.container }),
  provide: (request) => ({
    service: kind.service(request),
    connection: connectionOf(kind, request),
    secrets: kind.secrets ?? {},
    ...(kind.metricsPort !== undefined && { metricsPort: kind.metricsPort }),
    ...(kind.client !== undefined && { client: kind.client(request) }),
    ...(kind.user !== undefined && { user: kind.user(request) }),
    ...(kind.files !== undefined && { files: kind.files(request) }),
    ...(kind.bare !== undefined && { bare: { ...kind.service(request), environment: kind.bare(request) } }),
  }),
});

function connectionOf<S extends Service>(kind: ContainerKind<S>, request: ComposeRequest<S>): Connection {
  const { secrets } = kind;
  const parts: readonly (readonly [string, PartSource])[] = [
    ...Object.entries(kind.parts(request)).map(([part, value]) => [part, { value }] as const),
    // Where the text of a secret is: with the container.
    ...Object.keys(secrets ?? {}).map((part) => [part, { secret: { key: request.host, property: part } }] as const),
  ];
  return {
    parts: Object.fromEntries(parts),
    tls: false,
    ...(secrets === undefined && { open: true }),
    endpoints: [],
  };
}
