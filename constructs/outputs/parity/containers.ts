import type { Container, PodSpec } from "../../kubernetes/objects";
import { containersOf } from "../../model/containers-of";
import type { ResolvedWorkload } from "../../model/resolved";
import { containerName } from "../compose/containers";
import type { ComposeDocument, ComposeService } from "../compose/document";

/* Containers beside a workload's own, in terms of no output: what each runs, is told and mounts. */

/** Where a workload's own container has its volumes. */
export const mountPaths = ({ volumes, podVolumes = [] }: ResolvedWorkload): string[] =>
  [...volumes, ...podVolumes].map(({ mountPath }) => mountPath);

interface Told {
  readonly name: string;
  /** @default - it is built from its source */
  readonly image?: string;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  /** Texts, and of secrets the names of variables alone. */
  readonly variables: Readonly<Record<string, string>>;
  readonly paths: readonly string[];
  /** Whether it runs beside the workload, or before. */
  readonly beside: boolean;
}

const text = ({ variables, ...told }: Told): string =>
  JSON.stringify({ ...told, variables: Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)) });

/** Kubernetes reads two dollars before a parenthesis as one. */
const literal = (word: string): string => word.replace(/\$\$(?=\(|\$)/g, "$");

const variablesOf = ({ env = [] }: Container): Readonly<Record<string, string>> =>
  Object.fromEntries(env.map((one) => [one.name, "value" in one ? literal(one.value) : "a secret"]));

export function clusterContainers({ initContainers = [], containers }: PodSpec, workload: ResolvedWorkload): string[] {
  const names = containersOf(workload).map(({ name }) => name);
  return [...initContainers, ...containers]
    .filter(({ name }) => names.includes(name))
    .map((one) =>
      text({
        name: one.name,
        image: one.image,
        command: one.command?.map(literal),
        args: one.args?.map(literal),
        variables: variablesOf(one),
        paths: one.volumeMounts.map(({ mountPath }) => mountPath).sort(),
        beside: containers.includes(one),
      }),
    );
}

/** Those of some paths at which a container of Compose has something mounted. */
export const pathsIn = ({ volumes = [], tmpfs = [] }: ComposeService, among: readonly string[]): string[] => {
  const mounted = [
    ...volumes.map((volume) => (typeof volume === "string" ? volume.split(":")[1] : volume.path)),
    ...tmpfs.map((one) => one.split(":")[0]),
  ];
  return among.filter((path) => mounted.includes(path)).sort();
};

export const composeContainers = ({ services }: ComposeDocument, workload: ResolvedWorkload): string[] =>
  containersOf(workload).flatMap((one) => {
    const service = services[containerName(workload, one)];
    if (service === undefined) return [];
    const { image, entrypoint, command, environment = {}, network_mode: network } = service;
    return text({
      name: one.name,
      image: image ?? one.image,
      command: entrypoint,
      args: command,
      variables: Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, typeof value === "string" ? value : "a secret"]),
      ),
      paths: pathsIn(service, ["/tmp", ...Object.values(one.mounts)]),
      beside: network === `service:${workload.name}`,
    });
  });
