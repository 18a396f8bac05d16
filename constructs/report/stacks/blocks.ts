import { type Fields, isFields } from "../../plan/object";

/*
 * A stack writes a block of which there is one as an object, and a plan as a list of one. What is compared has the form of plans, by which
 * rules find their arguments.
 */

/** Arguments whose value is an object, of every type that has one of that name: maps, and objects of any fields. */
const OBJECTS: ReadonlySet<string> = new Set(
  `
  annotations binary_data data data_wo default default_labels default_request default_tags dimensions hard input input_paths keepers labels
  limits manifest match_labels max node_labels node_selector parameters redis_configs requests resource_labels string_data tags timeouts
  triggers triggers_replace user_labels volume_attributes
  `
    .trim()
    .split(/\s+/),
);

/** Blocks of one type that have the name of a map of another. */
const SELECTED_BY_MAP = "kubernetes_service_v1";

const isObject = (type: string, path: readonly string[]): boolean => {
  const name = path.at(-1) ?? "";
  if (name === "selector") return type === SELECTED_BY_MAP;
  return OBJECTS.has(name);
};

/** Arguments that are told by themselves, or that say nothing of the resource: the order of the work, and where a construct is. */
const META: ReadonlySet<string> = new Set(["//", "connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"]);

/** Arguments of a resource in the form of a plan, without what is the engine's. */
export function argumentsOf(type: string, resource: Fields): Fields {
  return Object.fromEntries(
    Object.entries(resource)
      .filter(([key]) => !META.has(key))
      .map(([key, value]) => [key, asPlanned(type, [key], value)]),
  );
}

const inside = (type: string, path: readonly string[], value: Fields): Fields =>
  Object.fromEntries(Object.entries(value).map(([key, one]) => [key, asPlanned(type, [...path, key], one)]));

function asPlanned(type: string, path: readonly string[], value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => (isFields(one) ? inside(type, path, one) : (one as unknown)));
  if (!isFields(value)) return value;
  return isObject(type, path) ? value : [inside(type, path, value)];
}
