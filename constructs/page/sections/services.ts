import type { ApplicationDocument } from "../../model-json/schema";
import { holdingsOf, isKept } from "../../model/holdings";
import type { ResolvedApplication } from "../../model/resolved";
import { type Html, markup, type Part } from "../html";
import { linked, type Links, NO_LINKS } from "../links";
import { badge, code, lines, muted, nothing } from "../parts";
import { table } from "../table";

type Service = ApplicationDocument["services"][string];

const PLACES: Readonly<Record<Service["sizing"]["placement"], string>> = {
  managed: "run by the cloud",
  "in-cluster": "in the cluster",
  external: "run by somebody else",
};

/** Who runs it, and what it is called there. */
export function placeOf({ sizing, provided }: Service): Part {
  const { placement, external } = sizing;
  return lines([
    PLACES[placement],
    external === undefined ? code(provided.name) : code(`${external.host}:${external.port}`),
  ]);
}

/** Its servers and its disk. */
export function sizeOf({ sizing, provided: { compute, disk } }: Service): Part {
  if (sizing.placement === "external") return nothing;
  const nodes = compute === undefined ? undefined : `${compute.nodes} x ${compute.machine}`;
  const grows = disk?.growsTo === undefined ? "" : `, grows to ${disk.growsTo}`;
  return lines([nodes, disk === undefined ? undefined : `${disk.kind} ${disk.size}${grows}`]);
}

/** Whether it has a standby. Of what has no servers that anybody chooses, such as a bucket, the model says nothing. */
function available({ sizing, provided: { compute } }: Service): Part {
  if (sizing.placement === "external" || compute === undefined) return nothing;
  return sizing.highAvailability ? "yes" : "no";
}

/** The data services of an application, as this environment has them. */
export const servicesTable = (name: string, { services }: ApplicationDocument, links: Links = NO_LINKS): Html =>
  table({
    caption: `Data services of ${name}`,
    columns: ["Service", "What it is", "Where", "Size", "High availability", "Backups"],
    empty: "The application has no data services.",
    rows: Object.entries(services).map(([service, said]) => [
      linked(links.service(name, service), service),
      lines([said.provided.version ?? said.kind, muted(said.provided.product)]),
      placeOf(said),
      sizeOf(said),
      available(said),
      said.provided.backups ?? nothing,
    ]),
  });

/** What the cloud itself tells of them, beside the alerts. */
export function cloudAlarmsTable(name: string, { services }: ApplicationDocument): Html {
  const rows = Object.entries(services).flatMap(([service, { provided }]) =>
    Object.entries(provided.alarms ?? {}).map(([failure, alarm]): Part[] => [
      service,
      failure,
      "untold" in alarm ? lines([muted("not told"), alarm.untold]) : alarm.when,
    ]),
  );
  return table({
    caption: `Alarms of the cloud about ${name}`,
    columns: ["Service", "Failure", "Told when"],
    empty: "The cloud tells nothing by itself.",
    rows,
  });
}

/** What holds data, and whether a deploy could delete it. */
export function dataTable(application: ResolvedApplication): Html {
  const holdings = holdingsOf(application);
  return table({
    caption: `What holds data of ${application.name}`,
    columns: ["What", "Kind", "Deletion"],
    empty: "Nothing of the application holds data.",
    rows: holdings.map(({ name, kind }) => [name, kind, deletion(application, name)]),
  });
}

function deletion(application: ResolvedApplication, name: string): Html {
  if (isKept(application, name)) return markup`${badge("good", "protected")} ${muted("nothing may delete it")}`;
  return application.drops.includes(name)
    ? markup`${badge("warn", "may be deleted")} ${muted("it is named in")} ${code("drops")}`
    : markup`${badge("plain", "not protected")} ${muted("it goes with what the model no longer has")}`;
}
