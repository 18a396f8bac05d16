import { type Html, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { code, codes, count, lines, muted, nothing, section, terms } from "../../page/parts";
import { table } from "../../page/table";
import type { Grade } from "../../scorecard/rule";
import { contentsOf, type Portal, portalPage } from "../frame";
import type { PortalModel, PortalTeam } from "../model";
import { type Here, TEAMS } from "../places";
import { contact, mail } from "./about";
import { gradeOfThing, spread, titlesOf } from "./cells";
import { servicesTable, workloadsTable } from "./services";

/** Grades of everything that a team owns. */
const gradesOf = ({ workloads, services }: PortalTeam): Grade[] => [
  ...workloads.flatMap((one) => gradeOfThing(one, "workloads") ?? []),
  ...services.flatMap((one) => gradeOfThing(one, "services") ?? []),
];

const owns = ({ applications, workloads, services }: PortalTeam): Part =>
  applications.length + workloads.length + services.length === 0
    ? muted("nothing itself")
    : `${count(applications.length, "application")}, ${count(workloads.length, "service")}, ${count(services.length, "data service")}`;

/** Whether people call it otherwise than the model. */
const isCalled = ({ said }: PortalTeam): boolean => said !== undefined && "title" in said;

/** Every team, with what it owns. */
export const teamsTable = (here: Here, teams: readonly PortalTeam[]): Html =>
  table({
    caption: "All teams",
    columns: ["Team", "People", "Owns", "Contact"],
    empty: "No team owns anything.",
    rows: teams.map((team) => [
      lines([
        linked(here.team(team.name), team.said?.title ?? team.name),
        isCalled(team) ? muted(team.name) : undefined,
      ]),
      team.said?.members === undefined
        ? muted("nobody is named")
        : team.said.members.map(({ name, title }) => title ?? name).join(", "),
      owns(team),
      contact(team.said) ?? nothing,
    ]),
  });

export function teamsPage(here: Here, portal: Portal, { teams }: PortalModel): string {
  return portalPage(here, portal, {
    title: "Teams",
    lead: markup`<p class="lead muted">${count(teams.length, "team")} and what they answer for.</p>\n`,
    main: markup`<div class="content">${section("teams", "All teams", teamsTable(here, teams))}</div>\n`,
  });
}

function membersTable({ name, said }: PortalTeam): Html {
  return table({
    caption: `People in ${name}`,
    columns: ["Name", "Mail", "GitHub"],
    empty: "Nobody is named.",
    rows: (said?.members ?? []).map(({ name: member, title: called, email, github }) => [
      lines([called ?? member, called === undefined ? undefined : muted(member)]),
      email === undefined ? nothing : mail(email),
      github === undefined ? nothing : code(`@${github}`),
    ]),
  });
}

/** The page of a team: who is in it, and everything that it answers for. */
export function teamPage(here: Here, portal: Portal, team: PortalTeam, model: PortalModel): string {
  const { name, said, applications, workloads, services } = team;
  const titles = titlesOf(model.teams);
  const above = said?.parent;
  const below = model.teams.filter((other) => other.said?.parent === name);
  const grades = spread(gradesOf(team), `Grades of what ${name} owns`);
  return portalPage(here, portal, {
    title: said?.title ?? name,
    above: [["Teams", TEAMS]],
    lead: markup`<p class="muted">${code(name)}</p>
${said?.description === undefined ? undefined : markup`<p class="lead">${said.description}</p>\n`}`,
    contents: contentsOf([
      ["about", "About"],
      ["people", "People"],
      ["services", "Services"],
      ["data", "Data services"],
    ]),
    main: markup`${section(
      "about",
      "About",
      markup`${terms([
        ["Contact", contact(said)],
        ["Part of", above === undefined ? undefined : linked(here.team(above), titles.get(above) ?? above)],
        [
          "Teams in it",
          below.length === 0
            ? undefined
            : lines(below.map((one) => linked(here.team(one.name), one.said?.title ?? one.name))),
        ],
        [
          "Applications",
          applications.length === 0
            ? undefined
            : lines(applications.map((one) => linked(here.application(one.name), one.name))),
        ],
        ["Reviews changes", said?.codeowners === undefined ? undefined : codes(said.codeowners)],
      ])}${grades}`,
    )}${section("people", "People", membersTable(team))}${section(
      "services",
      "Services",
      workloadsTable(here, titles, `Services of ${name}`, workloads, "It answers for nothing that runs."),
    )}${section("data", "Data services", servicesTable(here, name, services, "It answers for no data service."))}`,
  });
}
