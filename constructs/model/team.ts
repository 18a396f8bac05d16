import { withDefaults } from "./defaults";
import { rememberOrigin } from "./origin";

/** Who answers for an application or a workload, made by `team()`. */
export interface Team extends TeamSpec {
  readonly kind: "team";
}

export interface TeamSpec {
  /** Lower-case letters, digits and hyphens; the label and the tag `owner` have it: `team-my-app`. */
  readonly name: string;
  /** What people call it: `My App`. @default - its name */
  readonly title?: string;
  /** What it does. @default - nothing is said */
  readonly description?: string;
  /** People in it. @default - nobody is named */
  readonly members?: readonly TeamMember[];
  /**
   * Who reviews changes of what it owns, as a file CODEOWNERS has it: `@acme/team-my-app`, `@ada` or a mail address.
   * @default - nobody is asked
   */
  readonly codeowners?: readonly string[];
  /** Mail address of all of it. @default - none */
  readonly email?: string;
  /** Address of its channel: `https://acme.slack.com/archives/C0123456789`. @default - none */
  readonly chat?: string;
  /** The department or group that it is a part of: a name, or what `team()` returned. @default - none */
  readonly parent?: string | Team;
}

/** A person. One who is in several teams is the same in each. */
export interface TeamMember {
  /** What a catalog calls them: lower-case letters, digits, dots, hyphens and underscores, e.g. `ada.lovelace`. */
  readonly name: string;
  /** Their name as they write it: `Ada Lovelace`. @default - the name */
  readonly title?: string;
  /** @default - none */
  readonly email?: string;
  /** Their login on GitHub, without `@`. @default - none */
  readonly github?: string;
}

/** An owner: the name of a team, or the team itself. */
export type Owner = string | Team;

/**
 * A team that owns applications and workloads. One team is written once and given to each; two of one name that differ are
 * refused.
 */
export const team = (spec: TeamSpec): Team => rememberOrigin({ ...spec, kind: "team" }, team);

/** What a workload says of who answers for it, and of itself. */
export interface WorkloadAnswer {
  /** What it does, up to 1000 characters. @default - nothing is said */
  readonly description?: string;
  /**
   * Team that answers for it in place of the application's, by its name or made by `team()`. Catalogs and the file CODEOWNERS
   * follow; labels, tags and alerts keep the application's, so that nothing is rolled out because people change places.
   * @default - the application's
   */
  readonly owner?: Owner;
}

/** Name of an owner, whichever way it was given. */
export const ownerName = (owner: Owner): string => (typeof owner === "string" ? owner : owner.name);

/** A team with what was said of it; without `members` nobody said who is in it. */
export interface ResolvedTeam extends Omit<TeamSpec, "parent"> {
  /** Name of the team above it. */
  readonly parent?: string;
}

/** Who answers for an application, and what it is for. */
export interface AnsweredApplication {
  /** Name of the team. */
  readonly owner: string;
  /** What is known of the owners of it and of its workloads, and of the teams above them, by name. @default - names alone */
  readonly teams: readonly ResolvedTeam[];
  /** @default - nothing is said */
  readonly description: string | undefined;
  /** @default - none */
  readonly domain: string | undefined;
}

/** The same of a workload. */
export interface AnsweredWorkload {
  /** @default - nothing is said */
  readonly description: string | undefined;
  /** Name of the team that answers for it in place of the application's. @default - that one */
  readonly owner: string | undefined;
}

/** The team and those above it, itself first. A name alone says nothing of a team. */
export function lineage(owner: Owner | undefined): readonly Team[] {
  const teams: Team[] = [];
  for (let at = owner; at !== undefined && typeof at !== "string"; at = at.parent) teams.push(at);
  return teams;
}

const resolveMember = ({ name, title, email, github }: TeamMember): TeamMember =>
  withDefaults({ name }, { title, email, github });

/** What is known of it, with the one above it by name. What is not said is absent. */
export function resolveTeam({ name, members, codeowners, parent, ...said }: Team): ResolvedTeam {
  const { title, description, email, chat } = said;
  return withDefaults(
    { name },
    {
      ...{ title, description, email, chat },
      members: members?.map(resolveMember),
      codeowners: codeowners && [...codeowners],
      parent: parent && ownerName(parent),
    },
  );
}

/** Every team that these owners say something of, once, by name. */
export function resolveTeams(owners: readonly (Owner | undefined)[]): readonly ResolvedTeam[] {
  const teams = new Map(owners.flatMap(lineage).map((one) => [one.name, resolveTeam(one)]));
  return [...teams].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, resolved]) => resolved);
}
