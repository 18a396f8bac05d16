import { loadEnvironments } from "../../../constructs/model/load";
import { team, type TeamSpec } from "../../../constructs/model/team";
import { http } from "../../../constructs/model/workload";
import { draft, type Draft, problemsOf } from "../../support/input";

const SHOP: TeamSpec = {
  name: "team-shop",
  title: "Shop",
  members: [{ name: "ada", title: "Ada L.", email: "ada@example.com", github: "ada" }],
  codeowners: ["@acme/shop"],
  chat: "https://acme.slack.com/archives/C1",
};

const load = (change: (input: Draft) => void) => {
  const input = draft();
  change(input);
  const [environment] = loadEnvironments([input.environment]);
  const [application] = environment?.applications ?? [];
  if (application === undefined) throw new Error("no application");
  return application;
};

const problems = (change: (input: Draft) => void): string[] => {
  const input = draft();
  change(input);
  return problemsOf(input.environment);
};

describe("a team", () => {
  test("is an owner, of which labels have the name", () => {
    const found = load(({ app }) => (app.owner = team(SHOP)));
    expect(found.owner).toBe("team-shop");
    expect(found.teams).toEqual([SHOP]);
  });

  test("that is a name alone is nothing more", () => {
    expect(load(() => undefined)).toMatchObject({ owner: "team-shop", teams: [] });
  });

  test("owns a workload, and the team above it is known too", () => {
    const search = team({ name: "team-search", parent: team({ name: "engineering", title: "Engineering" }) });
    const found = load(({ workload }) => (workload("web").owner = search));
    expect(found.workloads.map(({ name, owner }) => [name, owner])).toContainEqual(["web", "team-search"]);
    expect(found.teams).toEqual([
      { name: "engineering", title: "Engineering" },
      { name: "team-search", parent: "engineering" },
    ]);
  });

  test("may be named in one place and written in another", () => {
    const named = ({ app, workload }: Draft): void => {
      app.owner = team(SHOP);
      workload("web").owner = "team-shop";
    };
    expect(problems(named)).toEqual([]);
  });

  test("is the same one however its fields are ordered", () => {
    const { name, ...rest } = SHOP;
    const reordered = ({ app, workload }: Draft): void => {
      app.owner = team(SHOP);
      workload("web").owner = team({ ...rest, name });
    };
    expect(problems(reordered)).toEqual([]);
  });
});

const OWNER = "applications.shop.owner";

