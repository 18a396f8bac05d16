import { InvalidInput, type Problem } from "../../model/problem";
import type { CatalogApplication } from "./applications";
import { type CatalogContext, ENVIRONMENTS, ownerRef } from "./context";
import { entity, type EntityLink, type Listed, refOf } from "./entity";
import { measuredAnnotations, runbookLinks } from "./measured";
import type { CatalogOptions } from "./options";
import { documentsAnnotation, repositoryAnnotations } from "./places";

/* A system is an application, a domain a part of the business with several. */

export function systemOf(application: CatalogApplication, { naming, options }: CatalogContext): Listed {
  const { name, model, placed } = application;
  const chat = model.teams.find((team) => team.name === model.owner)?.chat;
  const links: readonly EntityLink[] = [
    ...(chat === undefined ? [] : [{ url: chat, title: "Channel of its team", type: "chat" }]),
    ...runbookLinks(placed),
  ];
  return {
    of: name,
    element: { kind: "application", application: name },
    entity: entity(
      "System",
      {
        ...{ name: naming.system(name), title: undefined, description: model.description, tags: undefined, links },
        annotations: {
          ...ENVIRONMENTS(placed),
          "backstage.io/kubernetes-label-selector": `app.kubernetes.io/part-of=${name}`,
          ...repositoryAnnotations(options, name),
          ...documentsAnnotation(options, name),
          ...measuredAnnotations(name, placed),
        },
      },
      {
        owner: ownerRef(model.owner),
        domain: model.domain === undefined ? undefined : refOf("Domain", model.domain),
      },
    ),
  };
}

const ownersIn = (applications: readonly CatalogApplication[], domain: string): readonly string[] =>
  [...new Set(applications.filter(({ model }) => model.domain === domain).map(({ model }) => model.owner))].sort();

/** Domains that applications name, by name. */
export function domainsOf(
  applications: readonly CatalogApplication[],
  { domains = {} }: CatalogOptions,
): readonly Listed[] {
  const names = [...new Set(applications.flatMap(({ model }) => model.domain ?? []))].sort();
  const problems = names.flatMap((name): Problem[] => {
    const owners = ownersIn(applications, name);
    if (Object.hasOwn(domains, name) || owners.length === 1) return [];
    const why = `${owners.join(" and ")} own applications of it, and a domain has one owner`;
    return [
      {
        path: ["catalog", "domains", name],
        why,
        fix: `say who: { ${JSON.stringify(name)}: { owner: "${owners[0] ?? ""}" } }`,
      },
    ];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return names.map((name) => {
    const said = new Map(Object.entries(domains)).get(name);
    const owner = said?.owner ?? ownersIn(applications, name)[0] ?? "";
    return {
      of: `domain ${name}`,
      entity: entity(
        "Domain",
        {
          name,
          title: said?.title,
          description: said?.description,
          annotations: undefined,
          tags: undefined,
          links: undefined,
        },
        { owner: ownerRef(owner) },
      ),
    };
  });
}
