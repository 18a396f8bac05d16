import type { EnvironmentInput } from "../environment";
import { MAX_LABEL, namespaceName, stackNames } from "../names";
import { endsAsPreview, MOST_PULL_REQUEST, previewName, type Previews } from "../previews";
import { didYouMean, oneOf, type Path } from "../problem";
import { environmentDefaults } from "../resolve";
import type { Report } from "./report";
import { environmentPath, isObject, usableOverlays } from "./usable";

/** Whether an environment takes previews, in whatever form it says so. */
const takes = (input: EnvironmentInput): input is EnvironmentInput & { readonly previews: Previews } =>
  isObject(input.previews);

/** What an environment that takes previews must not be, and what its previews need. */
export function checkPreviews(report: Report, inputs: readonly EnvironmentInput[]): void {
  if (!inputs.some(takes)) return;
  inputs.forEach((input, index) => {
    const path = environmentPath(input, index);
    if (report.sound([...path, "cloud"]) && input.cloud.previewsOf !== undefined) return;
    checkName(report, path, input);
    if (!takes(input)) return;
    const at = [...path, "previews"];
    checkHost(report, path, at, input);
    if (report.sound([...at, "domain"])) checkDomain(report, at, input);
    if (report.sound([...at, "open"])) checkOpen(report, at, input);
    checkApplications(report, path, at, inputs, input);
  });
}

/** The sweeper knows previews by their names, among other things: nothing else may have such a name. */
function checkName(report: Report, path: Path, { name, namespaceSuffix }: EnvironmentInput): void {
  for (const [field, got] of Object.entries({ name, namespaceSuffix })) {
    if (typeof got !== "string" || !report.sound([...path, field]) || !endsAsPreview(got)) continue;
    const why = "it ends as the names of previews do, and previews are swept";
    report.add({ path: [...path, field], got, why, fix: 'use a name without "pr-" and digits at its end' });
  }
}

function checkHost(report: Report, path: Path, at: Path, input: EnvironmentInput): void {
  if (!report.sound([...path, "profile"]) || !report.sound([...path, "protect"])) return;
  const { profile, protect } = environmentDefaults(input);
  if (profile === "production") {
    const fix = "let an environment of profile small take them, in a cluster of its own";
    report.add({ path: at, why: "code that nobody has reviewed would run in a cluster of production", fix });
  } else if (protect) {
    const why = "the environment is protected: disks of its cluster outlive their claims, and none would be swept";
    report.add({ path: at, why, fix: "let another environment take them, or leave protect out" });
  }
  const logins = isObject(input.registries) ? input.registries.logins : undefined;
  if (isObject(logins) && Object.keys(logins).length > 0) {
    const why =
      "images of a registry with a password could not be pulled: previews read no secret of the environment's";
    report.add({ path: at, why, fix: "use a registry that its nodes pull from by their own identity" });
  }
}

function checkDomain(
  report: Report,
  at: Path,
  { cloud, previews: { domain } }: EnvironmentInput & { previews: Previews },
): void {
  const zones = report.sound(at.slice(0, -1).concat("cloud")) ? (cloud.dnsZones?.() ?? []) : [];
  if (zones.length === 0 || zones.some((zone) => domain === zone || domain.endsWith(`.${zone}`))) return;
  report.add({
    path: [...at, "domain"],
    got: domain,
    why: "it is in no zone of the environment's, and nobody would make its records, or take them away",
    fix: `use ${oneOf(zones)}, or a domain below`,
  });
}

function checkOpen(report: Report, at: Path, input: EnvironmentInput & { readonly previews: Previews }): void {
  const known = usableOverlays([], input).flatMap(({ overlay: { application } }) =>
    Object.keys(isObject(application.externals) ? application.externals : {}).map(
      (name) => `${application.name}/${name}`,
    ),
  );
  (input.previews.open ?? []).forEach((name, index) => {
    if (known.includes(name)) return;
    const fix = known.length === 0 ? "remove it" : `use ${oneOf(known)}${didYouMean(name, known)}`;
    report.add({ path: [...at, "open", index], got: name, why: "no such external", fix });
  });
}

/** Names of stacks and of namespaces, as they are with the longest number. */
function checkApplications(
  report: Report,
  path: Path,
  at: Path,
  inputs: readonly EnvironmentInput[],
  input: EnvironmentInput,
): void {
  const longest = previewName(MOST_PULL_REQUEST);
  for (const { overlay } of usableOverlays(path, input)) {
    const { name } = overlay.application;
    const namespace = namespaceName(name, longest);
    if (namespace.length > MAX_LABEL) {
      const why = `the namespace of a preview of ${name} would be "${namespace}"`;
      report.add({ path: at, why, fix: `shorten the application's name: a namespace takes ${MAX_LABEL} characters` });
    }
    const stack = stackNames.application(previewName(1), name, false);
    const caught = inputs.find((other) => typeof other.name === "string" && stack.startsWith(`${other.name}-`));
    if (caught === undefined) continue;
    const why = `the stack of a preview of ${name} would be "${stack}", which "${caught.name}-*" catches`;
    report.add({ path: at, why, fix: "rename the application, or that environment" });
  }
}
