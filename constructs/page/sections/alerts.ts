import type { KubernetesObject } from "../../kubernetes/objects";
import type { Alert } from "../../observability/alerts/alert";
import { alertGroups } from "../../observability/alerts/alerts";
import { ofKind } from "../../observability/alerts/watched";
import { condition, templateInWords } from "../../observability/runbooks/in-words";
import type { RenderedApplication } from "../../rendering/rendered-environment";
import { type Html, joined, markup, type Part } from "../html";
import { linked, type Links, NO_LINKS } from "../links";
import { badge, lines, link, nothing, type Tone } from "../parts";
import { table } from "../table";

/** Alerts of one name that fire at the same, which is what people look for. */
interface AlertRow {
  readonly name: string;
  readonly severity: Alert["severity"];
  readonly fires: string;
  /** What each says when it fires, once. */
  readonly says: readonly string[];
  readonly runbook: string | undefined;
}

const objectsOf = ({ prepared, released }: RenderedApplication): KubernetesObject[] => [...prepared, ...released];

/** Addresses of runbooks by alert, as the rendered rules have them. */
function runbooksIn(objects: readonly KubernetesObject[]): ReadonlyMap<string, string | undefined> {
  const groups = ofKind({ objects }, "PrometheusRule").flatMap(({ spec }) => spec.groups);
  return new Map(
    groups.flatMap(({ rules }) =>
      rules.flatMap((rule) => ("alert" in rule ? [[rule.alert, rule.annotations["runbook_url"]] as const] : [])),
    ),
  );
}

/** Every alert of an application that a rendered rule has, in the order of the rules. Where nothing measures there is none. */
export function alertsOf(rendered: RenderedApplication): Alert[] {
  const objects = objectsOf(rendered);
  const rendering = runbooksIn(objects);
  if (rendering.size === 0) return [];
  const groups = alertGroups({ application: rendered.application, objects });
  return groups.flatMap(({ alerts }) => alerts.filter(({ name }) => rendering.has(name)));
}

/** What it says in a line, after what it is of where that is not in the line. */
function saidBy({ labels, texts }: Alert): string {
  const [of, summary] = [[...new Set(Object.values(labels))], templateInWords(texts.summary)];
  return of.length === 0 || of.some((one) => summary.includes(one)) ? summary : `${of.join(" / ")}: ${summary}`;
}

function rowsOf(rendered: RenderedApplication): AlertRow[] {
  const runbooks = runbooksIn(objectsOf(rendered));
  const rows = new Map<string, AlertRow>();
  for (const alert of alertsOf(rendered)) {
    const { name, severity } = alert;
    const fires = condition(alert);
    const key = [name, severity, fires].join("\n");
    const says = [...(rows.get(key)?.says ?? []), saidBy(alert)];
    rows.set(key, { name, severity, fires, says: [...new Set(says)], runbook: runbooks.get(name) });
  }
  return [...rows.values()];
}

const TONES: Readonly<Record<Alert["severity"], Tone>> = { critical: "bad", warning: "warn", info: "plain" };

/** What a template fills in is set apart: `*pod*`. */
const inWords = (text: string): Part =>
  joined(
    text.split(/\*(\w+)\*/).map((one, index) => (index % 2 === 1 ? markup`<em>${one}</em>` : one)),
    "",
  );

/** What to read: a page of this site before one elsewhere. */
function runbookCell({ name, runbook }: AlertRow, here: string | undefined): Html {
  const words = markup`Runbook<span class="heard"> of ${name}</span>`;
  if (here !== undefined) return linked(here, words);
  return runbook === undefined ? nothing : link(runbook, words);
}

/**
 * Alerts by which somebody is called about an application, and what to read then.
 *
 * @param measuredBy title of what measures the environment. `undefined`: nothing does
 * @param links leads to a page with the runbook, where the site has one
 */
export function alertsTable(
  rendered: RenderedApplication,
  measuredBy: string | undefined,
  links: Links = NO_LINKS,
): Html {
  const { name, environment } = rendered.application;
  return table({
    caption: `Alerts of ${name}`,
    columns: ["Alert", "Severity", "What it says", "Fires at", "Runbook"],
    empty:
      measuredBy === undefined
        ? "Nobody is called: observability is off in this environment."
        : `${measuredBy} brings no rules that this page knows.`,
    rows: rowsOf(rendered).map((row) => [
      row.name,
      badge(TONES[row.severity], row.severity),
      lines(row.says.map(inWords)),
      row.fires,
      runbookCell(row, links.runbook(environment, name, row.name)),
    ]),
  });
}
