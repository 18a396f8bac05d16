import { drawing } from "../../page/graph/svg";
import { type Html, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { code, count, folded, lines, muted, section, terms } from "../../page/parts";
import { table } from "../../page/table";
import { contentsOf, portalPage } from "../frame";
import { applicationGraph, nodeLink, programGraph } from "../graphs";
import type { PortalApplication } from "../model";
import { APPLICATIONS, type Here, teamFile } from "../places";
import { type Relation } from "../relations";
import { ownerTerms } from "./about";
import { endLink, environmentLinks, gradeCell, gradeOfThing, spread, titlesOf } from "./cells";
import { brief, NO_SERVICES, NO_WORKLOADS, servicesTable, workloadsTable } from "./services";
import type { Around } from "./workload";

const row = (here: Here, titles: ReadonlyMap<string, string>, application: PortalApplication): Part[] => {
  const { name, each, workloads, services } = application;
  const { owner, description } = application.shown.application;
  return [
    lines([
      linked(here.application(name), name),
      brief(description) === undefined ? undefined : muted(brief(description)),
    ]),
    linked(here.team(owner), titles.get(owner) ?? owner),
    `${count(workloads.length, "service")}, ${count(services.length, "data service")}`,
    environmentLinks(
      here,
      each.map(({ environment }) => environment),
    ),
    gradeCell(application.shown.card?.grade),
  ];
};

/** Every application, by domain where one is said. */
export function applicationsTable(here: Here, applications: readonly PortalApplication[], { model }: Around): Html {
  const titles = titlesOf(model.teams);
  return table({
    caption: "All applications",
    columns: ["Application", "Owner", "Has", "Environments", "Grade"],
    empty: "The program has no application.",
    rows: applications.map((one) => row(here, titles, one)),
  });
}

export function applicationsPage(here: Here, around: Around): string {
  const { facts, model, relations } = around;
  const { applications } = model;
  const domains = [...new Set(applications.map(({ shown }) => shown.application.domain))].sort(
    (one = "~", other = "~") => (one < other ? -1 : 1),
  );
  const graph = programGraph(model, relations.all);
  const drawn =
    graph.edges.length === 0
      ? markup`<p class="muted">No application of this program needs another one.</p>\n`
      : drawing(graph, "program", "Who needs whom among applications", {
          href: (id) => here.application(id.slice(id.lastIndexOf("/") + 1)),
        });
  const ids = domains.map((_, at) => `domain-${at + 1}`);
  const title = (domain: string | undefined): string =>
    domain ?? (domains.length === 1 ? "All applications" : "Without a domain");
  return portalPage(here, facts, {
    title: "Applications",
    lead: markup`<p class="lead muted">${count(applications.length, "application")}, and who needs whom among them.</p>\n`,
    contents: contentsOf([
      ...domains.map((domain, at) => [ids[at] ?? "", title(domain)] as const),
      ["graph", "Who needs whom"],
    ]),
    main: markup`${domains.map((domain, at) =>
      section(
        ids[at] ?? "",
        domain === undefined ? title(domain) : markup`Domain ${domain}`,
        applicationsTable(
          here,
          applications.filter(({ shown }) => shown.application.domain === domain),
          around,
        ),
      ),
    )}${section("graph", "Who needs whom", drawn)}`,
  });
}

function edgesTable(here: Here, name: string, edges: readonly Relation[]): Html {
  return table({
    caption: `Edges of ${name}`,
    columns: ["From", "To", "By", "Environments"],
    empty: "Nothing in the application needs anything.",
    rows: edges.map(({ from, to, by, reads, environments }) => [
      endLink(here, from, name),
      markup`${endLink(here, to, name)}${reads ? markup` ${muted("reads only")}` : undefined}`,
      code(by),
      environmentLinks(here, environments),
    ]),
  });
}

function graphPart(here: Here, application: PortalApplication, { relations, notes }: Around): Html {
  const { name } = application;
  const { graph, isGrouped } = applicationGraph(application, relations.all, notes);
  const byNode = nodeLink(here);
  const href = (id: string): string | undefined => {
    const [kind = "", , of = ""] = id.split("/");
    return kind === "team" ? here.to(teamFile(of)) : byNode(id);
  };
  const drawn = graph.nodes.length === 0 ? undefined : drawing(graph, "graph", `Who needs whom in ${name}`, { href });
  const note = isGrouped
    ? markup`<p class="muted">There is too much of it to draw each thing: services are drawn by the team that answers for them, and data services by their kind. The page of each thing draws what is beside it.</p>\n`
    : undefined;
  const edges = relations.all.filter(({ from, to }) => from.application === name || to.application === name);
  return markup`${note}${drawn}${folded(`The same as a table: ${count(edges.length, "edge")}`, edgesTable(here, name, edges))}`;
}

/** The page of an application: its graph, and everything that it has. */
export function applicationPage(here: Here, application: PortalApplication, around: Around): string {
  const { facts, model } = around;
  const { name, shown, each, workloads, services } = application;
  const { owner, description, domain } = shown.application;
  const titles = titlesOf(model.teams);
  const grades = [
    ...workloads.flatMap((one) => gradeOfThing(one, "workloads") ?? []),
    ...services.flatMap((one) => gradeOfThing(one, "services") ?? []),
  ];
  return portalPage(here, facts, {
    title: name,
    above: [["Applications", APPLICATIONS]],
    lead: markup`${description === undefined ? undefined : markup`<p class="lead">${description}</p>\n`}`,
    contents: contentsOf([
      ["about", "About"],
      ["graph", "Who needs whom"],
      ["services", "Services"],
      ["data", "Data services"],
      ["places", "Environments"],
    ]),
    main: markup`${section(
      "about",
      "About",
      markup`${terms([...ownerTerms(here, owner, model.teams), ["Domain", domain]])}${spread(grades, `Grades of ${name}`)}`,
    )}${section("graph", "Who needs whom", graphPart(here, application, around))}${section(
      "services",
      "Services",
      workloadsTable(here, titles, `Services of ${name}`, workloads, NO_WORKLOADS),
    )}${section("data", "Data services", servicesTable(here, name, services, NO_SERVICES))}${section(
      "places",
      "Environments",
      table({
        caption: `Where ${name} runs`,
        columns: ["Environment", "Namespace", "Stack", "Grade"],
        empty: "",
        rows: each.map(({ environment, application: { namespace, stack }, card }) => [
          linked(here.environment(environment), environment),
          code(namespace),
          code(stack),
          gradeCell(card?.grade),
        ]),
      }),
    )}`,
  });
}
