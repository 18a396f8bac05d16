import { STATUS_PATH, statusAddress } from "../../kubernetes/fpm-pool";
import type { WiredWorkload } from "../../kubernetes/provided";
import { bytes } from "../../model/quantity";
import { type ResolvedApplication, type ResolvedWorkload, runsToItsEnd } from "../../model/resolved";
import type { HostAlias } from "../../model/workload";
import type { ConfigurationFolder } from "./configuration";
import { firstContainers } from "./containers";
import type { ComposeService, Dependency, Value } from "./document";
import { healthOf } from "./health";
import { mountsIn, ownPaths } from "./mounts";
import { expose, reachable } from "./named-ports";
import { dependenciesOf } from "./order";
import { CONFINED, NO_NEW_PRIVILEGES } from "./parts";
import { assembledText } from "./provided";
import type { NamedServer } from "./servers/provisioners";
import { buildOf, mountsOf, type Source } from "./source";

export interface WorkloadRequest {
  readonly application: ResolvedApplication;
  readonly wired: WiredWorkload;
  readonly servers: readonly NamedServer[];
  readonly folder: ConfigurationFolder;
  /** @default - its image is pulled */
  readonly source?: Source;
}

const extraHosts = (aliases: readonly HostAlias[]): string[] =>
  aliases.flatMap(({ ip, hostnames }) => hostnames.map((name) => `${name}=${ip}`));

/** One container of a workload. How it is confined is how it is in a cluster. */
export function workloadContainer(request: WorkloadRequest): ComposeService {
  const { application, folder, source } = request;
  const { workload } = request.wired;
  const { command, args, security } = workload;
  const mounts = mountsIn(workload, folder, ownPaths(workload));
  const volumes = [...(source === undefined ? [] : mountsOf(source)), ...mounts.volumes];
  const dependencies: Readonly<Record<string, Dependency>> = {
    ...dependenciesOf(application, workload),
    ...firstContainers(workload),
  };
  return {
    ...(source === undefined ? { image: workload.image } : { build: buildOf(source) }),
    // By hand: `docker compose run --rm cron`. A schedule is for machines that are always on.
    ...(workload.kind === "cron" && { profiles: ["cron"] }),
    user: `${security.user}:${security.user}`,
    // Built from its source it also compiles, and reloads what changes.
    mem_limit: memoryOf(workload, source),
    // For Ctrl-C to end a program that leaves signals alone. Others are process 1 in a cluster, too.
    ...(runsToItsEnd(workload) ? { init: true } : { restart: "unless-stopped" as const }),
    ...(command !== undefined && { entrypoint: command }),
    ...(args !== undefined && { command: args }),
    environment: environmentOf(request),
    ...expose(workload),
    ...(volumes.length > 0 && { volumes }),
    tmpfs: ["/tmp", ...mounts.tmpfs],
    ...reachable(workload),
    ...(workload.hostAliases !== undefined && { extra_hosts: extraHosts(workload.hostAliases) }),
    ...(Object.keys(dependencies).length > 0 && { depends_on: dependencies }),
    healthcheck: healthOf(workload),
    // Requests in hand are answered first.
    ...(workload.kind === "php-fpm" && { stop_signal: "SIGQUIT" }),
    stop_grace_period: `${workload.terminationGraceSeconds}s`,
    ...(security.readOnlyRootFilesystem && { read_only: true }),
    // What is more than `restricted` keeps what Docker gives by default.
    ...(security.profile === "restricted" ? CONFINED : { security_opt: NO_NEW_PRIVILEGES }),
  };
}

const LEAST_TO_DEVELOP = "1Gi";

/** Memory in whole mebibytes, rounded up. */
function memoryOf({ resources }: ResolvedWorkload, source: Source | undefined): string {
  const most = Math.max(bytes(resources.limits.memory), source === undefined ? 0 : bytes(LEAST_TO_DEVELOP));
  return `${Math.ceil(most / 2 ** 20)}m`;
}

/** What a workload's ConfigMap, its container and its edges bring in a cluster. */
function environmentOf({ servers, wired: { workload, edges } }: WorkloadRequest): Readonly<Record<string, Value>> {
  const ofEdges = edges.flatMap(({ variables }) =>
    variables.map((variable): readonly [string, Value] => [
      variable.name,
      "value" in variable ? variable.value : assembledText(variable.template, servers),
    ]),
  );
  const ofSecrets = workload.secrets.map(({ variable }): readonly [string, Value] => [
    variable,
    { fromEnvironment: variable },
  ]);
  return {
    ...ofSpans(workload),
    ...workload.config,
    ...ofKind(workload),
    ...Object.fromEntries([...ofEdges, ...ofSecrets]),
  };
}

/** Off until whoever starts Compose says otherwise: without the profile nobody takes spans, and images have no SDK by themselves. */
const UNTRACED: Value = { fromEnvironment: "OTEL_SDK_DISABLED", otherwise: "true" };

function ofSpans({ tracing }: ResolvedWorkload): Readonly<Record<string, Value>> {
  return tracing === undefined ? {} : { ...tracing, OTEL_SDK_DISABLED: UNTRACED };
}

/** What the containers of a kind are told by it. */
function ofKind(workload: ResolvedWorkload): Readonly<Record<string, string>> {
  switch (workload.kind) {
    case "php-fpm":
      return { FCGI_CONNECT: statusAddress(workload), FCGI_STATUS_PATH: STATUS_PATH };
    case "http":
      return { PORT: String(workload.port) };
    default:
      return {};
  }
}
