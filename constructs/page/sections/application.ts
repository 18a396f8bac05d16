import type { ApplicationDocument, EnvironmentDocument } from "../../model-json/schema";
import type { Environment } from "../../model/resolved";
import type { RenderedApplication } from "../../rendering/rendered-environment";
import { scorecardOf } from "../../scorecard/score";
import type { PageFacts } from "../facts";
import { type GraphEdge, graphOf, MOST_DRAWN } from "../graph/edges";
import { drawing, type DrawingLinks } from "../graph/svg";
import { type Html, markup } from "../html";
import { linked, type Links, NO_LINKS } from "../links";
import { code, count, folded, part, section, terms } from "../parts";
import { table } from "../table";
import { alertsOf, alertsTable } from "./alerts";
import { departs, departuresPart } from "./departures";
import { gradeBadge, gradesTable, ownerPart } from "./grades";
import { recoveryTable } from "./recovery";
import { routesTable } from "./routes";
import { secretsTable } from "./secrets";
import { cloudAlarmsTable, dataTable, servicesTable } from "./services";
import { workloadsTable } from "./workloads";

/** Id of the part of an application, of which those of its own parts begin. */
export const idOf = (application: string): string => `app-${application}`;

/** Parts of an application by their ids, in the order of the page. */
const PARTS = {
  graph: "Who needs whom",
  grades: "Grades",
  workloads: "Workloads",
  services: "Data services",
  routes: "Routes",
  alerts: "Alerts",
  secrets: "Secrets that people make",
  data: "What holds data",
  recovery: "How lost data come back",
  departures: "What the tables do not show",
} as const;

type PartName = keyof typeof PARTS;

/** Parts that an application has: the last one is there where it departs from the model. */
const partsOf = (said: ApplicationDocument): PartName[] =>
  (Object.keys(PARTS) as PartName[]).filter((key) => key !== "departures" || departs(said));

const endOf = (id: string): string => id.slice(id.indexOf("/") + 1);

/** What an edge allows: of what is no data service nobody here knows more than that it is asked. */
const may = (to: string, reads: boolean): string =>
  to.startsWith("service/") ? (reads ? "only read" : "read and write") : "ask";

const edgesTable = (name: string, edges: readonly GraphEdge[]): Html =>
  table({
    caption: `Edges of ${name}`,
    columns: ["From", "To", "By", "May"],
    empty: "Nothing in the application needs anything.",
    rows: edges.map(({ from, to, by, reads }) => [endOf(from), endOf(to), code(by), may(to, reads)]),
  });

/** Pages of what the nodes of a graph stand for, where this is a page of a site. */
function linksOf(name: string, links: Links): DrawingLinks {
  if (links === NO_LINKS) return {};
  return {
    href: (node) => {
      const [kind, of] = [node.slice(0, node.indexOf("/")), endOf(node)];
      if (kind === "workload") return links.workload(name, of);
      return kind === "service" ? links.service(name, of) : undefined;
    },
  };
}

/** A drawing of hundreds of things shows nothing: the site has drawings of parts of it. */
const tooMuch = (name: string, links: Links): Html =>
  markup`<p class="muted">There is too much of it to draw. The page of ${linked(links.application(name), name)} draws it by teams, and that of each thing what is beside it.</p>\n`;

function needs(name: string, said: ApplicationDocument, id: string, links: Links): Html {
  const graph = graphOf(said);
  const drawn =
    graph.nodes.length === 0
      ? undefined
      : graph.nodes.length > MOST_DRAWN
        ? tooMuch(name, links)
        : drawing(graph, id, `Who needs whom in ${name}`, linksOf(name, links));
  const words = `The same as a table: ${count(graph.edges.length, "edge")}`;
  return markup`${drawn}${folded(words, edgesTable(name, graph.edges))}`;
}

function alerts(
  rendered: RenderedApplication,
  said: ApplicationDocument,
  { observability }: EnvironmentDocument,
  links: Links,
): Html {
  const rules = alertsOf(rendered).length;
  const sum = rules === 0 ? undefined : markup`<p class="muted">${count(rules, "rule")} in all.</p>\n`;
  const { name } = rendered.application;
  const told = Object.values(said.services).some(({ provided }) => provided.alarms !== undefined);
  return markup`${alertsTable(rendered, observability?.title, links)}${sum}${told ? cloudAlarmsTable(name, said) : undefined}`;
}

/** Ids and titles of an application's parts, for the list of contents. */
export const contentsOf = (name: string, said: ApplicationDocument): (readonly [id: string, title: string])[] =>
  partsOf(said).map((key) => [`${idOf(name)}-${key}`, PARTS[key]]);

/** Everything about one application of an environment. */
export function applicationSection(
  rendered: RenderedApplication,
  document: EnvironmentDocument,
  environment: Pick<Environment, "cloud" | "name">,
  { support, origins }: Pick<PageFacts, "origins" | "support">,
  links: Links = NO_LINKS,
): Html | undefined {
  const { application } = rendered;
  const { name, namespace, podSecurity } = application;
  const said = document.applications[name];
  if (said === undefined) return undefined;
  const id = idOf(name);
  const grades = scorecardOf(environment.name, document, name, { support, origin: origins?.get(name) ?? "none" });
  const parts: Readonly<Record<PartName, Html | undefined>> = {
    graph: needs(name, said, `${id}-graph`, links),
    grades: grades && gradesTable(grades),
    workloads: workloadsTable(name, said, links),
    services: servicesTable(name, said, links),
    routes: routesTable(name, said, links),
    alerts: alerts(rendered, said, document, links),
    secrets: secretsTable(application, document),
    data: dataTable(application),
    recovery: recoveryTable(application, environment),
    departures: departuresPart(name, said),
  };
  const facts = terms([
    ["Owner", ownerPart(said, links)],
    ["Grade", grades && gradeBadge(grades.grade)],
    ["Namespace", code(namespace)],
    ["Stack", code(said.stack)],
    ["Pod Security", podSecurity],
    ["Image policy", said.images],
  ]);
  const body = partsOf(said).map((key) => part(`${id}-${key}`, PARTS[key], parts[key]));
  return section(id, markup`Application ${linked(links.application(name), name)}`, markup`${facts}${body}`);
}
