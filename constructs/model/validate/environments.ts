import type { ApplicationSpec } from "../application";
import type { ApplicationOverlay, EnvironmentInput } from "../environment";
import { MAX_LABEL, namespaceName, stackNames } from "../names";
import { PLATFORM_NAMESPACES } from "../platform-namespaces";
import type { Path } from "../problem";
import { defaultPlacement, environmentDefaults, isDefaultApplication } from "../resolve";
import { checkAddons } from "./addons";
import { checkApplication } from "./application";
import { cidrProblems, cidrsOverlap } from "./cidr";
import { checkClaims, checkNamespaces } from "./claims";
import { checkDefaultApplication } from "./defaults";
import { checkImports } from "./imports";
import { checkOptions } from "./options";
import { checkOverlay } from "./overlay";
import { checkPreviews } from "./previews";
import { checkEventScaling } from "./queue-rules";
import { checkDomains } from "./redirects";
import { checkRegistries } from "./registries";
import { Report } from "./report";
import { environmentShape, overlayShape } from "./shape";
import { checkTeams } from "./teams";
import { chosenOptions, environmentPath, isObject, type UsableApplication, usableOverlays } from "./usable";

/**
 * Every problem in the whole input. Each application is reported once, under `applications`, however many
 * environments run it.
 */
export function checkEnvironments(given: readonly EnvironmentInput[]): Report {
  const report = new Report();
  if (!Array.isArray(given)) {
    report.add({ path: ["environments"], got: given, fix: "use a list of environment({...})" });
    return report;
  }
  const inputs = (given as readonly EnvironmentInput[]).filter(isObject);
  given.forEach((input: unknown, index) => {
    if (!isObject(input)) report.add({ path: ["environments", index], got: input, fix: "use environment({...})" });
  });
  const applications = new Map<ApplicationSpec, UsableApplication>();
  for (const input of inputs) {
    for (const { overlay } of usableOverlays([], input)) {
      const app = overlay.application;
      if (applications.has(app)) continue;
      const path = ["applications", app.name];
      const twin = [...applications.keys()].some(({ name }) => name === app.name);
      applications.set(app, checkApplication(report, path, app));
      if (twin) report.add({ path, why: "two different applications have this name", fix: "rename one of the two" });
    }
  }
  inputs.forEach((input, index) => {
    checkEnvironment(report, environmentPath(input, index), input, applications);
  });
  for (const crossCheck of [
    checkEnvironmentNames,
    checkStackNames,
    checkServiceNames,
    checkNetworks,
    checkClaims,
    checkImports,
    checkNamespaces,
    checkDomains,
    checkTeams,
    checkPreviews,
  ]) {
    report.attempt(() => {
      crossCheck(report, inputs);
    });
  }
  return report;
}

function checkEnvironment(
  report: Report,
  path: Path,
  input: EnvironmentInput,
  applications: ReadonlyMap<ApplicationSpec, UsableApplication>,
): void {
  report.add(...environmentShape(input, path));
  for (const { name, option } of chosenOptions(input)) {
    const at = [...path, name];
    if (report.sound(at)) report.add(...option.problems(at));
  }
  report.attempt(() => {
    checkOptions(report, path, input);
  });
  report.attempt(() => {
    checkDefaultApplication(report, path, input);
    checkRegistries(report, path, input);
    checkEventScaling(report, path, input);
  });
  report.attempt(() => {
    checkAddons(report, path, input);
  });
  const { profile, images, namespaceSuffix } = environmentDefaults(input);
  if (profile === "production" && images === "any") {
    report.add({
      path: [...path, "images"],
      got: input.images,
      why: "nothing says that an image cannot change under its tag",
      fix: 'use "digest", or "immutable-tags" if the registry refuses to overwrite a tag',
    });
  }
  const overlays = usableOverlays(path, input);
  if (Array.isArray(input.applications)) {
    input.applications.forEach((overlay: unknown, index) => {
      const at = overlays.find((entry) => entry.index === index)?.path ?? [...path, "applications", index];
      report.add(...overlayShape(overlay, at));
    });
  }
  const placed = new Set<string>();
  for (const { overlay, path: at } of overlays) {
    const { name } = overlay.application;
    if (placed.has(name)) report.add({ path: at, why: "is in the environment twice", fix: "remove one of the two" });
    placed.add(name);
    const usable = applications.get(overlay.application);
    if (usable !== undefined) checkOverlay(report, at, input, overlay, usable);
    if (!report.sound([...path, "namespaceSuffix"])) continue;
    const namespace = namespaceName(name, namespaceSuffix);
    if (/^(kube-|default$)/.test(namespace) || PLATFORM_NAMESPACES.includes(namespace)) {
      const fix = "rename the application, or give the environment another namespaceSuffix";
      report.add({ path: at, why: `its namespace would be "${namespace}", which the platform has`, fix });
    }
    if (namespace.length > MAX_LABEL) {
      const fix = `shorten a name: a namespace takes ${MAX_LABEL} characters`;
      report.add({ path: at, why: `its namespace would be "${namespace}"`, fix });
    }
  }
}

