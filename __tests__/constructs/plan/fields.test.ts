import { inspect } from "node:util";
import { formatFieldPath } from "../../../constructs/plan/field-path";
import { fieldChanges } from "../../../constructs/plan/fields";
import { readPlan } from "../../../constructs/plan/read-plan";
import { SENSITIVE, UNKNOWN } from "../../../constructs/plan/shown";
import { changeJson, planJson } from "./plans";

type Change = Parameters<typeof changeJson>[0];

/** Differences of an update, by path. */
function differing(change: Change): Record<string, unknown> {
  const [read] = readPlan(planJson([changeJson(change)])).changes;
  if (read === undefined) throw new Error("no change");
  return Object.fromEntries<unknown>(
    fieldChanges(read).map(({ path, before, after, order }) =>
      order === undefined ? [formatFieldPath(path), [before, after]] : [`${formatFieldPath(path)} order`, order],
    ),
  );
}

test("each argument that differs is told once, at the smallest part that differs", () => {
  const before = {
    class: "db.t4g.micro",
    disk: [{ size: 20, kind: "gp3" }],
    tags: { app: "a", "b.c": "d" },
    same: [1],
  };
  const after = { class: "db.t4g.small", disk: [{ size: 40, kind: "gp3" }], tags: { app: "a", new: "e" }, same: [1] };
  expect(differing({ before, after })).toEqual({
    class: ["db.t4g.micro", "db.t4g.small"],
    "disk[0].size": [20, 40],
    "tags.new": [undefined, "e"],
    'tags["b.c"]': ["d", undefined],
  });
});

test("null is nothing, and what is empty is something: to some providers an empty selector is every namespace", () => {
  expect(differing({ before: { a: null, b: null }, after: { a: null } })).toEqual({});
  for (const empty of ["", [], {}]) {
    expect(differing({ before: { a: null, b: empty }, after: { a: empty, b: null } })).toEqual({
      a: [null, empty],
      b: [empty, null],
    });
  }
});

test("a key of a map that comes with an empty text is there after, and was not before", () => {
  expect(differing({ before: { data: {} }, after: { data: { DEBUG: "" } } })).toEqual({
    "data.DEBUG": [undefined, ""],
  });
});

test("0 and false are something", () => {
  expect(differing({ before: { a: null, b: null }, after: { a: 0, b: false } })).toEqual({
    a: [null, 0],
    b: [null, false],
  });
});

describe("members of a list", () => {
  const list = (...ports: number[]): object => ({ rule: ports.map((port) => ({ port, from: "10.0.0.0/8" })) });

  test("that are new or gone do not change those behind them", () => {
    expect(differing({ before: list(1, 2, 3), after: list(0, 1, 2, 3) })).toEqual({
      "rule[0]": [undefined, { port: 0, from: "10.0.0.0/8" }],
      "rule order": [null, 0, 1, 2],
    });
    expect(differing({ before: list(1, 2, 3), after: list(2, 3) })).toEqual({
      "rule[was 0]": [{ port: 1, from: "10.0.0.0/8" }, undefined],
      "rule order": [1, 2],
    });
  });

  test("that have names are told by them, wherever they are", () => {
    const env = (values: Readonly<Record<string, string>>): object => ({
      env: Object.entries(values).map(([name, value]) => ({ name, value })),
    });
    expect(differing({ before: env({ A: "1", B: "2" }), after: env({ C: "3", B: "4", A: "1" }) })).toEqual({
      "env[B].value": ["2", "4"],
      "env[C]": [undefined, { name: "C", value: "3" }],
      "env order": [null, 1, 0],
    });
  });

  test("of which two have one name are told by their places", () => {
    const before = {
      env: [
        { name: "A", value: "1" },
        { name: "A", value: "2" },
      ],
    };
    const after = {
      env: [
        { name: "A", value: "3" },
        { name: "A", value: "2" },
      ],
    };
    expect(differing({ before, after })).toEqual({ "env[0].value": ["1", "3"] });
  });

  test("that are only in another order are told as that: of arguments of a command it matters", () => {
    expect(differing({ before: { args: ["-v", "run", "x"] }, after: { args: ["run", "x", "-v"] } })).toEqual({
      "args order": [1, 2, 0],
    });
  });

  test("that are equal, one more often than before, are told once", () => {
    expect(differing({ before: { a: ["x", "y"] }, after: { a: ["x", "x", "y"] } })).toEqual({
      "a[1]": [undefined, "x"],
      "a order": [0, null, 1],
    });
  });
});

