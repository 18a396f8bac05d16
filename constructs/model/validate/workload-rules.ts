import type { ScalingMetric } from "../autoscaling";
import { CA_BUNDLES_PATH } from "../ca-bundle";
import { withDefaults } from "../defaults";
import { processesThatFit } from "../fpm-memory";
import { PROBE, READINESS, STARTUP } from "../probes";
import type { Path } from "../problem";
import { bytes } from "../quantity";
import { FPM_PORTS, GRACE_SECONDS, PROCESS_MEMORY, RESOURCES } from "../resolve-workload";
import type { Autoscaling, Probe, Workload } from "../workload";
import { CONTAINER_RULES } from "./container-rules";
import { cronProblem, isTimeZone } from "./cron";
import { aboveLimits } from "./limits";
import { METADATA_RULES } from "./metadata-rules";
import { METRIC_RULES } from "./metric-rules";
import { OBJECTIVE_RULES } from "./objective-rules";
import { PERMISSION_RULES } from "./permission-rules";
import { queueFindings } from "./queue-rules";
import type { Finding, Rule } from "./rule";
import { SCHEDULING_RULES } from "./scheduling-rules";
import { VOLUME_RULES } from "./volume-rules";

export const WORKLOAD_RULES: readonly Rule[] = [
  { reads: ["resources"], find: ({ resources }) => aboveLimits(resources, ["resources"]) },
  { reads: ["autoscaling"], find: autoscaling },
  { reads: ["schedule"], find: schedule },
  { reads: ["timeZone"], find: timeZone },
  { reads: ["security"], find: security },
  { reads: ["volumes"], find: mounts },
  { reads: ["port", "httpPort"], find: fpmPorts },
  { reads: ["processMemory", "resources"], find: processMemory },
  { reads: ["requestSeconds", "terminationGraceSeconds"], find: requestSeconds },
  { reads: ["protocol", "livenessPath", "readinessPath"], find: grpcPaths },
  { reads: ["liveness"], find: (workload) => probe(workload, "liveness") },
  { reads: ["readiness"], find: (workload) => probe(workload, "readiness") },
  { reads: ["startup"], find: (workload) => probe(workload, "startup") },
  { reads: ["startup", "healthCommand"], find: startup },
  ...CONTAINER_RULES,
  ...METADATA_RULES,
  ...METRIC_RULES,
  ...OBJECTIVE_RULES,
  ...PERMISSION_RULES,
  ...SCHEDULING_RULES,
  ...VOLUME_RULES,
];

function autoscaling(workload: Workload): Finding[] {
  const given = "autoscaling" in workload ? workload.autoscaling : undefined;
  return given === undefined ? [] : scalingFindings(given);
}

export function scalingFindings(given: Autoscaling): Finding[] {
  const { min, max, cpu, memory, metrics = {}, queue } = given;
  const below = { field: ["autoscaling", "max"], got: max, why: `below min ${min}`, fix: "raise max or lower min" };
  const idle = {
    field: ["autoscaling"],
    why: "nothing to scale on",
    fix: "give cpu or memory, in per cent of the request, one of metrics, or a queue",
  };
  const measures = Object.entries(metrics);
  const goesBy = [cpu, memory, queue].some((one) => one !== undefined) || measures.length > 0;
  return [
    ...(max < min ? [below] : []),
    ...(goesBy ? [] : [idle]),
    ...queueFindings(given),
    ...measures.flatMap(([name, metric]) => aim(metric, ["autoscaling", "metrics", name])),
  ];
}

function aim(metric: ScalingMetric, field: Path): Finding[] {
  if (metric.type === "Pods" || (metric.value === undefined) !== (metric.averageValue === undefined)) return [];
  const why = metric.value === undefined ? "nothing to aim at" : "two things to aim at";
  return [{ field, why, fix: "give one of value and averageValue" }];
}

function schedule(workload: Workload): Finding[] {
  const fix = workload.kind === "cron" ? cronProblem(workload.schedule) : undefined;
  return workload.kind === "cron" && fix !== undefined ? [{ field: ["schedule"], got: workload.schedule, fix }] : [];
}

function timeZone(workload: Workload): Finding[] {
  if (workload.kind !== "cron" || workload.timeZone === undefined || isTimeZone(workload.timeZone)) return [];
  return [{ field: ["timeZone"], got: workload.timeZone, fix: 'use an IANA name, e.g. "Europe/Berlin"' }];
}

function security({ security: given }: Workload): Finding[] {
  const { profile, reason } = given ?? {};
  if (profile === undefined || profile === "restricted" || reason !== undefined) return [];
  return [{ field: ["security", "reason"], why: "missing", fix: `say why the profile "${profile}" is needed` }];
}

