import { textProblem, textProblems } from "../../../constructs/model/text";

test.each([
  ["\0", "U+0000"],
  ["\u0007", "U+0007"],
  ["\u001b[31m", "U+001B"],
  ["\u007f", "U+007F"],
  ["\u0085", "U+0085"],
  ["\ud800", "U+D800"],
  ["\udc00a", "U+DC00"],
  ["\ufeff", "U+FEFF"],
  ["\ufdd0", "U+FDD0"],
  ["\uffff", "U+FFFF"],
  ["\u{1fffe}", "U+1FFFE"],
  ["\u{10ffff}", "U+10FFFF"],
  ["\r", "U+000D"],
])("%j is refused wherever it stands, by its number", (character, number) => {
  expect(textProblem(`ab${character}`)).toEqual({
    why: `has the unprintable character ${number} at 3`,
    fix: "remove it",
  });
});

test("an accent apart from its letter is refused: Terraform composes it, Helm does not", () => {
  expect(textProblem("cafe\u0301")).toEqual({
    why: "has letters and accents as characters apart",
    fix: "compose them (Unicode NFC)",
  });
  expect(textProblem("café")).toBeUndefined();
});

test.each(["", "plain", "a\tb\nc\r\n", "日本", "😀", "👩‍👩‍👧", "עברית", "\u00a0", "\u2028", "${x}", "{{ x }}"])(
  "%j is a text",
  (text) => {
    expect(textProblem(text)).toBeUndefined();
  },
);

test("each is told with its path, keys too, and without the text: it may be a secret", () => {
  const circle: { self?: unknown; text: string } = { text: "sk_live_\0" };
  circle.self = circle;
  expect(textProblems({ a: ["x", "y\0"], "k\0": 1, circle, apart: "\0" }, ["base"], { apart: ["apart"] })).toEqual([
    { path: ["base", "a", 1], why: "has the unprintable character U+0000 at 2", fix: "remove it" },
    { path: ["base", "k\0"], why: "its name has the unprintable character U+0000 at 2", fix: "remove it" },
    { path: ["base", "circle", "text"], why: "has the unprintable character U+0000 at 9", fix: "remove it" },
  ]);
});

test.each(["${TfToken[TOKEN.0]}", "#{TfToken[x]}", "-1.8881545897087503e+289"])(
  "%s is refused where no text has a use for it",
  (text) => {
    expect(textProblems({ a: text }, [])).toEqual([
      {
        path: ["a"],
        why: "looks like a reference of cdktf",
        fix: "write it without TfToken[…] and without such a number",
      },
    ]);
    expect(textProblems({ a: text }, [], { references: true })).toEqual([]);
  },
);
