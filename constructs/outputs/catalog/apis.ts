import { httpPort, type ResolvedWorkload, speaksGrpc } from "../../model/resolved";
import { type CatalogApplication, type Everywhere, lifecycleOf, workloadsOf } from "./applications";
import { type CatalogContext, ENVIRONMENTS, ownerRef } from "./context";
import { entity, type Listed, refOf } from "./entity";
import type { Naming } from "./naming";
import type { CatalogApi, CatalogOptions } from "./options";
import { repositoryAnnotations } from "./places";

/*
 * An API is what a workload answers to requests: of one that others need, that a file describes, or that has a route and is no
 * website.
 */

/** Types of components whose routes are pages for people, and no API. */
const PAGES = ["website"];

/** References of all of them. */
export function apisOf(
  applications: readonly CatalogApplication[],
  consumed: ReadonlySet<string>,
  naming: Naming,
  { apis = {}, types = {} }: CatalogOptions,
): ReadonlySet<string> {
  const all = applications.flatMap((application) =>
    workloadsOf(application).flatMap(({ name, each, first }) => {
      const of = `${application.name}/${name}`;
      const ref = refOf("API", naming.part(application.name, name));
      // Who takes messages answers no requests, and has an API all the same where a file says what they are.
      if (Object.hasOwn(apis, of)) return [ref];
      if (httpPort(first) === undefined) return [];
      const isPages = PAGES.includes(new Map(Object.entries(types)).get(of) ?? "");
      const isRouted = each.some(({ rendered }) =>
        rendered.application.routes.some((route) => route.workload.name === name),
      );
      return consumed.has(ref) || (isRouted && !isPages) ? [ref] : [];
    }),
  );
  return new Set(all);
}

export const apiEntities = (application: CatalogApplication, context: CatalogContext): readonly Listed[] =>
  workloadsOf(application)
    .filter(({ name }) => context.apis.has(refOf("API", context.naming.part(application.name, name))))
    .map((workload) => apiEntity(application, workload, context));

function apiEntity(
  application: CatalogApplication,
  workload: Everywhere<ResolvedWorkload>,
  { naming, options }: CatalogContext,
): Listed {
  const { name, each, first } = workload;
  const of = `${application.name}/${name}`;
  const described = new Map(Object.entries(options.apis ?? {})).get(of);
  return {
    of,
    entity: entity(
      "API",
      {
        name: naming.part(application.name, name),
        title: undefined,
        description: first.description,
        annotations: { ...ENVIRONMENTS(each), ...repositoryAnnotations(options, application.name) },
        tags: undefined,
        links: undefined,
      },
      {
        type: described?.type ?? (speaksGrpc(first) ? "grpc" : "http"),
        lifecycle: lifecycleOf(each),
        owner: ownerRef(first.owner ?? application.model.owner),
        system: refOf("System", naming.system(application.name)),
        definition: described === undefined ? knownOf(workload) : fileOf(described),
      },
    ),
  };
}

/** Backstage reads the file when it reads the catalog: it is told of no second copy. */
function fileOf({ file }: CatalogApi): { readonly $text: string } {
  return { $text: `./${file}` };
}

/** What the model knows, where nobody has described it: who asks for an API's definition is told that there is none. */
function knownOf({ each, first }: Everywhere<ResolvedWorkload>): string {
  const routes = each.flatMap(
    ({
      environment,
      rendered: {
        application: { routes },
      },
    }) =>
      routes
        .filter(({ workload }) => workload.name === first.name)
        .map(({ host, path, pathType }) => {
          const below = pathType === "Prefix" ? ", with all below it" : "";
          return `In ${environment.name}: https://${host}${path}${below}`;
        }),
  );
  const lines = [
    "No file describes this API.",
    speaksGrpc(first)
      ? `In its namespace it answers gRPC at ${first.objectName}:80`
      : `In its namespace it answers at http://${first.objectName}`,
    ...routes,
  ];
  // Of gRPC a portal shows a definition as code, in which these are comments.
  return lines.map((line) => (speaksGrpc(first) ? `// ${line}\n` : `${line}\n`)).join("");
}
