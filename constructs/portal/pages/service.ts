import { drawing } from "../../page/graph/svg";
import { type Html, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { badge, code, lines, muted, nothing, section, terms, whole } from "../../page/parts";
import { recoveryColumns, recoveryRows } from "../../page/sections/recovery";
import { placeOf, sizeOf } from "../../page/sections/services";
import { table } from "../../page/table";
import { contentsOf, portalPage } from "../frame";
import { beside, nodeLink } from "../graphs";
import type { Service } from "../model";
import { applicationFile, DATA, type Here } from "../places";
import { type End, endKey } from "../relations";
import { alertLines, alertsPart, edgesPart, gradesPart, ownerTerms } from "./about";
import { environmentLinks, gradeMark, gradeOfThing } from "./cells";
import type { Around } from "./workload";

const standby = ({ sizing, provided }: Service["shown"]["it"]): Part =>
  sizing.placement === "external" || provided.compute === undefined ? nothing : sizing.highAvailability ? "yes" : "no";

const runsTable = (here: Here, { name, each }: Service): Html =>
  table({
    caption: `Where ${name} is`,
    columns: ["Environment", "Version", "Where", "Size", "Standby", "Backups"],
    empty: "",
    rows: each.map(({ environment, it }) => [
      linked(here.environment(environment), whole(environment)),
      lines([markup`<strong>${it.provided.version ?? it.kind}</strong>`, muted(it.provided.product)]),
      placeOf(it),
      sizeOf(it),
      standby(it),
      it.provided.backups ?? nothing,
    ]),
  });

/** How its data come back, in each environment; where somebody else runs it, too. */
function recoveryPart(here: Here, { name, each }: Service): Html {
  const rows = each.flatMap(({ environment, facts, rendered }) =>
    recoveryRows(rendered.application, facts.rendered.environment)
      .filter(({ of }) => of === name)
      .map(({ cells }) => [linked(here.environment(environment), environment), ...cells.slice(0, 3)]),
  );
  return table({
    caption: `How data of ${name} come back`,
    columns: ["Environment", ...recoveryColumns.slice(1)],
    empty: "It holds no data.",
    rows,
  });
}

function usersPart(here: Here, { application, name }: Service, { relations, notes }: Around): Html {
  const self: End = { kind: "service", application, name };
  const graph = beside(self, relations, [], notes);
  const drawn =
    graph.edges.length === 0
      ? undefined
      : drawing(graph, "users", `Who needs ${name}`, { href: nodeLink(here), self: endKey(self) });
  return markup`${drawn}${edgesPart(here, relations.to(self), "from", {
    application,
    caption: `Services that need ${name}`,
    empty: "Nothing needs it.",
  })}`;
}

/** What is to be known of it, with the environments of which it is true: each cloud's own service is another one. */
function notesPart(here: Here, { name, each }: Service): Html {
  const where = new Map<string, string[]>();
  for (const note of new Set(each.flatMap(({ it }) => it.provided.notes))) {
    const names = each.filter(({ it }) => it.provided.notes.includes(note)).map(({ environment }) => environment);
    where.set(names.join(), [...(where.get(names.join()) ?? []), note]);
  }
  return table({
    caption: `Worth knowing of ${name}`,
    columns: ["Environments", "What"],
    empty: "Nothing beside what is said above.",
    rows: [...where].map(([names, notes]) => [environmentLinks(here, names.split(",")), lines(notes)]),
  });
}

/** The page of a data service: who needs it, where it is, and how its data come back. */
export function servicePage(here: Here, service: Service, around: Around): string {
  const { application, name, owner, shown, each } = service;
  const { facts, model } = around;
  const { provided } = shown.it;
  const grade = gradeOfThing(service, "services");
  const alerts = alertLines(each, ({ labels }) => labels["service"] === name);
  const parts: readonly (readonly [id: string, title: string, body: Html])[] = [
    ["places", "Where it is", runsTable(here, service)],
    ["users", "Who needs it", usersPart(here, service, around)],
    ["recovery", "How its data come back", recoveryPart(here, service)],
    ["alerts", "Alerts", alertsPart(here, application, name, alerts)],
    ["grades", "Grades", gradesPart(here, service, "services")],
    ["notes", "Worth knowing", notesPart(here, service)],
  ];
  return portalPage(here, facts, {
    title: name,
    above: [
      ["Data", DATA],
      [application, applicationFile(application)],
    ],
    lead: markup`<p class="badges">${badge("plain", shown.it.kind)} ${grade === undefined ? undefined : gradeMark(grade)} ${muted(`in ${each.length} of ${model.environments.length} environments`)}</p>\n`,
    contents: contentsOf([["about", "About"], ...parts.map(([id, title]) => [id, title] as const)]),
    main: markup`${section(
      "about",
      "About",
      terms([
        ...ownerTerms(here, owner, model.teams),
        ["Application", linked(here.application(application), application)],
        ["Port", markup`${code(String(provided.port))} ${muted(provided.tls === "none" ? "without TLS" : "with TLS")}`],
        ["Sign in by", provided.signIn],
      ]),
    )}${parts.map(([id, title, body]) => section(id, title, body))}`,
  });
}
