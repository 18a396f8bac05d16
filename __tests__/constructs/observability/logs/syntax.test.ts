import { DROPPED } from "../../../../constructs/observability/local/spans";
import { dockerPipeline } from "../../../../constructs/observability/logs/docker";
import { pipeline } from "../../../../constructs/observability/logs/pipeline";
import { alloyFile, component, part } from "../../../../constructs/observability/logs/syntax";
import { pipeline as spanPipeline } from "../../../../constructs/observability/traces/pipeline";
import { parseAlloy } from "../../../support/alloy";

/* Alloy itself is not here: what is written is read again by a parser of the suite's own. */

test.each(["api", "files"] as const)("the file for lines from %s says what was meant", (from) => {
  const meant = pipeline(from, "production");
  expect(parseAlloy(alloyFile(meant))).toEqual(meant);
});

test("so do the files of one machine", () => {
  const places = { containers: "/containers", namespace: "my-app-local", tenant: "local", loki: "http://loki:3100" };
  const [lines, spans] = [
    dockerPipeline(places),
    spanPipeline({ tempo: "tempo:4317", knowsPods: false, dropped: DROPPED }),
  ];
  expect(parseAlloy(alloyFile(lines))).toEqual(lines);
  expect(parseAlloy(alloyFile(spans))).toEqual(spans);
  // Every component that another one names is in the file.
  for (const file of [lines, spans]) {
    const named = [...JSON.stringify(file).matchAll(/"reference":"([\w.]+)\.(?:receiver|input|targets|output)"/g)];
    const components = file.flatMap(({ type, label }) => (label === undefined ? [] : [`${type}.${label}`]));
    expect(named.length).toBeGreaterThan(3);
    expect(named.map(([, name]) => name).filter((name = "") => !components.includes(name))).toEqual([]);
  }
});

test("every kind of value comes back", () => {
  const odd = ['"', "\\", "\n\t", "{{ .Value }}", "${HOME}", "…", "// no remark", "#"];
  const meant = [
    component("some.kind", "one", { text: odd.join(""), list: [1, -2, 0.5, true, false, [], [{ map: {} }]] }, [
      part("empty"),
      part("inner.most", { map: { map: { "a key": odd, plain: { reference: "a.b.c" } } } }),
    ]),
    part("another", { sum: { sum: ["a", { call: "sys.env", with: ["B", { reference: "c" }] }, "d"] } }),
  ];
  expect(parseAlloy(alloyFile(meant))).toEqual(meant);
});

test.each(["a-b", "", "1a", "a..b", "a b"])("a name that Alloy would not read is refused: %j", (name) => {
  expect(() => alloyFile([part(name)])).toThrow("is no name");
  expect(() => alloyFile([component("a", name, {})])).toThrow("is no name");
  expect(() => alloyFile([part("a", { b: { reference: name } })])).toThrow("is no name");
});

test("a number that is none is refused", () => {
  expect(() => alloyFile([part("a", { b: Number.NaN })])).toThrow("cannot be written");
});

test.each([
  ["a {", 'line 1: a name before ""'],
  ["a { b = }", "line 1: a value"],
  ['a "b" "c" { }', 'line 1: { before "\\"c\\""'],
  ["a {\n b = 1\n b = 2\n}", 'line 3: b once before "="'],
  ["a { b = [1 2] }", 'line 1: , before "2"'],
  ["a { ; }", "line 1: cannot read"],
])("the parser finds what is wrong: %s", (text, said) => {
  expect(() => parseAlloy(text)).toThrow(said);
});
