import { type GuaranteeName, GUARANTEES } from "../clouds/guarantees";
import type { PlatformEnvironment } from "../environment";
import { outOfBandSecrets } from "../model/out-of-band";
import type { ResolvedApplication, ResolvedWorkload } from "../model/resolved";
import { edgeVariables } from "../model/variables";
import { traitsOf } from "../portability/moves";
import { changed, NONE, type Row } from "../portability/report";
import { serviceWords } from "../portability/service-rows";

/** Differences of a preview from another environment, all of them read from the two models. */
export interface Statement {
  /** The other environment: production, as a rule. */
  readonly against: string;
  /** `pr-123` */
  readonly preview: string;
  readonly applications: readonly ApplicationStatement[];
  /** What every production environment has by itself, and the preview has not, with the reason. */
  readonly missing: readonly string[];
}

export interface ApplicationStatement {
  readonly application: string;
  readonly addresses: readonly string[];
  /** Rows by what they are about: the environment, a service, a workload. Rows that are the same on both are left out. */
  readonly parts: readonly { readonly heading: string; readonly rows: readonly Row[] }[];
}

type Words = Readonly<Record<string, string>>;

/**
 * Compares a preview with an environment, application by application. One that the other environment has not is compared with
 * nothing.
 */
export function statementOf(against: PlatformEnvironment, preview: PlatformEnvironment): Statement {
  return {
    against: against.name,
    preview: preview.name,
    applications: preview.applications.map((application) => {
      const other = against.applications.find(({ name }) => name === application.name);
      return {
        application: application.name,
        addresses: [...new Set(application.routes.map(({ host, path }) => `https://${host}${path}`))],
        parts: partsOf([against, other], [preview, application]).filter(({ rows }) => rows.length > 0),
      };
    }),
    missing: missingIn(preview),
  };
}

type Placed = readonly [PlatformEnvironment, ResolvedApplication | undefined];

function partsOf(from: Placed, to: Placed): ApplicationStatement["parts"] {
  const [before, after] = [wordsOf(from), wordsOf(to)];
  const headings = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return headings.map((heading) => ({ heading, rows: rows(before[heading] ?? {}, after[heading] ?? {}) }));
}

function rows(from: Words, to: Words): Row[] {
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .map((what) => ({ what, from: from[what] ?? NONE, to: to[what] ?? NONE }))
    .filter(changed);
}

/** All of one application in words, by what they are about. */
function wordsOf([environment, application]: Placed): Readonly<Record<string, Words>> {
  if (application === undefined) return {};
  const { cloud } = environment;
  return {
    environment: environmentWords(environment, application),
    ...Object.fromEntries(
      application.services.map((service) => [
        `${service.name}, ${service.service.kind}`,
        shown(serviceWords(service, traitsOf(cloud, application, service))),
      ]),
    ),
    ...Object.fromEntries(
      application.workloads.map((workload) => [workload.name, workloadWords(environment, workload)]),
    ),
  };
}

/** Words of what a service could be. */
const POSSIBLE: readonly string[] = ["disk limits", "sizes"];

function shown(words: Words): Words {
  return Object.fromEntries(Object.entries(words).filter(([what]) => !POSSIBLE.includes(what)));
}

function environmentWords(environment: PlatformEnvironment, application: ResolvedApplication): Words {
  const { cloud, observability, clusterBackups, backups } = environment;
  const { place, clusterName, secretStore } = cloud.describe(environment);
  return {
    place: `${place}, cluster ${clusterName}`,
    ...hosts(application),
    "measured by": observability?.title ?? "nobody, and nobody is called",
    "copies of the cluster": clusterBackups === undefined ? "none" : `each ${clusterBackups.schedule}`,
    "copies in a second region": backups?.region ?? "none",
    "deletion protection": application.protect ? "yes" : "no",
    "secret store": secretStore,
    ...secrets(environment, application),
    "rights of pods in the cloud": cloud.previewsOf === undefined ? "those of their edges and permissions" : "none",
    "objects of its own": application.objects.map(({ name }) => name).join(", ") || "none",
    patches: application.patches.map(({ name }) => name).join(", ") || "none",
  };
}

function hosts({ routes }: ResolvedApplication): Words {
  return Object.fromEntries(routes.map(({ hostName, host }) => [`host "${hostName}"`, host]));
}

function secrets({ cloud }: PlatformEnvironment, application: ResolvedApplication): Words {
  return Object.fromEntries(
    outOfBandSecrets(application).map(({ name, form }) => [
      `secret "${name}"`,
      cloud.previewsOf === undefined
        ? "what people made"
        : form === "htpasswd"
          ? 'a stand-in: name and password "placeholder"'
          : 'a stand-in: "placeholder"',
    ]),
  );
}

function workloadWords(environment: PlatformEnvironment, workload: ResolvedWorkload): Words {
  const shared = environment.cloud.facts(environment).sharedVolumesAs ?? "ReadWriteMany";
  return {
    image: workload.image,
    ...("replicas" in workload && {
      pods:
        workload.autoscaling === undefined
          ? String(workload.replicas)
          : `${workload.autoscaling.min} to ${workload.autoscaling.max}, by load`,
    }),
    ...("objectives" in workload && { promises: workload.objectives === undefined ? "none" : "objectives" }),
    ...("schedule" in workload && { schedule: workload.schedule }),
    "cpu and memory": resources(workload),
    ...("tracing" in workload && { spans: workload.tracing === undefined ? "sent nowhere" : "sent" }),
    ...Object.fromEntries(
      workload.volumes.map(({ name, size, access }) => [
        `volume "${name}"`,
        `${size}, ${access === "ReadWriteMany" ? shared : access}`,
      ]),
    ),
    ...workload.config,
    ...Object.fromEntries(
      workload.edges.flatMap((edge) =>
        edge.to === "external"
          ? edgeVariables(edge).map(({ name, ...given }) => [name, "value" in given ? given.value : NONE])
          : [],
      ),
    ),
  };
}

function resources({ resources: { requests, limits } }: ResolvedWorkload): string {
  return `${requests.cpu} and ${requests.memory}, at most ${limits.cpu} and ${limits.memory}`;
}

function missingIn({ cloud: { guarantees } }: PlatformEnvironment): string[] {
  const names = Object.keys(GUARANTEES) as GuaranteeName[];
  return names.flatMap((name) => {
    const how = guarantees[name];
    return "missing" in how ? [`${GUARANTEES[name]}: ${how.missing}`] : [];
  });
}
