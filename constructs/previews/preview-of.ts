import type { EnvironmentSpec, PlatformEnvironment } from "../environment";
import type { ApplicationSpec } from "../model/application";
import { type ApplicationOverlay, OFF, type WorkloadOverride } from "../model/environment";
import { settingsOf } from "../model/held-under";
import { imageName } from "../model/image";
import type { ObjectGroup } from "../model/object-group";
import { keepOrigin } from "../model/origin";
import { previewName, type ResolvedPreviews } from "../model/previews";
import { InvalidInput, type Problem } from "../model/problem";
import { bytes } from "../model/quantity";
import { withOverride } from "../model/resolve-workload";
import { runsToItsEnd } from "../model/resolved";
import type { Service, ServiceSizing } from "../model/service";
import type { AnyVolume, PersistentVolume } from "../model/volumes";
import { imageProblems, withImages } from "../model/with-images";
import type { Workload } from "../model/workload";
import { previewCloud } from "./cloud";
import { previewHost } from "./names";
import { keptOut } from "./own-objects";
import type { PreviewRequest } from "./request";

/**
 * A preview as an environment: the applications of its host with all data in pods, one pod of each workload, nothing that calls
 * people, copies or promises, and no way to anything outside that its host's `previews` does not open. Checks are those of
 * every environment.
 *
 * @param spec the environment that takes it, as it is written
 * @param host the same, complete
 * @throws InvalidInput where that takes no previews, or an image is none
 */
export function previewOf(spec: EnvironmentSpec, host: PlatformEnvironment, request: PreviewRequest): EnvironmentSpec {
  const { previews } = host;
  if (previews === undefined) {
    const fix = 'say so there: previews: { domain: "staging.example.com" }, or name an environment that does';
    throw new InvalidInput([{ path: ["environments", host.name, "previews"], why: "it takes no previews", fix }]);
  }
  const problems = builtProblems(spec.applications, request);
  if (problems.length > 0) throw new InvalidInput(problems);
  const name = previewName(request.pullRequest);
  const preview: EnvironmentSpec = {
    name,
    cloud: previewCloud(host, previews, request),
    routing: spec.routing,
    observability: OFF,
    profile: "small",
    namespaceSuffix: name,
    protect: false,
    contact: spec.contact,
    costCenter: spec.costCenter,
    images: host.images,
    release: "terraform",
    defaultApplication: false,
    ...(spec.registries !== undefined && { registries: spec.registries }),
    applications: spec.applications.map((overlay) => overlayOf(overlay, previews, request)),
  };
  return keepOrigin(preview, spec);
}

const imagesOf = ({ application }: ApplicationOverlay): readonly string[] =>
  Object.values(application.workloads).map(({ image }) => imageName(image));

/** What is wrong with images that were built: any application of the environment may run one. */
function builtProblems(overlays: readonly ApplicationOverlay[], { images = {} }: PreviewRequest): readonly Problem[] {
  const known = [...new Set(overlays.flatMap(imagesOf))];
  return Object.entries(images).flatMap(([name, image]) => imageProblems(name, image, known));
}

/** What the host says of the application but for what is its own: sizes, passwords, sealed secrets, promises, patches. */
function overlayOf(
  given: ApplicationOverlay,
  previews: ResolvedPreviews,
  { images: built = {}, pullRequest }: PreviewRequest,
): ApplicationOverlay {
  const { application, hosts = {}, routes, workloads, objects } = given;
  const { name } = application;
  // Another application of the environment may run the rest.
  const own = imagesOf(given);
  const images = Object.fromEntries(Object.entries(built).filter(([image]) => own.includes(image)));
  const isOpen = (external: string): boolean => previews.open.includes(`${name}/${external}`);
  const overlay: ApplicationOverlay = {
    application,
    hosts: Object.fromEntries(
      Object.keys(hosts).map((host) => [host, previewHost(pullRequest, name, host, previews.domain)]),
    ),
    ...(routes !== undefined && { routes }),
    objects: objectsOf(application, objects),
    workloads: Object.fromEntries(
      Object.entries(application.workloads).map(([one, workload]) => [
        one,
        workloadOf(workload, workloads?.[one], previews.storage),
      ]),
    ),
    services: Object.fromEntries(
      Object.entries(application.services ?? {}).map(([service, one]): [string, ServiceSizing] => [
        service,
        { placement: "in-cluster", size: "small", storage: previews.storage, ...withoutSettings(one) },
      ]),
    ),
    closed: Object.keys(application.externals ?? {}).filter((external) => !isOpen(external)),
  };
  return withImages(withoutImages(overlay, images), images);
}

/** Servers in pods delete nothing by themselves, and no page of a browser reaches them. */
const NOT_IN_PODS = ["cors", "lifecycle"] as const;

function withoutSettings(service: Service): ServiceSizing {
  const settings = settingsOf({ service });
  const said = NOT_IN_PODS.filter((setting) => settings[setting] !== undefined);
  return Object.fromEntries(said.map((setting) => [setting, false]));
}

/** Groups of objects that could lead out of a preview are not in it. */
function objectsOf(
  { objects: own = {} }: ApplicationSpec,
  here: ApplicationOverlay["objects"] = {},
): NonNullable<ApplicationOverlay["objects"]> {
  const groups = Object.entries({ ...own, ...here });
  return Object.fromEntries(
    groups.flatMap(([name, group]): [string, ObjectGroup | false][] => {
      if (group !== false && keptOut(group).length === 0) return Object.hasOwn(here, name) ? [[name, group]] : [];
      return Object.hasOwn(own, name) ? [[name, false]] : [];
    }),
  );
}

/** One that outlives its pods. */
const isDisk = (volume: AnyVolume): volume is PersistentVolume =>
  volume.size !== undefined && volume.ephemeral === undefined;

/** One pod, no promise, and disks no larger than those of services. */
function workloadOf(
  workload: Workload,
  override: WorkloadOverride | undefined,
  storage: ResolvedPreviews["storage"],
): WorkloadOverride {
  const volumes = withOverride(workload, override).volumes ?? {};
  const smaller = Object.entries<AnyVolume>(volumes).flatMap(([name, volume]) =>
    isDisk(volume) && bytes(volume.size) > bytes(storage) ? [[name, { ...volume, size: storage }] as const] : [],
  );
  const changed: WorkloadOverride = {
    ...override,
    ...(smaller.length > 0 && { volumes: { ...override?.volumes, ...Object.fromEntries(smaller) } }),
  };
  if (runsToItsEnd(workload)) return changed;
  return {
    ...changed,
    autoscaling: false,
    replicas: 1,
    ...(workload.kind !== "worker" && { objectives: false as const }),
  };
}

/** What the host runs gives way to what was built for the pull request. */
function withoutImages(overlay: ApplicationOverlay, images: Readonly<Record<string, string>>): ApplicationOverlay {
  const given = Object.entries(overlay.workloads ?? {});
  const workloads = given.map(([name, { image, ...rest }]): [string, WorkloadOverride] => {
    const own = overlay.application.workloads[name]?.image;
    const isBuilt = own !== undefined && images[imageName(own)] !== undefined;
    return [name, isBuilt || image === undefined ? rest : { ...rest, image }];
  });
  return { ...overlay, workloads: Object.fromEntries(workloads) };
}
