import type { ResolvedWorkload } from "../../model/resolved";
import {
  type CatalogApplication,
  type Everywhere,
  groupsOf,
  lifecycleOf,
  type Placed,
  workloadsOf,
} from "./applications";
import { type CatalogContext, ENVIRONMENTS, ownerRef } from "./context";
import { entity, type EntityLink, type Listed, refOf, sorted } from "./entity";
import { measuredAnnotations, runbookLinks } from "./measured";
import { folderOf, repositoryAnnotations } from "./places";
import { relationsOf } from "./relations";

/* A component is a workload, or a group of Kubernetes objects of an application's own. */

const TYPES: Readonly<Record<ResolvedWorkload["kind"], string>> = {
  "php-fpm": "service",
  http: "service",
  worker: "worker",
  cron: "cron-job",
  release: "release-job",
};

export const componentsOf = (application: CatalogApplication, context: CatalogContext): readonly Listed[] => [
  ...workloadsOf(application).map((workload) => workloadComponent(application, workload, context)),
  ...groupsOf(application).map((group) => groupComponent(application, group, context)),
];

/** Where people reach it, in each environment; a name of the developer's own machine is nobody else's. */
const addressLinks = (workload: string, each: readonly Placed[]): readonly EntityLink[] =>
  each.flatMap(
    ({
      environment,
      rendered: {
        application: { routes },
      },
    }) =>
      routes
        .filter((route) => route.workload.name === workload && route.settings?.redirectTo === undefined)
        .filter(({ host }) => !/(?:^|\.)localhost$/.test(host))
        .map(({ host, path }) => ({
          url: `https://${host}${path}`,
          title: `${host}${path}, ${environment.name}`,
          type: "address",
        })),
  );

function workloadComponent(
  application: CatalogApplication,
  { name, each, first }: Everywhere<ResolvedWorkload>,
  context: CatalogContext,
): Listed {
  const { naming, options, apis } = context;
  const of = `${application.name}/${name}`;
  const called = naming.part(application.name, name);
  const relations = relationsOf(application.name, each, context);
  const volumes = each.flatMap(({ one }) =>
    one.volumes.map((volume) => naming.volume(application.name, name, volume.name)),
  );
  const types = new Map(Object.entries(options.types ?? {}));
  return {
    of,
    element: { kind: "workload", application: application.name, name },
    entity: entity(
      "Component",
      {
        name: called,
        title: undefined,
        description: first.description,
        annotations: {
          ...ENVIRONMENTS(each),
          "backstage.io/kubernetes-label-selector": `app=${first.objectName},app.kubernetes.io/part-of=${application.name}`,
          ...repositoryAnnotations(options, application.name, folderOf(application.name, each, options)),
          ...measuredAnnotations(application.name, each, { label: "workload", name }),
        },
        tags: [first.kind],
        links: [...addressLinks(name, each), ...runbookLinks(each, { label: "workload", name })],
      },
      {
        type: types.get(of) ?? TYPES[first.kind],
        lifecycle: lifecycleOf(each),
        owner: ownerRef(first.owner ?? application.model.owner),
        system: refOf("System", naming.system(application.name)),
        providesApis: apis.has(refOf("API", called)) ? [refOf("API", called)] : undefined,
        consumesApis: sorted(relations.consumes),
        dependsOn: sorted([...relations.dependsOn, ...volumes.map((volume) => refOf("Resource", volume))]),
      },
    ),
  };
}

function groupComponent(
  application: CatalogApplication,
  { name, each, first }: ReturnType<typeof groupsOf>[number],
  context: CatalogContext,
): Listed {
  const relations = relationsOf(application.name, each, context);
  return {
    of: `${application.name}/${name}`,
    element: { kind: "objects", application: application.name, name },
    entity: entity(
      "Component",
      {
        name: context.naming.part(application.name, name),
        title: undefined,
        description: first.reason,
        annotations: { ...ENVIRONMENTS(each), ...repositoryAnnotations(context.options, application.name) },
        tags: undefined,
        links: undefined,
      },
      {
        type: "kubernetes-objects",
        lifecycle: lifecycleOf(each),
        owner: ownerRef(application.model.owner),
        system: refOf("System", context.naming.system(application.name)),
        consumesApis: sorted(relations.consumes),
        dependsOn: sorted(relations.dependsOn),
      },
    ),
  };
}
