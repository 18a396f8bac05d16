import { local } from "../../../constructs/clouds/local";
import { environment, type EnvironmentSpec } from "../../../constructs/environment";
import { type JsonObject, toJson } from "../../../constructs/kubernetes/json";
import { application } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import { cron, http, release, worker } from "../../../constructs/model/workload";
import { wantedWith } from "../../../constructs/outputs/helm-chart/own-objects";
import { compareObjects } from "../../../constructs/outputs/helm-chart/reproduce";
import { ingress } from "../../../constructs/routing/ingress";
import type { Routing } from "../../../constructs/routing/routing";
import { applicationChart, chartEnvironments } from "../../support/outputs";
import { folderOf, type Major, readByHelm, render } from "./helm";

type Application = Parameters<typeof application>[0];

export const IMAGE = "registry.example.com/app:v1";

/** An application with one workload of each kind that takes a configuration. */
export const small = (changes: Partial<Application> = {}, config: Readonly<Record<string, string>> = {}) =>
  application({
    name: "shop",
    owner: "team",
    workloads: {
      web: http({ image: IMAGE, config }),
      mailer: worker({ image: IMAGE, config }),
      migrate: release({ image: IMAGE, command: ["run"], config }),
      nightly: cron({ image: IMAGE, command: ["run"], schedule: "0 3 * * *", config }),
    },
    routes: [{ host: "www", to: "web", path: "/" }],
    ...changes,
  });

/** An environment that needs no cloud. */
export const on = (app: ReturnType<typeof small>, changes: Partial<EnvironmentSpec> = {}, routing: Routing = ingress()) =>
  environment({
    name: "test",
    cloud: local(),
    routing,
    profile: "small",
    contact: "team@example.com",
    costCenter: "test",
    applications: [{ application: app, ...(app.routes !== undefined && { hosts: { www: "www.localhost" } }) }],
    ...changes,
  });

/** What differs between the chart of the environments, as Helm renders and reads it, and what Terraform would release. */
export function differences(major: Major, specs: readonly EnvironmentSpec[]): unknown[] {
  const environments = loadEnvironments(specs);
  const name = environments[0]?.applications[0]?.name ?? "";
  const folder = folderOf(applicationChart({ application: name, environments }));
  return chartEnvironments(name, environments).flatMap(({ application: { environment: where }, released, own }) => {
    const text = render(major, folder, "--set-string", `environment=${where}`);
    return compareObjects(readByHelm(major, text) as JsonObject[], wantedWith(released.map(toJson), own));
  });
}
