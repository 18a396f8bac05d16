import { NotAPlan } from "../../../constructs/plan/not-a-plan";
import { readPlan } from "../../../constructs/plan/read-plan";
import { changeJson, planJson } from "./plans";

const SECRET = "correct-horse-battery";

test.each([
  ["nothing", "", "is empty"],
  ["a plan file", "PK\u0003\u0004\u0014", "is a plan file as the engine keeps it"],
  ["another text", `Terraform will perform: ${SECRET}`, "is no JSON;"],
  ["a plan that is cut short", planJson([changeJson({ after: SECRET })]).slice(0, -40), "is no JSON, or cut short"],
  ["the log of a run", `{"@level":"info","x":"${SECRET}"}\n{"@level":"info"}`, "is the log of a run"],
  ["one line of it", '{"@level":"info"}', "is the log of a run"],
  ["a list", "[]", "is JSON, but no object"],
  ["a state", '{"format_version":"1.0","values":{}}', "is a state, and no plan"],
  ["a state file", '{"version":4,"serial":1}', "has no format_version"],
  ["an empty plan of nothing", '{"format_version":"1.2"}', "has nothing of a plan"],
  ["the next major format", planJson([], { format_version: "2.0" }), 'has format_version "2.0", and only 1.x is known'],
  ["changes that are no list", planJson([], { resource_changes: SECRET }), "resource_changes: is no list"],
  ["a change that is none", planJson([], { resource_changes: [SECRET] }), "resource_changes[0]: is no object"],
  ["a change without an address", planJson([{ change: {} }]), "resource_changes[0].address: is no text"],
  [
    "a change without actions",
    planJson([changeJson({ actions: [] })]),
    "resource_changes[0].change.actions: says nothing",
  ],
])("of %s it is said in one line what it is", (_, text, says) => {
  const read = (): unknown => readPlan(text);
  expect(read).toThrow(NotAPlan);
  expect(read).toThrow(says);
  try {
    read();
  } catch (error) {
    expect((error as Error).message).not.toContain("\n");
    expect((error as Error).message).not.toContain(SECRET);
  }
});

test("warnings that OpenTofu prints before the plan are passed over", () => {
  const warned = `\nWarning: Unable to open CLI configuration file\n\nThe file does not exist.\n${planJson([])}\n`;
  expect(readPlan(warned)).toEqual(readPlan(planJson([])));
  expect(() => readPlan(warned.slice(0, -9))).toThrow("is no JSON");
});

test("what a later minor version has beside it is passed over, and what nobody knows is told as that", () => {
  const later = { ...changeJson({ actions: ["invoke", "create"] }), action_invocations: [] };
  const { changes, engine } = readPlan(planJson([later], { format_version: "1.9", ephemeral: [] }));
  expect(engine).toBe("1.11.4");
  expect(changes).toEqual([expect.objectContaining({ kind: "other", actions: ["invoke", "create"] })]);
});

test.each([
  [["create"], "create"],
  [["read"], "read"],
  [["update"], "update"],
  [["delete"], "delete"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["forget"], "forget"],
  [["create", "forget"], "replace"],
])("%j is %s", (actions, kind) => {
  expect(readPlan(planJson([changeJson({ actions })])).changes).toEqual([expect.objectContaining({ kind, actions })]);
});
