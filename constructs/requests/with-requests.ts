import type { EnvironmentSpec } from "../environment";
import type { ApplicationSpec } from "../model/application";
import { type Brought, broughtProblems, rememberBrought } from "../model/brought";
import { loadEnvironments } from "../model/load";
import { keepOrigin } from "../model/origin";
import { own } from "../model/own";
import { InvalidInput, type Problem } from "../model/problem";
import { isObject, usableOverlays } from "../model/validate/usable";
import { withServicesAndHosts } from "./application";
import { applicationsIn, fitProblems } from "./fitting";
import { overlayWith } from "./overlay";
import type { Policy } from "./policy";
import { pathOf, type RequestFile, type Requests } from "./read-request";

/** What a list of environments was made of. */
export interface RequestSet {
  /** The environments as the program writes them, without requests. */
  readonly before: readonly EnvironmentSpec[];
  readonly requests: Requests;
  readonly policy: Policy;
}

const SETS = new WeakMap<object, RequestSet>();

/** All that environments were made of. Of several no policy sees the whole program. */
export const setsOf = (environments: readonly EnvironmentSpec[]): readonly RequestSet[] => [
  ...new Set(environments.flatMap((one) => SETS.get(one) ?? [])),
];

/** What environments were made of by `withRequests`; nothing where none of them was. */
export const requestSetOf = (environments: readonly EnvironmentSpec[]): RequestSet | undefined =>
  setsOf(environments)[0];

/** Problem of a program that puts requests in at two places: of one of them nothing would be decided. */
export const TWICE: Problem = {
  path: ["environments"],
  why: "are made with requests twice",
  fix: "give withRequests all environments in one call",
};

/**
 * Puts what was asked for into the environments that a program exports, as if it were written there: services and their edges
 * and hosts into the applications, sizes and promises into the environments that run them, and environments at the end.
 *
 * What is wrong with a request is told when the environments are loaded, with all other problems, each with the file and line of
 * the request. Whether it is allowed is not asked here: `goldenpath requests` does, before it is merged.
 *
 * @param environments every environment of the program
 * @param requests what `readRequests` read
 * @param policy what sizes and templates are
 */
export function withRequests(
  environments: readonly EnvironmentSpec[],
  requests: Requests,
  policy: Policy,
): readonly EnvironmentSpec[] {
  const given: unknown = environments;
  if (!Array.isArray(given)) return environments;
  const set: RequestSet = { before: environments, requests, policy };
  try {
    return put(set);
  } catch (error) {
    // Of a program that has mistakes of its own, which loading tells, nobody knows what a request would be put into.
    if (isSound(environments)) throw error;
    return environments.map((one) => made(set, one, { environment: one, places: [] }, requests.problems));
  }
}

function isSound(environments: readonly EnvironmentSpec[]): boolean {
  try {
    loadEnvironments(environments);
    return true;
  } catch (error) {
    return !(error instanceof InvalidInput);
  }
}

function put(set: RequestSet): readonly EnvironmentSpec[] {
  const { before, requests, policy } = set;
  const written = before.filter(isObject);
  const world = { environments: written, applications: applicationsIn(written), policy, all: requests.files };
  const found = requests.files.map((file) => ({ file, problems: fitProblems(file, world) }));
  const files = found
    .filter(({ problems }) => problems.length === 0)
    .map(({ file }) => file)
    .sort(byName);
  const tried = files.flatMap((file) => environmentOf(file, world.applications, policy));
  const asked = tried.flatMap((one) => ("environment" in one ? [one] : []));
  const problems = [
    ...(setsOf(written).length > 0 ? [TWICE, ...broughtProblems(written)] : []),
    ...requests.problems,
    ...found.flatMap((one) => one.problems),
    ...tried.flatMap((one) => ("problem" in one ? [one.problem] : [])),
  ];
  const all = [...before, ...asked.map(({ environment }) => environment)];
  const applications = new Map(
    applicationsIn(all.filter(isObject)).map((application) => [application, withServicesAndHosts(application, files)]),
  );
  return all.map((environment) => {
    if (!isObject(environment)) return environment;
    const template = asked.find((one) => one.environment === environment)?.file;
    const { places, ...one } = withFiles(environment, applications, files, policy);
    const own = template === undefined ? [] : placesOfTemplate(template);
    return made(set, environment, { ...one, places: [...places, ...own] }, problems);
  });
}

