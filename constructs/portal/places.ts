import type { Links } from "../page/links";
import type { PortalModel } from "./model";

/* Files of the site by what they are of, and how one leads to another. Addresses are relative: the site works from any folder. */

/** Names of a model are checked when it is loaded; whatever else gets here stays one part of a path. */
const segment = (name: string): string => name.replace(/[^A-Za-z0-9._-]/g, "_").replace(/^\.+/, "_");

const fileOf = (folder: string, ...names: readonly string[]): string =>
  `${[folder, ...names.map(segment)].join("/")}.html`;

export const HOME = "index.html";
export const SERVICES = "services.html";
export const DATA = "data.html";
export const TEAMS = "teams.html";
export const ENVIRONMENTS = "environments.html";
export const APPLICATIONS = "applications.html";
export const ALERTS = "alerts.html";
export const VERSIONS = "versions.html";
export const SCORECARDS = "scorecards.html";
export const DOCUMENTS = "documents.html";
export const SEARCH_SCRIPT = "search.js";
export const SEARCH_INDEX = "search-index.js";

export const workloadFile = (application: string, name: string): string => fileOf("services", application, name);
export const serviceFile = (application: string, name: string): string => fileOf("data", application, name);
export const applicationFile = (name: string): string => fileOf("applications", name);
export const teamFile = (name: string): string => fileOf("teams", name);
export const apiFile = (application: string, name: string): string => fileOf("apis", application, name);
export const readmeFile = (application: string, name: string): string => fileOf("documents", application, name);

/** Page of a runbook, by the path of its Markdown. */
export const runbookFile = (path: string): string => fileOf("runbooks", ...path.replace(/\.md$/, "").split("/"));

/** Folders that the site's pages are in, beside its own. */
export const FOLDERS = ["services", "data", "teams", "environments", "applications", "apis", "documents", "runbooks"];

/** A page of the site that leads to others. */
export interface Here extends Links {
  readonly file: string;
  /** Address of another file of the site, from this one. */
  readonly to: (file: string, part?: string) => string;
}

/** Leads from a page to whatever the site has a page of. */
export function hereAt(file: string, model: Pick<PortalModel, "has">): Here {
  const up = "../".repeat(file.split("/").length - 1);
  const to = (other: string, part?: string): string => `${up}${other}${part === undefined ? "" : `#${part}`}`;
  const known = (other: string): string | undefined => (model.has(other) ? to(other) : undefined);
  return {
    file,
    to,
    application: (name) => known(applicationFile(name)),
    workload: (application, name) => known(workloadFile(application, name)),
    service: (application, name) => known(serviceFile(application, name)),
    team: (name) => known(teamFile(name)),
    environment: (name) => known(fileOf("environments", name)),
    runbook: (environment, application, alert) => known(runbookFile(`${environment}/${application}/${alert}.md`)),
  };
}
