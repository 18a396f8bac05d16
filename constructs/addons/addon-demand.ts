import type { PodDemand } from "../kubernetes/demand";
import { isJsonObject, type Json, type JsonObject } from "../kubernetes/json";
import { parseBytes, parseCpu } from "../model/quantity";

/** Charts, and parts of others by the keys of their values, that run on every node. */
const ON_EVERY_NODE = ["prometheus-node-exporter", "nodeAgent", "node-agent"];

interface Around {
  /** Pods that the values above say. @default - they say none */
  readonly count?: number;
  readonly perNode?: boolean;
}

const numberIn = (value: Json | undefined): number | undefined => (typeof value === "number" ? value : undefined);

const objectIn = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

/**
 * `replicaCount`, `replicas`, or the same below `deployment`: what charts call the number of their pods. Alloy's says it beside
 * the kind of its controller, and the resources elsewhere.
 */
function countIn(values: JsonObject): number | undefined {
  const { type, replicas } = objectIn(values.controller);
  const ofController = type === "deployment" || type === "statefulset" ? numberIn(replicas) : undefined;
  return (
    numberIn(values.replicaCount) ??
    numberIn(values.replicas) ??
    numberIn(objectIn(values.deployment).replicas) ??
    ofController
  );
}

/** A number alone is cores or bytes. */
const quantityIn = (value: Json | undefined, parse: (text: string) => number | undefined, unit: number): number =>
  typeof value === "string" ? (parse(value) ?? 0) : (numberIn(value) ?? 0) * unit;

/**
 * Pods that an add-on's values and objects say, by what they request. A part of a chart that has requests and no count is one
 * pod, and what a chart runs without a word in the values is not counted: it is the least that there is.
 *
 * @param chart name of its chart, or folder of this package's own
 */
export const addonDemand = (name: string, chart: string, values: Json): PodDemand[] =>
  demandIn(`platform / ${name}`, values, { perNode: ON_EVERY_NODE.includes(chart) });

const podsOf = (name: string, requests: JsonObject, count: number, perNode: boolean): PodDemand => ({
  name,
  count: perNode ? 0 : count,
  cpu: quantityIn(requests.cpu, parseCpu, 1000),
  memory: quantityIn(requests.memory, parseBytes, 1),
  onSystemNodes: true,
  ...(perNode && { perNode: true }),
});

function demandIn(name: string, value: Json | undefined, around: Around): PodDemand[] {
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((one) => demandIn(name, one, around));
  if (!isJsonObject(value)) return [];
  const { requests } = objectIn(value.resources);
  const own = countIn(value);
  const perNode = around.perNode === true || objectIn(value.controller).type === "daemonset";
  // A claim of a volume requests storage alone, and is no pod.
  const isPod = isJsonObject(requests) && (requests.cpu !== undefined || requests.memory !== undefined);
  const here = isPod ? [podsOf(name, requests, own ?? around.count ?? 1, perNode)] : [];
  // A count belongs to the part beside it; where that has no requests, to what is below.
  const below: Around = { perNode, count: here.length > 0 ? undefined : (own ?? around.count) };
  const parts = Object.entries(value).filter(([key]) => key !== "resources");
  return [
    ...here,
    ...parts.flatMap(([key, part]) =>
      demandIn(name, part, { ...below, perNode: perNode || ON_EVERY_NODE.includes(key) }),
    ),
  ];
}
