import type { ApplicationDocument, WorkloadDocument } from "../model-json/schema";
import type { Alert } from "../observability/alerts/alert";
import type { PageFacts } from "../page/facts";
import { alertsOf } from "../page/sections/alerts";
import type { RenderedApplication } from "../rendering/rendered-environment";
import { type Scorecard, scorecardOf } from "../scorecard/score";

export type ServiceDocument = ApplicationDocument["services"][string];

/** An application in one environment. */
export interface Placed {
  readonly environment: string;
  readonly facts: PageFacts;
  readonly rendered: RenderedApplication;
  readonly application: ApplicationDocument;
  readonly card: Scorecard | undefined;
  readonly alerts: readonly Alert[];
}

/** A thing of an application, wherever it is. */
export interface Thing<T> {
  readonly application: string;
  readonly name: string;
  /** One for each environment that has it, one at least. */
  readonly each: readonly (Placed & { readonly it: T })[];
  /** Where most depends on it: the first environment of profile production, or the first of all. */
  readonly shown: Placed & { readonly it: T };
  /** Name of the team that answers for it. */
  readonly owner: string;
}

export type Workload = Thing<WorkloadDocument>;
export type Service = Thing<ServiceDocument>;

export interface PortalApplication {
  readonly name: string;
  readonly each: readonly Placed[];
  readonly shown: Placed;
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
}

export interface PortalTeam {
  readonly name: string;
  /** What is known of it beside the name. */
  readonly said: NonNullable<ApplicationDocument["teams"]>[string] | undefined;
  readonly applications: readonly PortalApplication[];
  readonly workloads: readonly Workload[];
  /** Those of the applications that it owns. */
  readonly services: readonly Service[];
}

/** A program as its portal shows it: of everything one, with all environments that have it. */
export interface PortalModel {
  readonly environments: readonly PageFacts[];
  readonly applications: readonly PortalApplication[];
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  readonly teams: readonly PortalTeam[];
  /** Whether the site has such a file. */
  readonly has: (file: string) => boolean;
}

const shownOf = <T extends Placed>(each: readonly T[]): T | undefined =>
  each.find(({ facts }) => facts.document.profile === "production") ?? each[0];

function placesOf(facts: PageFacts): (readonly [name: string, placed: Placed])[] {
  const { rendered, document, support } = facts;
  return rendered.applications.flatMap((one) => {
    const { name } = one.application;
    const application = document.applications[name];
    if (application === undefined) return [];
    const card = scorecardOf(rendered.name, document, name, { support, origin: facts.origins?.get(name) ?? "none" });
    return [
      [name, { environment: rendered.name, facts, rendered: one, application, card, alerts: alertsOf(one) }] as const,
    ];
  });
}

/** Things of one kind, in the order of the model, and then those that other environments alone have. */
function thingsOf<T>(
  name: string,
  each: readonly Placed[],
  listOf: (application: ApplicationDocument) => Readonly<Record<string, T>>,
  ownerOf: (application: ApplicationDocument, it: T) => string,
): Thing<T>[] {
  const shown = shownOf(each);
  const sorted = shown === undefined ? each : [shown, ...each.filter((one) => one !== shown)];
  const names = [...new Set(sorted.flatMap(({ application }) => Object.keys(listOf(application))))];
  return names.flatMap((thing) => {
    const mine = each.flatMap((placed) => {
      const it = new Map(Object.entries(listOf(placed.application))).get(thing);
      return it === undefined ? [] : [{ ...placed, it }];
    });
    const first = shownOf(mine);
    return first === undefined
      ? []
      : [{ application: name, name: thing, each: mine, shown: first, owner: ownerOf(first.application, first.it) }];
  });
}

function applicationOf(name: string, each: readonly Placed[]): PortalApplication[] {
  const shown = shownOf(each);
  if (shown === undefined) return [];
  const workloads = thingsOf(
    name,
    each,
    (one) => one.workloads,
    ({ owner }, it) => it.owner ?? owner,
  );
  const services = thingsOf(
    name,
    each,
    (one) => one.services,
    ({ owner }) => owner,
  );
  return [{ name, each, shown, workloads, services }];
}

function teamsOf(applications: readonly PortalApplication[]): PortalTeam[] {
  const said = new Map(
    applications.flatMap(({ each }) => each.flatMap(({ application }) => Object.entries(application.teams ?? {}))),
  );
  const owners = applications.flatMap(({ shown, workloads }) => [
    shown.application.owner,
    ...workloads.map(({ owner }) => owner),
  ]);
  return [...new Set([...owners, ...said.keys()])].sort().map((name) => {
    const mine = applications.filter(({ shown }) => shown.application.owner === name);
    return {
      name,
      said: said.get(name),
      applications: mine,
      workloads: applications.flatMap(({ workloads }) => workloads.filter(({ owner }) => owner === name)),
      services: mine.flatMap(({ services }) => services),
    };
  });
}

/** Everything of a program once, from what is known of each environment. */
export function portalModel(environments: readonly PageFacts[], has: PortalModel["has"]): PortalModel {
  const placed = environments.flatMap(placesOf);
  const applications = [...new Set(placed.map(([name]) => name))].sort().flatMap((name) =>
    applicationOf(
      name,
      placed.flatMap(([of, one]) => (of === name ? [one] : [])),
    ),
  );
  return {
    environments,
    applications,
    workloads: applications.flatMap(({ workloads }) => workloads),
    services: applications.flatMap(({ services }) => services),
    teams: teamsOf(applications),
    has,
  };
}

/** The part of a scorecard that is of a workload or service. */
export const scoreOf = (
  { card }: Placed,
  list: "services" | "workloads",
  name: string,
): Scorecard["parts"][number] | undefined => card?.parts.find((part) => part.list === list && part.name === name);
