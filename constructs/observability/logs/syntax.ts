/* Alloy's configuration as data, and how it is written: https://grafana.com/docs/alloy/latest/get-started/syntax/ */

export type Value =
  | boolean
  | number
  | string
  | readonly Value[]
  | { readonly map: Readonly<Record<string, Value>> }
  /** What another component exports: `loki.write.loki.receiver`. */
  | { readonly reference: string }
  /** A function of Alloy's with its arguments. */
  | { readonly call: string; readonly with: readonly Value[] }
  /** Texts, one behind the other. */
  | { readonly sum: readonly [Value, ...Value[]] };

export interface Block {
  /** `loki.process`, `stage.json` */
  readonly type: string;
  /** Tells components of one type apart. @default - it is part of another block */
  readonly label?: string;
  readonly attributes: Readonly<Record<string, Value>>;
  /** Parts in their order: stages are passed through one after the other. */
  readonly blocks: readonly Block[];
}

/** A component, which has a label. */
export const component = (
  type: string,
  label: string,
  attributes: Block["attributes"],
  blocks: readonly Block[] = [],
): Block => ({ type, label, attributes, blocks });

/** A part of a component, or of the program itself. */
export const part = (type: string, attributes: Block["attributes"] = {}, blocks: readonly Block[] = []): Block => ({
  ...{ type, attributes, blocks },
});

const NAME = /^[A-Za-z_]\w*$/;

function named(path: string): string {
  if (path.split(".").every((one) => NAME.test(one))) return path;
  throw new Error(`Alloy: ${JSON.stringify(path)} is no name`);
}

/** Go's escapes, of which JSON's are some. */
const quoted = (text: string): string => JSON.stringify(text);

const isList = (value: object): value is readonly Value[] => Array.isArray(value);

function written(value: Value): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number" || typeof value === "boolean") return numberOrBoolean(value);
  if (isList(value)) return `[${value.map(written).join(", ")}]`;
  if ("map" in value) {
    const entries = Object.entries(value.map).map(([key, one]) => `${quoted(key)} = ${written(one)}`);
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  if ("reference" in value) return named(value.reference);
  if ("call" in value) return `${named(value.call)}(${value.with.map(written).join(", ")})`;
  return value.sum.map(written).join(" + ");
}

function numberOrBoolean(value: boolean | number): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new Error(`Alloy: ${value} cannot be written`);
  return String(value);
}

function lines({ type, label, attributes, blocks }: Block): string[] {
  const head = [named(type), ...(label === undefined ? [] : [quoted(named(label))])].join(" ");
  const inner = [
    ...Object.entries(attributes).map(([name, value]) => `${named(name)} = ${written(value)}`),
    ...blocks.flatMap(lines),
  ];
  return inner.length === 0 ? [`${head} { }`] : [`${head} {`, ...inner.map((line) => `  ${line}`), "}"];
}

/**
 * The file, with a line break at its end.
 *
 * @throws Error for a name that Alloy would not read, and for a number that cannot be written
 */
export const alloyFile = (blocks: readonly Block[]): string =>
  `${blocks.map((one) => lines(one).join("\n")).join("\n\n")}\n`;
