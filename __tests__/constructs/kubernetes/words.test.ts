import { literalWords } from "../../../constructs/kubernetes/words";
import { render, resolvedApplication, worker } from "../../support/resolved";
import { HOSTILE } from "../terraform/hostile";

/** By the rules of Kubernetes: `$$` is a dollar, `$(NAME)` a variable, any other dollar is one. */
const expanded = (word: string, variables: Readonly<Record<string, string>>): string =>
  word.replace(/\$\$|\$\(([^)]*)\)/g, (text, name: string | undefined) =>
    name === undefined ? "$" : (variables[name] ?? text),
  );

const WORDS = [...HOSTILE, "$(NAME)$$(NAME)", "$$$(NAME)", "a$$b$c$(", "$($(NAME))", "$$$$"];

test.each(WORDS.map((word) => [JSON.stringify(word), word] as const))("%s is the same word in a cluster", (_, word) => {
  const [escaped = ""] = literalWords([word]);
  expect(expanded(escaped, { NAME: "expanded" })).toBe(word);
});

test("a word without what Kubernetes reads stays as it is written", () => {
  expect(literalWords(["$HOME", "a$", "${x}", "$"])).toEqual(["$HOME", "a$", "${x}", "$"]);
});

test("commands, arguments and probes are all given so", () => {
  const words = ["$(NAME)"];
  const workload = worker({ command: words, args: words, healthCommand: words });
  const objects = JSON.stringify(render({ application: resolvedApplication({ workloads: [workload], routes: [] }) }));
  expect(objects.match(/"\$\$\(NAME\)"/g)).toHaveLength(3);
});
