import { isJsonObject, type JsonObject } from "../../../constructs/kubernetes/json";
import type { Found } from "../../cluster/support/api";
import { kubectl, must } from "../../cluster/support/cluster";

/* What is in a namespace, as it was meant: without what a server writes by itself. */

const OF_VELERO = /^velero\.io\//;

/** What is written by the server, and by whoever watches. */
const OF_SERVER = ["creationTimestamp", "generation", "managedFields", "ownerReferences", "resourceVersion", "uid"];

/** What comes of others by itself, under names of the moment, and what happened. */
const OF_OTHERS = ["Endpoints", "EndpointSlice", "Event", "Job", "Pod"];

const without = (object: JsonObject, drop: (key: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !drop(key)));

/** A Service has another address each time, which nobody chose. */
const withoutAddress = (object: JsonObject): JsonObject =>
  object.kind === "Service" && isJsonObject(object.spec)
    ? { ...object, spec: without(object.spec, (key) => key === "clusterIP" || key === "clusterIPs") }
    : object;

function meant(found: Found): JsonObject {
  const object = without(withoutAddress(found as JsonObject), (key) => key === "status");
  const metadata = without(object.metadata as JsonObject, (key) => OF_SERVER.includes(key));
  const labels = without((metadata.labels ?? {}) as JsonObject, (key) => OF_VELERO.test(key));
  return { ...object, metadata: { ...metadata, labels } };
}

/** Every object of a namespace by its kind and name, without what comes of others by itself. */
export async function namespaceObjects(namespace: string): Promise<Map<string, JsonObject>> {
  const resources = must(await kubectl(["api-resources", "--namespaced", "--verbs=list,create,delete", "-o", "name"]));
  const names = resources.trim().split("\n").join(",");
  const found = JSON.parse(must(await kubectl(["get", names, "-n", namespace, "-o", "json"]))) as { items: Found[] };
  const own = found.items.filter(({ kind }) => !OF_OTHERS.includes(String(kind)));
  return new Map(own.map((one) => [`${String(one.kind)}/${String(one.metadata.name)}`, meant(one)]));
}
