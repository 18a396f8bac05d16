import { type Html, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { count, lines, muted, section, whole } from "../../page/parts";
import { table } from "../../page/table";
import { contentsOf, type Portal, portalPage } from "../frame";
import type { PortalModel, Service, Workload } from "../model";
import type { Here } from "../places";
import { environmentLinks, gradeCell, gradeOfThing, teamLink, titlesOf } from "./cells";

/* Lists of everything that runs, and of everything that holds data, by application. */

/** A description in a list: its beginning. */
export const brief = (text: string | undefined): string | undefined =>
  text === undefined || text.length <= 140 ? text : `${text.slice(0, 139).trimEnd()}…`;

function workloadRow(here: Here, titles: ReadonlyMap<string, string>, one: Workload): Part[] {
  const { application, name, owner, each, shown } = one;
  return [
    linked(here.workload(application, name), whole(name)),
    lines([shown.it.kind, brief(shown.it.description) === undefined ? undefined : muted(brief(shown.it.description))]),
    teamLink(here, owner, titles.get(owner)),
    environmentLinks(
      here,
      each.map(({ environment }) => environment),
    ),
    gradeCell(gradeOfThing(one, "workloads")),
  ];
}

/** Workloads: of an application, of a team, of all. */
export const workloadsTable = (
  here: Here,
  titles: ReadonlyMap<string, string>,
  caption: string,
  all: readonly Workload[],
  empty: string,
): Html =>
  table({
    caption,
    columns: ["Service", "What it is", "Owner", "Environments", "Grade"],
    empty,
    rows: all.map((one) => workloadRow(here, titles, one)),
  });

const serviceRow = (here: Here, one: Service): Part[] => {
  const { application, name, each, shown } = one;
  return [
    linked(here.service(application, name), whole(name)),
    lines([shown.it.provided.version ?? shown.it.kind, muted(shown.it.provided.product)]),
    environmentLinks(
      here,
      each.map(({ environment }) => environment),
    ),
    gradeCell(gradeOfThing(one, "services")),
  ];
};

/** Data services of an application or a team. */
export const servicesTable = (here: Here, of: string, all: readonly Service[], empty: string): Html =>
  table({
    caption: `Data services of ${of}`,
    columns: ["Data service", "What it is", "Environments", "Grade"],
    empty,
    rows: all.map((one) => serviceRow(here, one)),
  });

/** What the list of an application says that has none. */
export const NO_WORKLOADS = "Nothing runs in the application.";
export const NO_SERVICES = "The application has no data services.";

/** Every workload of the program, by application. */
export function servicesPage(here: Here, portal: Portal, model: PortalModel): string {
  const titles = titlesOf(model.teams);
  const { applications, workloads } = model;
  return portalPage(here, portal, {
    title: "Services",
    lead: markup`<p class="lead muted">${count(workloads.length, "service")} in ${count(applications.length, "application")}: everything that runs.</p>\n`,
    contents: contentsOf(applications.map(({ name }) => [`app-${name}`, name])),
    main: markup`${applications.map(({ name, workloads: own }) =>
      section(
        `app-${name}`,
        linked(here.application(name), name),
        workloadsTable(here, titles, `Services of ${name}`, own, NO_WORKLOADS),
      ),
    )}`,
  });
}

/** Every data service of the program, by application. */
export function dataPage(here: Here, portal: Portal, model: PortalModel): string {
  const { applications, services } = model;
  return portalPage(here, portal, {
    title: "Data services",
    lead: markup`<p class="lead muted">${count(services.length, "data service")}: databases, caches, queues and buckets.</p>\n`,
    contents: contentsOf(applications.map(({ name }) => [`app-${name}`, name])),
    main: markup`${applications.map(({ name, services: own }) =>
      section(`app-${name}`, linked(here.application(name), name), servicesTable(here, name, own, NO_SERVICES)),
    )}`,
  });
}
