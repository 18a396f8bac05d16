import { readDocument } from "./markdown";
import { lost, stepsOf } from "./steps";

/* How a page is followed, and that it is found where what happens is not what stands there. */

const page = (...blocks: readonly string[]) => readDocument("planted.md", blocks.join("\n\n"));
const block = (info: string, text: string): string => `\`\`\`${info}\n${text}\n\`\`\``;

test("commands have the changes before them and what is shown below them", () => {
  const steps = stepsOf(
    page(block("sh", "a\nb"), block("text", "1"), block("diff", "x"), "Words.", block("diff", "y"), block("sh", "c")),
  );
  expect(steps).toEqual([
    { line: 2, commands: "a\nb\n", edits: [], shown: "1\n" },
    { line: 21, commands: "c\n", edits: ["x\n", "y\n"] },
  ]);
});

test.each([
  ["a block of another kind", [block("yaml", "a: 1")], 'planted.md:2: got "yaml"; '],
  ["what is shown of no command", [block("text", "1")], 'planted.md:2: got "text"; '],
  [
    "two that are shown of one",
    [block("sh", "a"), block("text", "1"), block("text", "2")],
    'planted.md:10: got "text"',
  ],
  ["a change that nothing follows", [block("sh", "a"), block("diff", "x")], "planted.md: ends with a change"],
])("%s is refused, and not passed over", (_, blocks, said) => {
  expect(() => stepsOf(page(...blocks))).toThrow(said);
});

test.each([
  ["a\nb\n", "a\nb\n"],
  ["a\n…\nc\n", "a\nb\nb\nc\n"],
  ["…\nc\n", "c\n"],
  ["a\n…\n", "a\n"],
  ["…\n", ""],
  ["", ""],
  ["open …/index.html\n", "open /tmp/x/index.html\n"],
  ["…\nb\nc\n", "b\nx\nb\nc\n"],
])("%j is what %j shows", (shown, output) => {
  expect(lost(shown, output)).toBeUndefined();
});

test.each([
  ["a line that is another", "a\nc\n", "a\nb\n", "c"],
  ["a line between two", "a\nb\n", "a\nx\nb\n", "b"],
  ["an order that is another", "…\nb\n…\na\n", "a\nb\n", "a"],
  ["a part of a line", "…\nwrote\n…\n", "wrote a\n", "wrote"],
  ["more than is shown", "a\n", "a\nb\n", "the end, and not: b"],
  ["something where nothing is shown", "", "a\n", "the end, and not: a"],
  ["nothing where something is shown", "a\n", "", "a"],
  ["a sign that means something in a form", "a.b (c)\n", "axb (c)\n", "a.b (c)"],
])("%s is found", (_, shown, output, missing) => {
  expect(lost(shown, output)).toBe(missing);
});
