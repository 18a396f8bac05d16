import type { KubernetesObject } from "../../constructs/kubernetes/objects";
import { formatSpan } from "../../constructs/model/recovery";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import type { RenderedApplication } from "../../constructs/rendering/rendered-environment";
import type { Report } from "../../constructs/report/report";
import { compareStacks } from "../../constructs/report/stacks/report-stacks";
import type { Consequences } from "../../constructs/requests/answer";
import type { AskedEnvironment, AskedService } from "../../constructs/requests/asked";
import type { Request } from "../../constructs/requests/request";
import { alarmsAmong } from "../../constructs/services/cloud-alarms";
import type { Compiled } from "./compile";
import { waysIn } from "./network";

/**
 * What is different in an environment with a request. Everything is read from two compiles of the program, one with the request and
 * one without it: nothing is said here that the compiles do not differ in.
 *
 * @param before the environment without the request. `undefined`: it is not there without it
 */
export function consequencesOf(
  request: Request,
  asked: AskedEnvironment,
  before: Compiled | undefined,
  after: Compiled,
): Consequences {
  const { name, environment, application, service } = asked;
  const report = compareStacks({
    base: before?.stacks ?? {},
    head: after.stacks,
    models: { base: before?.model ?? { environments: {} }, head: after.model },
  });
  const element = `${application.name} / ${request.name}`;
  const [was, is] = [before, after].map((one) => one && applicationIn(one, application.name));
  return {
    environment: name,
    place: `${environment.cloud.title}, ${environment.cloud.describe(environment).place}`,
    costs: service === undefined ? costsOfAll(request, asked) : costsOf(service),
    resources: countsOf(report),
    parts: report.elements
      .filter((one) => one.name === element)
      .flatMap(({ resources }) =>
        resources
          // Records are the state's own.
          .filter(({ becomes, address }) => becomes === "created" && !address.startsWith("terraform_data."))
          .map(({ part }) => part),
      ),
    rights: rightsOf(request, report, is),
    network: added(waysIn(objectsOf(was)), waysIn(objectsOf(is))),
    variables: added(variablesOf(was), variablesOf(is)),
    alerts: [...added(alertsOf(was), alertsOf(is)), ...(service === undefined ? [] : cloudAlarms(service))],
    recovery: service === undefined ? [] : recoveryOf(service),
    notes: notesOf(report, element),
  };
}

function added(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...after].filter((one) => !before.has(one));
}

function applicationIn({ environment }: Compiled, name: string): RenderedApplication | undefined {
  const [rendered] = renderEnvironments([environment]);
  return rendered?.applications.find(({ application }) => application.name === name);
}

function objectsOf(one: RenderedApplication | undefined): readonly KubernetesObject[] {
  return one === undefined ? [] : [...one.prepared, ...one.released];
}

function countsOf({ stacks }: Report): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const stack of stacks)
    for (const [what, count] of Object.entries(stack.counts)) counts[what] = (counts[what] ?? 0) + count;
  return counts;
}

function costsOf({ resolved, traits }: Pick<AskedService, "resolved" | "traits">): string[] {
  const { compute, disk, product, version } = traits;
  const { highAvailability, placement } = resolved.sizing;
  const nodes = compute?.nodes ?? 0;
  const hasStandby = highAvailability && nodes > 1;
  return [
    `${product}${version === undefined ? "" : `, ${version}`}${placement === "in-cluster" ? ", in pods of the cluster" : ""}`,
    ...(compute === undefined
      ? []
      : [`${nodes} of ${compute.machine}${hasStandby ? ", standbys among them" : ", no standby"}`]),
    ...(disk === undefined
      ? []
      : [
          `disk ${disk.kind}, ${disk.size} each${disk.growsTo === undefined ? "" : `, which grows to ${disk.growsTo}`}`,
        ]),
  ];
}