test("no two places of a list have one path", () => {
  const before = { cidr: ["10.0.0.0/8", "10.1.0.0/16", "192.168.0.0/16"] };
  expect(differing({ before, after: { cidr: ["192.168.0.0/16", "0.0.0.0/0"] } })).toEqual({
    "cidr[1]": ["10.0.0.0/8", "0.0.0.0/0"],
    "cidr[was 1]": ["10.1.0.0/16", undefined],
    "cidr order": [2, 0],
  });
  const list = (...values: (readonly [string, number])[]): object => ({ l: values.map(([name, v]) => ({ name, v })) });
  expect(differing({ before: list(["0", 1], ["a]", 1]), after: list(["0", 2], ["a]", 2]) })).toEqual({
    'l[name "0"].v': [1, 2],
    'l[name "a]"].v': [1, 2],
  });
  expect(differing({ before: { "[a]": 1 }, after: { "[a]": 2 } })).toEqual({ '["[a]"]': [1, 2] });
});

test("a key that objects have of themselves is a key", () => {
  const after = JSON.parse('{"tags":{"constructor":"x","__proto__":"y"}}') as object;
  expect(differing({ before: { tags: {} }, after })).toEqual({
    "tags.constructor": [undefined, "x"],
    "tags.__proto__": [undefined, "y"],
  });
});

describe("what only the apply tells", () => {
  test("is stood for, where it was known before and where it was not", () => {
    expect(
      differing({ before: { id: "i-1", size: 1 }, after: { size: 1 }, after_unknown: { id: true, arn: true } }),
    ).toEqual({
      id: ["i-1", UNKNOWN],
      arn: [undefined, UNKNOWN],
    });
  });

  test("is stood for deep in a list, of which the rest is known", () => {
    expect(
      differing({
        before: { net: [{ ip: "10.0.0.1", name: "a" }] },
        after: { net: [{ name: "a" }] },
        after_unknown: { net: [{ ip: true }] },
      }),
    ).toEqual({ "net[a].ip": ["10.0.0.1", UNKNOWN] });
  });

  test("is stood for in a member that is the same apart from it, and in a map that was not there", () => {
    expect(
      differing({ before: { e: [{ k: "1" }] }, after: { e: [{ k: "1" }] }, after_unknown: { e: [{ pw: true }] } }),
    ).toEqual({ "e[0].pw": [undefined, UNKNOWN] });
    expect(differing({ before: { env: null }, after: { env: {} }, after_unknown: { env: { KEY: true } } })).toEqual({
      env: [null, { KEY: UNKNOWN }],
    });
  });

  test("is no difference where the mask says false", () => {
    expect(differing({ before: { a: 1 }, after: { a: 1 }, after_unknown: { a: false, b: {}, c: [] } })).toEqual({});
  });
});

describe("what is sensitive", () => {
  const SECRET = "correct-horse-battery";

  test.each([
    ["the whole value", { before_sensitive: true, after_sensitive: true }],
    ["an argument", { before_sensitive: { password: true }, after_sensitive: { password: true } }],
    ["an argument from now on", { before_sensitive: {}, after_sensitive: { password: true } }],
    ["an argument until now", { before_sensitive: { password: true }, after_sensitive: {} }],
    ["something, by a mask that is none", { before_sensitive: { password: "yes" }, after_sensitive: 1 }],
  ])("is never there: %s", (_, masks) => {
    const found = differing({ before: { password: SECRET, a: 1 }, after: { password: `${SECRET}2`, a: 1 }, ...masks });
    expect(Object.keys(found)).toHaveLength(1);
    expect(inspect(found, { depth: 20, showHidden: true }) + JSON.stringify(found)).not.toContain(SECRET);
  });

  test("is told to change, to come and to go, and not where it stays", () => {
    const masks = { before_sensitive: { a: true, b: true, c: true }, after_sensitive: { a: true, b: true, d: true } };
    expect(
      differing({ before: { a: "1", b: "1", c: "1" }, after: { a: "1", b: "2", c: null, d: "1" }, ...masks }),
    ).toEqual({ b: [SENSITIVE, SENSITIVE], c: [SENSITIVE, undefined], d: [undefined, SENSITIVE] });
  });

  test("is stood for inside of a value that is new", () => {
    expect(
      differing({
        before: { set: [] },
        after: { set: [{ name: "token", value: SECRET }] },
        after_sensitive: { set: [{ value: true }] },
      }),
    ).toEqual({ "set[token]": [undefined, { name: "token", value: SENSITIVE }] });
  });

  test("gives no name to a member, and is not compared with others", () => {
    const masks = { before_sensitive: { l: [{ key: true }] }, after_sensitive: { l: [{ key: true }] } };
    const found = differing({
      before: { l: [{ key: SECRET, v: 1 }] },
      after: { l: [{ key: SECRET, v: 2 }] },
      ...masks,
    });
    expect(found).toEqual({ "l[0].v": [1, 2] });
    const whole = { before_sensitive: { l: [true, true] }, after_sensitive: { l: [true, true] } };
    expect(differing({ before: { l: ["1", "2"] }, after: { l: ["2", "3"] }, ...whole })).toEqual({
      "l[0]": [SENSITIVE, SENSITIVE],
      "l[1]": [SENSITIVE, SENSITIVE],
    });
  });

  test("is told to change where a part of it is not known yet", () => {
    const masks = {
      before_sensitive: { data: true },
      after_sensitive: { data: true },
      after_unknown: { data: { b: true } },
    };
    expect(differing({ before: { data: { a: "1" } }, after: { data: { a: "1" } }, ...masks })).toEqual({
      data: [SENSITIVE, SENSITIVE],
    });
  });

  test("is stood for where only the apply tells it", () => {
    const masks = { before_sensitive: { a: true }, after_sensitive: { a: true }, after_unknown: { a: true } };
    expect(differing({ before: { a: SECRET }, after: {}, ...masks })).toEqual({ a: [SENSITIVE, UNKNOWN] });
  });
});

