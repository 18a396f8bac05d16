import { isJsonObject } from "../kubernetes/json";
import { readAsHelm } from "../yaml/read";

/** A block of a stack as it is written. */
export type Block = Readonly<Record<string, unknown>>;

/** What a synthesis wrote of one stack, and what is known of it beside that. */
export interface WrittenStack {
  readonly name: string;
  readonly part: "application" | "platform" | "cluster" | "state";
  /** `cdk.tf.json` */
  readonly written: unknown;
  /** Part of the model that a resource is of, by its address. */
  readonly elements: Readonly<Record<string, string>>;
  /** Name of the application in it. @default - none is */
  readonly application?: string;
}

/** A resource of a stack. */
export interface Resource {
  readonly stack: WrittenStack;
  readonly type: string;
  readonly address: string;
  readonly block: Block;
}

export const resourcesIn = (stack: WrittenStack): Resource[] =>
  blocksIn(stack.written, "resource").map(({ type, name, block }) => ({
    ...{ stack, type, block },
    address: `${type}.${name}`,
  }));

/** Modules of a stack, of whose resources nothing is written in it. */
export const modulesIn = (stack: WrittenStack): Resource[] => {
  const byName = isJsonObject(stack.written) ? stack.written["module"] : undefined;
  return Object.entries(isJsonObject(byName) ? byName : {}).flatMap(([name, block]) =>
    isJsonObject(block) ? [{ stack, type: "module", block, address: `module.${name}` }] : [],
  );
};

interface NamedBlock {
  readonly type: string;
  readonly name: string;
  readonly block: Block;
}

/** Blocks of one kind: `resource`, `data`, `ephemeral`. */
export function blocksIn(written: unknown, kind: "resource" | "data" | "ephemeral"): NamedBlock[] {
  const byType = isJsonObject(written) ? written[kind] : undefined;
  return Object.entries(isJsonObject(byType) ? byType : {}).flatMap(([type, byName]) =>
    Object.entries(isJsonObject(byName) ? byName : {}).flatMap(([name, block]) =>
      isJsonObject(block) ? [{ type, name, block }] : [],
    ),
  );
}

export const elementOf = ({ stack, address }: Pick<Resource, "address" | "stack">): string =>
  stack.elements[address] ?? stack.name;

/** A value below a block; blocks that are in a list of one are looked into. */
export function at(block: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => {
    const one: unknown = Array.isArray(found) ? found[0] : found;
    return isJsonObject(one) ? one[key] : undefined;
  }, block);
}

export function textAt(block: unknown, ...path: readonly string[]): string | undefined {
  const found = at(block, ...path);
  return typeof found === "string" ? found : undefined;
}

export function numberAt(block: unknown, ...path: readonly string[]): number | undefined {
  const found = at(block, ...path);
  return typeof found === "number" ? found : undefined;
}

export const isAt = (block: unknown, ...path: readonly string[]): boolean => at(block, ...path) === true;

/** A name that Terraform puts together, for people: what it draws is three dots. */
export const nameOf = (text: string | undefined, otherwise: string): string =>
  text === undefined ? otherwise : text.replaceAll(/\$\{[^}]*\}/g, "…");

/** An object of Kubernetes that a stack has, by itself or in a release. */
export interface StackObject {
  readonly resource: Resource;
  readonly kind: string;
  /** Group of its API; "" for those of Kubernetes itself. */
  readonly group: string;
  readonly name: string;
  readonly namespace: string;
  /** Fields as they are written, in Kubernetes' own words only where it is a manifest. */
  readonly body: Block;
}

const TYPED = /^kubernetes_(\w+?)(?:_v\d+)?$/;

/** Every object that the stack itself says: of the charts of others only what they are told is known. */
export function objectsOf(resource: Resource): StackObject[] {
  const { type, block } = resource;
  const { manifest } = block;
  if (isJsonObject(manifest)) return objectIn(resource, manifest);
  if (type === "helm_release") return Object.values(ownObjects(block)).flatMap((one) => objectIn(resource, one));
  const [, words] = TYPED.exec(type) ?? [];
  if (words === undefined) return [];
  const kind = words.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());
  const name = textAt(block, "metadata", "name") ?? "";
  return [{ resource, kind, group: "", name, namespace: textAt(block, "metadata", "namespace") ?? "", body: block }];
}

function objectIn(resource: Resource, manifest: unknown): StackObject[] {
  const kind = textAt(manifest, "kind");
  const version = textAt(manifest, "apiVersion");
  if (kind === undefined || version === undefined || !isJsonObject(manifest)) return [];
  const group = version.includes("/") ? (version.split("/")[0] ?? "") : "";
  const name = textAt(manifest, "metadata", "name") ?? "";
  return [{ resource, kind, group, name, namespace: textAt(manifest, "metadata", "namespace") ?? "", body: manifest }];
}

/** Chart of this program whose values are the objects it installs. */
const OBJECTS_CHART = /(?:^|\/)assets\/objects-chart\//;

function ownObjects(block: Block): Block {
  if (!OBJECTS_CHART.test(textAt(block, "chart") ?? "")) return {};
  const objects = valuesOf(block).objects;
  return isJsonObject(objects) ? objects : {};
}

/** Values of a release, all its documents together at their top. */
export function valuesOf({ values }: Block): Block {
  const texts = (Array.isArray(values) ? values : []).filter((one): one is string => typeof one === "string");
  const documents = texts.map((text): unknown => readAsHelm(text));
  return Object.assign({}, ...documents.filter(isJsonObject)) as Block;
}

/** What it is, for people: the type, or what of Kubernetes it is. */
export function whatOf(resource: Resource): string {
  const { type, block } = resource;
  if (type === "helm_release") return `release ${textAt(block, "name") ?? ""}`;
  const [object] = objectsOf(resource);
  return object === undefined ? type : object.kind;
}
