import { type Html, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { badge, codes, count, lines, link, muted, section, whole } from "../../page/parts";
import { table } from "../../page/table";
import type { Standing } from "../../radar/report";
import type { Grade } from "../../scorecard/rule";
import { contentsOf, type Portal, portalPage } from "../frame";
import { type PortalModel, scoreOf, type Service, type Workload } from "../model";
import type { Here } from "../places";
import { timeline } from "../timeline";
import { type PortalVersion, versionsOf } from "../versions";
import { type AlertLine, alertLines, runbookLinks, severityBadge } from "./about";
import { environmentLinks, gradeCell, gradeOfThing, spread } from "./cells";

/* Pages across everything: alerts, versions, scorecards. */

const SEVERITIES = ["critical", "warning", "info"] as const;

function alertRow(here: Here, application: string, line: AlertLine, isFirst: boolean): Part[] {
  const name = isFirst ? markup`<span id="${application}-${line.name}">${line.name}</span>` : line.name;
  return [name, severityBadge(line.severity), lines(line.fires), runbookLinks(here, application, line)];
}

/** Every alert of every application, with where its runbooks are. */
export function alertsPage(here: Here, portal: Portal, { applications }: PortalModel): string {
  const all = applications.map(({ name, each }) => {
    const found = alertLines(each, () => true);
    const sorted = SEVERITIES.flatMap((severity) => found.filter((one) => one.severity === severity));
    return { name, found: sorted };
  });
  const total = all.reduce((sum, { found }) => sum + found.length, 0);
  const shown = all.filter(({ found }) => found.length > 0);
  const silent = all.filter(({ found }) => found.length === 0).map(({ name }) => name);
  return portalPage(here, portal, {
    title: "Alerts",
    lead: markup`<p class="lead muted">${count(total, "alert")}: who is called about what, and what to do then.</p>\n`,
    contents: contentsOf(shown.map(({ name }) => [`app-${name}`, name])),
    main: markup`${shown.map(({ name, found }) => {
      const seen = new Set<string>();
      const rows = found.map((line) => {
        const isFirst = !seen.has(line.name);
        seen.add(line.name);
        return alertRow(here, name, line, isFirst);
      });
      return section(
        `app-${name}`,
        linked(here.application(name), name),
        table({ caption: `Alerts of ${name}`, columns: ["Alert", "Severity", "Fires at", "Runbook"], empty: "", rows }),
      );
    })}${
      silent.length === 0
        ? undefined
        : section(
            "silent",
            "Nobody is called",
            markup`<p>Nothing measures any environment of ${silent.join(", ")}.</p>\n`,
          )
    }`,
  });
}

const BADGES: Readonly<Record<Standing, Html>> = {
  past: badge("bad", "ended"),
  accepted: badge("warn", "ended, accepted"),
  near: badge("warn", "ends soon"),
  supported: badge("good", "supported"),
  open: badge("plain", "no end known"),
};

function versionsTable(here: Here, caption: string, all: readonly PortalVersion[], environments: number): Html {
  return table({
    caption,
    columns: ["Product", "Written as", "Support", "End", "Environments", "Remarks"],
    empty: "The environments name no such version.",
    rows: all.map(({ fact, standing, versions, when, remark, environments: names }) => [
      `${fact.product} ${fact.version}`,
      codes(versions),
      BADGES[standing],
      when,
      names.length === environments && environments > 2 ? muted("all") : environmentLinks(here, names),
      lines([remark, link(fact.source, markup`source<span class="heard"> of ${fact.product} ${fact.version}</span>`)]),
    ]),
  });
}

/** Every version of every environment, and when its support ends. */
export function versionsPage(here: Here, portal: Portal, { environments }: PortalModel): string {
  const all = versionsOf(environments);
  const dated = all.filter(({ days }) => days !== undefined);
  const open = all.filter(({ days }) => days === undefined);
  return portalPage(here, portal, {
    title: "Versions",
    lead: markup`<p class="lead muted">${count(all.length, "version")} that the environments name, as on <time datetime="${portal.on}">${portal.on}</time>. What ends first comes first.</p>\n`,
    contents: contentsOf([
      ["windows", "Support windows"],
      ["dated", "With a known end"],
      ["open", "Without one"],
    ]),
    main: markup`${section(
      "windows",
      "Support windows",
      dated.length === 0 ? markup`<p>No end of support is known.</p>\n` : timeline(dated, portal.on),
    )}${section("dated", "With a known end", versionsTable(here, "Versions with a known end", dated, environments.length))}${section(
      "open",
      "Without a known end",
      versionsTable(here, "Versions without a known end", open, environments.length),
    )}`,
  });
}

type Listed = { readonly thing: Service | Workload; readonly list: "services" | "workloads" };

/** Grades of everything in every environment, side by side. */
export function scorecardsPage(here: Here, portal: Portal, { applications, environments }: PortalModel): string {
  const names = environments.map(({ rendered }) => rendered.name);
  const all = applications.map(({ name, workloads, services, each, shown }) => {
    const things: Listed[] = [
      ...workloads.map((thing) => ({ thing, list: "workloads" as const })),
      ...services.map((thing) => ({ thing, list: "services" as const })),
    ];
    return { name, things, each, shown };
  });
  const grades = all.flatMap(({ things }) => things.flatMap(({ thing, list }) => gradeOfThing(thing, list) ?? []));
  const row = ({ thing, list }: Listed): Part[] => {
    const href =
      list === "workloads" ? here.workload(thing.application, thing.name) : here.service(thing.application, thing.name);
    const inEach = names.map((name) => {
      const placed = thing.each.find(({ environment }) => environment === name);
      return gradeCell(placed && scoreOf(placed, list, thing.name)?.grade);
    });
    return [linked(href, whole(thing.name)), ...inEach];
  };
  return portalPage(here, portal, {
    title: "Scorecards",
    lead: markup`<p class="lead muted">How ready everything is, graded by what would be deployed. What is missing for the next grade is on the page of each thing.</p>\n`,
    contents: contentsOf([["spread", "All of it"], ...all.map(({ name }) => [`app-${name}`, name] as const)]),
    main: markup`${section(
      "spread",
      "All of it",
      markup`${spread(grades, "Grades of everything")}<p class="muted">Each thing once, by its least grade in production, or in any environment where there is no production.</p>\n`,
    )}${all.map(({ name, things, each }) => {
      const own: (Grade | undefined)[] = names.map(
        (environment) => each.find((one) => one.environment === environment)?.card?.grade,
      );
      return section(
        `app-${name}`,
        linked(here.application(name), name),
        table({
          caption: `Grades of ${name}`,
          columns: ["Part", ...names],
          empty: "",
          rows: [[markup`<strong>all of it</strong>`, ...own.map(gradeCell)], ...things.map(row)],
        }),
      );
    })}`,
  });
}
