import { pageFile } from "../page/environment-page";
import type { PortalFacts } from "./facts";
import { notesOf } from "./graphs";
import { portalModel } from "./model";
import { apiPage, readApis } from "./pages/api";
import { applicationPage, applicationsPage } from "./pages/applications";
import { documentsPage, readmePage, runbookPage } from "./pages/documents";
import { environmentPage, environmentsPage } from "./pages/environments";
import { homePage } from "./pages/home";
import { alertsPage, scorecardsPage, versionsPage } from "./pages/overviews";
import { servicePage } from "./pages/service";
import { dataPage, servicesPage } from "./pages/services";
import { teamPage, teamsPage } from "./pages/teams";
import { type Around, workloadPage } from "./pages/workload";
import {
  ALERTS,
  apiFile,
  applicationFile,
  APPLICATIONS,
  DATA,
  DOCUMENTS,
  ENVIRONMENTS,
  type Here,
  hereAt,
  HOME,
  readmeFile,
  runbookFile,
  SCORECARDS,
  SEARCH_INDEX,
  SEARCH_SCRIPT,
  serviceFile,
  SERVICES,
  teamFile,
  TEAMS,
  VERSIONS,
  workloadFile,
} from "./places";
import { indexed, relationsOf } from "./relations";
import { searchIndex } from "./search/index";
import { SCRIPT_MARK, SEARCH_SCRIPT_TEXT } from "./search/script";

/** Whether a file's text is a script of this program. */
export const isPortalScript = (text: string): boolean => text.startsWith(SCRIPT_MARK);

const partsOf = (of: string): readonly [application: string, name: string] => {
  const [application = "", name = ""] = of.split("/");
  return [application, name];
};

/** A page of the site, made when the site knows of all of them. */
type Make = (here: Here) => string;

const made = (file: string, make: Make): readonly [string, Make] => [file, make];

function pagesOf(facts: PortalFacts, around: Around): ReadonlyMap<string, Make> {
  const { model } = around;
  return new Map<string, Make>([
    [HOME, (here) => homePage(here, around)],
    [SERVICES, (here) => servicesPage(here, facts, model)],
    [DATA, (here) => dataPage(here, facts, model)],
    [APPLICATIONS, (here) => applicationsPage(here, around)],
    [ENVIRONMENTS, (here) => environmentsPage(here, facts)],
    [TEAMS, (here) => teamsPage(here, facts, model)],
    [ALERTS, (here) => alertsPage(here, facts, model)],
    [VERSIONS, (here) => versionsPage(here, facts, model)],
    [SCORECARDS, (here) => scorecardsPage(here, facts, model)],
    [DOCUMENTS, (here) => documentsPage(here, around)],
    ...facts.environments.map((one) => made(pageFile(one.rendered.name), (here) => environmentPage(here, one, facts))),
    ...model.applications.map((one) => made(applicationFile(one.name), (here) => applicationPage(here, one, around))),
    ...model.workloads.map((one) =>
      made(workloadFile(one.application, one.name), (here) => workloadPage(here, one, around)),
    ),
    ...model.services.map((one) =>
      made(serviceFile(one.application, one.name), (here) => servicePage(here, one, around)),
    ),
    ...model.teams.map((one) => made(teamFile(one.name), (here) => teamPage(here, facts, one, model))),
    ...[...around.apis].map(([of, api]) => made(apiFile(...partsOf(of)), (here) => apiPage(here, of, api, facts))),
    ...Object.keys(facts.readmes).map((of) => made(readmeFile(...partsOf(of)), (here) => readmePage(here, of, facts))),
    ...Object.keys(facts.runbooks).map((path) => made(runbookFile(path), (here) => runbookPage(here, path, facts))),
  ]);
}

/**
 * Every file of the portal, by its path from the portal's folder. The same facts give the same bytes.
 *
 * @throws InvalidInput where a document of an API is none
 */
export function portalFiles(facts: PortalFacts): Readonly<Record<string, string>> {
  const apis = readApis(facts);
  const files = new Set<string>();
  const model = portalModel(facts.environments, (file) => files.has(file));
  const relations = indexed(relationsOf(model));
  const pages = pagesOf(facts, { facts, model, relations, notes: notesOf(model), apis });
  for (const file of pages.keys()) files.add(file);
  return Object.fromEntries([
    ...[...pages].map(([file, make]) => [file, make(hereAt(file, model))]),
    [SEARCH_SCRIPT, SEARCH_SCRIPT_TEXT],
    [SEARCH_INDEX, searchIndex(facts, model)],
  ]) as Record<string, string>;
}
