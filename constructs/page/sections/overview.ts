import { isShort } from "../../capacity/report";
import type { PageFacts } from "../facts";
import { type Html, markup, type Part } from "../html";
import { badge, code, count, list, section, terms, type Tone } from "../parts";
import { alertsOf } from "./alerts";

/** What a page and the list of all pages both say of an environment. */
export interface Overview {
  readonly name: string;
  readonly where: string;
  readonly profile: string;
  readonly protect: boolean;
  readonly stacks: number;
  readonly applications: readonly string[];
  readonly workloads: number;
  readonly services: number;
  readonly routes: number;
  readonly alerts: number;
  /** Versions whose support has ended, and is not accepted. */
  readonly past: number;
  /** Versions whose support ends soon. */
  readonly near: number;
  /** Versions whose support has ended, which is accepted with a reason. */
  readonly accepted: number;
  /** Whether its pods find room at their most; `unknown` where nobody knows the nodes. */
  readonly fits: "no" | "unknown" | "yes";
}

const amount = (of: Readonly<Record<string, unknown>>): number => Object.keys(of).length;

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

/** Whether all that pods are compared with is known. */
const isKnown = ({ nodes: { unbounded, unknownMachines } }: PageFacts["capacity"]): boolean =>
  unbounded === undefined && unknownMachines.length === 0;

export function overviewOf({ rendered, document, stacks, capacity, support }: PageFacts): Overview {
  const applications = Object.values(document.applications);
  const standing = (wanted: string): number => support.sightings.filter((one) => one.standing === wanted).length;
  return {
    name: rendered.name,
    where: `${document.cloud.title}, ${document.cloud.place}`,
    profile: document.profile,
    protect: document.protect,
    stacks: stacks.length,
    applications: Object.keys(document.applications),
    workloads: sum(applications.map(({ workloads }) => amount(workloads))),
    services: sum(applications.map(({ services }) => amount(services))),
    routes: sum(applications.map(({ routes }) => routes.length)),
    alerts: sum(rendered.applications.map((one) => alertsOf(one).length)),
    past: standing("past"),
    near: standing("near"),
    accepted: standing("accepted"),
    fits: isShort(capacity) ? "no" : isKnown(capacity) ? "yes" : "unknown",
  };
}

/** What is protected, and how large it is meant to be. */
export const badgesOf = ({ protect, profile }: Pick<Overview, "profile" | "protect">): Html =>
  markup`${badge("plain", profile)} ${protect ? badge("good", "protected") : badge("plain", "not protected")}`;

/** How the support of its versions stands, in a badge. */
export function supportBadge({ past, near, accepted }: Pick<Overview, "accepted" | "near" | "past">): Html {
  if (past > 0) return badge("bad", `support: ${past} ended`);
  if (near > 0) return badge("warn", `support: ${near} ends soon`);
  return accepted > 0 ? badge("plain", `support: ${accepted} ended, accepted`) : badge("good", "support: none ended");
}

const CAPACITY: Readonly<Record<Overview["fits"], readonly [tone: Tone, words: string]>> = {
  yes: ["good", "nodes suffice"],
  no: ["bad", "nodes do not suffice"],
  unknown: ["plain", "nodes not known"],
};

export const capacityBadge = ({ fits }: Pick<Overview, "fits">): Html => badge(...CAPACITY[fits]);

/** The numbers at the top of a page. */
export function figures(overview: Overview): Html {
  const figure = (number: number, one: string, more?: string): Html => {
    const [, ...words] = count(number, one, more).split(" ");
    return markup`<li><b>${number}</b> <span>${words.join(" ")}</span></li>\n`;
  };
  return markup`<ul class="figures" aria-label="How much there is">
${figure(overview.applications.length, "application")}${figure(overview.workloads, "workload")}${figure(
    overview.services,
    "data service",
  )}${figure(overview.routes, "route")}${figure(overview.alerts, "alert")}${figure(overview.stacks, "stack")}</ul>
`;
}

/** What somebody should do something about, before all else. */
export function attention({ warnings, refusals, support }: PageFacts): Html {
  const ends = support.sightings.filter(({ standing }) => standing === "past" || standing === "near");
  const items: Part[] = [
    ...refusals.map((line) => markup`${badge("bad", "refused by synth")} ${line}`),
    ...ends.map(
      ({ fact, standing }) =>
        markup`${standing === "past" ? badge("bad", "ended") : badge("warn", "ends soon")} <a href="#versions">support of ${fact.product} ${fact.version}</a>, ${fact.endOfSupport}`,
    ),
    ...warnings.map((line) => markup`${badge("warn", "warning")} ${line}`),
  ];
  return section(
    "attention",
    "What needs attention",
    items.length === 0
      ? markup`<p>Nothing that is known here. What has no known end of support, or no known nodes, is said below.</p>\n`
      : list(items),
  );
}

const dashboards = (commands: readonly string[] | undefined): Part =>
  commands === undefined || commands.length === 0
    ? undefined
    : commands.map((command) => markup`<code>${command}</code><br>`);

/** What the environment is, and what it is on. */
export function factsPart({ document, rendered }: PageFacts): Html {
  const { cloud, routing, observability, contact, costCenter, release, addons = {} } = document;
  return terms([
    ["Cloud", markup`${cloud.title}, ${cloud.place}`],
    ["Cluster", markup`${cloud.cluster} ${code(cloud.clusterName)}`],
    ["Kubernetes", cloud.kubernetesVersion ?? "the cluster's own"],
    ["Nodes", cloud.nodes],
    ["Networks", cloud.networkCidrs?.join(", ")],
    ["DNS zones", cloud.dnsZones?.length === 0 ? "none" : cloud.dnsZones?.join(", ")],
    ["Terraform state", cloud.state],
    ["Secret store", cloud.secretStore],
    ["Routing", routing.title],
    ["Observability", observability?.title ?? "off"],
    ["Released by", release],
    ["Image policy", document.images],
    ["Charts of its own", amount(addons) === 0 ? undefined : Object.keys(addons).join(", ")],
    ["Contact", contact],
    ["Cost centre", costCenter],
    ["Dashboards", dashboards(rendered.environment.observability?.dashboards)],
  ]);
}
