import { pointer } from "../model-json/pointer";
import type { ApplicationDocument, EnvironmentDocument, ModelDocument } from "../model-json/schema";
import { own } from "../model/own";
import { type Fields, isFields } from "../plan/object";

/** What is read of a `model.json`: every part of it may be absent, as in one that an earlier release wrote. */
export type Model = Partial<Pick<ModelDocument, "environments" | "origins" | "resources">>;

/** The model before the change and after it; one of them, or both, may be unknown. */
export interface Models {
  readonly base?: Model;
  readonly head?: Model;
}

/** The environment that a stack is of, by the stacks that it says it has. */
export function environmentOf(model: Model | undefined, stack: string): string | undefined {
  const found = Object.entries(model?.environments ?? {}).find(([, one]) => one.stacks.includes(stack));
  return found?.[0];
}

export const environmentIn = (model: Model | undefined, name: string): EnvironmentDocument | undefined =>
  own(model?.environments, name);

export const applicationIn = (
  model: Model | undefined,
  environment: string,
  application: string,
): ApplicationDocument | undefined => own(environmentIn(model, environment)?.applications, application);

/**
 * Finds where a value was written: it, or the nearest thing around it of which that is known.
 *
 * @param least number of parts of the path that still mean this thing and nothing around it
 */
export function originOf(
  model: Model | undefined,
  path: readonly (number | string)[],
  least = path.length,
): string | undefined {
  for (let length = path.length; length >= least; length--) {
    const found = own(model?.origins, pointer(path.slice(0, length)));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Parts of a JSON Pointer as they are. */
export const partsOf = (text: string): string[] =>
  text
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));

/** Fields that every part of a model has here, whichever release wrote it. */
const LISTS = {
  environment: { stacks: [], applications: {} },
  application: { routes: [], workloads: {}, services: {} },
  workload: { edges: [], volumes: {} },
};

/**
 * Takes a model as any release may have written it: what is absent is empty, and what has another form is as if it were absent.
 *
 * @param document what stands in a `model.json`
 */
export function modelOf(document: unknown): Model {
  const { environments, origins, resources } = fieldsOf(document);
  return {
    environments: each(environments, (environment) => ({
      ...filled(environment, LISTS.environment),
      applications: each(fieldsOf(environment).applications, (application) => ({
        ...filled(application, LISTS.application),
        workloads: each(fieldsOf(application).workloads, (workload) => filled(workload, LISTS.workload)),
        services: each(fieldsOf(application).services, (service) => ({
          ...fieldsOf(service),
          provided: fieldsOf(fieldsOf(service).provided),
        })),
      })),
    })) as NonNullable<Model["environments"]>,
    ...(isFields(origins) && { origins: origins as NonNullable<Model["origins"]> }),
    ...(isFields(resources) && { resources: each(resources, fieldsOf) as NonNullable<Model["resources"]> }),
  };
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** Own properties whatever their names. */
function each(of: unknown, make: (one: unknown) => unknown): Fields {
  return Object.fromEntries(
    Object.entries(fieldsOf(of)).flatMap(([name, one]) => (isFields(one) ? [[name, make(one)]] : [])),
  );
}

function filled(of: unknown, empty: Fields): Fields {
  const own = fieldsOf(of);
  const wrong = Object.entries(empty).filter(
    ([key, value]) =>
      !Object.hasOwn(own, key) ||
      Array.isArray(own[key]) !== Array.isArray(value) ||
      typeof own[key] !== "object" ||
      own[key] === null,
  );
  return { ...own, ...Object.fromEntries(wrong) };
}
