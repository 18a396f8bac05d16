import { loadEnvironments } from "../../../constructs/model/load";
import { InvalidInput } from "../../../constructs/model/problem";
import { askedOf } from "../../../constructs/requests/asked";
import { decide } from "../../../constructs/requests/decide";
import { type Clause, policy, type PolicySpec } from "../../../constructs/requests/policy";
import type { Request } from "../../../constructs/requests/request";
import { environments, POLICY, SPEC, TODAY } from "./support/world";

/* What a policy decides by, and that it always decides. */

const REQUEST: Request = {
  request: "bucket",
  name: "receipts",
  application: "my-app",
  usedBy: ["backend"],
  data: "internal",
  reason: "Receipts",
  requestedBy: "ada",
};

const asked = askedOf(REQUEST, loadEnvironments(environments), TODAY);
const place = { placeOf: () => "requests/receipts.yaml:1" };
const deciding = (...clauses: readonly Clause[]) => decide(place, asked, { ...SPEC, clauses });
const finding = (id: string, judge: Clause["judge"]): Clause => ({ id, text: `${id} says so.`, judge });
const allows = finding("allows", () => [{ is: "allowed" }]);

test("what no clause says anything of is refused", () => {
  const { is, clauses } = deciding(finding("silent", () => []));
  expect({ is, ids: clauses.map(({ id }) => id) }).toEqual({ is: "refused", ids: ["nothing-permits-it"] });
});

test("what was to end before today is refused under every policy, and not on its last day", () => {
  const until = (day: string) => {
    const temporary = askedOf({ ...REQUEST, until: day }, loadEnvironments(environments), TODAY);
    return decide(place, temporary, { ...SPEC, clauses: [allows] });
  };
  const before = new Date(Date.parse(TODAY) - 86_400_000).toISOString().slice(0, 10);
  expect(until(TODAY).is).toBe("allowed");
  expect(until(before)).toMatchObject({
    is: "refused",
    clauses: [{ id: "allows" }, { id: "last-day", field: "until", why: `${before} is past` }],
  });
});

test("one refusal counts before all others, and nobody is asked to agree then", () => {
  const asks = finding("asks", () => [{ is: "approval", of: "security", why: "it is new" }]);
  const refuses = finding("refuses", () => [{ is: "refused", why: "no", fix: "leave it" }]);
  expect(deciding(allows, asks).is).toBe("approval");
  expect(deciding(allows, asks).approvers).toEqual(["security"]);
  expect(deciding(allows, asks, refuses)).toMatchObject({ is: "refused", approvers: [] });
});

test("approvers are named once, the owner by the team's name, in the order of the clauses", () => {
  const ask = (id: string, of: string): Clause => finding(id, () => [{ is: "approval", of, why: "so" }]);
  expect(deciding(ask("a", "security"), ask("b", "owner"), ask("c", "security")).approvers).toEqual([
    "security",
    "team-my-app",
  ]);
});

test.each<[string, Clause["judge"]]>([
  [
    "throws",
    () => {
      throw new Error("no such field");
    },
  ],
  ["answers nothing", () => undefined as never],
  ["answers in another form", () => [{ is: "maybe" }] as never],
  ["answers with a refusal without words", () => [{ is: "refused" }] as never],
  ["asks nobody to agree", () => [{ is: "approval", of: " ", why: "so" }]],
  ["answers with a path of something else", () => [{ is: "refused", why: "a", fix: "b", path: [{}] }] as never],
])("a clause that %s refuses, by its name", (_what, judge) => {
  expect(deciding(allows, finding("broken", judge))).toMatchObject({
    is: "refused",
    clauses: [{ id: "allows" }, { id: "broken", is: "refused", why: "the clause itself failed" }],
  });
});

test("what is counted is told as it is left", () => {
  expect(decide(place, asked, POLICY).left).toEqual(["5 of 10 databases", "5 of 10 caches", "5 of 10 buckets"]);
});

test("a team that has more than its quota is refused with the numbers", () => {
  const quota = SPEC.clauses.find(({ id }) => id === "quota");
  const used = { ...asked.used, buckets: 11 };
  expect(quota?.judge({ ...asked, used })).toEqual([
    expect.objectContaining({ is: "refused", why: "team-my-app would have 11 buckets, and may have 10" }),
  ]);
});

test("usage is of all applications of the team, in all environments", () => {
  expect(asked.used).toMatchObject({ databases: 5, caches: 5, queues: 5, buckets: 5, environments: 5 });
  expect(asked.used.servers).toBeGreaterThan(10);
  expect(asked.used.storageGib).toBeGreaterThan(400);
});

test("the same question has the same answer", () => {
  expect(decide(place, asked, POLICY)).toEqual(decide(place, asked, POLICY));
  expect(asked.environments.map(({ name }) => name)).toEqual([
    "aks-staging",
    "gke-staging",
    "local",
    "production",
    "staging",
  ]);
});

describe("a policy of another form is refused with each mistake", () => {
  const report = (spec: object): string => {
    try {
      policy(spec as PolicySpec);
      return "";
    } catch (error) {
      return error instanceof InvalidInput ? error.report : String(error);
    }
  };

  test.each<[string, object]>([
    ["policy.data: got []; use at least 1 entry", { ...SPEC, data: [] }],
    [
      'policy.clauses: got "allows", is there already; give it an id of its own',
      { ...SPEC, clauses: [allows, allows] },
    ],
    [
      'policy.clauses: got "nothing-permits-it", is there already; give it an id of its own',
      { ...SPEC, clauses: [{ ...allows, id: "nothing-permits-it" }] },
    ],
    ["policy.clauses[0].judge: give a function", { ...SPEC, clauses: [{ id: "a", text: "b" }] }],
    [
      "policy.sizes.small.database.placement: unknown field",
      { ...SPEC, sizes: { small: { database: { placement: "external" } } } },
    ],
    ['policy.sizes["X L"]: use lower-case letters', { ...SPEC, sizes: { "X L": {} } }],
  ])("%s", (said, spec) => {
    expect(report(spec)).toContain(said);
  });

  test("that is sound is given back as it is", () => {
    expect(policy(SPEC)).toBe(SPEC);
  });
});
