import type { Problem } from "../model/problem";
import { isFields } from "../plan/object";
import { fieldsOf } from "../plan/stack-blocks";
import { typedBlocks } from "./blocks";
import type { SynthesizedStack } from "./exported-stack";

/** A text that is a path from the folder of the stack, as cdktf writes those of assets. */
const BESIDE = /^(?:\.\/)?(assets\/.+|__cdktf_.+)$/;
/** A text that is a path out of it. */
const ABOVE = /^(?:\.\/)*\.\.\//;

const problem = (stack: string, address: string, got: string, why: string): Problem => ({
  path: ["stacks", stack, address],
  got,
  why,
  fix: "give it as an asset, which is copied beside the stack",
});

/**
 * Paths in a stack that lead to what is not in its folder: charts, sources of modules, and whatever else is a path and nothing
 * else. Objects of Kubernetes and values of charts are what they say, and read by nobody here.
 */
export function outside({ name, written, beside }: SynthesizedStack): Problem[] {
  const files = Object.keys(beside);
  const problems = (address: string, texts: readonly string[]): Problem[] =>
    texts.flatMap((text) => {
      if (ABOVE.test(text)) return [problem(name, address, text, "leads out of the folder of its stack")];
      const [, asset] = BESIDE.exec(text) ?? [];
      const there = asset === undefined || files.some((file) => file === asset || file.startsWith(`${asset}/`));
      return there ? [] : [problem(name, address, text, "is not beside its stack")];
    });
  const modules = Object.entries(fieldsOf(written.module)).map(([id, block]): [string, readonly string[]] => [
    `module.${id}`,
    textsOf(fieldsOf(block).source),
  ]);
  const blocks = typedBlocks(written).map(({ address, type, value }): [string, readonly string[]] => {
    if (type.startsWith("kubernetes_")) return [address, []];
    return [address, textsOf(type === "helm_release" ? value.chart : value)];
  });
  return [...modules, ...blocks].flatMap(([address, texts]) => problems(address, texts));
}

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  return isFields(value) ? Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : textsOf(inner))) : [];
}
