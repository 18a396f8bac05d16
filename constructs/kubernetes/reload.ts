import { containersOf, type ResolvedApplication } from "../model/resolved";
import { caBundleSources } from "./ca-bundles";
import { connectionsName, hasConnections } from "./connections";
import { environment, secretVariables } from "./env";
import type { Labels } from "./objects";
import type { WiredWorkload } from "./provided";

/**
 * Annotations by which Reloader replaces the pods of a Deployment when one of these has changed. Its own configuration
 * is not among them: a checksum in the pod template does that in the same step.
 * @see https://github.com/stakater/Reloader
 */
export function reloadAnnotations(application: ResolvedApplication, wired: WiredWorkload): Labels | undefined {
  const others = containersOf(wired.workload).flatMap(({ secrets }) => secretVariables(application, secrets));
  const variables = [...environment(application, wired), ...others];
  const mounted = caBundleSources(application, wired);
  const read = variables.flatMap((variable) => ("valueFrom" in variable ? [variable.valueFrom.secretKeyRef.name] : []));
  const told = hasConnections(wired) ? [connectionsName(wired.workload)] : [];
  const named = reloadedWith({
    secrets: [...read, ...mounted.secrets],
    configMaps: [...mounted.configMaps, ...told],
  });
  return Object.keys(named).length === 0 ? undefined : named;
}

/** The annotations that name these, in an order of their own. */
export function reloadedWith(names: {
  readonly secrets?: readonly string[];
  readonly configMaps?: readonly string[];
}): Labels {
  const list = (given: readonly string[]): string => [...new Set(given)].sort().join(",");
  const { secrets = [], configMaps = [] } = names;
  return {
    ...(secrets.length > 0 && { "secret.reloader.stakater.com/reload": list(secrets) }),
    ...(configMaps.length > 0 && { "configmap.reloader.stakater.com/reload": list(configMaps) }),
  };
}

export const isReloaded = (annotations: Labels): boolean =>
  Object.keys(annotations).some((name) => name.endsWith(".reloader.stakater.com/reload"));

/** What Reloader leaves in the pod template. */
export const RELOADED_ANNOTATION = "reloader.stakater.com/last-reloaded-from";
