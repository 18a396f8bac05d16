import type { WorkloadDocument } from "../../model-json/schema";
import { drawing } from "../../page/graph/svg";
import { type Html, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { badge, codes, lines, muted, section, terms, whole } from "../../page/parts";
import { replicasOf } from "../../page/sections/replicas";
import { table } from "../../page/table";
import type { PortalFacts } from "../facts";
import { contentsOf, portalPage } from "../frame";
import { beside, nodeLink } from "../graphs";
import type { PortalModel, Workload } from "../model";
import { operationLines } from "../openapi/reference";
import { apiFile, applicationFile, type Here, readmeFile, SERVICES } from "../places";
import { type End, endKey, type Relations } from "../relations";
import { alertLines, alertsPart, edgesPart, gradesPart, ownerTerms } from "./about";
import type { Apis } from "./api";
import { environmentLinks, gradeMark, gradeOfThing, hostCell, imageCell } from "./cells";

/** What pages are made of beside the thing itself. */
export interface Around {
  readonly facts: PortalFacts;
  readonly model: PortalModel;
  readonly relations: Relations;
  readonly notes: ReadonlyMap<string, string>;
  readonly apis: Apis;
}

type Place = Workload["each"][number];

const routesOf = ({ application }: Pick<Place, "application">, name: string) =>
  application.routes.filter((route) => route.workload === name && route.settings?.redirectTo === undefined);

const amount = (one: string, other: string): string => (one === other ? one : `${one}–${other}`);

function sizeOf({ resources: { requests, limits } }: WorkloadDocument): Html {
  return lines([
    whole(`${amount(requests.cpu, limits.cpu)} CPU`),
    whole(`${amount(requests.memory, limits.memory)} memory`),
  ]);
}

const runsTable = (here: Here, { name, each }: Workload): Html =>
  table({
    caption: `Where ${name} runs`,
    columns: ["Environment", "Version", "Pods", "Addresses", "Each pod"],
    empty: "",
    rows: each.map((placed) => [
      lines([
        linked(here.environment(placed.environment), whole(placed.environment)),
        muted(placed.facts.document.cloud.place),
      ]),
      imageCell(placed.it.image),
      replicasOf(placed.it),
      hostCell(routesOf(placed, name)),
      sizeOf(placed.it),
    ]),
  });

/** What it promises, as `availability 99.9 %`. Nothing where it promises nothing. */
export function promises(workload: WorkloadDocument): string[] {
  if (workload.kind !== "http" && workload.kind !== "php-fpm") return [];
  const { availability, latency } = workload.objectives ?? {};
  return [
    ...(availability === undefined
      ? []
      : [`${availability} % of requests are answered without an error of its own, over thirty days`]),
    ...(latency === undefined
      ? []
      : [`${latency.percent} % of requests are answered within ${latency.withinSeconds} s`]),
  ];
}

/** What it promises, once for all environments that promise the same. */
function objectivesPart(here: Here, { name, each }: Workload): Html | undefined {
  const found = new Map<string, { readonly own: readonly string[]; readonly environments: string[] }>();
  for (const { environment, it } of each) {
    const own = promises(it);
    if (own.length === 0) continue;
    const same = found.get(own.join()) ?? { own, environments: [] };
    found.set(own.join(), { own, environments: [...same.environments, environment] });
  }
  if (found.size === 0) return undefined;
  return table({
    caption: `Objectives of ${name}`,
    columns: ["Environments", "Promise"],
    empty: "",
    rows: [...found.values()].map(({ own, environments }) => [environmentLinks(here, environments), lines(own)]),
  });
}

function secretsPart({ name, each }: Workload): Html | undefined {
  const names = [...new Set(each.flatMap(({ it }) => it.secrets))];
  return names.length === 0
    ? undefined
    : markup`<p>Secrets that people make and that ${name} gets, by name: ${codes(names)}.</p>\n`;
}

function graphPart(here: Here, workload: Workload, { relations, notes }: Around): Html {
  const { application, name, shown } = workload;
  const self: End = { kind: "workload", application, name };
  const hosts = routesOf(shown, name);
  const graph = beside(self, relations, hosts, notes);
  const words = { application };
  const drawn =
    graph.edges.length === 0
      ? undefined
      : drawing(graph, "needs", `What is beside ${name}`, { href: nodeLink(here), self: endKey(self) });
  return markup`${drawn}<div class="pair">
<div><h3>It needs</h3>
${edgesPart(here, relations.from(self), "to", { ...words, caption: `What ${name} needs`, empty: "It needs nothing." })}</div>
<div><h3>Needed by</h3>
${edgesPart(here, relations.to(self), "from", { ...words, caption: `Who needs ${name}`, empty: "Nothing of this program needs it." })}</div>
</div>
`;
}

function apiPart(here: Here, { application, name }: Workload, { apis }: Around): Html | undefined {
  const api = apis.get(`${application}/${name}`);
  if (api === undefined) return undefined;
  const to = (id?: string): string => here.to(apiFile(application, name), id);
  const all = markup`<p><a href="${to()}">Reference of the API</a> ${muted(`${api.type}, from ${api.file}`)}</p>\n`;
  return api.operations.length === 0 ? all : markup`${all}<p>${operationLines(api.operations, to)}</p>\n`;
}

/** Where its code is and what that says of itself. */
function codeTerms(here: Here, { application, name }: Workload, { facts }: Around): (readonly [string, Part])[] {
  const of = `${application}/${name}`;
  const [source, readme] = [facts.sources[of], facts.readmes[of]];
  return [
    [
      "Code",
      source === undefined
        ? undefined
        : markup`<a href="${source}" rel="noreferrer">${source.replace(/^https:\/\/github\.com\//, "")}</a>`,
    ],
    [
      "Documents",
      readme === undefined ? undefined : markup`<a href="${here.to(readmeFile(application, name))}">${readme.file}</a>`,
    ],
  ];
}

/** The page of a workload: everything about it, wherever it runs. */
export function workloadPage(here: Here, workload: Workload, around: Around): string {
  const { application, name, owner, shown, each } = workload;
  const { facts, model } = around;
  const grade = gradeOfThing(workload, "workloads");
  const alerts = alertLines(each, ({ labels }) => labels["workload"] === name);
  const kinds = new Map<string, readonly [title: string, body: Html | undefined]>([
    ["runs", ["Where it runs", runsTable(here, workload)]],
    ["needs", ["Who needs whom", graphPart(here, workload, around)]],
    ["api", ["API", apiPart(here, workload, around)]],
    ["objectives", ["Objectives", objectivesPart(here, workload)]],
    ["alerts", ["Alerts", alertsPart(here, application, name, alerts)]],
    ["grades", ["Grades", gradesPart(here, workload, "workloads")]],
    ["secrets", ["Secrets", secretsPart(workload)]],
  ]);
  const parts = [...kinds].flatMap(([id, [title, body]]) => (body === undefined ? [] : [{ id, title, body }]));
  const lead = shown.it.description;
  return portalPage(here, facts, {
    title: name,
    above: [
      ["Services", SERVICES],
      [application, applicationFile(application)],
    ],
    lead: markup`<p class="badges">${badge("plain", shown.it.kind)} ${grade === undefined ? undefined : gradeMark(grade)} ${muted(`in ${each.length} of ${model.environments.length} environments`)}</p>
${lead === undefined ? undefined : markup`<p class="lead">${lead}</p>\n`}`,
    contents: contentsOf([["about", "About"], ...parts.map(({ id, title }) => [id, title] as const)]),
    main: markup`${section(
      "about",
      "About",
      terms([
        ...ownerTerms(here, owner, model.teams),
        ["Application", linked(here.application(application), application)],
        ...codeTerms(here, workload, around),
        ["Data it keeps in volumes", volumes(shown.it)],
      ]),
    )}${parts.map(({ id, title, body }) => section(id, title, body))}`,
  });
}

function volumes({ volumes: all }: WorkloadDocument): Part {
  const names = Object.entries(all);
  return names.length === 0
    ? undefined
    : lines(names.map(([name, { size, mountPath }]) => `${name}, ${size} at ${mountPath}`));
}
