import type { EnvironmentSpec } from "../../../constructs/environment";
import type { ApplicationSpec } from "../../../constructs/model/application";
import { environments } from "../../../environments";

/* What a story edits of what is shipped: nothing is named that the story is not about. */

/** A shipped environment in a namespace that only this story uses. */
export function shipped(name: string, suffix: string): EnvironmentSpec {
  const found = environments.find((environment) => environment.name === name);
  if (found === undefined) throw new Error(`no environment ${name}`);
  return { ...found, namespaceSuffix: `story-${suffix}` };
}

/** The environment with its only application edited. */
export const edited = (
  environment: EnvironmentSpec,
  edit: (application: ApplicationSpec) => ApplicationSpec,
): EnvironmentSpec => ({
  ...environment,
  applications: environment.applications.map((overlay) => ({
    ...overlay,
    application: edit(overlay.application),
  })),
});

/** The application with fields of one of its workloads changed. */
export function withWorkload(application: ApplicationSpec, name: string, fields: object): ApplicationSpec {
  const workload = application.workloads[name];
  if (workload === undefined) throw new Error(`no workload ${name}`);
  return { ...application, workloads: { ...application.workloads, [name]: { ...workload, ...fields } } };
}

/** The record without some of its keys. */
export const omit = <T>(record: Readonly<Record<string, T>>, ...keys: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));

/** Lines of an error of the engine are framed, and broken where they are long. */
export const said = (text: string): string => text.replace(/[│╷╵\s]+/g, " ");
