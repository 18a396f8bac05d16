import type { Json, JsonObject } from "../../kubernetes/json";

/*
 * A template of the chart as a tree: what is the same everywhere as it is, and expressions where values go. Each expression
 * knows its text for Helm and what it gives, so that a template can be tried on an environment's values without Helm.
 */

export type Node = string | number | boolean | null | readonly Node[] | NodeMap | Inline | Block | When | Merged;

export interface NodeMap {
  readonly [key: string]: Node;
}

/** Values of one environment as templates see them. */
export type Values = JsonObject;

type Evaluate = (values: Values) => Json | undefined;

/** `{{ expression }}` where a scalar goes. */
export class Inline {
  constructor(
    readonly expression: string,
    readonly evaluate: Evaluate,
    /** What Go prints of it: a text in quotes, or whatever it is, which must be safe without them. */
    readonly prints: "quoted" | "plain" = "plain",
  ) {}
}

/** `{{- expression | nindent N }}` where a map, a list or a text of several lines goes. */
export class Block {
  constructor(
    readonly expression: string,
    readonly evaluate: Evaluate,
    /** A text: after `|`. */
    readonly form: "yaml" | "text" = "yaml",
  ) {}
}

/** A key's value or an item of a list that is there under a condition only. */
export class When {
  constructor(
    readonly condition: string,
    readonly holds: (values: Values) => boolean,
    readonly node: Node,
    /** Why, for whoever reads the template. */
    readonly comment?: string,
  ) {}
}

/** A map in several parts. */
export class Merged {
  constructor(readonly parts: readonly (NodeMap | Block | When)[]) {}
}

export const isNodeMap = (node: Node): node is NodeMap =>
  typeof node === "object" &&
  node !== null &&
  !Array.isArray(node) &&
  !(node instanceof Inline || node instanceof Block || node instanceof When || node instanceof Merged);

export const isList = (node: Node): node is readonly Node[] => Array.isArray(node);

/** A document of a template file. */
export interface Document {
  readonly kind: string;
  readonly name: string;
  /** Name of the workload whose it is; the application's own without. */
  readonly workload?: string;
  /** Name of the group of the application's own objects that it is of. @default - it is one that this program makes */
  readonly group?: string;
  /** Lines between the workload's variable and the object. */
  readonly variables?: readonly string[];
  /** Why it is as it is, in front of it. */
  readonly comment?: string;
  readonly guard?: Pick<When, "condition" | "holds">;
  readonly node: Node;
}
