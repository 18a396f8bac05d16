import { posix } from "node:path";
import { type Html, markup } from "../../page/html";
import { linked } from "../../page/links";
import { code, count, muted, section } from "../../page/parts";
import { table } from "../../page/table";
import type { PortalFacts } from "../facts";
import { contentsOf, portalPage } from "../frame";
import { outward, prose } from "../markdown";
import { ALERTS, apiFile, DOCUMENTS, type Here, readmeFile, runbookFile } from "../places";
import type { Around } from "./workload";

const partsOf = (of: string): readonly [application: string, name: string] => {
  const [application = "", name = ""] = of.split("/");
  return [application, name];
};

const of = (here: Here, application: string, name: string): Html =>
  markup`${linked(here.workload(application, name), name)} ${muted(`of ${application}`)}`;

/** Runbooks by the folder that they are in: an environment and an application. */
function runbookFolders({ runbooks }: PortalFacts): ReadonlyMap<string, readonly string[]> {
  const folders = new Map<string, string[]>();
  for (const path of Object.keys(runbooks)) {
    const folder = posix.dirname(path);
    folders.set(folder, [...(folders.get(folder) ?? []), path]);
  }
  return folders;
}

/** Everything that is there to read: references of APIs, documents of the code, runbooks. */
export function documentsPage(here: Here, { facts, apis }: Around): string {
  const folders = [...runbookFolders(facts)];
  const main = markup`${section(
    "apis",
    "References of APIs",
    table({
      caption: "References of APIs",
      columns: ["API", "Answered by", "Operations", "From"],
      empty: "No file describes an API: the target of the catalog names those that do.",
      rows: [...apis].map(([key, api]) => {
        const [application, name] = partsOf(key);
        return [
          markup`<a href="${here.to(apiFile(application, name))}">${key}</a>`,
          of(here, application, name),
          api.document === undefined ? muted(api.type) : String(api.operations.length),
          code(api.file),
        ];
      }),
    }),
  )}${section(
    "readmes",
    "Documents of the code",
    table({
      caption: "Documents of the code",
      columns: ["File", "Of"],
      empty: "No folder of code that is known here has a README.md.",
      rows: Object.entries(facts.readmes).map(([key, { file }]) => {
        const [application, name] = partsOf(key);
        return [markup`<a href="${here.to(readmeFile(application, name))}">${file}</a>`, of(here, application, name)];
      }),
    }),
  )}${section(
    "runbooks",
    "Runbooks",
    table({
      caption: "Runbooks",
      columns: ["Environment", "Application", "Pages"],
      empty: "Nothing measures the environments, so that no alert has a runbook.",
      rows: folders.map(([folder, pages]) => {
        const [environment = "", application = ""] = folder.split("/");
        const index = `${folder}/README.md`;
        const href = index in facts.runbooks ? here.to(runbookFile(index)) : undefined;
        return [
          linked(href, environment),
          application === "_platform" ? "the platform" : linked(here.application(application), application),
          count(pages.length, "page"),
        ];
      }),
    }),
  )}`;
  return portalPage(here, facts, {
    title: "Docs",
    lead: markup`<p class="lead muted">References of APIs, what the code says of itself, and what to do when somebody is called.</p>\n`,
    contents: contentsOf([
      ["apis", "References of APIs"],
      ["readmes", "Documents of the code"],
      ["runbooks", "Runbooks"],
    ]),
    main,
  });
}

/** Where a link of a runbook leads: to the page of another runbook, or out. */
const runbookLink =
  (here: Here, path: string, { runbooks }: PortalFacts) =>
  (href: string): string | undefined => {
    if (href.startsWith("#")) return href;
    const [file = "", anchor] = href.split("#");
    const other = posix.join(posix.dirname(path), file);
    return Object.hasOwn(runbooks, other) ? here.to(runbookFile(other), anchor) : outward(href);
  };

/** A runbook as a page. */
export function runbookPage(here: Here, path: string, facts: PortalFacts): string {
  const [environment = "", application = ""] = path.split("/");
  const { body, title, parts } = prose(facts.runbooks[path] ?? "", runbookLink(here, path, facts));
  const index = `${posix.dirname(path)}/README.md`;
  const isIndex = path === index;
  const called = title ?? posix.basename(path, ".md");
  const alert = posix.basename(path, ".md");
  return portalPage(here, facts, {
    title: isIndex ? called : `${called}: ${environment}`,
    heading: called,
    above: [
      ["Alerts", ALERTS],
      ...(isIndex || !Object.hasOwn(facts.runbooks, index)
        ? []
        : [
            [
              `Runbooks of ${application === "_platform" ? "the platform" : application}, ${environment}`,
              runbookFile(index),
            ] as const,
          ]),
    ],
    lead: markup`<p class="muted">Of ${application === "_platform" ? "the platform" : linked(here.application(application), application)} in ${linked(here.environment(environment), environment)}${others(here, path, alert, facts)}.</p>\n`,
    ...(parts.length > 1 && { contents: contentsOf(parts) }),
    main:
      parts.length > 1
        ? markup`<section aria-label="${called}">${body}</section>`
        : markup`<div class="content"><section aria-label="${called}">${body}</section></div>\n`,
  });
}

/** The same runbook in other environments. */
function others(here: Here, path: string, alert: string, { runbooks }: PortalFacts): Html | undefined {
  const [environment, application] = path.split("/");
  const same = Object.keys(runbooks).filter((other) => {
    const [in_, of_, page] = other.split("/");
    return in_ !== environment && of_ === application && page === `${alert}.md`;
  });
  if (same.length === 0) return undefined;
  return markup`; also in ${same.map((other, at) => markup`${at === 0 ? undefined : ", "}<a href="${here.to(runbookFile(other))}">${other.split("/")[0]}</a>`)}`;
}

/** A document of the code as a page: what it leads to in the repository, no site has. */
export function readmePage(here: Here, key: string, facts: PortalFacts): string {
  const [application, name] = partsOf(key);
  const readme = facts.readmes[key];
  const { body, title, parts } = prose(readme?.text ?? "", (href) => (href.startsWith("#") ? href : outward(href)));
  return portalPage(here, facts, {
    title: title ?? key,
    above: [["Docs", DOCUMENTS]],
    lead: markup`<p class="muted">${of(here, application, name)}; from ${code(readme?.file ?? "")}</p>\n`,
    ...(parts.length > 1 && { contents: contentsOf(parts) }),
    main:
      parts.length > 1
        ? markup`<section aria-label="${key}">${body}</section>`
        : markup`<div class="content"><section aria-label="${key}">${body}</section></div>\n`,
  });
}
