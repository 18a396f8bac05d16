import type { ContainerCheck, ContainerSpec, SidecarSpec } from "../containers";
import { withDefaults } from "../defaults";
import { FPM_METRICS_PORT } from "../metrics";
import { resolvePort } from "../ports";
import { PROBE, READINESS, STARTUP } from "../probes";
import { didYouMean, oneOf, type Path } from "../problem";
import { FPM_PORTS } from "../resolve-workload";
import type { Workload } from "../workload";
import { aboveLimits } from "./limits";
import type { Finding, Rule } from "./rule";

/* What containers beside the workload's own must not have in common with others of the pod. */

const sidecarsOf = (workload: Workload): [string, SidecarSpec][] =>
  "sidecars" in workload ? Object.entries(workload.sidecars ?? {}) : [];

export const CONTAINER_RULES: readonly Rule[] = [
  { reads: ["initContainers", "sidecars", "volumes"], find: containers },
  { reads: ["sidecars", "ports", "port", "httpPort"], find: ports },
  { reads: ["sidecars"], find: (workload) => sidecarsOf(workload).flatMap(([name, one]) => checks(name, one)) },
];

/** Container names that a kind of workload has beside its own. */
const NGINX = "nginx";

function containers(workload: Workload): Finding[] {
  const init = Object.entries(workload.initContainers ?? {});
  const all: [Path, string, ContainerSpec][] = [
    ...init.map(([name, one]): [Path, string, ContainerSpec] => [["initContainers", name], name, one]),
    ...sidecarsOf(workload).map(([name, one]): [Path, string, ContainerSpec] => [["sidecars", name], name, one]),
  ];
  return all.flatMap(([field, name, one], index) => [
    ...(all.findIndex(([, other]) => other === name) < index
      ? [{ field, why: "an init container has the same name", fix: "rename one of the two" }]
      : []),
    ...(workload.kind === "php-fpm" && name === NGINX
      ? [{ field, why: "the pod has an nginx of its own", fix: "rename it" }]
      : []),
    ...aboveLimits(one.resources, [...field, "resources"]),
    ...mounts(workload, one, field),
  ]);
}

function mounts({ volumes = {} }: Workload, { mounts: given = {} }: ContainerSpec, field: Path): Finding[] {
  const known = Object.keys(volumes);
  const taken = new Map([["/tmp", "its own"]]);
  return Object.entries(given).flatMap(([volume, path]): Finding[] => {
    const at = [...field, "mounts", volume];
    if (!known.includes(volume)) {
      const fix = `use ${oneOf(known)}${didYouMean(volume, known)}`;
      return [{ field: at, why: "the workload has no such volume", fix }];
    }
    const other = taken.get(path);
    taken.set(path, `volume "${volume}"`);
    return other === undefined
      ? []
      : [{ field: at, got: path, why: `${other} is mounted there`, fix: "use another path" }];
  });
}

interface Listening {
  readonly field: Path;
  readonly by: string;
  readonly name: string;
  readonly number: number;
}

/** Containers of a pod have one network, and Helm merges ports by their numbers alone. */
function ports(workload: Workload): Finding[] {
  const taken = new Map<number, string>(requestPorts(workload).map((port) => [port, "the workload itself"]));
  const names = new Map<string, string>(
    ["http", "php-fpm", FPM_METRICS_PORT].map((name) => [name, "the workload itself"]),
  );
  return listening(workload).flatMap(({ field, by, name, number }): Finding[] => {
    const [byNumber, byName] = [taken.get(number), names.get(name)];
    taken.set(number, by);
    names.set(name, by);
    return [
      ...(byNumber === undefined
        ? []
        : [{ field, got: number, why: `${byNumber} listens there`, fix: "use another port" }]),
      ...(byName === undefined ? [] : [{ field, why: `${byName} has a port of this name`, fix: "rename it" }]),
    ];
  });
}

/** Ports of the workload's own, and then those of its sidecars. */
function listening(workload: Workload): Listening[] {
  const own = "ports" in workload ? Object.entries(workload.ports ?? {}) : [];
  return [
    ...own.map(([name, port]) => ({
      ...{ field: ["ports", name], by: `port "${name}" of the workload`, name },
      number: resolvePort(name, port).port,
    })),
    ...sidecarsOf(workload).flatMap(([sidecar, { ports = {} }]) =>
      Object.entries(ports).map(([name, number]) => ({
        ...{ field: ["sidecars", sidecar, "ports", name], by: `sidecar "${sidecar}"`, name, number },
      })),
    ),
  ];
}

function requestPorts(workload: Workload): number[] {
  if (workload.kind === "http") return [workload.port ?? 3000];
  if (workload.kind !== "php-fpm") return [];
  const { port, httpPort } = withDefaults(FPM_PORTS, { port: workload.port, httpPort: workload.httpPort });
  // The pool answers its status at another one, and nginx its measures, which give way (`statusAddress`, `fpmMetricsPort`).
  return [port, httpPort];
}

const DEFAULTS = { liveness: PROBE, readiness: READINESS, startup: STARTUP };

function checks(name: string, sidecar: SidecarSpec): Finding[] {
  return (["liveness", "readiness", "startup"] as const).flatMap((which) => {
    const check = sidecar[which];
    return check === undefined ? [] : ofCheck(check, DEFAULTS[which], sidecar, ["sidecars", name, which]);
  });
}

function ofCheck(
  check: ContainerCheck,
  defaults: typeof PROBE,
  { ports: given = {} }: SidecarSpec,
  field: Path,
): Finding[] {
  const { command, path, port } = check;
  const known = Object.keys(given);
  const { timeoutSeconds, periodSeconds } = withDefaults(defaults, {
    timeoutSeconds: check.timeoutSeconds,
    periodSeconds: check.periodSeconds,
  });
  return [
    ...((command === undefined) === (path === undefined)
      ? [
          {
            field,
            why: command === undefined ? "nothing to ask" : "two things to ask",
            fix: "give one of command and path",
          },
        ]
      : []),
    ...(path !== undefined && port === undefined && known.length !== 1
      ? [{ field: [...field, "port"], why: "missing", fix: `name a port of the sidecar: ${oneOf(known)}` }]
      : []),
    ...(port !== undefined && !known.includes(port)
      ? [{ field: [...field, "port"], got: port, why: "the sidecar has no such port", fix: `use ${oneOf(known)}` }]
      : []),
    ...(path === undefined && port !== undefined
      ? [{ field: [...field, "port"], got: port, why: "a command asks no port", fix: "remove it" }]
      : []),
    ...(timeoutSeconds > periodSeconds
      ? [
          {
            field: [...field, "timeoutSeconds"],
            got: timeoutSeconds,
            why: `above the period ${periodSeconds}`,
            fix: "answer before the next one is asked",
          },
        ]
      : []),
  ];
}
