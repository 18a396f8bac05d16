import type { EnvironmentSpec } from "../environment";
import type { ApplicationSpec } from "../model/application";
import { own } from "../model/own";
import { didYouMean, oneOf, type Path, type Problem } from "../model/problem";
import { usableOverlays } from "../model/validate/usable";
import type { Policy } from "./policy";
import { pathOf, type RequestFile } from "./read-request";
import { asksForService, promisesOf, type Request, type ServiceRequest, sizesOf, usesOf } from "./request";
import { serviceOf } from "./services";

/* Whether requests fit into the program that they are for. What the model itself checks is left to it. */

interface World {
  readonly environments: readonly EnvironmentSpec[];
  readonly applications: readonly ApplicationSpec[];
  readonly policy: Policy;
  readonly all: readonly RequestFile[];
}

/** Every application that environments of a program run, each object once. */
export const applicationsIn = (environments: readonly EnvironmentSpec[]): readonly ApplicationSpec[] => [
  ...new Set(environments.flatMap((input) => usableOverlays([], input).map(({ overlay }) => overlay.application))),
];

/** Environments that run an application of this name, and those that are asked for it. */
function runningIn({ environments, all }: World, application: string): readonly string[] {
  const asked = all.flatMap(({ request }) =>
    request.request === "environment" && request.application === application ? [request.name] : [],
  );
  const written = environments
    .filter((input) => usableOverlays([], input).some(({ overlay }) => overlay.application.name === application))
    .map(({ name }) => name);
  return [...new Set([...written, ...asked])];
}

/** What does not fit, with its place; none where a request can be put into the program. */
export function fitProblems(file: RequestFile, world: World): readonly Problem[] {
  const { request } = file;
  const problems: Problem[] = [];
  const say = (path: Path, problem: Omit<Problem, "at" | "path">): void => {
    problems.push({ ...problem, at: file.placeOf(path), path: pathOf(file.id, path) });
  };
  const known = (path: Path, name: string, names: readonly string[], why: string): void => {
    if (!names.includes(name)) say(path, { got: name, why, fix: `use ${oneOf(names)}${didYouMean(name, names)}` });
  };
  const application = world.applications.find(({ name }) => name === request.application);
  if (application === undefined) {
    known(
      ["application"],
      request.application,
      world.applications.map(({ name }) => name),
      "no environment runs it",
    );
    return problems;
  }
  const twin = world.all.find((other) => other !== file && isTwin(request, other.request));
  if (twin !== undefined)
    say(["name"], {
      got: request.name,
      why: `${twin.file} asks for one of this name, too`,
      fix: "rename one of the two",
    });
  const running = runningIn(world, application.name);
  const here = `no environment that runs ${application.name}`;
  if (request.request === "environment") {
    if (world.environments.some(({ name }) => name === request.name))
      say(["name"], { got: request.name, why: "the program has an environment of this name", fix: "use another name" });
    known(["template"], request.template, Object.keys(world.policy.templates ?? {}), "no such template in the policy");
    return problems;
  }
  if (request.request === "domain") {
    for (const name of Object.keys(request.domains)) known(["domains", name], name, running, here);
    if ((application.routes ?? []).some(({ host }) => host === request.name))
      say(["name"], {
        got: request.name,
        why: `${application.name} has a host of this name`,
        fix: "use another name, or route it there",
      });
    return problems;
  }
  const taken = takenBy(application, request.name);
  if (taken !== undefined)
    say(["name"], {
      got: request.name,
      why: `${application.name} has ${taken} of this name`,
      fix: "use another name, or take that one out",
    });
  known(["data"], request.data, world.policy.data, "no such class of data in the policy");
  usesOf(request).forEach(({ workload }, index, uses) => {
    known(["usedBy", index], workload, Object.keys(application.workloads), `${application.name} has no such workload`);
    if (uses.findIndex((other) => other.workload === workload) !== index)
      say(["usedBy", index], { got: workload, why: "is there twice", fix: "name it once" });
  });
  for (const [name, size] of Object.entries(sizesOf(request))) {
    known(["sizes", name], name, running, here);
    const sizes = Object.keys(world.policy.sizes).filter((one) => isSized(world.policy, one, request));
    known(["sizes", name], size, sizes, `no such size of a ${request.request} in the policy`);
  }
  for (const name of Object.keys(promisesOf(request))) known(["recovery", name], name, running, here);
  problems.push(...defaultProblems(file, request, application, world));
  return problems;
}

function isSized({ sizes }: Policy, size: string, { request }: ServiceRequest): boolean {
  return request !== "bucket" && own(sizes, size)?.[request] !== undefined;
}

/** Whether both would have one name in one place. */
function isTwin(one: Request, other: Request): boolean {
  if (one.name !== other.name) return false;
  if (one.request === "environment" || other.request === "environment") return one.request === other.request;
  return one.application === other.application && asksForService(one) === asksForService(other);
}

function takenBy(application: ApplicationSpec, name: string): string | undefined {
  const groups = {
    services: "a service",
    workloads: "a workload",
    externals: "an external",
    objects: "a group of objects",
  };
  const found = Object.entries(groups).find(
    ([group]) =>
      own(application[group as keyof typeof groups] as Readonly<Record<string, unknown>>, name) !== undefined,
  );
  return found?.[1];
}

/** Which service has the plain names of its kind is said, and never follows from an order. */
function defaultProblems(
  file: RequestFile,
  request: ServiceRequest,
  application: ApplicationSpec,
  { all }: World,
): readonly Problem[] {
  const { kind } = serviceOf(request);
  const written = Object.entries(application.services ?? {}).some(
    ([name, service]) => service.kind === kind && application.prefixedServices?.includes(name) !== true,
  );
  const at = (path: Path) => ({ at: file.placeOf(path), path: pathOf(file.id, path) });
  if (written && request.default === true)
    return [{ ...at(["default"]), got: true, why: `a ${kind} of the program has the plain names`, fix: "remove it" }];
  const others = all.filter(
    (other) =>
      other !== file &&
      asksForService(other.request) &&
      other.request.default === true &&
      other.request.application === application.name &&
      other.request.request === request.request,
  );
  if (written || others.length === 0) return [];
  if (request.default !== true) return [];
  const names = others.map((other) => other.file).join(", ");
  return [{ ...at(["default"]), got: true, why: `${names} says so, too`, fix: "say it in one" }];
}
