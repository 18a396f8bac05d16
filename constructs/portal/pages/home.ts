import { type Html, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { badge, count, muted, section } from "../../page/parts";
import type { Grade } from "../../scorecard/rule";
import { portalPage } from "../frame";
import { ALERTS, APPLICATIONS, DATA, ENVIRONMENTS, type Here, SCORECARDS, SERVICES, TEAMS, VERSIONS } from "../places";
import { type PortalVersion, versionsOf } from "../versions";
import { applicationsTable } from "./applications";
import { gradeOfThing, spread, titlesOf } from "./cells";
import { environmentsBrief, othersNote } from "./environments";
import { workloadsTable } from "./services";
import type { Around } from "./workload";

/** Most services that the first page lists; of more it lists applications. */
const MOST_SERVICES = 25;

/** Lines of a card, before it leads to all of them. */
const [MOST_LINES, MOST_ENDS] = [8, 6] as const;

function figures(here: Here, { model, facts }: Around): Html {
  const alerts = new Set(
    model.applications.flatMap(({ name, each }) =>
      each.flatMap((one) => one.alerts.map((alert) => `${name} ${alert.name}`)),
    ),
  );
  const figure = (file: string, amount: number, one: string): Html => {
    const [, ...words] = count(amount, one).split(" ");
    return markup`<li><a href="${here.to(file)}"><b>${amount}</b> <span>${words.join(" ")}</span></a></li>\n`;
  };
  return markup`<ul class="figures" aria-label="How much there is">
${figure(APPLICATIONS, model.applications.length, "application")}${figure(SERVICES, model.workloads.length, "service")}${figure(
    DATA,
    model.services.length,
    "data service",
  )}${figure(ENVIRONMENTS, facts.environments.length, "environment")}${figure(TEAMS, model.teams.length, "team")}${figure(
    ALERTS,
    alerts.size,
    "alert",
  )}</ul>
`;
}

/** The page is of the environment: its name need not be said again. */
const withoutPath = (line: string, environment: string): string =>
  line.startsWith(`environments.${environment}.`) ? line.slice(`environments.${environment}.`.length) : line;

const endLine = ({ fact, standing, when }: PortalVersion): Html =>
  markup`<span>${standing === "past" ? badge("bad", "ended") : badge("warn", "ends soon")} ${fact.product} ${fact.version}</span><span class="muted">${when}</span>`;

/** What somebody should do something about, in all environments: what is refused first, then warnings. */
function attention(here: Here, { facts }: Around): Html {
  const found = facts.environments.flatMap(({ rendered, refusals, warnings }) => [
    ...refusals.map((line) => ({ environment: rendered.name, line, isRefused: true })),
    ...warnings.map((line) => ({ environment: rendered.name, line, isRefused: false })),
  ]);
  const sorted = [...found.filter((one) => one.isRefused), ...found.filter((one) => !one.isRefused)];
  const versions = versionsOf(facts.environments);
  const ends = versions.filter(({ standing }) => standing === "past" || standing === "near");
  const items: Part[] = [
    ...ends.map(endLine),
    ...sorted.map(
      ({ environment, line, isRefused }) =>
        markup`<span>${isRefused ? badge("bad", "refused by synth") : badge("warn", "warning")} ${linked(here.environment(environment), environment)}</span><span>${withoutPath(line, environment)}</span>`,
    ),
  ];
  const accepted = versions.filter(({ standing }) => standing === "accepted").length;
  const rest = items.length - MOST_LINES;
  const body =
    items.length === 0
      ? markup`<p>Nothing that is known here${accepted === 0 ? undefined : markup`, but for <a href="${here.to(VERSIONS)}">${count(accepted, "version")}</a> past the end of support, which is accepted with a reason`}.</p>\n`
      : markup`<ul class="plain-list">
${items.slice(0, MOST_LINES).map((item) => markup`<li>${item}</li>\n`)}</ul>
${rest <= 0 ? undefined : markup`<p class="more muted">And ${count(rest, "more line")}, on the pages of the environments.</p>\n`}`;
  return section("attention", "What needs attention", body);
}

function ends(here: Here, { facts }: Around): Html {
  const next = versionsOf(facts.environments)
    .filter(({ days }) => days !== undefined && days >= 0)
    .slice(0, MOST_ENDS);
  return section(
    "ends",
    "What ends next",
    next.length === 0
      ? markup`<p>No end of support is known.</p>\n`
      : markup`<ul class="plain-list">
${next.map(({ fact, when }) => markup`<li><span>${fact.product} ${fact.version}</span><span class="muted">${when}</span></li>\n`)}</ul>
<p class="more"><a href="${here.to(VERSIONS)}">All versions and their support</a></p>
`,
  );
}

function grades(here: Here, { model }: Around): Html {
  const all: Grade[] = [
    ...model.workloads.flatMap((one) => gradeOfThing(one, "workloads") ?? []),
    ...model.services.flatMap((one) => gradeOfThing(one, "services") ?? []),
  ];
  return section(
    "grades",
    "Scorecard",
    all.length === 0
      ? markup`<p>Nothing is graded.</p>\n`
      : markup`${spread(all, "Grades of everything")}<p class="more"><a href="${here.to(SCORECARDS)}">Grades by environment</a></p>\n`,
  );
}

function services(here: Here, around: Around): Html {
  const { model } = around;
  if (model.workloads.length > MOST_SERVICES) {
    return section("applications", "Applications", applicationsTable(here, model.applications, around));
  }
  const titles = titlesOf(model.teams);
  return section("services", "Services", workloadsTable(here, titles, "Services", model.workloads, "Nothing runs."));
}

function teams(here: Here, { model }: Around): Html {
  const first = model.teams.slice(0, MOST_LINES);
  return section(
    "teams",
    "Teams",
    markup`<ul class="plain-list">
${first.map(({ name, said, workloads }) => markup`<li><span>${linked(here.team(name), said?.title ?? name)}</span>${muted(count(workloads.length, "service"))}</li>\n`)}</ul>
<p class="more"><a href="${here.to(TEAMS)}">All teams</a></p>
`,
  );
}

/** The first page: how much there is, what needs attention, and the way to everything. */
export function homePage(here: Here, around: Around): string {
  const { facts } = around;
  return portalPage(here, facts, {
    title: facts.title,
    lead: markup`<p class="lead muted">Everything that runs, who answers for it, and how it stands on <time datetime="${facts.on}">${facts.on}</time>.</p>
${othersNote(facts.others)}`,
    main: markup`<div class="content">
${figures(here, around)}<div class="cards">
<div>
${services(here, around)}${section("environments", "Environments", environmentsBrief(here, facts.environments))}</div>
<div>
${attention(here, around)}${grades(here, around)}${ends(here, around)}${teams(here, around)}</div>
</div>
</div>
`,
  });
}
