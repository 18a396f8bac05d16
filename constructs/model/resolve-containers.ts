import type { ContainerCheck, ContainerSpec, SidecarSpec } from "./containers";
import { withDefaults } from "./defaults";
import { PROBE, type Probe, READINESS, STARTUP } from "./probes";
import type { Resources } from "./quantity";
import type { ResolvedCheck, ResolvedContainer, ResolvedSecret, ResolvedSidecar } from "./resolved";
import type { Workload } from "./workload";

/** Amounts of a container beside the workload's own that says nothing of it. */
export const CONTAINER_RESOURCES: Resources = {
  requests: { cpu: "25m", memory: "64Mi" },
  limits: { cpu: "250m", memory: "128Mi" },
};

/** Containers in the order in which they are written. `secrets` are all of the application's. */
export const resolveContainers = (
  workload: Workload,
  given: Readonly<Record<string, ContainerSpec>> = {},
  secrets: readonly ResolvedSecret[],
): ResolvedContainer[] => Object.entries(given).map(([name, spec]) => resolveContainer(workload, name, spec, secrets));

export function resolveSidecars(workload: Workload, secrets: readonly ResolvedSecret[]): ResolvedSidecar[] {
  const given = "sidecars" in workload ? (workload.sidecars ?? {}) : {};
  return Object.entries(given).map(([name, spec]) => ({
    ...resolveContainer(workload, name, spec, secrets),
    ports: spec.ports ?? {},
    liveness: resolveCheck(spec, spec.liveness, PROBE),
    readiness: resolveCheck(spec, spec.readiness, READINESS),
    startup: resolveCheck(spec, spec.startup, STARTUP),
  }));
}

function resolveContainer(
  { security }: Workload,
  name: string,
  spec: ContainerSpec,
  secrets: readonly ResolvedSecret[],
): ResolvedContainer {
  return {
    name,
    image: spec.image,
    command: spec.command,
    args: spec.args,
    config: spec.config ?? {},
    secrets: secrets.filter((secret) => spec.secrets?.includes(secret.name)),
    resources: spec.resources ?? CONTAINER_RESOURCES,
    mounts: spec.mounts ?? {},
    readOnlyRootFilesystem: spec.readOnlyRootFilesystem ?? security?.readOnlyRootFilesystem ?? true,
  };
}

function resolveCheck(
  { ports = {} }: SidecarSpec,
  check: ContainerCheck | undefined,
  defaults: Required<Probe>,
): ResolvedCheck | undefined {
  if (check === undefined) return undefined;
  const { command, path, port = Object.keys(ports)[0], ...timing } = check;
  return { ...withDefaults(defaults, timing), ...(path === undefined ? { command } : { path, port }) };
}
