import type { Alert } from "../../observability/alerts/alert";
import { condition } from "../../observability/runbooks/in-words";
import { type Html, joined, markup, type Part } from "../../page/html";
import { linked } from "../../page/links";
import { badge, code, lines, link, muted, type Tone } from "../../page/parts";
import { table } from "../../page/table";
import { nextOf } from "../../scorecard/text";
import { scoreOf } from "../model";
import type { Placed, PortalTeam, Service, Workload } from "../model";
import type { Here } from "../places";
import type { Relation } from "../relations";
import { endLink, environmentLinks, gradeCell, kindWords } from "./cells";

/* Parts of the pages of workloads, of data services and of teams. */

const TONES: Readonly<Record<Alert["severity"], Tone>> = { critical: "bad", warning: "warn", info: "plain" };

/** A severity by its meaning. */
export const severityBadge = (severity: Alert["severity"]): Html => badge(TONES[severity], severity);

export interface AlertLine {
  readonly name: string;
  readonly severity: Alert["severity"];
  /** Limits at which it fires, each once. */
  readonly fires: readonly string[];
  readonly environments: readonly string[];
}

/** Alerts of one name and severity, with their limits, and all environments in which they are rendered with these. */
export function alertLines(each: readonly Placed[], isMine: (alert: Alert) => boolean): AlertLine[] {
  const limits = each.flatMap(({ environment, alerts }) => {
    const mine = new Map<string, AlertLine>();
    for (const alert of alerts.filter(isMine)) {
      const { name, severity } = alert;
      const key = `${name}\n${severity}`;
      const fires = [...new Set([...(mine.get(key)?.fires ?? []), condition(alert)])];
      mine.set(key, { name, severity, fires, environments: [environment] });
    }
    return [...mine.values()];
  });
  const found = new Map<string, AlertLine>();
  for (const line of limits) {
    const key = [line.name, line.severity, ...line.fires].join("\n");
    const environments = [...(found.get(key)?.environments ?? []), ...line.environments];
    found.set(key, { ...line, environments });
  }
  return [...found.values()];
}

/** Runbooks of an alert, by environment. */
export const runbookLinks = (here: Here, application: string, { name, environments }: AlertLine): Html =>
  joined(
    environments.map((environment) => {
      const href = here.runbook(environment, application, name);
      return href === undefined
        ? markup`${environment}`
        : markup`<a href="${href}"><span class="heard">${name} in </span>${environment}</a>`;
    }),
    ", ",
  );

export function alertsPart(here: Here, application: string, of: string, found: readonly AlertLine[]): Html {
  return table({
    caption: `Alerts about ${of}`,
    columns: ["Alert", "Severity", "Fires at", "Runbook"],
    empty: "No alert is about it alone, or nothing measures the environments that it is in.",
    rows: found.map((line) => [
      line.name,
      severityBadge(line.severity),
      lines(line.fires),
      runbookLinks(here, application, line),
    ]),
  });
}

/** Grades by environment, with what the next one asks. */
export function gradesPart(here: Here, thing: Service | Workload, list: "services" | "workloads"): Html {
  return table({
    caption: `Grades of ${thing.name}`,
    columns: ["Environment", "Grade", "For the next grade"],
    empty: "",
    rows: thing.each.map((placed) => {
      const score = scoreOf(placed, list, thing.name);
      const asked = (score === undefined ? [] : nextOf(score)).flatMap(({ asks, judgement }) =>
        judgement.is === "unmet"
          ? [markup`${asks}: ${judgement.fact}; ${muted(markup`write ${code(judgement.write)}: ${judgement.todo}`)}`]
          : [],
      );
      return [linked(here.environment(placed.environment), placed.environment), gradeCell(score?.grade), lines(asked)];
    }),
  });
}

/** Edges of one side, each with what is at the other end. */
export function edgesPart(
  here: Here,
  edges: readonly Relation[],
  side: "from" | "to",
  { caption, empty, application }: { readonly caption: string; readonly empty: string; readonly application: string },
): Html {
  const isSomewhere = new Set(edges.map(({ environments }) => environments.join())).size > 1;
  return table({
    caption,
    columns: [side === "to" ? "Needs" : "Who", "What it is", "By", ...(isSomewhere ? ["In"] : [])],
    empty,
    rows: edges.map((edge) => [
      endLink(here, edge[side], application),
      markup`${kindWords(edge[side].kind)}${edge.reads ? markup` ${muted("reads only")}` : undefined}`,
      code(edge.by),
      ...(isSomewhere ? [environmentLinks(here, edge.environments)] : []),
    ]),
  });
}

/** Who answers, who is in it and where they can be written to. */
export function ownerTerms(here: Here, owner: string, teams: readonly PortalTeam[]): (readonly [string, Part])[] {
  const said = teams.find(({ name }) => name === owner)?.said;
  const called = said?.title;
  const people = (said?.members ?? []).map(({ name, title }) => title ?? name);
  return [
    [
      "Owner",
      markup`${linked(here.team(owner), called ?? owner)}${called === undefined ? undefined : markup`<br>${muted(owner)}`}`,
    ],
    ["People", people.length === 0 ? undefined : people.join(", ")],
    ["Contact", contact(said)],
  ];
}

/** A mail address. What would be more than one address to a mail program stays a text. */
export const mail = (address: string): Html =>
  /^[^\s?&%:@<>]+@[^\s?&%:@<>]+$/.test(address)
    ? markup`<a href="mailto:${address}">${address}</a>`
    : markup`${address}`;

/** Its channel and its mail address, as links. */
export function contact(said: PortalTeam["said"]): Part {
  const { chat, email } = said ?? {};
  if (chat === undefined && email === undefined) return undefined;
  return lines([chat === undefined ? undefined : link(chat, "Channel"), email === undefined ? undefined : mail(email)]);
}