// prettier-ignore
const MISTAKES: readonly (readonly [what: string, breakIt: (input: Draft) => void, line: string])[] = [
  ["an object that is no team", ({ app }) => (app.owner = { name: "team-shop" } as never), `${OWNER}: got an object; use a name, or make it with team()`],
  ["a number", ({ app }) => (app.owner = 7 as never), `${OWNER}: got 7; use a string`],
  ["a team without a name", ({ app }) => (app.owner = team({} as never)), `${OWNER}.name: missing; give a string`],
  ["nothing in a team", ({ app }) => (app.owner = team(null as never)), `${OWNER}.name: missing; give a string`],
  ["a misspelt field", ({ app }) => (app.owner = team({ ...SHOP, codeowner: [] } as never)), `${OWNER}.codeowner: unknown field; remove it or correct its name (did you mean "codeowners"?)`],
  ["a title of two lines", ({ app }) => (app.owner = team({ ...SHOP, title: "a\nb" })), `${OWNER}.title: got "a\\nb"; use one line`],
  ["a member with capitals", ({ app }) => (app.owner = team({ ...SHOP, members: [{ name: "Ada" }] })), `${OWNER}.members[0].name: got "Ada"; use lower-case letters, digits, dots, hyphens and underscores, e.g. "ada.lovelace"`],
  ["a member twice", ({ app }) => (app.owner = team({ ...SHOP, members: [{ name: "ada" }, { name: "ada" }] })), `${OWNER}.members: got a list of 2; name each member once`],
  ["a mail address without a host", ({ app }) => (app.owner = team({ ...SHOP, email: "shop" })), `${OWNER}.email: got "shop"; use a mail address`],
  ["a login with @", ({ app }) => (app.owner = team({ ...SHOP, members: [{ name: "ada", github: "@ada" }] })), `${OWNER}.members[0].github: got "@ada"; use a login of GitHub without "@", e.g. "ada"`],
  ["a code owner with a space", ({ app }) => (app.owner = team({ ...SHOP, codeowners: ["@acme/a @acme/b"] })), `${OWNER}.codeowners[0]: got "@acme/a @acme/b"; use a team, a login or a mail address, e.g. "@acme/team-my-app"`],
  ["a channel that is a script", ({ app }) => (app.owner = team({ ...SHOP, chat: "javascript:alert(1)" })), `${OWNER}.chat: got "javascript:alert(1)"; use an address that begins with https://`],
  ["a team above that is wrong", ({ app }) => (app.owner = team({ ...SHOP, parent: team({ name: "All" }) })), `${OWNER}.parent.name: got "All"; use lower-case letters, digits and hyphens, a letter first and no hyphen last`],
  ["a team that is above itself by name", ({ app }) => (app.owner = team({ ...SHOP, parent: "team-shop" })), `${OWNER}.parent: team "team-shop" would be above itself; name the team that it is a part of, or leave it out`],
  ["an owner of a workload", ({ workload }) => (workload("web").owner = "The Team"), 'applications.shop.workloads.web.owner: got "The Team"; use lower-case letters, digits and hyphens, a letter first and no hyphen last'],
  ["two teams of one name", ({ app, workload }) => { app.owner = team(SHOP); workload("web").owner = team({ ...SHOP, title: "Other" }); }, 'applications.shop.workloads.web.owner: team "team-shop" is another one at applications.shop.owner; write it once and give it to both, or rename one of the two'],
  ["two people of one name", ({ app, workload }) => { app.owner = team(SHOP); workload("web").owner = team({ name: "team-web", members: [{ name: "ada" }] }); }, 'applications.shop.workloads.web.owner.members[0]: "ada" is somebody else at applications.shop.owner.members[0]; say the same of a person in each team'],
  ["a domain with capitals", ({ app }) => (app.domain = "Sales"), 'applications.shop.domain: got "Sales"; use lower-case letters, digits and hyphens, a letter first and no hyphen last'],
  ["a description of nothing", ({ app }) => (app.description = " "), 'applications.shop.description: got ""; use at least 1 character'],
];

test.each(MISTAKES)("%s is refused", (_, breakIt, line) => {
  expect(problems(breakIt)).toEqual([line]);
});

test("a team that holds itself, or a key of JavaScript's own, is a problem and no crash", () => {
  const round: Record<string, unknown> = { kind: "team", name: "round" };
  round.parent = round;
  const [first] = problems(({ app }) => (app.owner = round as never));
  expect(first).toMatch(
    /^applications\.shop\.owner(?:\.parent){11}: 10 teams are above one another already; leave it out$/,
  );
  const hostile = JSON.parse('{"kind":"team","name":"x","__proto__":{"title":"y"}}') as never;
  expect(problems(({ app }) => (app.owner = hostile))).toContain(
    "applications.shop.owner.__proto__: JavaScript gives this key a meaning of its own; rename it",
  );
});

test("everything wrong with a team is said at once", () => {
  const wrong = team({ name: "Shop", email: "x", chat: "y", members: [{ name: "A" }], codeowners: ["b"] });
  expect(problems(({ app }) => (app.owner = wrong))).toHaveLength(5);
});

test("a workload is described, and so is the application", () => {
  const found = load(({ app }) =>
    Object.assign(app, {
      description: "Sells.",
      domain: "sales",
      workloads: { ...app.workloads, more: http({ image: "registry.example.com/more:v1", description: "More." }) },
    }),
  );
  expect(found).toMatchObject({ description: "Sells.", domain: "sales" });
  expect(found.workloads.find(({ name }) => name === "more")).toMatchObject({ description: "More.", owner: undefined });
});
