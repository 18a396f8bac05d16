import type { Json } from "../../kubernetes/json";
import { quoted, yaml, yamlScalar } from "../../yaml/write";
import { asText } from "./access";
import {
  Block,
  type Document,
  Inline,
  isList,
  isNodeMap,
  Merged,
  type Node,
  type NodeMap,
  type Values,
  When,
} from "./template";

/*
 * Templates as text: as Helm reads them, or as Helm prints them for some values, by which the chart is tried without Helm.
 * Written here and not by a library for YAML: a template is none until Helm has been over it.
 */

const INDENT = "  ";

/** What stands where values go. */
interface Print {
  readonly inline: (inline: Inline) => string;
  readonly block: (block: Block, depth: number) => string[];
  readonly when: (when: Pick<When, "condition" | "holds" | "comment">, depth: number, lines: string[]) => string[];
  /** A literal that Helm reads before a reader of YAML does. */
  readonly literal: (text: string) => string;
}

export const escapeTemplate = (text: string): string => text.replaceAll("{{", '{{ "{{" }}');

const pad = (depth: number): string => INDENT.repeat(depth);

const TEMPLATE: Print = {
  inline: ({ expression }) => `{{ ${expression} }}`,
  block: ({ expression }, depth) => [`${pad(depth)}{{- ${expression} | nindent ${depth * INDENT.length} }}`],
  when: ({ condition, comment }, depth, lines) => [
    ...(comment === undefined ? [] : [`${pad(depth)}{{- /* ${comment} */}}`]),
    `${pad(depth)}{{- if ${condition} }}`,
    ...lines,
    `${pad(depth)}{{- end }}`,
  ],
  literal: escapeTemplate,
};

/** What Helm makes of a template, with the texts in the form that its functions print. */
const printed = (values: Values): Print => ({
  inline: ({ evaluate, prints }) => {
    const value = evaluate(values);
    if (typeof value === "number") return String(value);
    return prints === "quoted" ? quoted(asText(value)) : asText(value);
  },
  block: ({ evaluate, form }, depth) => {
    const value: Json | undefined = evaluate(values);
    const text = form === "text" ? asText(value) : yaml(value ?? null);
    return text.split("\n").map((line) => (line === "" ? line : pad(depth) + line));
  },
  when: ({ holds }, _, lines) => (holds(values) ? lines : []),
  literal: (text) => text,
});

/** The documents of one file, each after its own line of dashes. */
export function writeDocuments(application: string, documents: readonly Document[]): string {
  const rendered =
    "{{- /* Rendered from the model by `npm run render`; what is written here by hand is overwritten. */}}";
  const head = `{{- $values := include "${application}.values" . | fromJson }}`;
  return [rendered, head, ...documents.flatMap(writeDocument)].join("\n") + "\n";
}

const workloadText = (name: string): string =>
  /^[a-z]\w*$/.test(name) ? `$values.workloads.${name}` : `index $values.workloads "${name}"`;

function writeDocument({ workload, variables = [], comment, guard, node }: Document): string[] {
  const named = workload === undefined ? [] : [`{{- $workload := ${workloadText(workload)} }}`];
  const lines = [...named, ...variables, ...(guard === undefined ? [] : [`{{- if ${guard.condition} }}`])];
  return [
    ...(lines.length === 0 ? [] : ["", ...lines]),
    "---",
    ...(comment === undefined ? [] : [`{{- /* ${comment} */}}`]),
    ...write(node, 0, TEMPLATE),
    ...(guard === undefined ? [] : ["{{- end }}"]),
  ];
}

/** The text of one document as Helm prints it for these values; empty where its guard does not hold. */
export function printDocument({ guard, node }: Document, values: Values): string {
  if (guard?.holds(values) === false) return "";
  return `${write(node, 0, printed(values)).join("\n")}\n`;
}

const writeMap = (map: NodeMap, depth: number, print: Print): string[] =>
  Object.entries(map).flatMap(([key, value]) => writeEntry(print.literal(yamlScalar(key)), value, depth, print));

/** The lines of a map or a list at a depth. */
function write(node: Node, depth: number, print: Print): string[] {
  if (node instanceof Merged) return node.parts.flatMap((part) => write(part, depth, print));
  if (node instanceof Block) return print.block(node, depth);
  if (node instanceof When) return print.when(node, depth, write(node.node, depth, print));
  if (isList(node)) return node.flatMap((item) => writeItem(item, depth, print));
  if (isNodeMap(node)) return writeMap(node, depth, print);
  throw new RangeError("a scalar has no lines of its own");
}

function writeEntry(key: string, value: Node, depth: number, print: Print): string[] {
  if (value instanceof When) return print.when(value, depth, writeEntry(key, value.node, depth, print));
  const text = value instanceof Block && value.form === "text";
  if (text) return [`${pad(depth)}${key}: |`, ...print.block(value, depth + 1)];
  const inline = writeInline(value, print);
  if (inline !== undefined) return [`${pad(depth)}${key}: ${inline}`];
  return [`${pad(depth)}${key}:`, ...write(value, depth + 1, print)];
}

function writeItem(item: Node, depth: number, print: Print): string[] {
  if (item instanceof When) return print.when(item, depth, writeItem(item.node, depth, print));
  const inline = writeInline(item, print);
  if (inline !== undefined) return [`${pad(depth)}- ${inline}`];
  const [first, ...rest] = write(item, depth + 1, print);
  if (first === undefined || first.trimStart().startsWith("{{")) throw new RangeError("an item begins with a key");
  return [`${pad(depth)}- ${first.trimStart()}`, ...rest];
}

/** What fits on the line of its key. */
function writeInline(node: Node, print: Print): string | undefined {
  if (node instanceof Inline) return print.inline(node);
  if (node instanceof Block || node instanceof When || node instanceof Merged) return undefined;
  if (isList(node)) return node.length === 0 ? "[]" : undefined;
  if (isNodeMap(node)) return Object.keys(node).length === 0 ? "{}" : undefined;
  return print.literal(yamlScalar(node));
}
