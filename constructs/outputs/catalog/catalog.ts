import { InvalidInput, type Problem } from "../../model/problem";
import type { RenderedEnvironment } from "../../rendering/rendered-environment";
import { apiEntities, apisOf } from "./apis";
import { applicationsOf } from "./applications";
import { componentsOf } from "./components";
import type { CatalogContext } from "./context";
import { type EntityKind, type Listed, refOfEntity } from "./entity";
import { namingOf } from "./naming";
import type { CatalogOptions } from "./options";
import { peopleOf } from "./people";
import { consumedApis, peersOf } from "./relations";
import { resourcesOf } from "./resources";
import { domainsOf, systemOf } from "./systems";

const ORDER: readonly EntityKind[] = ["Domain", "System", "Component", "API", "Resource", "Group", "User"];

/**
 * Every entity of a program, by kind and name.
 *
 * @throws InvalidInput where two would have one name, or nobody knows who owns a domain
 */
export function entitiesOf(environments: readonly RenderedEnvironment[], options: CatalogOptions): readonly Listed[] {
  const applications = applicationsOf(environments);
  const naming = namingOf(options);
  const relations = { naming, peers: peersOf(applications) };
  const apis = apisOf(applications, consumedApis(applications, relations), naming, options);
  const context: CatalogContext = { ...relations, options, apis };
  const all = [
    ...domainsOf(applications, options),
    ...applications.flatMap((application) => [
      systemOf(application, context),
      ...componentsOf(application, context),
      ...apiEntities(application, context),
      ...resourcesOf(application, context),
    ]),
    ...peopleOf(applications, options),
  ];
  refuseMeeting(all);
  return ORDER.flatMap((kind) =>
    all
      .filter(({ entity }) => entity.kind === kind)
      .sort((one, other) => (refOfEntity(one.entity) < refOfEntity(other.entity) ? -1 : 1)),
  );
}

/** A catalog keeps the first of two with one name, and says so in a log that nobody reads. */
function refuseMeeting(all: readonly Listed[]): void {
  const taken = new Map<string, string>();
  const problems = all.flatMap(({ entity, of }): Problem[] => {
    const ref = refOfEntity(entity);
    const other = taken.get(ref);
    taken.set(ref, of);
    if (other === undefined) return [];
    const why = `its entity would be ${ref}, which ${other} is`;
    return [
      { path: ["catalog", "names", of], why, fix: `give one of the two a name of its own: names: { "${of}": "..." }` },
    ];
  });
  if (problems.length > 0) throw new InvalidInput(problems);
}
