import type { SyntaxNode, Tree } from "@lezer/common";
import type { LRParser } from "@lezer/lr";
import { createRequire } from "node:module";

/* Expressions as Prometheus' own grammar reads them. */

// Its types say that it is an ES module alone, which it is not.
const { parser } = createRequire(__filename)("@prometheus-io/lezer-promql") as { readonly parser: LRParser };

export interface Selector {
  readonly metric: string;
  readonly labels: readonly string[];
}

export interface Expression {
  readonly text: string;
  /** Parts that the grammar does not know. */
  readonly errors: readonly string[];
  readonly selectors: readonly Selector[];
  /** Labels by which values are grouped or matched. */
  readonly grouping: readonly string[];
  /** Labels that the expression makes itself. */
  readonly made: readonly string[];
}

/** Places of a text, each with what stands there. */
export interface Place {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

const parse = (text: string): Tree => parser.parse(text);

export function places(text: string, ...names: readonly string[]): Place[] {
  const found: Place[] = [];
  parse(text).iterate({
    enter: ({ name, from, to }) => {
      if (names.includes(name)) found.push({ from, to, text: text.slice(from, to) });
    },
  });
  return found;
}

export function expression(text: string): Expression {
  const errors: string[] = [];
  const selectors: Selector[] = [];
  const grouping: string[] = [];
  const made: string[] = [];
  const textOf = ({ from, to }: Pick<SyntaxNode, "from" | "to">): string => text.slice(from, to);
  parse(text).iterate({
    enter: ({ node }) => {
      if (node.type.isError) errors.push(text.slice(node.from, node.from + 20));
      if (node.name === "VectorSelector") {
        const name = node.getChild("Identifier");
        const matchers = node.getChild("LabelMatchers");
        const labels = matchers?.getChildren("UnquotedLabelMatcher") ?? [];
        selectors.push({
          metric: name === null ? "" : textOf(name),
          labels: labels.flatMap((matcher) => {
            const label = matcher.getChild("LabelName");
            return label === null ? [] : [textOf(label)];
          }),
        });
      }
      if (node.name === "GroupingLabels") {
        grouping.push(...node.getChildren("LabelName").map((label) => textOf(label)));
      }
      if (node.name === "FunctionCall" && /^label_replace\b/.test(textOf(node))) {
        const strings: string[] = [];
        const body = node.getChild("FunctionCallBody");
        body?.cursor().iterate((child) => {
          if (child.name === "StringLiteral" && child.node.parent?.name === "FunctionCallBody")
            strings.push(textOf(child));
        });
        made.push((strings[0] ?? "").slice(1, -1));
      }
    },
  });
  return { text, errors, selectors, grouping, made };
}
