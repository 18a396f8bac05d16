import type { ApplicationSpec, Route } from "../model/application";
import type { ApplicationOverlay, EnvironmentInput } from "../model/environment";
import { routeSettings } from "../model/resolve-route";
import { routeKey } from "../model/route";
import { lineage } from "../model/team";
import { pointer } from "./pointer";
import type { ApplicationDocument, EnvironmentDocument, WorkloadDocument } from "./schema";

/** Where a value of the document may have been written: in the object that a call of the user was given, at a path. */
export interface Written {
  readonly given: object;
  readonly path: readonly (string | number)[];
}

/** A value of the document and where it may have been written: the first place that says it counts. */
export interface Candidate {
  readonly pointer: string;
  readonly places: readonly Written[];
}

/** Fields of an environment that are written as the document has them. */
const ENVIRONMENT_FIELDS = [
  ...["profile", "namespaceSuffix", "protect", "contact", "costCenter", "images", "sealedSecrets", "release"],
  ...["cloud", "routing", "observability", "registries", "metricsApis", "eventScaling", "clusterBackups", "backups"],
  "previews",
];
const APPLICATION_FIELDS = ["owner", "description", "domain", "defaultWorkload", "mainHost"];
/** Fields of workloads of which an environment says single entries, by how many keys; of every other one it says all. */
const BY_KEYS: Readonly<Record<string, number>> = {
  config: 1,
  annotations: 1,
  labels: 1,
  volumes: 1,
  initContainers: 1,
  sidecars: 1,
  permissions: 2,
};
/** What follows from other fields. */
const DERIVED = ["objectName", "version", "edges", "claimName", "kind"];

/** Every value of an environment's document that somebody may have written. */
export function candidates(name: string, document: EnvironmentDocument, input: EnvironmentInput): Candidate[] {
  const own = ENVIRONMENT_FIELDS.filter((field) => Object.hasOwn(document, field)).map((field): Candidate => {
    return { pointer: pointer(["environments", name, field]), places: [{ given: input, path: [field] }] };
  });
  const addons = (input.addons ?? []).flatMap(({ name: addon }, index) =>
    [[], ["namespace"], ["chart", "repository"], ["chart", "name"], ["chart", "version"]].map((path): Candidate => ({
      pointer: pointer(["environments", name, "addons", addon, ...path]),
      places: [{ given: input, path: ["addons", index, ...path] }],
    })),
  );
  const placed = input.applications.flatMap((overlay, index) => {
    const application = document.applications[overlay.application.name];
    if (application === undefined) return [];
    const at = (...path: (string | number)[]): Written => ({ given: input, path: ["applications", index, ...path] });
    const said = (...path: (string | number)[]): Written => ({ given: overlay.application, path });
    const path = ["environments", name, "applications", overlay.application.name];
    return ofApplication(application, overlay, at, said).map(([inner, places]): Candidate => {
      return { pointer: pointer([...path, ...inner]), places };
    });
  });
  return [...own, ...addons, ...placed];
}

type Place = (...path: (string | number)[]) => Written;
type Entry = readonly [path: readonly (string | number)[], places: readonly Written[]];

/** Each team where its function was called, which may be in another file. */
const teams = ({ owner, workloads }: ApplicationSpec): Entry[] =>
  [owner, ...Object.values(workloads).map((workload) => workload.owner)]
    .flatMap(lineage)
    .map((team): Entry => [["teams", team.name], [{ given: team, path: [] }]]);

function ofApplication(document: ApplicationDocument, overlay: ApplicationOverlay, at: Place, said: Place): Entry[] {
  const { routes = [] } = overlay.application;
  return [
    [[], [at()]],
    [["drops"], [at("drops")]],
    ...Object.keys(document.recovery ?? {}).map((name): Entry => [["recovery", name], [at("recovery", name)]]),
    ...Object.entries(document.patches ?? {}).flatMap(([name, patch]): Entry[] =>
      [[], ...leaves(patch)].map((path): Entry => [["patches", name, ...path], [at("patches", name, ...path)]]),
    ),
    ...Object.entries(document.objects ?? {}).flatMap(([name, group]): Entry[] => {
      const place = Object.hasOwn(overlay.objects ?? {}, name) ? at : said;
      const { edges, ...written } = group;
      return [
        ...[[], ...leaves(written)].map((path): Entry => [
          ["objects", name, ...path],
          [place("objects", name, ...path)],
        ]),
        ...edges.map((_, index): Entry => [
          ["objects", name, "edges", index],
          [place("objects", name, "needs", index)],
        ]),
      ];
    }),
    ...teams(overlay.application),
    ...APPLICATION_FIELDS.map((field): Entry => [[field], [said(field)]]),
    ...Object.entries(document.workloads).flatMap(([name, workload]) => ofWorkload(name, workload, overlay, at, said)),
    ...Object.entries(document.services).flatMap(([name, { settings, sizing }]): Entry[] => [
      [["services", name], [said("services", name)]],
      [["services", name, "moves"], [at("moves")]],
      ...leaves(settings).map((path): Entry => [
        ["services", name, "settings", ...path],
        // An environment says a setting whole.
        [
          Object.hasOwn(overlay.services?.[name] ?? {}, path[0] ?? "")
            ? at("services", name, ...path)
            : said("services", name, ...path),
        ],
      ]),
      ...leaves(sizing).map((path): Entry => [["services", name, "sizing", ...path], [at("services", name, ...path)]]),
    ]),
    ...both(document, overlay.application, "externals", said),
    ...both(document, overlay.application, "secrets", said),
    ...routes.flatMap((route, index) => ofRoute(route, document, index, overlay, at, said)),
  ];
}