interface Put {
  readonly environment: EnvironmentSpec;
  readonly places: readonly Brought[];
}

/** An environment that remembers what it is made of, and where it and the files of requests are. */
function made(
  set: RequestSet,
  before: EnvironmentSpec,
  { environment, places }: Put,
  problems: readonly Problem[],
): EnvironmentSpec {
  if (!isObject(before)) return before;
  const result = keepOrigin(rememberBrought({ ...environment }, places, problems), before);
  SETS.set(result, set);
  return result;
}

/** Orders requests by what they ask for: another name of a file changes nothing. No two have one name in one place. */
function byName({ request: one }: RequestFile, { request: other }: RequestFile): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.application < other.application ? -1 : 1;
}

type Templated = { readonly file: RequestFile; readonly environment: EnvironmentSpec } | { readonly problem: Problem };

/**
 * The environment that a request is answered by: one of the name that was asked for, with the application. Clauses look for it by
 * both, and would have nothing to say of another one.
 */
function environmentOf(
  file: RequestFile,
  applications: readonly ApplicationSpec[],
  { templates }: Policy,
): readonly Templated[] {
  const { request } = file;
  if (request.request !== "environment") return [];
  const template = own(templates, request.template);
  const application = applications.find(({ name }) => name === request.application);
  if (template === undefined || application === undefined) return [];
  const { name, domains: hosts = {}, requestedBy } = request;
  const made = madeBy(() => template({ name, application, hosts, requestedBy }), name, application.name);
  if (typeof made !== "string") return [{ file, environment: made }];
  const problem = {
    ...{ at: file.placeOf(["template"]), path: pathOf(file.id, ["template"]), got: request.template },
    ...{ why: `the policy's template ${made}`, fix: "tell the platform team" },
  };
  return [{ problem }];
}

/** What a template makes, or what is wrong with that. What an environment itself says wrong is told with it. */
function madeBy(template: () => EnvironmentSpec, name: string, application: string): EnvironmentSpec | string {
  let made: unknown;
  try {
    made = template();
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    return "failed: its function threw";
  }
  if (!isObject(made)) return "makes no environment";
  const environment = made as unknown as EnvironmentSpec;
  if (environment.name !== name) return "makes an environment of another name";
  const runs = usableOverlays([], environment).some(({ overlay }) => overlay.application.name === application);
  return runs ? environment : "makes an environment that does not run the application";
}

function placesOfTemplate({ placeOf }: RequestFile): readonly Brought[] {
  return [
    { path: ["name"], place: placeOf(["name"]) },
    { path: ["namespaceSuffix"], place: placeOf(["name"]) },
    { path: ["applications"], place: placeOf(["domains"]) },
  ];
}

/** An environment with what the requests say of its applications, and the places of that. */
function withFiles(
  environment: EnvironmentSpec,
  applications: ReadonlyMap<ApplicationSpec, ApplicationSpec>,
  files: readonly RequestFile[],
  policy: Policy,
): Put {
  const places: Brought[] = [];
  const overlays = new Map(usableOverlays([], environment).map(({ overlay, index }) => [index, overlay]));
  const given: unknown = environment.applications;
  if (!Array.isArray(given)) return { environment: { ...environment }, places };
  const overlaid = environment.applications.map((one, index) => {
    const overlay = overlays.get(index);
    if (overlay === undefined) return one;
    const own = files.filter(({ request }) => request.application === overlay.application.name);
    const application = applications.get(overlay.application) ?? overlay.application;
    const made = overlayWith({ ...overlay, application }, environment, own, policy);
    places.push(...made.places.map((one) => ({ ...one, path: ["applications", index, ...one.path] })));
    return made.overlay;
  });
  return { environment: { ...environment, applications: overlaid }, places };
}
