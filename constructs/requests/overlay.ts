import type { Brought } from "../model/brought";
import type { ApplicationOverlay, EnvironmentInput, EnvironmentOption, WorkloadOverride } from "../model/environment";
import { own } from "../model/own";
import type { Recovery } from "../model/recovery";
import { needFor } from "./application";
import type { Policy } from "./policy";
import type { RequestFile } from "./read-request";
import { asksForService, promisesOf, type ServiceRequest, sizesOf, untilOf, usesOf } from "./request";
import { serviceOf, sizingThere } from "./services";

/** What an environment says of an application, with what requests say: what its own file says of the same counts before that. */
export interface OverlayWith {
  readonly overlay: ApplicationOverlay;
  /** Places by paths in the overlay. */
  readonly places: readonly Brought[];
}

export function overlayWith(
  overlay: ApplicationOverlay,
  { name: environment, cloud }: Pick<EnvironmentInput, "cloud" | "name">,
  files: readonly RequestFile[],
  policy: Policy,
): OverlayWith {
  const places: Brought[] = [];
  let made = overlay;
  for (const file of files) {
    const { request, placeOf } = file;
    if (request.request === "domain") {
      const domain = own(request.domains, environment);
      // What the environment's own file says is of that file, wrong or not.
      if (own(made.hosts, request.name) !== undefined) continue;
      places.push({ path: ["hosts", request.name], place: placeOf(["domains", environment]) });
      if (domain !== undefined) made = { ...made, hosts: { ...made.hosts, [request.name]: domain } };
    } else if (asksForService(request))
      made = withService(made, environment, request, { cloud, placeOf, policy, places });
  }
  return { overlay: made, places };
}

interface Around {
  readonly cloud: EnvironmentOption;
  readonly placeOf: RequestFile["placeOf"];
  readonly policy: Policy;
  readonly places: Brought[];
}

function withService(
  overlay: ApplicationOverlay,
  environment: string,
  request: ServiceRequest,
  { cloud, placeOf, policy, places }: Around,
): ApplicationOverlay {
  const { name } = request;
  const size = own(sizesOf(request), environment);
  const said =
    size === undefined || request.request === "bucket" ? {} : (own(policy.sizes, size)?.[request.request] ?? {});
  const written = own(overlay.services, name);
  const isTemporary = untilOf(request) !== undefined;
  const sizing = sizingThere(cloud, serviceOf(request), said, { isTemporary, written: written?.placement });
  const sized = size === undefined && isTemporary ? ["until"] : ["sizes", environment];
  if (written === undefined) places.push({ path: ["services", name], place: placeOf(sized) });
  for (const field of Object.keys({ placement: undefined, ...sizing }))
    if (!Object.hasOwn(written ?? {}, field))
      places.push({ path: ["services", name, field], place: placeOf(field === "placement" ? ["until"] : sized) });
  if (own(overlay.recovery, name) === undefined)
    for (const [at, place] of promisePlaces(name, environment, placeOf)) places.push({ path: at, place });
  const promise = own(promisesOf(request), environment);
  return {
    ...overlay,
    ...(Object.keys(sizing).length > 0 && { services: { ...overlay.services, [name]: { ...sizing, ...written } } }),
    ...(promise !== undefined && { recovery: { ...promiseOf(name, promise), ...overlay.recovery } }),
    ...withNeeds(overlay, request, placeOf, places),
  } satisfies ApplicationOverlay;
}

function promiseOf(name: string, promise: Recovery): Readonly<Record<string, Recovery>> {
  return { [name]: promise };
}

function promisePlaces(
  name: string,
  environment: string,
  placeOf: RequestFile["placeOf"],
): readonly (readonly [Brought["path"], string])[] {
  return [
    [["recovery", name], placeOf(["recovery", environment])],
    [["recovery", name, "rpo"], placeOf(["recovery", environment, "rpo"])],
    [["recovery", name, "rto"], placeOf(["recovery", environment, "rto"])],
  ];
}

/** An environment that says itself what a workload needs says all of it: the new edge is put there, too. */
function withNeeds(
  { workloads }: ApplicationOverlay,
  request: ServiceRequest,
  placeOf: RequestFile["placeOf"],
  places: Brought[],
): Pick<ApplicationOverlay, "workloads"> {
  const changed: Record<string, WorkloadOverride> = {};
  usesOf(request).forEach((use, index) => {
    places.push({ path: ["workloads", use.workload, "needs"], got: request.name, place: placeOf(["usedBy", index]) });
    const override = own(workloads, use.workload);
    if (override?.needs === undefined) return;
    const needs = [...override.needs, needFor(request, use)];
    changed[use.workload] = { ...override, needs };
    places.push({ path: ["workloads", use.workload, "needs", needs.length - 1], place: placeOf(["usedBy", index]) });
  });
  return Object.keys(changed).length === 0 ? {} : { workloads: { ...workloads, ...changed } };
}
