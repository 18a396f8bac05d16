import { InvalidInput } from "../../../constructs/model/problem";
import type { Archive } from "../../../constructs/templates/archive";
import { inputsOf, LONGEST, REFUSED } from "../../../constructs/templates/inputs";

const ARCHIVE: Archive = {
  ...{ format: 1, template: "node-api", version: 1, title: "", description: "", files: [] },
  options: { database: { description: "", choices: ["mysql", "none"], default: "mysql" } },
};

const refused = (given: Partial<Parameters<typeof inputsOf>[1]>): readonly string[] => {
  try {
    inputsOf(ARCHIVE, { name: "orders", package: "^1.0.0", choices: {}, ...given });
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ path }) => path.join("."));
    throw error;
  }
};

test("what is left out is the template's, and the owner is called as the service", () => {
  expect(inputsOf(ARCHIVE, { name: "order-box", package: "^1.0.0", choices: {} })).toEqual({
    values: { name: "order-box", identifier: "order_box", owner: "order-box", package: "^1.0.0" },
    choices: { database: "mysql" },
  });
});

test.each([
  ...["", "A", "a_b", "-a", "a-", "a--b", "1a", "a b", "a/b", "..", "a\n", "$a", "${a}", "__proto__", "constructor"],
  ...["x".repeat(LONGEST + 1), "true", "null", "no", "y", "e1", "e-2", "staging", "outputs", "goldenpath", "mysql2"],
  ...["vendor", "kube-system", "kube-a"],
])("%j is no name of a service", (name) => {
  expect(refused({ name })).toEqual(["arguments.name"]);
});

test.each(["a", "yes-man", "e1a", "staging-2", "vendors", "kube", "x".repeat(LONGEST), "truely"])(
  "%j is one",
  (name) => {
    expect(refused({ name })).toEqual([]);
    expect(new RegExp(REFUSED).test(name)).toBe(false);
  },
);

test.each(["", "a b", '"', "${x}", "^1;", "file:a b", "\n", "x".repeat(401)])("%j is no package of npm", (wanted) => {
  expect(refused({ package: wanted })).toEqual(["arguments.package"]);
});

test("everything that is wrong is said at once, with what to do", () => {
  const choices = { database: "mongo", colour: "red" };
  expect(refused({ name: "A", owner: "B", package: " ", choices })).toEqual(
    ["name", "owner", "package", "colour", "database"].map((field) => `arguments.${field}`),
  );
  expect(() => inputsOf(ARCHIVE, { name: "a", package: "1", choices: { database: "mysq" } })).toThrow(
    'arguments.database: got "mysq"; use "mysql" or "none" (did you mean "mysql"?)',
  );
});
