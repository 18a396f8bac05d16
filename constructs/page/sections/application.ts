import type { ApplicationDocument, EnvironmentDocument } from "../../model-json/schema";
import type { Environment } from "../../model/resolved";
import type { RenderedApplication } from "../../rendering/rendered-environment";
import { type GraphEdge, graphOf } from "../graph/edges";
import { drawing } from "../graph/svg";
import { type Html, markup } from "../html";
import { code, count, folded, part, section, terms } from "../parts";
import { table } from "../table";
import { alertsOf, alertsTable } from "./alerts";
import { departs, departuresPart } from "./departures";
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

function needs(name: string, said: ApplicationDocument, id: string): Html {
  const graph = graphOf(said);
  const drawn = graph.nodes.length === 0 ? undefined : drawing(graph, id, `Who needs whom in ${name}`);
  const words = `The same as a table: ${count(graph.edges.length, "edge")}`;
  return markup`${drawn}${folded(words, edgesTable(name, graph.edges))}`;
}

function alerts(
  rendered: RenderedApplication,
  said: ApplicationDocument,
  { observability }: EnvironmentDocument,
): Html {
  const rules = alertsOf(rendered).length;
  const sum = rules === 0 ? undefined : markup`<p class="muted">${count(rules, "rule")} in all.</p>\n`;
  const { name } = rendered.application;
  const told = Object.values(said.services).some(({ provided }) => provided.alarms !== undefined);
  return markup`${alertsTable(rendered, observability?.title)}${sum}${told ? cloudAlarmsTable(name, said) : undefined}`;
}

/** Ids and titles of an application's parts, for the list of contents. */
export const contentsOf = (name: string, said: ApplicationDocument): (readonly [id: string, title: string])[] =>
  partsOf(said).map((key) => [`${idOf(name)}-${key}`, PARTS[key]]);

/** Everything about one application of an environment. */
export function applicationSection(
  rendered: RenderedApplication,
  document: EnvironmentDocument,
  environment: Pick<Environment, "cloud">,
): Html | undefined {
  const { application } = rendered;
  const { name, namespace, owner, podSecurity } = application;
  const said = document.applications[name];
  if (said === undefined) return undefined;
  const id = idOf(name);
  const parts: Readonly<Record<PartName, Html | undefined>> = {
    graph: needs(name, said, `${id}-graph`),
    workloads: workloadsTable(name, said),
    services: servicesTable(name, said),
    routes: routesTable(name, said),
    alerts: alerts(rendered, said, document),
    secrets: secretsTable(application, document),
    data: dataTable(application),
    recovery: recoveryTable(application, environment),
    departures: departuresPart(name, said),
  };
  const facts = terms([
    ["Owner", owner],
    ["Namespace", code(namespace)],
    ["Stack", code(said.stack)],
    ["Pod Security", podSecurity],
    ["Image policy", said.images],
  ]);
  const body = partsOf(said).map((key) => part(`${id}-${key}`, PARTS[key], parts[key]));
  return section(id, markup`Application ${name}`, markup`${facts}${body}`);
}
