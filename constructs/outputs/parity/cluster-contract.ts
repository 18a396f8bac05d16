import type { Container, ContainerProbe, KubernetesObject, PodTemplate } from "../../kubernetes/objects";
import { containersOf } from "../../model/containers-of";
import { portsOf } from "../../model/ports";
import type { ResolvedWorkload } from "../../model/resolved";
import { exposed } from "../compose/named-ports";
import { clusterContainers, mountPaths } from "./containers";
import type { CheckContract, VariableContract, WorkloadContract } from "./contract";

/** What a workload is told and asked in a cluster. */
export function clusterContract(
  objects: readonly KubernetesObject[],
  workload: ResolvedWorkload,
): WorkloadContract | undefined {
  const { name, objectName } = workload;
  const pods = podsOf(objects, objectName);
  const container = pods?.template.spec.containers.find((one) => one.name === name);
  if (pods === undefined || container === undefined) return undefined;
  const { command, args, livenessProbe, readinessProbe } = container;
  const ports = objects.flatMap((object) =>
    object.kind === "Service" && object.metadata.name === objectName ? object.spec.ports : [],
  );
  const names = "ports" in workload ? portsOf(workload).map((port) => port.name) : [];
  return {
    command,
    args,
    variables: variablesOf(objects, container),
    ports: pods.template.spec.containers.flatMap(({ ports: own = [], ...one }) =>
      containersOf(workload).some((other) => other.name === one.name)
        ? []
        : own.map(({ containerPort: port, protocol }) => exposed({ port, protocol })),
    ),
    mounts: mountPaths(workload).filter((path) => container.volumeMounts.some(({ mountPath }) => mountPath === path)),
    containers: clusterContainers(pods.template.spec, workload),
    addresses: ports.flatMap(({ name: one, port }) => (names.includes(one) ? [] : [`${objectName}:${port}`])),
    named: Object.fromEntries(
      ports
        .filter((port) => names.includes(port.name))
        .map(({ name: one, port, protocol }) => [one, `${objectName}:${port}/${protocol}`]),
    ),
    checks: {
      ...(livenessProbe !== undefined && { liveness: check(container, livenessProbe) }),
      ...(readinessProbe !== undefined && { readiness: check(container, readinessProbe) }),
    },
    names: (pods.template.spec.hostAliases ?? []).flatMap(({ ip, hostnames }) =>
      hostnames.map((one) => `${one}=${ip}`),
    ),
    labels: Object.keys({ ...pods.template.metadata.labels, ...pods.template.metadata.annotations }).join(", "),
    identity: identityOf(objects, workload),
    placement: placementOf(pods.template),
    schedule: pods.schedule,
  };
}

function podsOf(
  objects: readonly KubernetesObject[],
  objectName: string,
): { readonly template: PodTemplate; readonly schedule?: string } | undefined {
  for (const object of objects) {
    switch (object.kind) {
      case "Deployment":
        if (object.metadata.name === objectName) return { template: object.spec.template };
        break;
      case "CronJob":
        if (object.metadata.name === objectName) {
          return { template: object.spec.jobTemplate.spec.template, schedule: object.spec.schedule };
        }
        break;
      case "Job":
        // Its name ends in a revision.
        if (object.metadata.labels.app === objectName) return { template: object.spec.template };
        break;
      default:
    }
  }
  return undefined;
}

/** Annotations by which a cloud knows its service account. */
function identityOf(
  objects: readonly KubernetesObject[],
  { objectName, serviceAccount }: ResolvedWorkload,
): string | undefined {
  const account = objects.find(({ kind, metadata }) => kind === "ServiceAccount" && metadata.name === objectName);
  const own = serviceAccount?.annotations ?? {};
  const names = Object.keys(account?.metadata.annotations ?? {}).filter((name) => !Object.hasOwn(own, name));
  return names.length === 0 ? undefined : names.join(", ");
}

/** Names of the fields that choose its node. */
function placementOf({ spec }: PodTemplate): string | undefined {
  const { affinity, nodeSelector, priorityClassName, tolerations, topologySpreadConstraints } = spec;
  const fields = Object.entries({ affinity, nodeSelector, priorityClassName, tolerations, topologySpreadConstraints });
  const given = fields.filter(([, value]) => value !== undefined).map(([field]) => field);
  return given.length === 0 ? undefined : given.join(", ");
}

/** Variables of ConfigMaps as a whole, and one by one: the latter win. */
function variablesOf(objects: readonly KubernetesObject[], { env = [], envFrom = [] }: Container) {
  const maps = envFrom.flatMap(({ configMapRef }) =>
    objects.flatMap((object) =>
      object.kind === "ConfigMap" && object.metadata.name === configMapRef.name ? Object.entries(object.data) : [],
    ),
  );
  const variables = [
    ...maps.map(([key, value]): readonly [string, VariableContract] => [key, { value }]),
    ...env.map((one): readonly [string, VariableContract] => [
      one.name,
      "value" in one ? { value: one.value } : { secret: one.valueFrom.secretKeyRef.key },
    ]),
  ];
  return Object.fromEntries(variables);
}

function check({ ports = [] }: Container, probe: ContainerProbe): CheckContract {
  const { exec, httpGet, grpc, failureThreshold, initialDelaySeconds, periodSeconds, timeoutSeconds } = probe;
  const port = ports.find(({ name }) => name === httpGet?.port)?.containerPort;
  return {
    asks: exec?.command.join(" ") ?? (grpc === undefined ? `GET :${port}${httpGet?.path}` : `gRPC :${grpc.port}`),
    every: `${periodSeconds}s`,
    timeout: `${timeoutSeconds}s`,
    failures: failureThreshold,
    start: `${initialDelaySeconds}s`,
  };
}
