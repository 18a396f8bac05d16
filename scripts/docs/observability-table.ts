import type { Addon } from "../../constructs/addons/addon";
import { isJsonObject, type Json, type JsonObject } from "../../constructs/kubernetes/json";
import type { Profile } from "../../constructs/model/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { type Bytes, bytes, type Cpu, formatBytes, formatCpu, millicores } from "../../constructs/model/quantity";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { line, tableHead } from "../../constructs/portability/markdown";
import { environments } from "../../environments";

/** Pods of one kind, and what each asks for. */
interface Part {
  readonly what: string;
  readonly pods: number;
  readonly cpu: Cpu;
  readonly memory: Bytes;
  /** @default - none */
  readonly disk?: Bytes;
}

/** What `observability: prometheus({...})` takes in each profile, as its values say it. */
export function observabilityTable(): string {
  const [production, small] = (["production", "small"] as const).map(partsOf);
  if (production === undefined || small === undefined) throw new Error("a profile without values");
  const rows = production.map((one, index) => line(one.what, cell(one), cell(small[index])));
  return [
    ...tableHead("what", "`production`", "`small`"),
    ...rows,
    line("together, without logs, traces and what is on each node", total(production), total(small)),
  ].join("\n");
}

const part = (what: string, pods: number, values: JsonObject, ...path: string[]): Part => ({
  ...{ what, pods },
  cpu: text(values, ...path, "resources", "requests", "cpu") as Cpu,
  memory: text(values, ...path, "resources", "requests", "memory") as Bytes,
});

const perNode = "node-exporter, on each node";
const loki = "with `logs`: Loki";
const alloy = "with `logs`: Alloy, on each node";
const tempo = "with `traces`: Tempo";
const collector = "with `traces`: what takes spans";

function partsOf(profile: Profile): Part[] {
  const spec = environments.find((one) => (one.profile ?? "production") === profile);
  if (spec === undefined) throw new Error(`no environment of profile ${profile}`);
  const slack = { channel: "#alerts" };
  const observability = prometheus({ runbooks: "https://git.example.com/runbooks", slack, logs: {}, traces: {} });
  const [environment] = loadEnvironments([{ ...spec, observability }]);
  if (environment === undefined) throw new Error(`no environment ${spec.name}`);
  const addons = observability.addons(environment, environment.cloud.facts(environment));
  const stack = valuesOf(addons, "kube-prometheus-stack");
  const servers = count(stack, "prometheus", "prometheusSpec", "replicas");
  const managers = count(stack, "alertmanager", "alertmanagerSpec", "replicas");
  const [logs, spans] = [valuesOf(addons, "loki"), valuesOf(addons, "otlp")];
  const requests = ["spec", "resources", "requests", "storage"];
  return [
    {
      ...part("Prometheus", servers, stack, "prometheus", "prometheusSpec"),
      disk: text(firstOf(stack.extraManifests), ...requests) as Bytes,
    },
    {
      ...part("Alertmanager", managers, stack, "alertmanager", "alertmanagerSpec"),
      disk: text(stack, "alertmanager", "alertmanagerSpec", "storage", "volumeClaimTemplate", ...requests) as Bytes,
    },
    part("reloader beside each of these", servers + managers, stack, "prometheusOperator", "prometheusConfigReloader"),
    part("Prometheus' operator", 1, stack, "prometheusOperator"),
    part("kube-state-metrics", 1, stack, "kube-state-metrics"),
    part("Grafana", 1, stack, "grafana"),
    part("two beside it, which look for dashboards", 2, stack, "grafana", "sidecar"),
    part(perNode, 1, valuesOf(addons, "prometheus-node-exporter")),
    {
      ...part(loki, count(logs, "singleBinary", "replicas"), logs, "singleBinary"),
      disk: text(logs, "singleBinary", "persistence", "size") as Bytes,
    },
    part(alloy, 1, valuesOf(addons, "alloy"), "alloy"),
    {
      ...part(tempo, 1, valuesOf(addons, "tempo"), "tempo"),
      disk: text(valuesOf(addons, "tempo"), "persistence", "size") as Bytes,
    },
    part(collector, count(spans, "controller", "replicas"), spans, "alloy"),
  ];
}

function valuesOf(addons: readonly Addon[], name: string): JsonObject {
  const found = addons.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no add-on ${name}`);
  const store = { interface: "gcs", bucket: "logs" } as const;
  return found.values({ identity: { annotations: {} }, store, loadBalancerAnnotations: {} });
}

const at = (values: JsonObject, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, key) => (isJsonObject(value) ? value[key] : undefined), values);

function text(values: JsonObject, ...path: string[]): string {
  const value = at(values, path);
  if (typeof value !== "string") throw new Error(`no ${path.join(".")} in the values`);
  return value;
}

function firstOf(objects: Json | undefined): JsonObject {
  const first: unknown = Array.isArray(objects) ? objects[0] : undefined;
  if (!isJsonObject(first)) throw new Error("no claim of Prometheus in the values");
  return first;
}

function count(values: JsonObject, ...path: string[]): number {
  const value = at(values, path);
  if (typeof value !== "number") throw new Error(`no ${path.join(".")} in the values`);
  return value;
}

function cell(given: Part | undefined): string {
  if (given === undefined) throw new Error("the profiles have other parts");
  const { pods, cpu, memory, disk } = given;
  const of = `${cpu}, ${memory}${disk === undefined ? "" : `, disk ${disk}`}`;
  return pods === 1 ? of : `${pods} × (${of})`;
}

function total(parts: readonly Part[]): string {
  const own = parts.filter(({ what }) => ![perNode, loki, alloy, tempo, collector].includes(what));
  const sum = (of: (part: Part) => number): number => own.reduce((all, one) => all + one.pods * of(one), 0);
  const disk = sum((one) => (one.disk === undefined ? 0 : bytes(one.disk)));
  return `${formatCpu(sum(({ cpu }) => millicores(cpu)))}, ${formatBytes(sum(({ memory }) => bytes(memory)))}, disks ${formatBytes(disk)}`;
}
