import type { ExternalEdge } from "../../model/edge";
import type { ResolvedService, ResolvedVolume } from "../../model/resolved";
import { type CatalogApplication, groupsOf, type Placed, servicesOf, workloadsOf } from "./applications";
import { type CatalogContext, ENVIRONMENTS, ownerRef } from "./context";
import { entity, type Listed, refOf } from "./entity";
import { measuredAnnotations, runbookLinks } from "./measured";
import { repositoryAnnotations } from "./places";
import { peerOf } from "./relations";

/* A resource is a data service, a volume, or something outside that workloads need. */

export const resourcesOf = (application: CatalogApplication, context: CatalogContext): readonly Listed[] => [
  ...servicesOf(application).map((service) => serviceResource(application, service, context)),
  ...workloadsOf(application).flatMap(({ name, each, first }) => {
    const owner = first.owner ?? application.model.owner;
    const volumes = each.flatMap(({ one, ...placed }) => one.volumes.map((volume) => ({ ...placed, one: volume })));
    const names = [...new Set(volumes.map(({ one }) => one.name))].sort();
    return names.map((volume) => {
      const mine = volumes.filter(({ one }) => one.name === volume);
      return volumeResource(application, { workload: name, volume, owner, each: mine }, context);
    });
  }),
  ...externalsOf(application, context),
];

const resource = (
  application: CatalogApplication,
  { naming, options }: CatalogContext,
  said: {
    readonly name: string;
    readonly description: string;
    readonly type: string;
    readonly each: readonly Placed[];
    readonly owner?: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly links?: ReturnType<typeof runbookLinks>;
  },
): Listed["entity"] =>
  entity(
    "Resource",
    {
      ...{ name: said.name, title: undefined, description: said.description, tags: undefined, links: said.links },
      annotations: {
        ...ENVIRONMENTS(said.each),
        ...repositoryAnnotations(options, application.name),
        ...said.annotations,
      },
    },
    {
      type: said.type,
      owner: ownerRef(said.owner ?? application.model.owner),
      system: refOf("System", naming.system(application.name)),
    },
  );

/** `20Gi (production, staging); 1Gi (local)`: what is said of each environment, each text once. */
function together(said: readonly { readonly environment: string; readonly text: string }[]): string {
  const texts = [...new Set(said.map(({ text }) => text))];
  return texts
    .map((text) => {
      const where = said.filter((one) => one.text === text).map(({ environment }) => environment);
      return `${text} (${where.join(", ")})`;
    })
    .join("; ");
}

function serviceResource(
  application: CatalogApplication,
  {
    name,
    each,
    first,
  }: {
    readonly name: string;
    readonly each: readonly (Placed & { readonly one: ResolvedService })[];
    readonly first: ResolvedService;
  },
  context: CatalogContext,
): Listed {
  const about = { label: "service", name } as const;
  const products = each.map(({ environment, rendered, one }) => ({
    environment: environment.name,
    text: environment.cloud.describeService(rendered.application, one).product,
  }));
  return {
    of: `${application.name}/${name}`,
    element: { kind: "service", application: application.name, name },
    entity: resource(application, context, {
      name: context.naming.part(application.name, name),
      description: together(products),
      type: first.service.category ?? first.service.kind,
      each,
      annotations: measuredAnnotations(application.name, each, about),
      links: runbookLinks(each, about),
    }),
  };
}

function volumeResource(
  application: CatalogApplication,
  volume: {
    readonly workload: string;
    readonly volume: string;
    readonly owner: string;
    readonly each: readonly (Placed & { readonly one: ResolvedVolume })[];
  },
  context: CatalogContext,
): Listed {
  const { workload, owner, each } = volume;
  const sizes = each.map(({ environment, one }) => ({ environment: environment.name, text: one.size }));
  return {
    of: `${application.name}/${workload}/${volume.volume}`,
    entity: resource(application, context, {
      name: context.naming.volume(application.name, workload, volume.volume),
      description: `Files of ${workload}: ${together(sizes)}`,
      ...{ type: "volume", owner, each },
    }),
  };
}

/** What is outside, by name: those that somebody needs. A peer that is a workload of the program is that component, and no resource. */
function externalsOf(application: CatalogApplication, context: CatalogContext): readonly Listed[] {
  const edges = [...workloadsOf(application), ...groupsOf(application)].flatMap(({ each }) =>
    each.flatMap(({ one, ...placed }) =>
      one.edges.flatMap((edge): { edge: ExternalEdge; placed: Placed }[] =>
        edge.to === "external" && edge.external.kind !== "objects" && peerOf(edge, context.peers) === undefined
          ? [{ edge, placed }]
          : [],
      ),
    ),
  );
  return [...new Set(edges.map(({ edge }) => edge.name))].sort().flatMap((name) => {
    const mine = edges.filter(({ edge }) => edge.name === name);
    const [first] = mine;
    if (first === undefined) return [];
    const where = new Map(mine.map(({ placed }) => [placed.environment.name, placed]));
    return [
      {
        of: `${application.name}/${name}`,
        entity: resource(application, context, {
          name: context.naming.part(application.name, name),
          ...outside(first.edge),
          each: application.placed.filter(({ environment }) => where.has(environment.name)),
        }),
      },
    ];
  });
}

function outside({ external }: ExternalEdge): { readonly type: string; readonly description: string } {
  switch (external.kind) {
    case "external":
      return { type: "external", description: `${external.host}:${external.port}` };
    case "smtp":
      return { type: "mail-relay", description: `${external.host}:${external.port}` };
    case "peer":
      return { type: "cluster-service", description: `${external.service}.${external.namespace}.svc:${external.port}` };
    case "objects":
      return { type: "kubernetes-objects", description: external.name };
  }
}