test("texts that are JSON are compared by what they say", () => {
  const policy = (...actions: string[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: "Read", Action: actions, Resource: "*" }] });
  expect(
    differing({
      before: { policy: policy("s3:GetObject") },
      after: { policy: policy("s3:GetObject", "s3:PutObject") },
    }),
  ).toEqual({ "policy.Statement[0].Action[1]": [undefined, "s3:PutObject"] });
  // In other letters, or with more than is compared, it is another text.
  for (const [was, is] of [
    ['{"a": 1}', '{ "a":1 }'],
    ['{"a":12345678901234567890}', '{"a":12345678901234567891}'],
    ["[".repeat(2000) + "]".repeat(2000), "[".repeat(2001) + "]".repeat(2001)],
  ]) {
    expect(differing({ before: { policy: was }, after: { policy: is } })).toEqual({ policy: [was, is] });
  }
  expect(differing({ before: { values: '{"a":{"x":1}}' }, after: { values: '{"a":{"x":1,"y":null}}' } })).toEqual({
    "values.a.y": [undefined, null],
  });
  expect(differing({ before: { a: "[]" }, after: { a: [] } })).toEqual({ a: ["[]", []] });
  expect(differing({ before: { policy: "{a}" }, after: { policy: "{b}" } })).toEqual({ policy: ["{a}", "{b}"] });
});

test("of what is created and deleted every argument is told", () => {
  expect(
    differing({ actions: ["create"], before: null, after: { a: 1, b: null }, after_unknown: { id: true } }),
  ).toEqual({
    a: [undefined, 1],
    id: [undefined, UNKNOWN],
  });
  expect(differing({ actions: ["delete"], before: { a: 1, b: null }, after: null })).toEqual({ a: [1, undefined] });
});

describe("what one side alone marks", () => {
  const SECRET = "hunter2-hunter2";
  const told = (change: Parameters<typeof fieldChanges>[0]): string => JSON.stringify(fieldChanges(change));
  const of = (before: unknown, after: unknown, more: object) => ({
    kind: "update" as const,
    actions: ["update"],
    ...{ before, after, unknown: {}, sensitiveBefore: {}, sensitiveAfter: {} },
    ...more,
  });

  test.each([
    [
      "a part that was read, of what only the apply tells",
      of({ v: { a: SECRET } }, {}, { unknown: { v: true }, sensitiveAfter: { v: { a: true } } }),
    ],
    ["a part of what gets another form", of({ v: { a: SECRET } }, { v: ["x"] }, { sensitiveAfter: { v: [true] } })],
    [
      "a member that goes",
      of(
        {
          v: [
            { name: "a", p: SECRET },
            { name: "b", p: "x" },
          ],
        },
        { v: [{ name: "b", p: "y" }] },
        { sensitiveAfter: { v: [{ p: true }] } },
      ),
    ],
    [
      "a name of a member",
      of({ v: [{ name: SECRET, p: 1 }] }, { v: [{ name: SECRET, p: 2 }] }, { sensitiveAfter: { v: [{ name: true }] } }),
    ],
    [
      "a part of a text",
      of({ v: `{"a":"${SECRET}"}` }, { v: `{"a":"${SECRET}!"}` }, { sensitiveAfter: { v: { a: true } } }),
    ],
  ])("%s is told by neither", (_, change) => {
    const text = told(change);
    expect(text).not.toContain(SECRET);
    expect(text).not.toBe("[]");
  });
});
