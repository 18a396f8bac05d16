import { stringify } from "yaml";
import { Block, type Document, Inline, isList, isNodeMap, Merged, type Node, type NodeMap, When } from "./template";

/*
 * Templates as text. Written here and not by a library for YAML: a template is none until Helm has been over it.
 */

const INDENT = "  ";

/** The documents of one file, each after its own line of dashes. */
export function writeDocuments(application: string, documents: readonly Document[]): string {
  const rendered =
    "{{- /* Rendered from the model by `npm run render`; what is written here by hand is overwritten. */}}";
  const head = `{{- $values := include "${application}.values" . | fromYaml }}`;
  return [rendered, head, ...documents.flatMap(writeDocument)].join("\n") + "\n";
}

function writeDocument({ workload, variables = [], comment, guard, node }: Document): string[] {
  const named = workload === undefined ? [] : [`{{- $workload := ${workloadText(workload)} }}`];
  const lines = [...named, ...variables, ...(guard === undefined ? [] : [`{{- if ${guard.condition} }}`])];
  return [
    ...(lines.length === 0 ? [] : ["", ...lines]),
    "---",
    ...(comment === undefined ? [] : [`{{- /* ${comment} */}}`]),
    ...write(node, 0),
    ...(guard === undefined ? [] : ["{{- end }}"]),
  ];
}

const workloadText = (name: string): string =>
  /^[a-z]\w*$/.test(name) ? `$values.workloads.${name}` : `index $values.workloads "${name}"`;

const pad = (depth: number): string => INDENT.repeat(depth);

/** The lines of a map or a list at a depth. */
function write(node: Node, depth: number): string[] {
  if (node instanceof Merged) return node.parts.flatMap((part) => writePart(part, depth));
  if (node instanceof Block) return [`${pad(depth)}{{- ${node.expression} | nindent ${depth * INDENT.length} }}`];
  if (node instanceof When) return guarded(node, depth, write(node.node, depth));
  if (isList(node)) return node.flatMap((item) => writeItem(item, depth));
  if (isNodeMap(node)) return writeMap(node, depth);
  throw new RangeError("a scalar has no lines of its own");
}

const writePart = (part: NodeMap | Block | When, depth: number): string[] => write(part, depth);

const writeMap = (map: NodeMap, depth: number): string[] =>
  Object.entries(map).flatMap(([key, value]) => writeEntry(scalar(key), value, depth));

function writeEntry(key: string, value: Node, depth: number): string[] {
  if (value instanceof When) return guarded(value, depth, writeEntry(key, value.node, depth));
  if (value instanceof Block && value.form === "text") return [`${pad(depth)}${key}: |`, ...write(value, depth + 1)];
  const inline = writeInline(value);
  if (inline !== undefined) return [`${pad(depth)}${key}: ${inline}`];
  return [`${pad(depth)}${key}:`, ...write(value, depth + 1)];
}

function writeItem(item: Node, depth: number): string[] {
  if (item instanceof When) return guarded(item, depth, writeItem(item.node, depth));
  const inline = writeInline(item);
  if (inline !== undefined) return [`${pad(depth)}- ${inline}`];
  const [first, ...rest] = write(item, depth + 1);
  if (first === undefined || first.trimStart().startsWith("{{")) throw new RangeError("an item begins with a key");
  return [`${pad(depth)}- ${first.trimStart()}`, ...rest];
}

/** What fits on the line of its key. */
function writeInline(node: Node): string | undefined {
  if (node instanceof Inline) return `{{ ${node.expression} }}`;
  if (node instanceof Block || node instanceof When || node instanceof Merged) return undefined;
  if (isList(node)) return node.length === 0 ? "[]" : undefined;
  if (isNodeMap(node)) return Object.keys(node).length === 0 ? "{}" : undefined;
  return scalar(node);
}

function guarded({ condition, comment }: When, depth: number, lines: readonly string[]): string[] {
  const why = comment === undefined ? [] : [`${pad(depth)}{{- /* ${comment} */}}`];
  return [...why, `${pad(depth)}{{- if ${condition} }}`, ...lines, `${pad(depth)}{{- end }}`];
}

/** On one line, whatever is in it, and nothing of it for Helm to read. */
function scalar(value: string | number | boolean | null): string {
  const text = stringify(value, { lineWidth: 0, blockQuote: false }).trimEnd();
  return escapeTemplate(text.includes("\n") ? JSON.stringify(value) : text);
}

export const escapeTemplate = (text: string): string => text.replaceAll("{{", '{{ "{{" }}');
