import { readFileSync } from "node:fs";
import { GENERATED, withGenerated } from "../../scripts/docs/documents";

test.each(GENERATED.map((part) => [part.file, part.mark, part] as const))(
  "%s has its %s as the program's data is today: `npm run docs` writes it",
  (file, _mark, part) => {
    const text = readFileSync(file, "utf8");
    expect(text).toBe(withGenerated(text, part));
  },
);

test("a document whose mark was lost is an error, not a document without its table", () => {
  const part = { file: "x.md", mark: "table", content: () => "new" };
  expect(withGenerated("a\n<!-- table -->\nold\n<!-- /table -->\nb", part)).toBe(
    "a\n<!-- table -->\nnew\n<!-- /table -->\nb",
  );
  expect(() => withGenerated("a\n<!-- table -->\nold", part)).toThrow('x.md: no place marked "table"');
});
