import { newTrace } from "../src/trace";

test("a trace has the form of the header, and never identifiers of zeros", () => {
  const { id, header } = newTrace();
  expect(header).toMatch(new RegExp(`^00-${id}-[0-9a-f]{16}-01$`));
  expect(newTrace(() => 0)).toEqual({
    id: `${"0".repeat(31)}1`,
    header: `00-${"0".repeat(31)}1-${"0".repeat(15)}1-01`,
  });
  expect(newTrace(() => 0.999).id).toBe("f".repeat(32));
});
