import { bytes } from "../../model/quantity";
import type { ResolvedCheck, ResolvedContainer, ResolvedSidecar, ResolvedWorkload } from "../../model/resolved";
import type { ComposeService, Dependency, Value } from "./document";
import { getting, timing } from "./health";
import { COMPLETED, CONFINED, NO_NEW_PRIVILEGES, onNetwork } from "./parts";
import { buildOf, mountsOf, type Source } from "./source";
import { volumeName } from "./volumes";

/*
 * Containers beside a workload's own, each a container of Compose: an init container runs once before the workload's, and a
 * sidecar has its network.
 */

/** `backend`, `proxy` → `backend-proxy`. */
export const containerName = (workload: Pick<ResolvedWorkload, "name">, one: Pick<ResolvedContainer, "name">): string =>
  `${workload.name}-${one.name}`;

const sidecarsOf = (workload: ResolvedWorkload): readonly ResolvedSidecar[] =>
  "sidecars" in workload ? (workload.sidecars ?? []) : [];

/** What the container of the workload itself waits for: the last of those that run before it. */
export const firstContainers = (workload: ResolvedWorkload): Readonly<Record<string, Dependency>> => {
  const last = workload.initContainers?.at(-1);
  return last === undefined ? {} : { [containerName(workload, last)]: COMPLETED };
};

/**
 * All of them, by their names.
 *
 * @param dependencies what the workload itself waits for
 * @param sourceOf the code of an image, where it is built here
 */
export function containers(
  workload: ResolvedWorkload,
  dependencies: Readonly<Record<string, Dependency>>,
  sourceOf: (image: string) => Source | undefined,
): [name: string, service: ComposeService][] {
  const cron = workload.kind === "cron" && { profiles: ["cron"] };
  const init = (workload.initContainers ?? []).map((one, index, all): [string, ComposeService] => {
    const before = all[index - 1];
    const waits = before === undefined ? dependencies : { [containerName(workload, before)]: COMPLETED };
    return [
      containerName(workload, one),
      {
        ...container(workload, one, sourceOf(one.image)),
        ...cron,
        init: true,
        ...onNetwork(),
        ...(Object.keys(waits).length > 0 && { depends_on: waits }),
        healthcheck: { disable: true },
      },
    ];
  });
  const beside = sidecarsOf(workload).map((one): [string, ComposeService] => [
    containerName(workload, one),
    {
      ...container(workload, one, sourceOf(one.image)),
      restart: "unless-stopped",
      network_mode: `service:${workload.name}`,
      // A network goes with its container.
      depends_on: { [workload.name]: { condition: "service_started", restart: true } },
      healthcheck: healthOf(one),
      stop_grace_period: `${workload.terminationGraceSeconds}s`,
    },
  ]);
  return [...init, ...beside];
}

function container(workload: ResolvedWorkload, one: ResolvedContainer, source: Source | undefined): ComposeService {
  const { security } = workload;
  const mounts = Object.entries(one.mounts).flatMap(([name, path]) =>
    workload.volumes
      .filter((volume) => volume.name === name)
      .map((volume) => `${volumeName(workload, volume)}:${path}`),
  );
  const volumes = [...(source === undefined ? [] : mountsOf(source)), ...mounts];
  const environment: Readonly<Record<string, Value>> = {
    ...one.config,
    ...Object.fromEntries(one.secrets.map(({ variable }) => [variable, { fromEnvironment: variable }])),
  };
  return {
    ...(source === undefined ? { image: one.image } : { build: buildOf(source) }),
    user: `${security.user}:${security.user}`,
    mem_limit: `${Math.ceil(bytes(one.resources.limits.memory) / 2 ** 20)}m`,
    ...(one.command !== undefined && { entrypoint: one.command }),
    ...(one.args !== undefined && { command: one.args }),
    ...(Object.keys(environment).length > 0 && { environment }),
    ...(volumes.length > 0 && { volumes }),
    tmpfs: ["/tmp"],
    ...(one.readOnlyRootFilesystem && { read_only: true }),
    ...(security.profile === "restricted" ? CONFINED : { security_opt: NO_NEW_PRIVILEGES }),
  };
}

/** One check, as of a workload: readiness where there is one. */
function healthOf({ readiness, liveness, ports }: ResolvedSidecar): NonNullable<ComposeService["healthcheck"]> {
  const check: ResolvedCheck | undefined = readiness ?? liveness;
  if (check === undefined) return { disable: true };
  const { command, path, port } = check;
  const test =
    path === undefined
      ? (["CMD", ...(command ?? [])] as const)
      : getting(`http://127.0.0.1:${ports[port ?? ""]}${path}`);
  return { test, ...timing(check) };
}