/** Everything that a new environment runs for the application. */
function costsOfAll({ request }: Request, { environment, application }: AskedEnvironment): string[] {
  if (request !== "environment") return [];
  return application.services.map((resolved) => {
    const traits = environment.cloud.describeService(application, resolved);
    return `${resolved.name}: ${costsOf({ resolved, traits }).join(", ")}`;
  });
}

function recoveryOf({ promise, recoverable, traits }: AskedService): string[] {
  const promised =
    promise === undefined
      ? "nothing is promised"
      : `promised: at most ${formatSpan(promise.rpoSeconds)} lost, back within ${formatSpan(promise.rtoSeconds)}`;
  const { by, rpoSeconds } = recoverable ?? {};
  const lost = rpoSeconds === undefined ? "nothing brings lost data back" : `at most ${formatSpan(rpoSeconds)} lost`;
  return [
    promised,
    ...(by === undefined ? [] : [`${by}: ${lost}`]),
    ...(traits.backups === undefined ? [] : [`backups: ${traits.backups}`]),
  ];
}

function cloudAlarms({ traits }: AskedService): string[] {
  return alarmsAmong(traits.alarms ?? {}).map(([failure]) => `${failure}, by the cloud`);
}

/** Says what follows from the change in the model: that is what is asked for. */
const ASKED = /, in the same change as: .*$/;

function rightsOf(request: Request, { risks }: Report, is: RenderedApplication | undefined): string[] {
  const users = (is?.workloads ?? []).flatMap(({ workload, edges }) =>
    edges.flatMap(({ edge }) => {
      if (edge.to !== "service" || edge.service.name !== request.name) return [];
      return [`${workload.name} may ${edge.access === "read" ? "read" : "read and write"} ${request.name}`];
    }),
  );
  const granted = risks
    // Ways of policies are told with the network.
    .filter((risk) => risk.class === "permissions" && risk.address?.startsWith("kubernetes_network_policy") !== true)
    .map(({ element, says }) => `${element}: ${says.replace(ASKED, "")}`);
  return [...new Set([...users, ...granted])];
}

function variablesOf(one: RenderedApplication | undefined): ReadonlySet<string> {
  return new Set(
    (one?.workloads ?? []).flatMap(({ workload, edges }) =>
      edges.flatMap(({ variables }) =>
        variables.map((variable) => `${workload.name}: ${variable.name}${"secretKey" in variable ? ", a secret" : ""}`),
      ),
    ),
  );
}

interface Rules {
  readonly groups?: readonly {
    readonly rules?: readonly { readonly alert?: string; readonly labels?: Readonly<Record<string, string>> }[];
  }[];
}

/** Labels that name what an alert is of, beside its application. */
const OF = ["workload", "service", "host", "certificate", "secret", "persistentvolumeclaim", "endpoint"];

function alertsOf(one: RenderedApplication | undefined): ReadonlySet<string> {
  return new Set(
    objectsOf(one).flatMap((object) => {
      if (object.kind !== "PrometheusRule") return [];
      const { groups = [] } = object.spec as Rules;
      return groups.flatMap(({ rules = [] }) =>
        rules.flatMap(({ alert, labels = {} }) => {
          if (alert === undefined) return [];
          const of = OF.flatMap((label) => labels[label] ?? []).join(" ");
          return [
            `${alert}${of === "" ? "" : ` of ${of}`}${labels.severity === undefined ? "" : `, ${labels.severity}`}`,
          ];
        }),
      );
    }),
  );
}

/** What is told of rights and cost is told above. */
const TOLD = ["permissions", "cost"];

function notesOf({ risks, elements }: Report, element: string): string[] {
  return [
    ...risks.filter((risk) => !TOLD.includes(risk.class)).map((risk) => `${risk.class}: ${risk.element} ${risk.says}`),
    ...elements
      .filter(({ name }) => name !== element)
      .flatMap(({ name, effects }) =>
        effects.filter((one) => /pods? (?:are|is) replaced/.test(one)).map((one) => `${name}: ${one}`),
      ),
  ];
}
