import { isJsonObject, type Json, type JsonObject, toJson } from "../../kubernetes/json";
import { NAME_LABEL } from "../../kubernetes/labels";
import type { OwnResource } from "../../kubernetes/object-groups";
import { asText, Scope } from "./access";
import type { ObjectColumn } from "./chart-input";
import { labelsOf, MANAGED_BY, titleOf, wantedOf, without } from "./differences";
import { columns } from "./documents";
import { namespaceRule } from "./object-rules";
import type { ValueSheet } from "./sheet";
import { type Document, Inline, type Node, type NodeMap, When } from "./template";
import { isSame, literal } from "./unify";

/*
 * Objects of the application's own in the chart: what is the same everywhere as it is, and each field of an object in which
 * environments differ as a value.
 */

/** Where values of them are. */
const PLACE = "objects";

/** Fields that are written beside those of an object. */
const NOT_HERE = ["metadata", "namespace"];

/** An object as the chart has to render it. Labels below its own metadata are the application's. */
export function ownExpected({ object }: OwnResource): JsonObject {
  const json = toJson(object);
  const metadata = isJsonObject(json.metadata) ? json.metadata : {};
  return { ...json, metadata: { ...metadata, labels: { ...labelsOf(json), ...MANAGED_BY } } };
}

/** Everything that the chart has to render in an environment. Pods of which objects of a group decide have no number. */
export function wantedWith(released: readonly JsonObject[], own: readonly OwnResource[]): JsonObject[] {
  const scaled = own.flatMap(({ scales }) => scales.map((name) => `Deployment ${name}`));
  const unscaled = (object: JsonObject): JsonObject =>
    scaled.includes(titleOf(object)) ? without(object, "spec", "replicas") : object;
  return [...wantedOf(released).map(unscaled), ...own.map(ownExpected)];
}

/** Documents of all groups, and the values for what differs. */
export const ownDocuments = (environments: readonly (readonly OwnResource[])[], sheet: ValueSheet): Document[] =>
  columns(environments.map((own) => own.map(ownExpected))).map((column) => ownDocument(column, sheet));

function ownDocument({ kind, name, objects }: ObjectColumn, sheet: ValueSheet): Document {
  const guarded = objects.includes(undefined);
  if (guarded) {
    sheet.set(
      [PLACE, name, "enabled"],
      objects.map((one) => one !== undefined),
    );
  }
  const [first] = objects.filter((one) => one !== undefined);
  const metadata = objects.map((one) => (isJsonObject(one?.metadata) ? one.metadata : undefined));
  const node: NodeMap = {
    ...fields(objects, [name], sheet),
    metadata: { ...fields(metadata, [name, "metadata"], sheet), namespace: namespaceRule([]) ?? "" },
  };
  return {
    ...{ kind, name, node },
    group: first === undefined ? "" : asText(labelsOf(first)[NAME_LABEL]),
    guard: guarded ? Scope.application.condition(PLACE, name, "enabled") : undefined,
  };
}

/** Each field of the objects that there are: as it is, or as a value. */
function fields(objects: readonly (JsonObject | undefined)[], place: readonly string[], sheet: ValueSheet): NodeMap {
  const present = objects.filter((one) => one !== undefined);
  const keys = [...new Set(present.flatMap((one) => Object.keys(one)))].filter((key) => !NOT_HERE.includes(key));
  return Object.fromEntries(
    keys.map((key): [string, Node] => {
      const [first] = present;
      const column = present.map((one) => one[key]);
      if (first?.[key] !== undefined && isSame(column)) return [key, literal(first[key])];
      const path = [PLACE, ...place, key];
      sheet.set(
        path,
        objects.map((one) => one?.[key]),
      );
      return [key, valueAt(path)];
    }),
  );
}

/** A value in JSON, which is YAML on one line whatever it holds. */
function valueAt(path: readonly string[]): Node {
  const scope = Scope.application;
  const value = (values: Parameters<typeof scope.get>[0]): Json | undefined => scope.get(values, ...path);
  const text = scope.text(...path);
  const node = new Inline(`toJson ${text}`, (values) => JSON.stringify(value(values)));
  return new When(`not (kindIs "invalid" ${text})`, (values) => value(values) !== undefined, node);
}
