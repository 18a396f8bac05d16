import { parse } from "yaml";
import { readAsHelm } from "../../../constructs/yaml/read";
import { quoted, yaml, yamlScalar } from "../../../constructs/yaml/write";
import { AMBIGUOUS, AWKWARD } from "./forms";

const TEXTS = [...AMBIGUOUS, ...AWKWARD];
const READERS = [readAsHelm, (text: string): unknown => parse(text)];

test.each(TEXTS.map((text) => [JSON.stringify(text).slice(0, 40), text] as const))(
  "%s is the same text as value, key and item, by either version of YAML",
  (_, text) => {
    const value = { before: text, list: [text, [text]], map: { [text]: text }, last: text };
    for (const read of READERS) {
      expect(read(yaml(value))).toEqual(value);
      expect(read(`a:\n  - ${yamlScalar(text)}\n  - x: ${quoted(text)}\n`)).toEqual({ a: [text, { x: text }] });
    }
  },
);

test("every form that a reader resolves is quoted", () => {
  for (const text of AMBIGUOUS.filter((one) => !/^(_1|inf|nan|infinity|0x1p-2)$/i.test(one))) {
    expect(yamlScalar(text)).toBe(quoted(text));
  }
});

test("what no reader resolves stays as people write it", () => {
  for (const text of ["512Mi", "250m", "v1.2.3", "10.0.0.0/16", "app_db", "25%", "*", "https://example.com"]) {
    expect(yamlScalar(text)).toBe(text === "*" ? '"*"' : text);
  }
  expect(yaml({ text: "a\nb\n" })).toBe("text: |\n  a\n  b\n");
});

test("numbers and booleans stay what they are", () => {
  expect(yaml({ a: 1, b: true, c: null, d: 1.5 })).toBe("a: 1\nb: true\nc: null\nd: 1.5\n");
});
