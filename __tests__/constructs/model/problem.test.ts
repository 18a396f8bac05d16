import { didYouMean, oneOf } from "../../../constructs/model/problem";

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `name-${index}`);

test.each([
  [0, "none"],
  [1, '"name-0"'],
  [3, '"name-0", "name-1" or "name-2"'],
])("a list of %d is said as a whole", (count, said) => {
  expect(oneOf(names(count))).toBe(said);
});

test("of very many names the first are listed, and how many more there are", () => {
  expect(oneOf(names(50))).toContain(' or "name-49"');
  expect(oneOf(names(51))).toContain(', "name-49" or one of 1 more');
  expect(oneOf(names(10_000)).length).toBeLessThan(1000);
});

test.each([
  ["backand", ["frontend", "backend"], "backend"],
  ["abc", ["abd", "abe"], "abd"],
  ["workr", ["work", "worker"], "work"],
  ["x", ["yyyy"], undefined],
  ["nothing-like-it", ["backend"], undefined],
  ["a".repeat(101), ["a".repeat(100)], undefined],
])("%s among %j means %s", (given, known, meant) => {
  expect(didYouMean(given, known)).toBe(meant === undefined ? "" : ` (did you mean "${meant}"?)`);
});
