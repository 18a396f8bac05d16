import { fitName, MAX_LABEL } from "../model/names";
import {
  containersOf,
  type ResolvedApplication,
  type ResolvedCheck,
  type ResolvedContainer,
  type ResolvedSidecar,
  type ResolvedWorkload,
} from "../model/resolved";
import { containerSecurity, probe, pullPolicy } from "./container-parts";
import { secretVariables } from "./env";
import type { Container, ContainerProbe, PodVolume } from "./objects";
import { podVolumeName } from "./volumes";
import { literalWords } from "./words";

/* Containers beside the workload's own: init containers and sidecars. */

/** Room in the `/tmp` of each. */
const TMP_SIZE = "64Mi";

const tmpName = (container: string): string => fitName(["tmp", container], { max: MAX_LABEL });

/** Folders of their own; of the workload's volumes they mount what they name. */
export const containerVolumes = (workload: ResolvedWorkload): PodVolume[] =>
  containersOf(workload).map(({ name }) => ({ name: tmpName(name), emptyDir: { sizeLimit: TMP_SIZE } }));

/** Those that run first, in their order. */
export const initContainers = (application: ResolvedApplication, workload: ResolvedWorkload): Container[] =>
  (workload.initContainers ?? []).map((one) => container(application, workload, one));

export function sidecars(application: ResolvedApplication, workload: ResolvedWorkload): Container[] {
  const given = "sidecars" in workload ? (workload.sidecars ?? []) : [];
  return given.map((one) => {
    const { volumeMounts, securityContext, ...rest } = container(application, workload, one);
    const ports = Object.entries(one.ports).map(([name, containerPort]) => ({
      name,
      containerPort,
      protocol: "TCP" as const,
    }));
    return { ...rest, ...(ports.length > 0 && { ports }), ...probes(one), securityContext, volumeMounts };
  });
}

function container(application: ResolvedApplication, workload: ResolvedWorkload, one: ResolvedContainer): Container {
  const env = [
    // No ConfigMap: another value is another pod all the same.
    ...Object.entries(one.config).map(([name, value]) => ({ name, value: literalWords([value]).join("") })),
    ...secretVariables(application, one.secrets),
  ];
  return {
    name: one.name,
    image: one.image,
    imagePullPolicy: pullPolicy(application, one.image),
    ...(one.command !== undefined && { command: literalWords(one.command) }),
    ...(one.args !== undefined && { args: literalWords(one.args) }),
    ...(env.length > 0 && { env }),
    resources: one.resources,
    securityContext: containerSecurity(workload, one.readOnlyRootFilesystem),
    volumeMounts: [
      { name: tmpName(one.name), mountPath: "/tmp" },
      ...Object.entries(one.mounts).map(([volume, mountPath]) => ({ name: podVolumeName(volume), mountPath })),
    ],
  };
}

const check = ({ command, path, port, ...timing }: ResolvedCheck): ContainerProbe =>
  probe(
    timing,
    path === undefined || port === undefined
      ? { exec: { command: literalWords(command ?? []) } }
      : { httpGet: { path, port } },
  );

function probes({ liveness, readiness, startup }: ResolvedSidecar): Partial<Container> {
  return {
    ...(startup !== undefined && { startupProbe: check(startup) }),
    ...(liveness !== undefined && { livenessProbe: check(liveness) }),
    ...(readiness !== undefined && { readinessProbe: check(readiness) }),
  };
}
