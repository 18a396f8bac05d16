import { pageFile } from "../../page/environment-page";
import { replicasOf } from "../../page/sections/replicas";
import { type PortalFacts } from "../facts";
import type { PortalModel } from "../model";
import {
  ALERTS,
  apiFile,
  applicationFile,
  readmeFile,
  runbookFile,
  serviceFile,
  teamFile,
  VERSIONS,
  workloadFile,
} from "../places";
import { versionsOf } from "../versions";
import { SCRIPT_MARK } from "./script";

/* What can be searched: everything that has a page or a part of one. */

const GROUPS = [
  "Services",
  "Data services",
  "Applications",
  "Teams",
  "Environments",
  "Hosts",
  "APIs",
  "Alerts",
  "Runbooks",
  "Documents",
  "Versions",
] as const;

type Group = (typeof GROUPS)[number];

/** A line of the search. `more` is words that find it and are not shown. */
interface Entry {
  readonly group: Group;
  readonly title: string;
  readonly note: string;
  readonly href: string;
  readonly more?: string;
}

/** A description may be long: its beginning finds it. */
const begin = (text: string | undefined): string => (text ?? "").slice(0, 200);

function things({ applications, workloads, services, teams }: PortalModel): Entry[] {
  return [
    ...workloads.map(({ application, name, owner, shown: { it } }): Entry => {
      return {
        group: "Services",
        title: name,
        note: `${it.kind} of ${application}, ${owner}`,
        href: workloadFile(application, name),
        more: [begin(it.description), it.image, replicasOf(it)].join(" "),
      };
    }),
    ...services.map(({ application, name, owner, shown: { it } }): Entry => {
      return {
        group: "Data services",
        title: name,
        note: `${it.provided.version ?? it.kind} of ${application}`,
        href: serviceFile(application, name),
        more: [it.kind, it.provided.product, it.provided.name, owner].join(" "),
      };
    }),
    ...applications.map(({ name, shown: { application } }): Entry => {
      const { owner, description, domain } = application;
      return {
        group: "Applications",
        title: name,
        note: domain === undefined ? owner : `${owner}, ${domain}`,
        href: applicationFile(name),
        more: begin(description),
      };
    }),
    ...teams.map(({ name, said }): Entry => {
      const people = (said?.members ?? []).flatMap((one) => [one.title ?? "", one.name, one.github ?? ""]);
      return {
        group: "Teams",
        title: said?.title ?? name,
        note: name,
        href: teamFile(name),
        more: [...people, said?.email ?? "", begin(said?.description)].join(" "),
      };
    }),
  ];
}

function hosts({ applications }: PortalModel): Entry[] {
  return applications.flatMap(({ name, each }) =>
    each.flatMap(({ environment, application }) =>
      application.routes.map(({ host, path, workload }): Entry => {
        const note = `${environment}: ${workload} of ${name}`;
        return {
          group: "Hosts",
          title: `${host}${path === "/" ? "" : path}`,
          note,
          href: workloadFile(name, workload),
        };
      }),
    ),
  );
}

function alerts({ applications }: PortalModel): Entry[] {
  return applications.flatMap(({ name, each }) => {
    const all = each.flatMap((one) => one.alerts);
    const names = [...new Set(all.map((alert) => alert.name))].sort();
    return names.map((alert): Entry => {
      const of = [...new Set(all.flatMap((one) => (one.name === alert ? Object.values(one.labels) : [])))];
      const href = `${ALERTS}#${name}-${alert}`;
      return { group: "Alerts", title: alert, note: `of ${name}`, href, more: of.join(" ") };
    });
  });
}

function documents({ runbooks, apis, readmes }: PortalFacts): Entry[] {
  const parts = (of: string): [string, string] => {
    const [application = "", name = ""] = of.split("/");
    return [application, name];
  };
  return [
    ...Object.keys(apis).map((of): Entry => {
      return { group: "APIs", title: of, note: apis[of]?.file ?? "", href: apiFile(...parts(of)) };
    }),
    ...Object.entries(runbooks).map(([path]): Entry => {
      const [environment = "", application = "", page = ""] = path.replace(/\.md$/, "").split("/");
      const title = page === "README" ? `All runbooks of ${application}` : page;
      return { group: "Runbooks", title, note: `${environment}, ${application}`, href: runbookFile(path) };
    }),
    ...Object.entries(readmes).map(([of, { file }]): Entry => {
      return { group: "Documents", title: of, note: file, href: readmeFile(...parts(of)) };
    }),
  ];
}

/** Everything that the search finds, as a script that hands it over. The same facts give the same bytes. */
export function searchIndex(facts: PortalFacts, model: PortalModel): string {
  const entries: Entry[] = [
    ...things(model),
    ...facts.environments.map(({ rendered: { name }, document }): Entry => {
      const note = `${document.cloud.title}, ${document.cloud.place}`;
      return { group: "Environments", title: name, note, href: pageFile(name), more: document.profile };
    }),
    ...hosts(model),
    ...alerts(model),
    ...documents(facts),
    ...versionsOf(facts.environments).map(({ fact, when }): Entry => {
      return { group: "Versions", title: `${fact.product} ${fact.version}`, note: when, href: VERSIONS };
    }),
  ];
  const rows = entries.map(({ group, title, note, href, more = "" }) => [
    GROUPS.indexOf(group),
    title,
    note,
    href,
    more,
  ]);
  // A line each, so that a change of one is told as one.
  const lines = rows.map((row) => JSON.stringify(row)).join(",\n");
  return `${SCRIPT_MARK}\ngoldenpathPortal({"groups":${JSON.stringify(GROUPS)},"entries":[\n${lines}\n]});\n`;
}
