import type { Container, PodSpec } from "../../kubernetes/objects";
import { containersOf, type ResolvedWorkload } from "../../model/resolved";
import { containerName } from "../compose/containers";
import type { ComposeDocument } from "../compose/document";

/* Containers beside a workload's own, in terms of no output: what each runs, is told and mounts. */

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

export const composeContainers = ({ services }: ComposeDocument, workload: ResolvedWorkload): string[] =>
  containersOf(workload).flatMap((one) => {
    const service = services[containerName(workload, one)];
    if (service === undefined) return [];
    const { image, entrypoint, command, environment = {}, volumes = [], tmpfs = [], network_mode: network } = service;
    const mounted = volumes.filter((volume) => !volume.startsWith(".")).map((volume) => volume.split(":")[1] ?? "");
    return text({
      name: one.name,
      image: image ?? one.image,
      command: entrypoint,
      args: command,
      variables: Object.fromEntries(
        Object.entries(environment).map(([key, value]) => [key, typeof value === "string" ? value : "a secret"]),
      ),
      paths: [...mounted, ...tmpfs].sort(),
      beside: network === `service:${workload.name}`,
    });
  });
