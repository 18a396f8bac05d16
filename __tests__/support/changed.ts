import type { EnvironmentSpec, PlatformEnvironment } from "../../constructs/environment";
import { environmentDocument } from "../../constructs/model-json/document";
import { MODEL_SCHEMA } from "../../constructs/model-json/schema";
import type { ApplicationSpec } from "../../constructs/model/application";
import type { WorkloadOverride } from "../../constructs/model/environment";
import { loadEnvironments } from "../../constructs/model/load";
import type { Workload } from "../../constructs/model/workload";
import { composeDocument } from "../../constructs/outputs/compose/compose";
import { renderChart } from "../../constructs/outputs/helm-chart/chart";
import { composeParity } from "../../constructs/outputs/parity/compose";
import { mistakes } from "../../constructs/outputs/parity/part";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";
import { local } from "../../environments/local";
import { myApp } from "../../environments/my-app";
import { LOCAL_COMPOSE } from "../../environments/outputs";
import { chartEnvironments } from "./outputs";

/*
 * The reference application with workloads otherwise than they are, in every output that there is: what a new field of a
 * workload is tried on.
 */

export interface Change {
  /** Fields by workload; a workload of a new name is added. */
  readonly workloads?: Readonly<Record<string, object>>;
  /** Other fields of the application. */
  readonly application?: Partial<ApplicationSpec>;
  /** Overrides by environment and workload. */
  readonly overrides?: Readonly<Record<string, Readonly<Record<string, WorkloadOverride>>>>;
  /** Other fields of environments, by their names. */
  readonly environments?: Readonly<Record<string, Partial<EnvironmentSpec>>>;
}

export function changed({ workloads = {}, application = {}, overrides = {}, environments: fields = {} }: Change) {
  const spec: ApplicationSpec = {
    ...myApp,
    ...application,
    workloads: {
      ...myApp.workloads,
      ...Object.fromEntries(
        Object.entries(workloads).map(([name, fields]) => [name, { ...myApp.workloads[name], ...fields } as Workload]),
      ),
    },
  };
  const input = environments.map((environment) => ({
    ...environment,
    ...fields[environment.name],
    applications: environment.applications.map((overlay) => ({
      ...overlay,
      application: spec,
      workloads: withOverrides(overlay.workloads, overrides[environment.name]),
    })),
  }));
  const loaded: readonly PlatformEnvironment[] = loadEnvironments(input);
  const rendered = renderEnvironments(loaded);
  const one = (name: string) => {
    const [application] = rendered.find((environment) => environment.name === name)?.applications ?? [];
    if (application === undefined) throw new Error(`no environment ${name}`);
    return application;
  };
  const objects = (name: string) => [...one(name).prepared, ...one(name).released];
  return {
    objects,
    /** A template that does not give back what Terraform would release is an error of it. */
    chart: () => renderChart({ environments: chartEnvironments(myApp.name, loaded) }),
    compose: () => composeDocument({ ...LOCAL_COMPOSE, application: one(local.name).application }),
    /** Differences of Compose and the clusters without a name. */
    parity: () => {
      const here = rendered.find(({ name }) => name === local.name);
      if (here === undefined) throw new Error("no local environment");
      return mistakes(composeParity({ options: LOCAL_COMPOSE, local: here, environments: rendered }));
    },
    model: () =>
      MODEL_SCHEMA.parse(
        JSON.parse(
          JSON.stringify({
            version: 1,
            environments: Object.fromEntries(loaded.map((one) => [one.name, environmentDocument(one, [])])),
          }),
        ),
      ),
  };
}

type Overrides = Readonly<Record<string, WorkloadOverride>>;

const withOverrides = (base: Overrides = {}, more: Overrides = {}): Overrides => ({
  ...base,
  ...Object.fromEntries(Object.entries(more).map(([name, override]) => [name, { ...base[name], ...override }])),
});
