import { documentOf, type Frame, type Page } from "../page/document";
import { type Html, joined, markup, type Part } from "../page/html";
import type { Day } from "../services/pinned-version";
import {
  ALERTS,
  APPLICATIONS,
  DATA,
  DOCUMENTS,
  ENVIRONMENTS,
  type Here,
  HOME,
  SCORECARDS,
  SEARCH_SCRIPT,
  SERVICES,
  TEAMS,
  VERSIONS,
} from "./places";
import { PORTAL_STYLE } from "./style";

const LISTS: readonly (readonly [title: string, file: string, folder: string])[] = [
  ["Services", SERVICES, "services"],
  ["Data", DATA, "data"],
  ["Applications", APPLICATIONS, "applications"],
  ["Environments", ENVIRONMENTS, "environments"],
  ["Teams", TEAMS, "teams"],
  ["Alerts", ALERTS, "runbooks"],
  ["Versions", VERSIONS, ""],
  ["Scorecards", SCORECARDS, ""],
  ["Docs", DOCUMENTS, "documents"],
];

/** Folders whose list is that of another folder, too. */
const ALSO: Readonly<Record<string, string>> = { apis: DOCUMENTS };

const MARK = markup`<svg viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="16" rx="4"/><path d="M4 8h8M8 4l4 4-4 4"/></svg>`;

function isUnder(file: string, list: string, folder: string): boolean {
  const [, of = ""] = /^([a-z]+)\//.exec(file) ?? [];
  return file === list || (of !== "" && (of === folder || ALSO[of] === list));
}

function bar(here: Here, title: string): Html {
  const entry = ([words, file, folder]: (typeof LISTS)[number]): Html => {
    const current =
      here.file === file
        ? markup` aria-current="page"`
        : isUnder(here.file, file, folder)
          ? markup` aria-current="true"`
          : undefined;
    return markup`<li><a href="${here.to(file)}"${current}>${words}</a></li>\n`;
  };
  return markup`<header class="top"><div>
<a class="brand" href="${here.to(HOME)}">${MARK}<span>${title}</span></a>
<nav aria-label="Portal"><ul>
${LISTS.map(entry)}</ul></nav>
<div class="search" role="search" data-root="${here.to("")}"><label class="heard" for="search">Search the portal</label><input id="search" type="search" placeholder="Search" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list"><kbd aria-hidden="true">/</kbd><div id="results" class="results" role="listbox" aria-label="Found" hidden></div><p class="heard" role="status"></p></div>
</div></header>
`;
}

/** What every page of the portal has around it. */
export const frameOf = (here: Here, title: string): Frame => ({
  bar: bar(here, title),
  style: PORTAL_STYLE,
  scripts: markup`<script defer src="${here.to(SEARCH_SCRIPT)}"></script>\n`,
});

/** A page above this one: a title and a file. */
export type Crumb = readonly [title: string, file: string];

export interface PortalPage extends Pick<Page, "contents" | "main"> {
  readonly title: string;
  /** Heading, if it is more than the title. @default - the title */
  readonly heading?: Part;
  /** Pages above this one, the outer first. */
  readonly above?: readonly Crumb[];
  /** Stands below the heading. */
  readonly lead?: Part;
}

/** Title, day and what every page says of itself. */
export interface Portal {
  readonly title: string;
  readonly on: Day;
}

export function portalPage(
  here: Here,
  portal: Portal,
  { title, heading, above = [], lead, ...page }: PortalPage,
): string {
  const crumbs = above.map(([words, file]) => markup`<a href="${here.to(file)}">${words}</a>`);
  return documentOf({
    ...page,
    title: [...new Set([title, portal.title])].join(" · "),
    head: markup`${crumbs.length === 0 ? undefined : markup`<p class="up">${joined(crumbs, " / ")}</p>\n`}<h1>${heading ?? title}</h1>
${lead}`,
    foot: markup`Written by <code>goldenpath portal</code> from the model; support as on <time datetime="${portal.on}">${portal.on}</time>. Edit nothing here.
`,
    frame: frameOf(here, portal.title),
  });
}

/** A list of contents of a page's own parts. */
export const contentsOf = (parts: readonly (readonly [id: string, title: string])[]): Html =>
  markup`<ul>
${parts.map(([id, title]) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul>
`;