/** A route, and those that send clients to it, which come right after it. */
function ofRoute(
  route: Route,
  document: ApplicationDocument,
  index: number,
  overlay: ApplicationOverlay,
  at: Place,
  said: Place,
): Entry[] {
  const { host } = route;
  const key = routeKey(route);
  const here: object = overlay.routes?.[key] ?? {};
  const first = (overlay.application.routes ?? [])
    .slice(0, index)
    .reduce((sum, one) => sum + 1 + sentTo(one, overlay).length, 0);
  if (document.routes[first] === undefined) return [];
  const place = (field: string, ...path: (string | number)[]): Written =>
    Object.hasOwn(here, field) ? at("routes", key, field, ...path) : said("routes", index, field, ...path);
  return [
    [["routes", first, "host"], [at("hosts", host)]],
    [["routes", first, "hostName"], [said("routes", index, "host")]],
    [["routes", first, "path"], [said("routes", index, "path")]],
    [["routes", first, "pathType"], [said("routes", index, "pathType")]],
    [["routes", first, "workload"], [said("routes", index, "to")]],
    // An environment says a setting whole.
    ...leaves(document.routes[first].settings ?? {}).map(([field = "", ...path]): Entry => [
      ["routes", first, "settings", field, ...path],
      [field === "otherHost" ? place("redirects") : place(field, ...path)],
    ]),
    ...sentTo(route, overlay).flatMap((from, beside): Entry[] =>
      leaves(document.routes[first + 1 + beside] ?? {}).map((path) => [
        ["routes", first + 1 + beside, ...path],
        [place("redirects", from)],
      ]),
    ),
  ];
}

/** Places, in the list of what is redirected to a route, of those that are paths. */
function sentTo(route: Route, { routes: overrides = {} }: ApplicationOverlay): number[] {
  const { redirects = [] } = routeSettings(route, overrides[routeKey(route)]);
  return redirects.flatMap((from, index) => (from === "www" ? [] : [index]));
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, field) ? Reflect.get(value, field) : undefined;

function ofWorkload(
  name: string,
  workload: WorkloadDocument,
  { workloads = {} }: ApplicationOverlay,
  at: Place,
  said: Place,
): Entry[] {
  const { edges } = workload;
  /** Who says a field: the environment, where it does, and otherwise the application. */
  const sayer = ([field = "", ...keys]: readonly string[]): Place => {
    const says = keys.slice(0, BY_KEYS[field] ?? 0).reduce(fieldOf, fieldOf(workloads[name], field));
    return says === undefined ? said : at;
  };
  return [
    [["workloads", name], [said("workloads", name)]],
    ...leaves(workload)
      .filter(
        (path) => !path.some((part) => typeof part === "string" && DERIVED.includes(part)) || path[0] === "config",
      )
      .map((path): Entry => [["workloads", name, ...path], [sayer(path)("workloads", name, ...path)]]),
    ...edges.map((_, index): Entry => [
      ["workloads", name, "edges", index],
      [sayer(["needs"])("workloads", name, "needs", index)],
    ]),
  ];
}

/** What the document has as it is written, by name: the element, and each of its values. */
function both(
  document: ApplicationDocument,
  spec: ApplicationSpec,
  field: "externals" | "secrets",
  said: Place,
): Entry[] {
  return Object.entries<object>(document[field]).flatMap(([name, element]): Entry[] => {
    const written = spec[field]?.[name];
    if (written === undefined) return [];
    const fields = Object.keys(element).filter((key) => key !== "kind" && Object.hasOwn(written, key));
    return [[], ...fields.map((key) => [key])].map((path): Entry => [
      [field, name, ...path],
      [said(field, name, ...path)],
    ]);
  });
}

/** Paths of the values in an object; a list is one value. */
function leaves(value: object): string[][] {
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, inner]) => {
    if (inner === undefined) return [];
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return [[key]];
    return leaves(inner).map((path) => [key, ...path]);
  });
}
