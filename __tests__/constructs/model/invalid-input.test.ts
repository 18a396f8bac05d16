import { inspect } from "node:util";
import { InvalidInput } from "../../../constructs/model/problem";

/* What a program that does not catch it prints: Node's own way of doing so. */
const printed = (error: unknown): string => inspect(error, { customInspect: false });

const problems = [
  { path: ["applications", "billing", "owner"], got: "Team", fix: "use lower-case letters" },
  { path: ["environments", "staging", "cloud", "password"], got: "hunter2", fix: "remove it" },
];

test("uncaught, it is its report: mistakes and where they are written, no stack and no value that may be secret", () => {
  const error = new InvalidInput(problems, new Map([["applications.billing", "main.ts:5:17"]]));
  const text = printed(error);
  expect(text.split("\n").slice(0, 3)).toEqual([
    "[InvalidInput: 2 problems",
    "",
    'applications.billing.owner: got "Team"; use lower-case letters',
  ]);
  expect(text).toContain("\n\napplications.billing is written at main.ts:5:17\n]");
  expect(text).not.toMatch(/\n\s+at |path:/);
  expect(Object.keys(error)).toEqual([]);
});

test("it is an error like others: named, tested for, and what it knows can be read", () => {
  const error = new InvalidInput(problems.slice(0, 1));
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe("InvalidInput");
  expect(error.problems).toHaveLength(1);
  expect(error.origins.size).toBe(0);
  expect(error.report).toBe(error.message);
  expect(printed(error)).toContain("[InvalidInput: 1 problem\n");
  // Tools that map places write it.
  error.stack = "mapped";
  expect(error.stack).toBe("mapped");
});
