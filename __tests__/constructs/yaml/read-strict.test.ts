import { isAmbiguous } from "../../../constructs/yaml/ambiguous";
import { readStrictYaml, type StrictYaml, type YamlMistake } from "../../../constructs/yaml/read-strict";
import { AMBIGUOUS } from "./forms";

/* The reader of small files that people decide by. Files that spoil it are in the corpus of requests. */

const read = (text: string): StrictYaml | { readonly mistakes: readonly YamlMistake[] } =>
  readStrictYaml(Buffer.from(text));

function sound(text: string): StrictYaml {
  const found = read(text);
  if ("mistakes" in found) throw new Error(JSON.stringify(found.mistakes));
  return found;
}

test("texts, numbers, booleans, days, lists and maps are what they look like", () => {
  const text = "a: one\nb: 2\nc: true\nd: 2027-01-31\ne: [x, 'no', \"1e9\"]\nf: { g: -1.5 }\nh: >-\n  i\n  j\nk:\n";
  expect(sound(text).value).toEqual({
    ...{ a: "one", b: 2, c: true, d: "2027-01-31", e: ["x", "no", "1e9"], f: { g: -1.5 }, h: "i j", k: null },
  });
});

test("each value has its line, and what is not there that of what is around it", () => {
  const { lineOf } = sound("# first\na:\n  b: 1\n  c:\n    - x\n    - z: 2\n");
  expect(
    [["a"], ["a", "b"], ["a", "c"], ["a", "c", 0], ["a", "c", 1, "z"], ["a", "no"], ["a", "c", 9], ["no"], []].map(
      lineOf,
    ),
  ).toEqual([2, 3, 4, 5, 6, 2, 4, 2, 2]);
});

const PLAIN = /^(?:true|false|null|Null|NULL|~|)$|^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$|^\d{4}-\d{2}-\d{2}$/;

test.each(AMBIGUOUS.filter((word) => isAmbiguous(word) && !PLAIN.test(word) && word.trim() === word))(
  "%j without quotes is not read",
  (word) => {
    expect(read(`a: ${word}\n`)).toHaveProperty("mistakes");
    expect(sound(`a: ${JSON.stringify(word)}\n`).value).toEqual({ a: word });
  },
);

test("what JavaScript gives a meaning is a key like others, and changes no other object", () => {
  const { value } = sound("__proto__: { polluted: true }\nconstructor: 1\n");
  expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("of many mistakes ten are told", () => {
  const found = read(Array.from({ length: 50 }, (_, index) => `k${index}: no`).join("\n"));
  expect("mistakes" in found && found.mistakes.length).toBe(10);
});