/** Names that can be compared; the shape checks report the others. */
function namesOf(inputs: readonly EnvironmentInput[]): string[] {
  return inputs.map((input) => input.name).filter((name) => typeof (name as unknown) === "string");
}

/** A glob `<env>-*` must catch that environment's cluster and platform only. */
function checkEnvironmentNames(report: Report, inputs: readonly EnvironmentInput[]): void {
  const names = namesOf(inputs);
  names.forEach((name, index) => {
    const path = ["environments", name, "name"];
    if (!report.sound(path)) return;
    if (names.indexOf(name) !== index) {
      report.add({ path, got: name, why: "another environment has this name", fix: "rename one of the two" });
    }
    const state = names.find((other) => stackNames.state(other).startsWith(`${name}-`));
    if (state !== undefined) {
      const why = `"cdktf deploy '${name}-*'" would deploy "${stackNames.state(state)}" too`;
      report.add({ path, got: name, why, fix: "use another name" });
    }
    const caught = names.find((other) => other !== name && name.startsWith(`${other}-`));
    if (caught !== undefined) {
      const why = `"cdktf deploy '${caught}-*'" would deploy it too`;
      const better = `${name.slice(caught.length + 1)}-${caught}`;
      const fix =
        better === stackNames.state(caught) ? "use another name" : `put the distinction first, e.g. "${better}"`;
      report.add({ path, got: name, why, fix });
    }
  });
}

/** Stacks of all environments share one name space, and their globs. */
function checkStackNames(report: Report, inputs: readonly EnvironmentInput[]): void {
  const names = namesOf(inputs);
  const taken = new Map<string, string>();
  for (const name of new Set(names)) {
    const path = ["environments", name, "name"];
    for (const stack of [name, stackNames.cluster(name), stackNames.platform(name), stackNames.state(name)]) {
      const other = taken.get(stack);
      const why = `its stack "${stack}" is one of environment "${other ?? ""}"`;
      if (other !== undefined && report.sound(path)) report.add({ path, got: name, why, fix: "rename one of the two" });
      taken.set(stack, name);
    }
  }
  for (const [place, input] of inputs.entries()) {
    for (const { overlay, path } of usableOverlays(environmentPath(input, place), input)) {
      const isDefault = isDefaultApplication(input, overlay.application.name);
      if (isDefault) continue;
      const stack = stackNames.application(input.name, overlay.application.name, isDefault);
      const caught = names.find((name) => stack.startsWith(`${name}-`));
      if (caught !== undefined || taken.has(stack)) {
        const why = `its stack would be "${stack}", which ${caught === undefined ? "exists" : `"${caught}-*" catches`}`;
        report.add({ path, why, fix: "rename the application" });
      }
      taken.set(stack, input.name);
    }
  }
}

function runsInCluster(
  { cloud }: EnvironmentInput,
  { application, services }: ApplicationOverlay,
  name: string,
): boolean {
  const service = application.services?.[name];
  if (service === undefined || !isObject(cloud)) return false;
  return (services?.[name]?.placement ?? defaultPlacement(cloud, service)) === "in-cluster";
}

/** Clouds name a service `<environment>-<application>-<service>`: `a-b` with `c` would be `a` with `b-c`. */
function checkServiceNames(report: Report, inputs: readonly EnvironmentInput[]): void {
  for (const [place, input] of inputs.entries()) {
    const taken = new Map<string, string>();
    for (const { overlay, path } of usableOverlays(environmentPath(input, place), input)) {
      const { name, services } = overlay.application;
      for (const service of isObject(services) ? Object.keys(services) : []) {
        // In the cluster its name is one of its namespace.
        if (runsInCluster(input, overlay, service)) continue;
        const joined = `${name}-${service}`;
        const other = taken.get(joined);
        if (other !== undefined && other !== name) {
          const why = `application "${other}" has a service that would have the same name in the cloud`;
          report.add({ path: [...path, "services", service], got: joined, why, fix: "rename one of the services" });
        }
        taken.set(joined, name);
      }
    }
  }
}

/** Networks that may one day be peered must not share addresses. */
function checkNetworks(report: Report, inputs: readonly EnvironmentInput[]): void {
  const taken: { cidr: string; environment: string }[] = [];
  for (const [place, input] of inputs.entries()) {
    const path = [...environmentPath(input, place), "cloud"];
    const given: unknown = report.sound(path) ? input.cloud.networkCidrs : undefined;
    for (const cidr of Array.isArray(given) ? (given as readonly string[]) : []) {
      if (cidrProblems(path, [cidr]).length > 0) continue;
      const other = taken.find((entry) => entry.environment !== input.name && cidrsOverlap(entry.cidr, cidr));
      if (other !== undefined) {
        const why = `overlaps ${other.cidr} of environment "${other.environment}"`;
        report.add({ path: [...path, "network", "cidr"], got: cidr, why, fix: "use a block of its own" });
      }
      taken.push({ cidr, environment: input.name });
    }
  }
}
