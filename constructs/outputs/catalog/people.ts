import type { ResolvedTeam, TeamMember } from "../../model/team";
import type { CatalogApplication } from "./applications";
import { entity, type Listed, refOf, sorted } from "./entity";
import type { CatalogOptions } from "./options";

/* A group is a team, a user somebody in it. */

/** What is known of each team, by name: of the whole program, in which a team is the same everywhere. */
export const teamsOf = (applications: readonly CatalogApplication[]): ReadonlyMap<string, ResolvedTeam> =>
  new Map(applications.flatMap(({ model }) => model.teams.map((team) => [team.name, team])));

/** Every team that something refers to, and everybody in them. */
export function peopleOf(applications: readonly CatalogApplication[], options: CatalogOptions): readonly Listed[] {
  const { domains = {}, teams: from = "rendered" } = options;
  if (from === "elsewhere") return [];
  const teams = teamsOf(applications);
  const owners = applications.flatMap(({ model: { owner, workloads } }) => [
    owner,
    ...workloads.flatMap((workload) => workload.owner ?? []),
  ]);
  const parents = [...teams.values()].flatMap(({ parent }) => parent ?? []);
  const names = sorted([...owners, ...teams.keys(), ...parents, ...Object.values(domains).map(({ owner }) => owner)]);
  const all = (names ?? []).map((name): ResolvedTeam => teams.get(name) ?? { name });
  return [...all.map((team) => group(team, all)), ...usersOf(all)];
}

function group(team: ResolvedTeam, all: readonly ResolvedTeam[]): Listed {
  const { name, title, description, email, chat, parent } = team;
  const slug = slugOf(team);
  const profile = { ...(title && { displayName: title }), ...(email && { email }) };
  return {
    of: `team ${name}`,
    entity: entity(
      "Group",
      {
        ...{ name, title, description, tags: undefined },
        annotations: slug === undefined ? undefined : { "github.com/team-slug": slug },
        links: chat === undefined ? undefined : [{ url: chat, title: "Channel", type: "chat" }],
      },
      {
        type: "team",
        profile: Object.keys(profile).length === 0 ? undefined : profile,
        parent: parent === undefined ? undefined : refOf("Group", parent),
        children: all.filter((other) => other.parent === name).map((other) => refOf("Group", other.name)),
      },
    ),
  };
}

/** The team on GitHub, where its code owners are one: `acme/team-my-app`. */
function slugOf({ codeowners = [] }: ResolvedTeam): string | undefined {
  const [first, ...others] = codeowners.filter((owner) => owner.startsWith("@") && owner.includes("/"));
  return others.length === 0 ? first?.slice(1) : undefined;
}

function usersOf(teams: readonly ResolvedTeam[]): readonly Listed[] {
  const people = new Map<string, TeamMember>(
    teams.flatMap(({ members = [] }) => members.map((member) => [member.name, member])),
  );
  return (sorted(people.keys()) ?? []).map((name) => {
    const { title, email, github } = people.get(name) ?? { name };
    const profile = { ...(title && { displayName: title }), ...(email && { email }) };
    const memberOf = teams.filter(({ members = [] }) => members.some((member) => member.name === name));
    return {
      of: `member ${name}`,
      entity: entity(
        "User",
        {
          ...{ name, title, description: undefined, tags: undefined, links: undefined },
          annotations: github === undefined ? undefined : { "github.com/user-login": github },
        },
        {
          profile: Object.keys(profile).length === 0 ? undefined : profile,
          memberOf: memberOf.map((team) => refOf("Group", team.name)),
        },
      ),
    };
  });
}
