import { environmentParts, pageFile } from "../../page/environment-page";
import type { PageFacts } from "../../page/facts";
import { type Html, joined, markup, type Part } from "../../page/html";
import { count, lines, muted, section } from "../../page/parts";
import { badgesOf, capacityBadge, overviewOf, supportBadge } from "../../page/sections/overview";
import { table } from "../../page/table";
import type { PortalFacts } from "../facts";
import { portalPage } from "../frame";
import { ENVIRONMENTS, type Here } from "../places";

function row(here: Here, facts: PageFacts): Part[] {
  const overview = overviewOf(facts);
  const { name, where, applications, workloads, services, alerts } = overview;
  return [
    markup`<a href="${here.to(pageFile(name))}">${name}</a>`,
    where,
    badgesOf(overview),
    lines([
      applications.length > 6 ? count(applications.length, "application") : applications.join(", "),
      muted(`${count(workloads, "workload")}, ${count(services, "data service")}, ${count(alerts, "alert")}`),
    ]),
    supportBadge(overview),
    capacityBadge(overview),
  ];
}

/** Every environment that the portal is of. */
export const environmentsTable = (here: Here, environments: readonly PageFacts[]): Html =>
  table({
    caption: "All environments",
    columns: ["Environment", "Where", "Profile", "Applications", "Support", "Capacity"],
    empty: "The program has no environment.",
    rows: environments.map((facts) => row(here, facts)),
  });

/** The same in few words. */
export const environmentsBrief = (here: Here, environments: readonly PageFacts[]): Html =>
  table({
    caption: "Environments",
    columns: ["Environment", "Profile", "How it stands"],
    empty: "The program has no environment.",
    rows: environments.map((facts) => {
      const overview = overviewOf(facts);
      return [
        lines([markup`<a href="${here.to(pageFile(overview.name))}">${overview.name}</a>`, muted(overview.where)]),
        badgesOf(overview),
        joined([supportBadge(overview), capacityBadge(overview)], " "),
      ];
    }),
  });

/** What the portal says nothing of. */
export const othersNote = (others: readonly string[]): Part =>
  others.length === 0
    ? undefined
    : markup`<p class="muted">Not in this portal, as it was asked for the others alone: ${others.join(", ")}.</p>\n`;

/** The list of all environments, and how their support and their capacity stand. */
export function environmentsPage(here: Here, facts: PortalFacts): string {
  return portalPage(here, facts, {
    title: "Environments",
    lead: markup`<p class="lead muted">${count(facts.environments.length, "environment")}; support as on <time datetime="${facts.on}">${facts.on}</time>.</p>\n${othersNote(facts.others)}`,
    main: markup`<div class="content">${section("environments", "All environments", environmentsTable(here, facts.environments))}</div>\n`,
  });
}

/** The page of an environment. */
export function environmentPage(here: Here, environment: PageFacts, facts: PortalFacts): string {
  const { badges, contents, main } = environmentParts(environment, here);
  return portalPage(here, facts, {
    title: environment.rendered.name,
    above: [["Environments", ENVIRONMENTS]],
    lead: badges,
    contents,
    main,
  });
}
