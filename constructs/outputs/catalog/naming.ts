import { fitName, workloadName } from "../../model/names";
import { MAX_ENTITY_NAME } from "./entity";
import type { CatalogOptions } from "./options";

/*
 * Names of entities. Each is made of names of the model that it is of, and of nothing else: a name never changes because
 * something else is renamed, added or removed. Two that would meet are refused, see `output.ts`.
 */

export interface Naming {
  /** `my-app` */
  readonly system: (application: string) => string;
  /** `my-app-backend`: of a workload, service, external or group of objects, whose names differ in an application. */
  readonly part: (application: string, name: string) => string;
  /** `my-app-backend.uploads`: no other name has a dot. */
  readonly volume: (application: string, workload: string, volume: string) => string;
}

export function namingOf({ names = {} }: Pick<CatalogOptions, "names">): Naming {
  const said = new Map(Object.entries(names));
  const fit = (name: string): string => fitName([name], { max: MAX_ENTITY_NAME });
  return {
    system: (application) => said.get(application) ?? application,
    part: (application, name) => said.get(`${application}/${name}`) ?? fit(workloadName(application, name)),
    volume: (application, workload, volume) =>
      said.get(`${application}/${workload}/${volume}`) ?? fit(`${workloadName(application, workload)}.${volume}`),
  };
}