/** Where every workload has something mounted by itself. */
const MOUNTED: readonly string[] = ["/tmp", CA_BUNDLES_PATH];

const POOL_FILE = "/usr/local/etc/php-fpm.d/zz-goldenpath.conf";

const FPM_MOUNTED: readonly string[] = ["/run/nginx", POOL_FILE];

/** Those of them below which nothing can be mounted: no container would start. */
const READ_ONLY: readonly string[] = [CA_BUNDLES_PATH, POOL_FILE];

const OWN = "something of the workload's own";

function mounts({ kind, volumes = {} }: Workload): Finding[] {
  const own = kind === "php-fpm" ? [...MOUNTED, ...FPM_MOUNTED] : MOUNTED;
  const taken = new Map(own.map((path): [string, string] => [path, OWN]));
  return Object.entries(volumes).flatMap(([name, { mountPath }]): Finding[] => {
    const above = READ_ONLY.find((path) => own.includes(path) && mountPath.startsWith(`${path}/`));
    const other = taken.get(mountPath) ?? (above === undefined ? undefined : `${OWN}, read-only,`);
    taken.set(mountPath, `volume "${name}"`);
    if (other === undefined) return [];
    return [
      {
        field: ["volumes", name, "mountPath"],
        got: mountPath,
        why: `${other} is mounted there`,
        fix: "use another path",
      },
    ];
  });
}

function fpmPorts(workload: Workload): Finding[] {
  if (workload.kind !== "php-fpm") return [];
  const { port, httpPort } = withDefaults(FPM_PORTS, { port: workload.port, httpPort: workload.httpPort });
  if (port !== httpPort) return [];
  const field = workload.port === undefined ? "httpPort" : "port";
  return [{ field: [field], got: workload[field], why: "nginx and PHP-FPM would share it", fix: "use another port" }];
}

function processMemory(workload: Workload): Finding[] {
  if (workload.kind !== "php-fpm") return [];
  const { processMemory: one = PROCESS_MEMORY, resources = RESOURCES } = workload;
  const { memory } = resources.limits;
  if (workload.processMemory !== undefined && bytes(one) > bytes(memory)) {
    const why = `above the limit ${JSON.stringify(memory)} of the whole pool`;
    return [{ field: ["processMemory"], got: one, why, fix: "lower it or raise the limit" }];
  }
  if (processesThatFit(memory, one) >= 1) return [];
  const why = `not one process of ${JSON.stringify(one)} fits beside OPcache`;
  return [{ field: ["resources", "limits", "memory"], got: memory, why, fix: "raise it, or lower processMemory" }];
}

function requestSeconds(workload: Workload): Finding[] {
  if (workload.kind !== "php-fpm" && workload.kind !== "http") return [];
  const { requestSeconds: got, terminationGraceSeconds: grace = GRACE_SECONDS } = workload;
  if (got === undefined || got <= grace) return [];
  const why = `above the ${grace} s that a pod which stops waits for its requests: a deployment would cut them off`;
  return [
    { field: ["requestSeconds"], got, why, fix: `use at most ${grace}, or set terminationGraceSeconds to ${got}` },
  ];
}

function grpcPaths(workload: Workload): Finding[] {
  if (workload.kind !== "http" || workload.protocol !== "grpc") return [];
  return (["livenessPath", "readinessPath"] as const).flatMap((field): Finding[] => {
    const got = workload[field];
    const why = "a program that speaks gRPC is asked by gRPC's own health checking protocol";
    return got === undefined
      ? []
      : [{ field: [field], got, why, fix: "remove it, and register that service in the server" }];
  });
}

const PROBES = { liveness: PROBE, readiness: READINESS, startup: STARTUP };

function probe(workload: Workload, which: keyof typeof PROBES): Finding[] {
  const given = which in workload ? (workload as { readonly [K in typeof which]?: Probe })[which] : undefined;
  if (which === "startup" && given === undefined) return [];
  const { timeoutSeconds, periodSeconds } = withDefaults(PROBES[which], given);
  if (timeoutSeconds <= periodSeconds) return [];
  const why = `above the period ${periodSeconds}`;
  return [{ field: [which, "timeoutSeconds"], got: timeoutSeconds, why, fix: "answer before the next one is asked" }];
}

function startup(workload: Workload): Finding[] {
  if (workload.kind !== "worker" || workload.startup === undefined || workload.healthCommand !== undefined) return [];
  return [{ field: ["startup"], why: "nothing to ask", fix: "give healthCommand, or remove it" }];
}
